"""A country as its portrait shows it: clusters, regions by level, index figures, what is held and lacking."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.counted_levels import counted_regions
from data.coverage import Coverage, cover
from data.indicators import ranking
from data.matrix import Figure, Matrix, build_matrix, latest
from data.observatory import Observatory

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
MOSTLY = 0.5
"""From this share of the clusters on, an indicator counts as held."""


class PlacedFigure(NamedTuple):
    """A figure of a country with its place among all countries that have it."""

    indicator_id: str
    figure: Figure
    percentile: float | None
    rank: int | None
    ranked: int


class Held(NamedTuple):
    """Indicators of a theme that most, some or no counted clusters of a country have."""

    held: tuple[str, ...]
    partly: tuple[str, ...]
    lacking: tuple[str, ...]


@lru_cache(maxsize=256)
def country_clusters(obs: Observatory, iso3: str) -> Rows:
    """Counted industry clusters of a country."""
    frame = obs.clusters.frame
    mask = (frame["iso3"] == iso3) & (frame["kind"] == "industry") & frame["counted"]
    return np.flatnonzero(mask.to_numpy(bool))


@lru_cache(maxsize=256)
def science_clusters(obs: Observatory, iso3: str) -> Rows:
    """Science and technology clusters that lie in a country wholly or in part."""
    frame = obs.clusters.frame
    parts = frame["iso3_all"].fillna("").str.split("|")
    inside = np.array([iso3 in names for names in parts], bool)
    return np.flatnonzero(inside & (frame["kind"] == "science-technology").to_numpy(bool))


def leading_industries(obs: Observatory, iso3: str) -> list[str]:
    """Industries with two clusters or more, most first; all of them where each has only one."""
    counts = obs.clusters.frame["industry_id"].iloc[country_clusters(obs, iso3)].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    several = [str(name) for name, n in ordered if n > 1]
    return several or [str(name) for name, _ in ordered]


@lru_cache(maxsize=256)
def country_regions(obs: Observatory, iso3: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """(level, rows of the regions by name), the counted level first, then the one with fewer regions."""
    frame = obs.regions.frame
    rows = np.flatnonzero((frame["iso3"] == iso3).to_numpy(bool))
    counted, names, kinds = counted_regions(obs), frame["name_en"].to_numpy(str), frame["kind"].to_numpy(str)
    levels: dict[str, list[int]] = {}
    for row in sorted(rows.tolist(), key=lambda r: str(names[r])):
        levels.setdefault(str(kinds[row]), []).append(row)
    ordered = sorted(levels.items(), key=lambda item: (not counted[item[1]].any(), len(item[1])))
    return tuple((level, tuple(found)) for level, found in ordered)


@lru_cache(maxsize=2)
def _matrix(obs: Observatory) -> Matrix:
    """Figures of whole countries."""
    table = obs.tables["observations"]
    own = table[table["entity_id"].isin(obs.countries.index)]
    return build_matrix(
        latest(own), list(obs.countries.index), tuple(obs.catalogue.indicators), tuple(obs.catalogue.sources)
    )


@lru_cache(maxsize=64)
def _places(obs: Observatory, indicator_id: str, direction: int) -> tuple[Floats, Floats]:
    """Percentiles and ranks of all countries."""
    values = _matrix(obs).column(indicator_id)
    return ranking.percentiles(values, direction), ranking.ranks(values, direction)


@lru_cache(maxsize=256)
def country_placed(obs: Observatory, iso3: str) -> tuple[PlacedFigure, ...]:
    """Figures of the whole country in the order of the catalogue, ranked among all countries."""
    matrix = _matrix(obs)
    row, found = list(matrix.ids).index(iso3), list[PlacedFigure]()
    for indicator in obs.catalogue.indicators.values():
        figure = matrix.figure(row, indicator.id)
        if indicator.level != "country" or figure.value is None:
            continue
        values = matrix.column(indicator.id)
        share, ranks = _places(obs, indicator.id, indicator.direction)
        ranked = bool(indicator.direction) and indicator.rankable
        found.append(
            PlacedFigure(
                indicator.id,
                figure,
                float(share[row]) if ranked else None,
                int(ranks[row]) if ranked else None,
                int((~np.isnan(values)).sum()),
            )
        )
    return tuple(found)


@lru_cache(maxsize=2)
def _coverage(obs: Observatory) -> Coverage:
    return cover(obs)


@lru_cache(maxsize=256)
def country_held(obs: Observatory, iso3: str) -> dict[str, Held]:
    """By theme which indicators the counted clusters of a country have; empty where it has none."""
    known = _coverage(obs)
    if iso3 not in known.countries:
        return {}
    at = known.countries.index(iso3)
    share = dict(zip(known.indicators, known.share[:, at].tolist(), strict=True))
    found = {}
    for theme in obs.catalogue.themes:
        ids = [
            i.id for i in obs.catalogue.indicators.values() if i.theme == theme and not np.isnan(share[i.id])
        ]
        found[theme] = Held(
            tuple(i for i in ids if share[i] >= MOSTLY),
            tuple(i for i in ids if 0 < share[i] < MOSTLY),
            tuple(i for i in ids if share[i] == 0),
        )
    return found
