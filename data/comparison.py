"""What the comparison shows: every compared unit on every axis, with all that is needed to trust a figure."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from data.catalogue_types import Indicator
from data.observatory import Observatory
from data.profiles import (
    ThemeScore,
    applies,
    coverage,
    loaded_indicators,
    profile_indicators,
    profile_themes,
    theme_score,
)
from data.reference import (
    Reference,
    UnitKey,
    count_members,
    find_reference,
    find_unit,
    member_percentiles,
    member_ranks,
    position_of,
    units_named,
)
from data.selection import Selection

OVERLAID = 4
"""More units than this are drawn side by side, not on top of each other."""
ROUND = 3
"""A radar needs at least this many axes."""
ESTIMATES = frozenset({"estimated", "provisional"})
FEW = 5
"""A reference group smaller than this says little."""


class Axis(NamedTuple):
    """A theme, or one indicator of a theme."""

    id: str
    theme: str
    indicator: Indicator | None


class Point(NamedTuple):
    """One unit on one axis.

    ``score`` is its percentile (0 to 100) or a theme's mean percentile, ``None`` where missing. ``value`` is
    the raw figure (``None`` on a theme); ``years`` first and last year, 0 where none. A theme counts as
    estimated if more than half of the figures behind it are. ``known`` of ``possible`` figures stand behind
    the point; nothing is possible where the figure does not exist for the kind of unit.
    """

    score: float | None
    value: float | None
    years: tuple[int, int]
    status: str
    source_id: str | None
    rank: int | None
    ranked: int
    known: int = 1
    possible: int = 1


@dataclass(frozen=True)
class Compared:
    """One unit of a comparison. ``kind`` is ``region`` for a region; ``level`` its kind of region."""

    key: UnitKey
    id: str
    names: dict[str, str]
    kind: str
    level: str
    granularity: str
    iso3: str
    place_id: str
    countries: dict[str, str]
    reference: Reference
    members: int
    coverage: tuple[int, int]

    def __hash__(self) -> int:
        return hash((self.key, self.reference))


@dataclass(frozen=True, eq=False)
class Comparison:
    """Units, axes, and ``points[unit][axis]``."""

    units: tuple[Compared, ...]
    axes: tuple[Axis, ...]
    points: tuple[tuple[Point, ...], ...]
    dropped: tuple[str, ...]
    """Axes that were asked for and cannot be drawn: themes or indicators that exist for none of the units."""

    @property
    def themes(self) -> bool:
        """Whether the axes are themes."""
        return bool(self.axes) and self.axes[0].indicator is None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@lru_cache(maxsize=2048)
def _compared(obs: Observatory, unit_id: str, key: UnitKey, reference: Reference) -> Compared:
    record = units_named(obs, key[0]).frame.iloc[key[1]]
    region = key[0] == "regions"
    return Compared(
        key=key,
        id=unit_id,
        names={lang: _text(record[f"name_{lang}"]) for lang in ("en", "de")},
        kind="region" if region else str(record["kind"]),
        level=str(record["kind"]) if region else "",
        granularity=str(record["granularity"]),
        iso3=_text(record["iso3"]),
        place_id=_text(record["place_id"]),
        countries={lang: _text(record[f"country_name_{lang}"]) for lang in ("en", "de")},
        reference=reference,
        members=count_members(obs, reference),
        coverage=coverage(obs, reference, key),
    )


@lru_cache(maxsize=8192)
def kind_of(obs: Observatory, key: UnitKey) -> str:
    """Kind of a cluster or level of a region."""
    return str(units_named(obs, key[0]).frame["kind"].iloc[key[1]])


def axis_choices(obs: Observatory, keys: tuple[UnitKey, ...]) -> dict[str, tuple[Indicator, ...]]:
    """By theme the indicators that can be axes for one of the units at least; for all kinds without units."""
    kinds = tuple(sorted({(unit, kind_of(obs, (unit, row))) for unit, row in keys}))
    return _axis_choices(obs, kinds)


@lru_cache(maxsize=64)
def _axis_choices(obs: Observatory, kinds: tuple[tuple[str, str], ...]) -> dict[str, tuple[Indicator, ...]]:
    every = kinds or (("clusters", "industry"), ("clusters", "science-technology"), ("regions", ""))
    found: dict[str, tuple[Indicator, ...]] = {}
    for theme in obs.catalogue.themes:
        found[theme] = tuple(
            i
            for i in obs.catalogue.indicators.values()
            if i.theme == theme
            and i.rankable
            and any(
                applies(i, unit, kind) and i.id in loaded_indicators(obs, unit, kind) for unit, kind in every
            )
        )
    return {theme: items for theme, items in found.items() if items}


def find_axis(obs: Observatory, axis_id: str) -> Axis:
    """The axis of an indicator or theme by its id."""
    indicator = obs.catalogue.indicators.get(axis_id)
    return Axis(axis_id, indicator.theme if indicator else axis_id, indicator)


def _axes(
    obs: Observatory, chosen: tuple[str, ...], keys: tuple[UnitKey, ...]
) -> tuple[tuple[Axis, ...], tuple[str, ...]]:
    """(axes in the order of the catalogue, grouped by theme; what was asked for and exists for no unit)."""
    if chosen:
        usable = [i for items in axis_choices(obs, keys).values() for i in items]
        axes = tuple(Axis(i.id, i.theme, i) for i in usable if i.id in chosen)
        return axes, tuple(name for name in chosen if name not in {a.id for a in axes})
    kinds = {(unit, kind_of(obs, (unit, row))) for unit, row in keys}
    themes = profile_themes(obs)
    made = [t for t in themes if any(profile_indicators(obs, unit, kind, t) for unit, kind in kinds)]
    return tuple(Axis(t, t, None) for t in made), tuple(t for t in themes if t not in made)


def _indicator_point(obs: Observatory, reference: Reference, key: UnitKey, indicator_id: str) -> Point:
    figure = units_named(obs, key[0]).matrix.figure(key[1], indicator_id)
    year = figure.year or 0
    if figure.value is None:
        exists = applies(obs.catalogue.indicators[indicator_id], key[0], kind_of(obs, key))
        return Point(None, None, (year, year), figure.status, figure.source_id, None, 0, 0, int(exists))
    at = position_of(obs, reference, key)
    ranks = member_ranks(obs, reference, indicator_id)
    score = float(member_percentiles(obs, reference, indicator_id)[at])
    ranked = int((~np.isnan(ranks)).sum())
    return Point(score, figure.value, (year, year), figure.status, figure.source_id, int(ranks[at]), ranked)


def _theme_point(obs: Observatory, reference: Reference, key: UnitKey, theme: str) -> Point:
    scored: ThemeScore = theme_score(obs, reference, key, theme)
    matrix, row = units_named(obs, key[0]).matrix, key[1]
    figures = [matrix.figure(row, i.id) for i in profile_indicators(obs, key[0], kind_of(obs, key), theme)]
    known = [f for f in figures if f.value is not None]
    years = [f.year for f in known if f.year]
    span = (min(years), max(years)) if years else (0, 0)
    estimates = sum(f.status in ESTIMATES for f in known)
    status = "missing" if scored.score is None else "observed" if estimates * 2 <= len(known) else "estimated"
    return Point(
        scored.score, None, span, status, None, scored.rank, scored.ranked, scored.known, scored.possible
    )


@lru_cache(maxsize=16_384)
def find_point(obs: Observatory, reference: Reference, key: UnitKey, axis_id: str) -> Point:
    """One unit on one axis; ``axis_id`` names an indicator or a theme."""
    if axis_id in obs.catalogue.indicators:
        return _indicator_point(obs, reference, key, axis_id)
    return _theme_point(obs, reference, key, axis_id)


def theme_makeup(obs: Observatory, comparison: Comparison, theme: str) -> tuple[Indicator, ...]:
    """The indicators behind a theme, for all kinds that are compared."""
    return _makeup(
        obs, tuple(dict.fromkeys((u.key[0], kind_of(obs, u.key)) for u in comparison.units)), theme
    )


@lru_cache(maxsize=512)
def _makeup(obs: Observatory, kinds: tuple[tuple[str, str], ...], theme: str) -> tuple[Indicator, ...]:
    found = {i.id for unit, kind in kinds for i in profile_indicators(obs, unit, kind, theme)}
    return tuple(i for i in obs.catalogue.indicators.values() if i.id in found)


@lru_cache(maxsize=256)
def _compare(obs: Observatory, ids: tuple[str, ...], chosen: tuple[str, ...], group: str) -> Comparison:
    found = {unit_id: key for unit_id in ids if (key := find_unit(obs, unit_id)) is not None}
    keys = tuple(found.values())
    axes, dropped = _axes(obs, chosen, keys)
    units = tuple(
        _compared(obs, unit_id, key, find_reference(obs, *key, group, keys)) for unit_id, key in found.items()
    )
    points = tuple(tuple(find_point(obs, u.reference, u.key, axis.id) for axis in axes) for u in units)
    return Comparison(units, axes, points, dropped)


def compare(obs: Observatory, selection: Selection) -> Comparison:
    """The comparison a selection asks for; without units it is empty. What was asked lately is remembered."""
    return _compare(obs, selection.ids, selection.axes, selection.group)
