"""What can be ranked: clusters, regions or industries with their figures, and which the filters leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.counted_levels import counted_regions, current_regions
from data.industries_units import industry_units
from data.matrix import STATUS, Matrix
from data.names import fold
from data.observatory import Observatory
from data.queries import filter_mask, industries_within
from data.ranking_words import word
from data.selection import Selection

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
BLOCKS = ("division", "section", "none", "group", "benchmark", "")
"""Details of industries that are never ranked together, in the order in which they stand."""


class Numbers(NamedTuple):
    """A column over all units: values (NaN: missing), years (0: unknown), codes of status, source, origin."""

    values: Floats
    years: npt.NDArray[np.int16]
    status: npt.NDArray[np.int16]
    source: npt.NDArray[np.int16]
    origin: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Candidates:
    """All units of a kind with ``frame`` (id, granularity, kind, names), their figures and the ``rows`` left.

    ``block`` says for every unit which others it may be ranked with. ``several`` holds the source codes of
    figures that come from more than one source, by column.
    """

    unit: str
    frame: pd.DataFrame
    matrix: Matrix | None
    computed: Mapping[str, Numbers]
    rows: Rows
    block: npt.NDArray[np.int64]
    several: Mapping[str, list[tuple[int, ...]]]

    def numbers(self, name: str) -> Numbers:
        """A numeric column over all units; one nobody has is all NaN."""
        if name in self.computed:
            return self.computed[name]
        n = len(self.frame)
        if self.matrix is None or name not in self.matrix.indicators:
            zeros = np.zeros(n, np.int16)
            return Numbers(np.full(n, np.nan), zeros, zeros, zeros - 1, zeros)
        at, m = self.matrix.indicators.index(name), self.matrix
        return Numbers(m.values[:, at], m.years[:, at], m.status[:, at], m.source[:, at], m.origin[:, at])


def counts(obs: Observatory, values: Floats) -> Numbers:
    """A count of our own: observed, without a year."""
    n, own = len(values), list(obs.catalogue.sources).index("gco")
    zeros = np.zeros(n, np.int16)
    status = np.where(np.isnan(values), 0, STATUS.index("observed")).astype(np.int16)
    return Numbers(np.asarray(values, float), zeros, status, zeros + np.int16(own), zeros)


def _blocks(granularity: pd.Series) -> npt.NDArray[np.int64]:
    return np.asarray(pd.Index(BLOCKS).get_indexer(pd.Index(granularity.astype(str))), np.int64)


def _clusters(obs: Observatory, selection: Selection) -> Candidates:
    units = obs.clusters
    rows = np.flatnonzero(filter_mask(obs, selection))
    return Candidates(
        "clusters", units.frame, units.matrix, {}, rows, _blocks(units.frame["granularity"]), {}
    )


def _regions(obs: Observatory, selection: Selection) -> Candidates:
    """Regions by place and figures; filters on clusters leave the regions that have such clusters."""
    units = obs.regions
    own = selection.but(kind=(), granularity=(), industry=(), field=(), rule=True)
    mask = filter_mask(obs, own) & (counted_regions(obs) if selection.rule else current_regions(obs))
    wanted = selection.but(unit="clusters", text="", ranges=(), area=())
    at = units.matrix.ids.get_indexer(
        pd.Index(obs.clusters.frame["region_id"][filter_mask(obs, wanted)].astype("object").fillna(""))
    )
    found = np.bincount(at[at >= 0], minlength=len(units)).astype(float)
    if selection.kind or selection.granularity or selection.industry or selection.field:
        mask &= found > 0
    computed = {"clusters": counts(obs, found)}
    block = np.zeros(len(units), np.int64)
    return Candidates("regions", units.frame, units.matrix, computed, np.flatnonzero(mask), block, {})


def _industry_mask(obs: Observatory, selection: Selection, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    mask = np.ones(len(frame), bool)
    if selection.granularity:
        mask &= frame["granularity"].isin(selection.granularity).to_numpy(bool)
    if selection.industry:
        within = frozenset[str]().union(*(industries_within(obs.catalogue, i) for i in selection.industry))
        mask &= frame["id"].isin(list(within)).to_numpy(bool)
    if selection.field:
        weights = obs.catalogue.industry_fields
        wanted = set(selection.field)
        mask &= np.array([bool(wanted & set(weights.get(name, {}))) for name in frame["id"]], bool)
    if selection.text:
        words = fold(selection.text).split()
        texts = (fold(f"{en} {de}") for en, de in zip(frame["name_en"], frame["name_de"], strict=True))
        mask &= np.array([all(w in text for w in words) for text in texts], bool)
    return mask


def _industries(obs: Observatory, selection: Selection) -> Candidates:
    frame = industry_units(obs, selection)
    years = frame["year"].to_numpy(np.int16)
    summed = np.where(frame["estimated"], STATUS.index("estimated"), STATUS.index("observed")).astype(
        np.int16
    )
    computed = {}
    for name in ("clusters", "countries", "regions", "employment", "herfindahl", "ellison_glaeser"):
        numbers = counts(obs, frame[name].to_numpy(float))
        if name in {"employment", "herfindahl", "ellison_glaeser"}:
            status = np.where(np.isnan(numbers.values), 0, summed).astype(np.int16)
            numbers = numbers._replace(years=years, status=status)
        computed[name] = numbers
    several = {name: list(frame["source"]) for name in ("employment", "herfindahl", "ellison_glaeser")}
    rows = np.flatnonzero(_industry_mask(obs, selection, frame))
    frame = frame.assign(kind=frame["granularity"], iso3=None)
    return Candidates("industries", frame, None, computed, rows, _blocks(frame["granularity"]), several)


@lru_cache(maxsize=64)
def find_candidates(obs: Observatory, selection: Selection) -> Candidates:
    """The units a selection asks for and the rows its filters leave."""
    build = {"regions": _regions, "industries": _industries}.get(selection.unit, _clusters)
    found = build(obs, selection)
    if not selection.only:
        return found
    # The compared units stand as they are, also those that the filters or the rule would leave out.
    return replace(found, rows=np.flatnonzero(found.frame["id"].isin(selection.ids).to_numpy(bool)))


@lru_cache(maxsize=64)
def _objects(obs: Observatory, unit: str, column: str) -> npt.NDArray[np.object_]:
    """A text column of the clusters or regions as plain texts, empty where there is none."""
    frame = (obs.regions if unit == "regions" else obs.clusters).frame
    return frame[column].astype("object").where(frame[column].notna(), "").to_numpy(object)


def column_texts(obs: Observatory, found: Candidates, column: str, rows: Rows) -> list[str]:
    """A text column of the units' own table for some rows; empty where there is none."""
    if column not in found.frame:
        return [""] * len(rows)
    if found.unit != "industries":
        return list(_objects(obs, found.unit, column)[rows])
    values = found.frame[column].to_numpy(object)[rows]
    return [value if isinstance(value, str) else "" for value in values]


def texts(obs: Observatory, found: Candidates, name: str, lang: str, rows: Rows) -> list[str]:
    """A text column of the ranking for some rows; empty where there is none."""
    if name == "kind":
        key = "granularity" if found.unit == "clusters" else "kind"
        known: dict[str, str] = {}
        values = column_texts(obs, found, key, rows)
        return [known.get(v) or known.setdefault(v, word(lang, "kinds", v)) for v in values]
    if name in {"top_size", "top_lq"}:
        names = _objects(obs, "regions", f"name_{lang}")
        return [str(names[at]) if at >= 0 else "" for at in found.frame[name].to_numpy()[rows]]
    column = f"country_name_{lang}" if name == "country" else f"name_{lang}"
    return column_texts(obs, found, column, rows)
