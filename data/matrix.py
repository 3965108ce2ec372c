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

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]


class Figure(NamedTuple):
    """One figure with everything needed to trust it."""

    value: float | None
    year: int | None
    status: str
    source_id: str | None


@dataclass(frozen=True)
class Matrix:
    """``values``, ``years``, ``status`` and ``source`` are all units × indicators."""

    ids: pd.Index
    indicators: tuple[str, ...]
    sources: tuple[str, ...]
    values: Floats
    years: Codes
    status: Codes
    source: Codes

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
        )

    def inherit(self, rows: npt.NDArray[np.intp], parent: "Matrix") -> "Matrix":
        """Fill what is missing here from ``parent``; ``rows`` gives each unit's parent, -1 for none."""
        if not len(parent.ids):
            return self
        has = rows >= 0
        blocks = {}
        empty = (self.status == 0) & has[:, None]
        for name in ("values", "years", "status", "source"):
            own, theirs = getattr(self, name), getattr(parent, name)[np.where(has, rows, 0)]
            blocks[name] = np.where(empty, theirs, own)
        return Matrix(self.ids, self.indicators, self.sources, **blocks)


def latest(observations: pd.DataFrame) -> pd.DataFrame:
    """The newest row of every entity and indicator that has a value, else its newest row.

    A confidential newest year does not hide an older published figure; the year shown is the
    year of the figure.
    """
    ranked = observations.assign(known=observations["value"].notna())
    ranked = ranked.sort_values(["known", "year"], kind="stable")
    return ranked.drop_duplicates(["entity_id", "indicator_id"], keep="last")


def build_matrix(
    observations: pd.DataFrame, ids: Sequence[str], indicators: Sequence[str], sources: Sequence[str]
) -> Matrix:
    """Spread the latest observations of ``ids`` over ``indicators``."""
    index = pd.Index(ids)
    rows = index.get_indexer(pd.Index(observations["entity_id"].astype(str)))
    cols = pd.Index(indicators).get_indexer(pd.Index(observations["indicator_id"].astype(str)))
    keep = (rows >= 0) & (cols >= 0)
    found = observations[keep]
    spot = rows[keep], cols[keep]
    shape = (len(index), len(indicators))
    values, years = np.full(shape, np.nan), np.zeros(shape, np.int16)
    status, source = np.zeros(shape, np.int16), np.full(shape, -1, np.int16)
    values[spot] = found["value"].to_numpy(np.float64, na_value=np.nan)
    years[spot] = found["year"].to_numpy(np.int16)
    status[spot] = pd.Index(STATUS).get_indexer(pd.Index(found["status"].astype(str)))
    source[spot] = pd.Index(sources).get_indexer(pd.Index(found["source_id"].astype(str)))
    return Matrix(index, tuple(indicators), tuple(sources), values, years, status, source)
