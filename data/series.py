"""How figures developed: one yearly series an industry of a region, and one a figure of a region.

A series comes from one source and one definition; where the definition changed it is broken, and only the
stretches are comparable. Missing-value rule: a year without a published figure is a gap (NaN), never zero.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from data.grouping import Rows, rows_where, texts
from data.observatory import Observatory

LEAST_YEARS = 3
MEASURES = ("employment", "gross_value_added")
BREAKS = {"jp-economic-census": (2016,)}
"""First years of a new definition by source: Japan's census counts private establishments only since 2016."""


class Entry(NamedTuple):
    """One figure of a year; ``value`` is ``None`` where it is confidential or missing."""

    year: int
    value: float | None
    estimated: bool
    unit: str


@dataclass(frozen=True)
class Series:
    """Yearly values of one source, ``None`` in a year without a figure; ``breaks`` are first years of a new
    definition, ``estimated`` the years whose figure is an estimate."""

    source_id: str
    measure: str
    unit: str
    years: tuple[int, ...]
    values: tuple[float | None, ...]
    breaks: tuple[int, ...] = ()
    estimated: frozenset[int] = frozenset()

    @property
    def known(self) -> tuple[tuple[int, float], ...]:
        """(year, value) of the years with a figure."""
        return tuple((y, v) for y, v in zip(self.years, self.values, strict=True) if v is not None)


def _read(obs: Observatory, table: str, rows: Rows) -> dict[tuple[str, str], list[Entry]]:
    """Entries of some rows by (measure or indicator, source), in the order of the years."""
    frame = obs.tables[table]
    measure = "measure" if table == "cells" else "indicator_id"
    kinds, sources = texts(obs, table, measure)[rows], texts(obs, table, "source_id")[rows]
    status = texts(obs, table, "status")[rows]
    units = texts(obs, table, "unit")[rows] if table == "cells" else np.full(len(rows), "", object)
    years, values = frame["year"].to_numpy()[rows], frame["value"].to_numpy()[rows]
    found: dict[tuple[str, str], list[Entry]] = {}
    for kind, source, year, value, mark, unit in zip(
        kinds, sources, years, values, status, units, strict=True
    ):
        known = None if np.isnan(value) else float(value)
        found.setdefault((kind, source), []).append(Entry(int(year), known, mark == "estimated", unit or ""))
    return {key: sorted(entries) for key, entries in found.items()}


def _build(source: str, measure: str, entries: list[Entry]) -> Series | None:
    """One source's entries as a series over all years from first to last; ``None`` below three known years
    of one definition."""
    known = {e.year: e.value for e in entries if e.value is not None}
    breaks = BREAKS.get(source, ())
    bounds = [min(known, default=0), *breaks, 9999]
    if max(sum(low <= year < high for year in known) for low, high in pairwise(bounds)) < LEAST_YEARS:
        return None
    years = tuple(range(min(known), max(known) + 1, _step(sorted(known))))
    estimated = frozenset(e.year for e in entries if e.estimated)
    values = tuple(known.get(year) for year in years)
    return Series(
        source, measure, entries[0].unit, years, values, tuple(b for b in breaks if b in known), estimated
    )


def _step(years: list[int]) -> int:
    """Years from one count to the next: 1, or 5 for a census every five years."""
    gaps = {later - year for year, later in pairwise(years)}
    return gaps.pop() if len(gaps) == 1 else 1


@lru_cache(maxsize=512)
def industry_series(obs: Observatory, region_id: str, industry_id: str) -> Series | None:
    """Employment (else value added) of an industry in a region over the years of its longest source.

    ``None`` where no source has three comparable years.
    """
    rows = rows_where(obs, "cells", "region_id", region_id)
    rows = rows[texts(obs, "cells", "industry_id")[rows] == industry_id]
    entries = _read(obs, "cells", rows)
    for measure in MEASURES:
        built = [_build(source, kind, found) for (kind, source), found in entries.items() if kind == measure]
        known = [series for series in built if series is not None]
        if known:
            return max(known, key=lambda s: (len(s.known), s.years[-1]))
    return None


@lru_cache(maxsize=512)
def figure_series(obs: Observatory, entity_id: str, indicator_id: str) -> Series | None:
    """A figure of a region or country over the years of its longest source; ``None`` below three years."""
    rows = rows_where(obs, "observations", "entity_id", entity_id)
    rows = rows[texts(obs, "observations", "indicator_id")[rows] == indicator_id]
    entries = _read(obs, "observations", rows)
    built = [_build(source, kind, found) for (kind, source), found in entries.items()]
    known = [series for series in built if series is not None]
    return max(known, key=lambda s: (len(s.known), s.years[-1])) if known else None
