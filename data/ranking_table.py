"""The ranking: one query that the page, the grid's rows and the exports share, so that they cannot differ.

Order: what may be ranked together stands together; within that by the chosen column; missing figures always
last. Ranks count within the filtered rows that may be compared (same detail of industries), equal figures
share a rank, and a missing figure has none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.indicators.ranking import percentiles, ranks
from data.matrix import ORIGINS, STATUS
from data.names import fold
from data.observatory import Observatory
from data.ranking_columns import TEXTS, default_sort, describe, shown, sortable, sorted_by
from data.ranking_units import Candidates, Floats, Numbers, Rows, column_texts, find_candidates, texts
from data.reference import (
    COLUMNS,
    Reference,
    find_reference,
    member_percentiles,
    member_ranks,
    reference_mask,
)
from data.selection import DEFAULT, Selection

Measure = Callable[[Observatory, Reference, str], Floats]
Spread = Callable[[Floats, int], Floats]


@dataclass(frozen=True, eq=False)
class Ranking:
    """A ranked table. ``rows`` are the units in order, ``ranks`` their ranks by the column ``ranked_by``."""

    obs: Observatory
    lang: str
    found: Candidates
    columns: tuple[str, ...]
    sort: str
    ranked_by: str
    descending: bool
    group: str
    rows: Rows
    ranks: Floats

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def unit(self) -> str:
        """clusters, regions or industries."""
        return self.found.unit

    @property
    def separate(self) -> bool:
        """Whether the rows hold kinds that are ranked each for itself."""
        return len(np.unique(self.found.block[self.rows])) > 1

    def ids(self, rows: Rows) -> list[str]:
        """Ids of some units."""
        return self.plain("id", rows)

    def plain(self, column: str, rows: Rows) -> list[str]:
        """A column of the units' own table, empty where there is none."""
        return column_texts(self.obs, self.found, column, rows)

    def texts(self, name: str, rows: Rows) -> list[str]:
        """A text column of some units."""
        return texts(self.obs, self.found, name, self.lang, rows)

    def numbers(self, name: str, rows: Rows) -> Numbers:
        """A numeric column of some units with years, statuses, sources and origins."""
        whole = self.found.numbers(name)
        return Numbers(
            whole.values[rows], whole.years[rows], whole.status[rows], whole.source[rows], whole.origin[rows]
        )

    def percentiles(self, name: str, rows: Rows) -> Floats:
        """Percentiles (0 to 100) of some units in their reference group; NaN where there is none."""
        if not describe(self.obs, self.unit, name, self.lang).rankable:
            return np.full(len(rows), np.nan)
        if name in self.found.computed:
            return self._computed_percentiles(name)[rows]
        return self._in_groups(name, rows, member_percentiles)

    def _computed_percentiles(self, name: str) -> Floats:
        """For columns of our own: among all units of the same block that the filters leave."""
        return _within(self.found.numbers(name).values, self.found.block, self.found.rows, percentiles)

    def reference_ranks(self, rows: Rows) -> Floats:
        """Ranks of some units in their whole reference group by the column ranked by."""
        if self.ranked_by in self.found.computed:
            every = np.arange(len(self.found.frame))
            return _within(self.found.numbers(self.ranked_by).values, self.found.block, every, ranks)[rows]
        return self._in_groups(self.ranked_by, rows, member_ranks)

    def _in_groups(self, name: str, rows: Rows, measure: Measure) -> Floats:
        """``measure`` of every row inside its reference group; rows of one group are looked up at once."""
        out = np.full(len(rows), np.nan)
        known = np.flatnonzero(~np.isnan(self.found.numbers(name).values[rows]))
        keys = pd.factorize(_group_keys(self.obs, self.unit, self.group)[rows[known]])[0]
        for key in range(keys.max(initial=-1) + 1):
            for spots in self._same_group(rows, known[keys == key]):
                first = int(rows[spots[0]])
                reference = find_reference(self.obs, self.unit, first, self.group)
                members = np.flatnonzero(reference_mask(self.obs, self.unit, first, self.group))
                out[spots] = measure(self.obs, reference, name)[np.searchsorted(members, rows[spots])]
        return out

    def _same_group(self, rows: Rows, spots: Rows) -> list[Rows]:
        """Spots by reference group: those that stand in it anyway together, every other one for itself."""
        counted = self.found.frame["counted"].to_numpy(bool)[rows[spots]]
        first = int(rows[spots[counted.argmax()]])
        if find_reference(self.obs, self.unit, first, self.group).outsider >= 0:
            return list(spots[:, None])
        inside = reference_mask(self.obs, self.unit, first, self.group)[rows[spots]]
        return [spots[inside], *spots[~inside][:, None]]

    def frame(self) -> pd.DataFrame:
        """The whole table: ``id``, then the shown columns; with each figure its _year, _status, _source, and
        where it may belong to another, _of. Missing values are NaN or NA, never zero.
        """
        parts: dict[str, object] = {"id": self.ids(self.rows)}
        for name in self.columns:
            parts |= self._column(name)
        return pd.DataFrame(parts)

    def _column(self, name: str) -> dict[str, object]:
        if name == "rank":
            return {name: _whole(self.ranks)}
        if name == "reference_rank":
            return {name: _whole(self.reference_ranks(self.rows))}
        if name in TEXTS:
            column: dict[str, object] = {name: _words(self.texts(name, self.rows))}
            if name == "country":
                column["iso3"] = _words(self.plain("iso3", self.rows))
            return column
        return self._figures(name)

    def _figures(self, name: str) -> dict[str, object]:
        numbers = self.numbers(name, self.rows)
        sources = np.array([*self.obs.catalogue.sources, ""], object)[numbers.source]
        if name in self.found.several:
            named = tuple(self.obs.catalogue.sources)
            several = self.found.several[name]
            sources = np.array(["|".join(named[code] for code in several[row]) for row in self.rows], object)
        columns: dict[str, object] = {
            name: numbers.values,
            f"{name}_year": _whole(np.where(numbers.years > 0, numbers.years, np.nan)),
            f"{name}_status": _words(np.array(STATUS, object)[numbers.status]),
            f"{name}_source": _words(sources),
        }
        if not describe(self.obs, self.unit, name, self.lang).own:
            origin = np.where(np.isnan(numbers.values), "", np.array(ORIGINS, object)[numbers.origin])
            columns[f"{name}_of"] = _words(origin)
        return columns


def _whole(values: Floats) -> pd.Series:
    return pd.Series(values).astype("Int64")


def _words(values: Iterable[object]) -> pd.Series:
    return pd.Series(list(values), dtype="str")


@lru_cache(maxsize=16)
def _group_keys(obs: Observatory, unit: str, group: str) -> npt.NDArray[np.object_]:
    frame = (obs.regions if unit == "regions" else obs.clusters).frame
    names = ["kind", "granularity"]
    if group != "kind":
        names.append("industry_id" if group == "field" else COLUMNS[group])
    parts = [frame[name].astype("object").fillna("").astype(str).tolist() for name in names]
    return np.array(["~".join(part) for part in zip(*parts, strict=True)], object)


def _within(
    values: Floats, block: npt.NDArray[np.int64], rows: Rows, measure: Spread, direction: int = 1
) -> Floats:
    """A measure of ``values`` among ``rows``, block by block; NaN for all other units."""
    out = np.full(len(values), np.nan)
    for code in np.unique(block[rows]):
        inside = rows[block[rows] == code]
        out[inside] = measure(values[inside], direction)
    return out


def _order(obs: Observatory, found: Candidates, sort: str, descending: bool, lang: str) -> Rows:
    rows = found.rows
    if sort in TEXTS:
        keys = pd.Series([fold(text) for text in texts(obs, found, sort, lang, rows)], dtype=object)
        places = keys.rank(method="dense", ascending=not descending).to_numpy()
        empty = (keys == "").to_numpy(bool)
        return rows[np.lexsort((rows, places, empty))]
    values = found.numbers(sort).values[rows]
    keys_ = -values if descending else values
    return rows[np.lexsort((rows, keys_, found.block[rows], np.isnan(values)))]


def _view(selection: Selection) -> Selection:
    """The part of a selection that a ranking depends on."""
    kept = ("unit", "kind", "granularity", "country", "continent", "field", "industry", "text", "rule",
            "ranges", "area", "sort", "descending", "columns", "group",
            *(("only", "ids") if selection.only else ()))  # fmt: skip
    return DEFAULT.but(**{name: getattr(selection, name) for name in kept})


@lru_cache(maxsize=64)
def _rank(obs: Observatory, selection: Selection, lang: str) -> Ranking:
    filters = selection.but(sort="", descending=True, columns=(), group="kind")
    found = find_candidates(obs, filters)
    sort = sorted_by(obs, selection)
    if sort not in TEXTS and np.isnan(found.numbers(sort).values[found.rows]).all():
        sort = default_sort(selection)
    ranked_by = sort if sort not in TEXTS else default_sort(selection)
    descending = selection.descending
    rows = _order(obs, found, sort, descending, lang)
    direction = describe(obs, selection.unit, ranked_by, lang).direction
    placed = _within(found.numbers(ranked_by).values, found.block, found.rows, ranks, direction)
    group = selection.group if selection.group != "own" else "kind"
    return Ranking(
        obs, lang, found, shown(obs, selection, sort), sort, ranked_by, descending, group, rows, placed[rows]
    )


def table(obs: Observatory, selection: Selection, lang: str) -> Ranking:
    """The ranking of a selection; kept for the next who asks for the same."""
    return _rank(obs, _view(selection), lang)


def can_sort(obs: Observatory, unit: str, name: str) -> bool:
    """Whether the address can ask for this order."""
    return sortable(obs, unit, name) and name in obs.vocabulary.columns
