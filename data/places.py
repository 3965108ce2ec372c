"""Places: the points of the map. Clusters of the same region share a place and are drawn once.

What never changes (which cluster lies at which place, names, points) is worked out once per observatory;
a filter then only counts.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.observatory import Observatory
from data.selection import Selection

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

SCIENCE = "science-technology"


@dataclass(frozen=True, eq=False)
class PlaceIndex:
    """``frame`` has one row a place in the order of its id; ``code`` is every cluster's row in it."""

    frame: pd.DataFrame
    code: Rows
    science: Mask
    """Which clusters (not places) are science and technology clusters."""

    @cached_property
    def _position(self) -> dict[str, int]:
        return {str(place): row for row, place in enumerate(self.frame["place_id"])}

    @cached_property
    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """The columns of ``frame`` as arrays."""
        return {str(name): self.frame[name].to_numpy() for name in self.frame.columns}

    def row(self, place_id: str) -> int:
        """Row of a place, -1 where no cluster lies at it."""
        return self._position.get(place_id, -1)


@lru_cache(maxsize=4)
def place_index(obs: Observatory) -> PlaceIndex:
    """The places of all clusters of the observatory."""
    frame = obs.clusters.frame
    code, ids = pd.factorize(frame["place_id"].astype("object"), sort=True)
    first = np.unique(code, return_index=True)[1] if len(frame) else np.zeros(0, np.intp)
    own = frame.iloc[first].reset_index(drop=True)
    table = own[["place_id", "lon", "lat", "iso3", "country_name_en", "country_name_de"]].copy()
    for lang in ("en", "de"):
        region = own[f"region_name_{lang}"].astype("object")
        table[f"name_{lang}"] = region.where(region.notna(), own[f"name_{lang}"])
    assert len(ids) == len(table), "every cluster lies at a place"
    texts = [name for name in table.columns if name not in {"lon", "lat"}]
    # plain objects: taking rows of a string column costs more than all the rest of a filter
    table[texts] = table[texts].astype("object")
    return PlaceIndex(table, code.astype(np.intp), (frame["kind"] == SCIENCE).to_numpy(bool))


def best_rows(values: Floats, groups: Rows, direction: int) -> tuple[Rows, Rows]:
    """Per group the position of the best value: (groups that have one, positions in ``values``).

    The best is the highest, or the lowest where ``direction`` is -1. Missing values never win.
    """
    known = np.flatnonzero(~np.isnan(values))
    keys = values[known] if direction >= 0 else -values[known]
    ranked = known[np.lexsort((keys, groups[known]))]
    owner = groups[ranked]
    last = np.flatnonzero(np.append(owner[1:] != owner[:-1], True)) if len(owner) else owner
    return owner[last], ranked[last]


def _best_column(obs: Observatory, indicator_id: str, rows: Rows, codes: Rows, n: int) -> tuple[Floats, Rows]:
    """Best value (NaN where none is known) and its year (0 where none) of each of ``n`` places."""
    value, year = np.full(n, np.nan), np.zeros(n, np.intp)
    matrix = obs.clusters.matrix
    if indicator_id not in matrix.indicators:
        return value, year
    col = matrix.indicators.index(indicator_id)
    values = matrix.values[rows, col]
    groups, found = best_rows(values, codes, obs.catalogue.indicators[indicator_id].direction)
    value[groups], year[groups] = values[found], matrix.years[rows[found], col]
    return value, year


def places(obs: Observatory, mask: Mask, selection: Selection) -> pd.DataFrame:
    """One row a place of the matching clusters, largest count first, ties by id.

    Columns: place_id, lon, lat (degrees), iso3, country_name_en, country_name_de, name_en, name_de, clusters
    (count), science_technology, industry (bool: which kinds lie here), colour, size (the best of the place's
    clusters in that indicator, NaN where missing or not asked for), colour_year (0 where there is no value).
    """
    index, rows = place_index(obs), np.flatnonzero(mask)
    n, codes = len(index.frame), index.code[rows]
    counts = np.bincount(codes, minlength=n)
    science = np.bincount(codes[index.science[rows]], minlength=n)
    present = np.flatnonzero(counts)
    present = present[np.argsort(-counts[present], kind="stable")]
    colour, year = _best_column(obs, selection.colour, rows, codes, n)
    size, _ = _best_column(obs, selection.size, rows, codes, n)
    columns = {name: values[present] for name, values in index.columns.items()}
    columns |= {
        "clusters": counts[present],
        "science_technology": science[present] > 0,
        "industry": counts[present] > science[present],
        "colour": colour[present],
        "size": size[present],
        "colour_year": year[present],
    }
    # object columns stay as they are: finding out whether they hold text costs more than all the rest
    return pd.DataFrame({name: pd.Series(values, dtype=values.dtype) for name, values in columns.items()})
