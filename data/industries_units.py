"""Industries as things that can be ranked: their clusters, jobs and concentration over the covered regions.

Covered are the regions that stand for their country (:mod:`data.counted_levels`) and count persons.
Missing-value rule: a confidential or missing cell is left out, of sums and shares alike; an industry without
any figure has NaN, and only the count of its clusters can be 0.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.counted_levels import counted_regions
from data.indicators.concentration import ellison_glaeser_g, herfindahl
from data.observatory import Observatory
from data.queries import filter_mask, industries_within
from data.selection import DEFAULT, Selection

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
VIEWS = ("division", "group")
LEAST_JOBS = 1_000
"""Below it a location quotient says little; such regions are not named as the most specialised."""


@dataclass(frozen=True, eq=False)
class Block:
    """Regions × industries of one view: jobs and location quotient (NaN where unknown), years, estimates."""

    view: str
    industries: tuple[str, ...]
    regions: npt.NDArray[np.intp]
    jobs: Floats
    quotient: Floats
    estimated: Mask
    year: npt.NDArray[np.int16]
    source: npt.NDArray[np.int16]
    totals: Floats


def _codes(column: pd.Series, index: pd.Index) -> npt.NDArray[np.intp]:
    """Position of every value of a categorical column in ``index``, -1 for what is not there."""
    kinds = column.astype("category").cat
    where = index.get_indexer(pd.Index(kinds.categories.astype(str)))
    return np.asarray(where[kinds.codes.to_numpy()], np.intp)


@lru_cache(maxsize=8)
def view_block(obs: Observatory, view: str) -> Block:
    """The covered regions' cells of a view; ``regions`` are rows of ``obs.regions``."""
    table = obs.tables["specialisations"]
    table = table[(table["view"] == view) & (table["measure"] == "employment") & (table["unit"] == "persons")]
    place = _codes(table["region_id"], obs.regions.matrix.ids)
    keep = (place >= 0) & np.append(counted_regions(obs), False)[place]
    table, place = table[keep], place[keep]
    order = pd.Index(tuple(obs.catalogue.industries))
    codes, column = np.unique(_codes(table["industry_id"], order), return_inverse=True)
    regions, row = np.unique(place, return_inverse=True)
    spot, shape = (row, column), (len(regions), len(codes))
    jobs, quotient, focus = (np.full(shape, np.nan) for _ in range(3))
    year, source = np.zeros(shape, np.int16), np.full(shape, -1, np.int16)
    estimated = np.zeros(shape, bool)
    for block, name in ((jobs, "value"), (quotient, "lq_home"), (focus, "focus")):
        block[spot] = table[name].to_numpy(np.float64, na_value=np.nan)
    year[spot] = table["year"].to_numpy(np.int16)
    source[spot] = _codes(table["source_id"], pd.Index(tuple(obs.catalogue.sources)))
    estimated[spot] = (table["status"] == "estimated").to_numpy(bool)
    industries = tuple(order[codes])
    return Block(view, industries, regions, jobs, quotient, estimated, year, source, _totals(jobs, focus))


def _totals(jobs: Floats, focus: Floats) -> Floats:
    """Jobs of each region in all industries of the view: what its largest industry and its share imply."""
    if not jobs.size:
        return np.full(len(jobs), np.nan)
    weight = np.where(np.isnan(jobs) | np.isnan(focus) | (focus <= 0), -1.0, jobs)
    best = weight.argmax(axis=1)
    at = np.arange(len(jobs)), best
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight[at] > 0, jobs[at] / focus[at] * 100, np.nan)


def _shares(values: Floats) -> Floats:
    sums = np.nansum(values, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums > 0, values / sums, np.nan)


def _top(block: Block, values: Floats) -> npt.NDArray[np.intp]:
    """Row of ``obs.regions`` with the highest value of each industry, -1 where nothing is known."""
    if not len(values):
        return np.full(len(block.industries), -1, np.intp)
    known = ~np.isnan(values)
    best = np.where(known, values, -np.inf).argmax(axis=0)
    return np.where(known.any(axis=0), block.regions[best], -1)


def _measure(block: Block, inside: Mask) -> pd.DataFrame:
    """The figures of every industry of a block over the regions ``inside`` (rows of the block)."""
    jobs = np.where(inside[:, None], block.jobs, np.nan)
    known = ~np.isnan(jobs)
    shares = _shares(jobs)
    areas = _shares(np.where(known, block.totals[:, None], np.nan))
    quotient = np.where(known & (jobs >= LEAST_JOBS), block.quotient, np.nan)
    years = np.where(known, block.year, 0)
    return pd.DataFrame(
        {
            "id": block.industries, "granularity": block.view,
            "regions": known.sum(axis=0).astype(float),
            "employment": np.where(known.any(axis=0), np.nansum(jobs, axis=0), np.nan),
            "herfindahl": herfindahl(shares.T), "ellison_glaeser": ellison_glaeser_g(shares.T, areas.T),
            "top_size": _top(block, jobs), "top_lq": _top(block, quotient),
            "year": years.max(axis=0, initial=0), "estimated": (block.estimated & known).any(axis=0),
            "source": [_sources(block.source[known[:, i], i]) for i in range(len(block.industries))],
        }
    )  # fmt: skip


def _sources(codes: npt.NDArray[np.int16]) -> tuple[int, ...]:
    return tuple(int(code) for code in np.unique(codes) if code >= 0)


def _region_filter(selection: Selection) -> Selection:
    place = {"country": selection.country, "continent": selection.continent, "area": selection.area}
    return DEFAULT.but(unit="regions", **place)


@lru_cache(maxsize=8)
def _inside(obs: Observatory, industries: tuple[str, ...], parts: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Industries × parts: 1 where the part lies inside the industry."""
    within = [industries_within(obs.catalogue, name) for name in industries]
    return np.array([[part in inside for part in parts] for inside in within], np.int64)


def _clusters(obs: Observatory, selection: Selection, industries: tuple[str, ...]) -> pd.DataFrame:
    """Clusters and countries of every industry among the clusters the filters leave."""
    chosen = selection.but(unit="clusters", granularity=(), industry=(), field=(), text="")
    frame, mask = obs.clusters.frame, filter_mask(obs, chosen)
    part, parts = pd.factorize(frame["industry_id"], sort=True)
    country, countries = pd.factorize(frame["iso3"], sort=True)
    mask &= (part >= 0) & (country >= 0)
    found = np.zeros((len(parts), len(countries)), np.int64)
    np.add.at(found, (part[mask], country[mask]), 1)
    sums = _inside(obs, industries, tuple(map(str, parts))) @ found
    return pd.DataFrame(
        {"clusters": sums.sum(axis=1).astype(float), "countries": (sums > 0).sum(axis=1).astype(float)}
    )


@lru_cache(maxsize=64)
def industry_units(obs: Observatory, selection: Selection) -> pd.DataFrame:
    """One row an industry: divisions first, then the ten groups.

    Columns: id, name_en, name_de, granularity, clusters, countries, regions, employment (persons), herfindahl
    (0-1), ellison_glaeser (0-2), top_size and top_lq (rows of ``obs.regions``, -1 for none), year (latest of
    the figures added up), estimated (whether any of them is), source (tuple of source codes). Filters on
    place narrow clusters and regions, all others of clusters narrow the counts of clusters.
    """
    inside = filter_mask(obs, _region_filter(selection))
    parts = [_measure(block, inside[block.regions]) for block in (view_block(obs, view) for view in VIEWS)]
    frame = pd.concat(parts, ignore_index=True)
    items = [obs.catalogue.industries[name] for name in frame["id"]]
    frame = frame.assign(name_en=[i.name.en for i in items], name_de=[i.name.de for i in items])
    return frame.join(_clusters(obs, selection, tuple(frame["id"])))
