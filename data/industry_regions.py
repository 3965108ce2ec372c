"""Where in the world an industry or a field is: its regions, how concentrated it is, and its clusters.

One level a country is taken, as for the counted clusters. Missing-value rule: regions whose figure is
confidential or missing are left out of sums and shares and counted as ``hidden``.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.counted_levels import counted_regions
from data.indicators.concentration import ellison_glaeser_g, herfindahl
from data.observatory import Observatory
from data.portfolio import find_cells
from data.queries import industries_within

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
VIEWS = ("division", "group", "section", "benchmark-traded", "benchmark-local")
LEAST_JOBS = 1_000
"""Below it a location quotient says little; smaller regions are not listed as the most specialised."""
TOP = 5
COLUMNS = [
    "row",
    "value",
    "unit",
    "measure",
    "lq_home",
    "focus",
    "national_share",
    "year",
    "status",
    "view",
    "source_id",
]


class Concentration(NamedTuple):
    """How an industry is spread over the covered regions: regions with a figure and without, jobs of all,
    share of the five largest in %, Herfindahl index, and the raw index of Ellison and Glaeser (NaN without
    totals)."""

    regions: int
    hidden: int
    jobs: float
    top: float
    herfindahl: float
    ellison_glaeser: float
    years: tuple[int, int]


@lru_cache(maxsize=512)
def industry_regions(obs: Observatory, industry_id: str) -> pd.DataFrame:
    """Regions with the industry at the level counted in their country, the largest first.

    The view with most regions is used. Columns: :data:`COLUMNS`, with ``row`` of ``obs.regions``. Empty
    where no region is measured in it.
    """
    cells = find_cells(obs, industry_id=industry_id)
    rows = obs.regions.matrix.ids.get_indexer(pd.Index(cells["region_id"]))
    keep = (rows >= 0) & np.append(counted_regions(obs), False)[rows]
    cells = cells[keep].assign(row=rows[keep])
    sizes = cells["view"].value_counts()
    best = max(sizes.index, key=lambda name: (sizes[name], -VIEWS.index(name)), default="")
    found: pd.DataFrame = cells.loc[cells["view"] == best, COLUMNS]
    return found.sort_values("value", ascending=False, na_position="last", kind="stable", ignore_index=True)


def concentrate(regions: pd.DataFrame) -> Concentration | None:
    """Concentration of an industry over its regions measured in persons; ``None`` below two of them."""
    persons = regions[regions["measure"] == "employment"]
    known = persons[persons["value"].notna()]
    jobs = known["value"].to_numpy(float)
    if len(known) < 2 or jobs.sum() <= 0:
        return None
    shares, focus = jobs / jobs.sum(), known["focus"].to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        totals = np.where(focus > 0, jobs / focus * 100, np.nan)
    areas = totals / np.nansum(totals) if np.isfinite(totals).any() else np.full(len(jobs), np.nan)
    return Concentration(
        len(known),
        len(persons) - len(known),
        float(jobs.sum()),
        float(np.sort(shares)[::-1][:TOP].sum() * 100),
        float(herfindahl(shares)),
        float(ellison_glaeser_g(shares, areas)),
        (int(known["year"].min()), int(known["year"].max())),
    )


def most_specialised(regions: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """Regions by location quotient among those with at least 1,000 persons (any size of value added)."""
    large = (regions["value"] >= LEAST_JOBS) | (regions["measure"] != "employment")
    return regions[large & regions["lq_home"].notna()].sort_values(
        "lq_home", ascending=False, kind="stable", ignore_index=True
    )[:most]


def _by_size(obs: Observatory, mask: npt.NDArray[np.bool_], weights: dict[str, float] | None = None) -> Rows:
    rows = np.flatnonzero(mask)
    jobs = obs.clusters.matrix.column("employment")[rows]
    if weights:
        jobs = jobs * obs.clusters.frame["industry_id"].iloc[rows].map(weights).to_numpy(float)
    return rows[np.argsort(np.where(np.isnan(jobs), np.inf, -jobs), kind="stable")]


def industry_clusters(obs: Observatory, industry_id: str) -> Rows:
    """Clusters of the industry and of what lies inside it, the largest first: counted ones, or the second
    view of the ten groups for a group, or what there is beside counted ones (benchmark, inner regions)."""
    frame = obs.clusters.frame
    inside = frame["industry_id"].isin(industries_within(obs.catalogue, industry_id)).to_numpy(bool)
    counted = inside & frame["counted"].to_numpy(bool)
    second = (frame["industry_id"] == industry_id).fillna(False).to_numpy(bool) & (
        frame["granularity"] == "group"
    ).to_numpy(bool)
    if obs.catalogue.industries[industry_id].level == "group" and second.any():
        return _by_size(obs, second)
    return _by_size(obs, counted if counted.any() else inside)


def field_clusters(obs: Observatory, field_id: str) -> Rows:
    """Counted clusters of the industries of a field, by jobs times the weight of the industry."""
    table = obs.tables["industry_fields"]
    own = table[table["field_id"] == field_id]
    weights = {str(i): float(w) for i, w in zip(own["industry_id"], own["weight"], strict=True)}
    inside = obs.clusters.frame["industry_id"].isin(list(weights)).to_numpy(bool)
    return _by_size(obs, inside & obs.clusters.frame["counted"].to_numpy(bool), weights)
