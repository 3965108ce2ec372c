"""Figures of many units in one dense block: the wide shape that pages filter, rank and draw.

Observations are long; a page needs "this indicator of all clusters" in microseconds. A
:class:`Matrix` holds for every unit and indicator the latest figure with its year, status and
source, as NumPy arrays. A missing or confidential figure is NaN, never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

STATUS = ("missing", "confidential", "provisional", "estimated", "observed")
"""Statuses by code; the array of statuses holds positions in this tuple."""

ORIGINS = ("own", "region", "around", "country")
"""Whose figure it is: the unit's own, its region's, that of the region around it, its country's."""

AREA_TOTALS = frozenset(
    {"population", "patents", "gdp_mio_eur", "gdp_mio_chf", "employed_total", "employment"}
)
"""Sums over an area: right for that area only, so a part of it never takes them over."""

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]


class Figure(NamedTuple):
    """One figure with everything needed to trust it."""

    value: float | None
    year: int | None
    status: str
    source_id: str | None
    origin: str = "own"


@dataclass(frozen=True)
class Matrix:
    """``values``, ``years``, ``status``, ``source`` and ``origin`` are all units × indicators."""

    ids: pd.Index
    indicators: tuple[str, ...]
    sources: tuple[str, ...]
    values: Floats
    years: Codes
    status: Codes
    source: Codes
    origin: Codes

    def column(self, indicator_id: str) -> Floats:
        """All units' values of one indicator; an indicator nobody has is all NaN."""
        if indicator_id not in self.indicators:
            return np.full(len(self.ids), np.nan)
        return self.values[:, self.indicators.index(indicator_id)]

    def figure(self, row: int, indicator_id: str) -> Figure:
        """One figure by position of the unit."""
        if indicator_id not in self.indicators:
            return Figure(None, None, "missing", None)
        col = self.indicators.index(indicator_id)
        value, year, source = self.values[row, col], self.years[row, col], self.source[row, col]
        return Figure(
            None if np.isnan(value) else float(value),
            int(year) if year else None,
            STATUS[self.status[row, col]],
            self.sources[source] if source >= 0 else None,
            ORIGINS[self.origin[row, col]],
        )

    def inherit(self, rows: npt.NDArray[np.intp], parent: "Matrix", origin: str) -> "Matrix":
        """Fill what is missing here from ``parent`` and note whose figure it is.

        ``rows`` gives each unit's parent, -1 for none. Totals of an area pass only from a region to
        what lies at it (``origin`` "region"), not from a larger area to a smaller one.
        """
        if not len(parent.ids):
            return self
        has = rows >= 0
        empty = (self.status == 0) & has[:, None]
        if origin != "region":
            empty &= ~np.isin(self.indicators, list(AREA_TOTALS))[None, :]
        blocks = {}
        for name in ("values", "years", "status", "source"):
            blocks[name] = np.where(empty, getattr(parent, name)[np.where(has, rows, 0)], getattr(self, name))
        theirs = np.maximum(parent.origin[np.where(has, rows, 0)], ORIGINS.index(origin))
        blocks["origin"] = np.where(empty & (blocks["status"] != 0), theirs, self.origin).astype(np.int16)
        return Matrix(self.ids, self.indicators, self.sources, **blocks)


def latest(observations: pd.DataFrame) -> pd.DataFrame:
    """The newest row of every entity and indicator that has a value, else its newest row.

    A confidential newest year does not hide an older published figure; the year shown is the
    year of the figure.
    """
    ranked = observations.assign(known=observations["value"].notna())
    ranked = ranked.sort_values(["known", "year"], kind="stable")
    return ranked.drop_duplicates(["entity_id", "indicator_id"], keep="last")


def _places(names: pd.Series, index: pd.Index) -> npt.NDArray[np.intp]:
    """Where each name stands in an index, -1 where it does not; looks every different name up only once."""
    coded = names.astype("category").cat
    found = index.get_indexer(pd.Index(coded.categories.astype(str)))
    return np.append(found, -1)[coded.codes.to_numpy()]


def build_matrix(
    observations: pd.DataFrame, ids: Sequence[str], indicators: Sequence[str], sources: Sequence[str]
) -> Matrix:
    """Spread the latest observations of ``ids`` over ``indicators``."""
    index = pd.Index(ids)
    rows = _places(observations["entity_id"], index)
    cols = _places(observations["indicator_id"], pd.Index(indicators))
    keep = (rows >= 0) & (cols >= 0)
    found = observations[keep]
    spot = rows[keep], cols[keep]
    shape = (len(index), len(indicators))
    values, years = np.full(shape, np.nan), np.zeros(shape, np.int16)
    status, source = np.zeros(shape, np.int16), np.full(shape, -1, np.int16)
    values[spot] = found["value"].to_numpy(np.float64, na_value=np.nan)
    years[spot] = found["year"].to_numpy(np.int16)
    status[spot] = _places(found["status"], pd.Index(STATUS))
    source[spot] = _places(found["source_id"], pd.Index(sources))
    return Matrix(
        index, tuple(indicators), tuple(sources), values, years, status, source, np.zeros(shape, np.int16)
    )
