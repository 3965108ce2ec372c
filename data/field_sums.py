"""Thematic fields of regions: divisions added up with their weights.

Only divisions that American and European statistics both have are added up, so that regions compare.
Missing-value rule: a confidential division is left out of the sums and counted as ``hidden``; a quotient
compares only divisions known on both sides, an observed zero included, and is missing where these hold less
than half of the field in the reference area.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.counted_levels import counted_regions
from data.observatory import Observatory
from data.portfolio import AREAS, find_cells, reference_shares

Floats = npt.NDArray[np.float64]
ENOUGH = 0.5


class FieldSums(NamedTuple):
    """Regions × fields: jobs, percent of the region, quotient (NaN where too little is known), number of
    confidential divisions; ``rows`` of ``obs.regions`` and year of each region."""

    fields: tuple[str, ...]
    names: pd.Index
    rows: npt.NDArray[np.intp]
    jobs: Floats
    focus: Floats
    quotient: Floats
    hidden: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]


def _wide(cells: pd.DataFrame, column: str) -> pd.DataFrame:
    return cells.pivot(index="region_id", columns="industry_id", values=column).astype(float)  # noqa: PD010


def _base(obs: Observatory, areas: list[str], industries: pd.Index) -> Floats:
    """Reference areas × industries: percent of the area's total, NaN where unknown."""
    shares = reference_shares(obs)
    return np.array(
        [[shares.get(("division", area, str(name)), np.nan) for name in industries] for area in areas]
    )


def _everywhere(cells: pd.DataFrame) -> list[str]:
    """Divisions measured in every reference area of :data:`AREAS`: others would favour one side of the ocean
    (Europe's business statistics have no hospitals, say)."""
    areas = cells[cells["reference_id"].isin(AREAS)].groupby("industry_id")["reference_id"].nunique()
    return [str(name) for name in areas.index[areas == len(AREAS)]]


@lru_cache(maxsize=2)
def field_sums(obs: Observatory) -> FieldSums:
    """Sums of all regions that are measured by division in persons."""
    fields = tuple(obs.catalogue.fields)
    cells = find_cells(obs, view="division")
    cells = cells[(cells["measure"] == "employment") & cells["industry_id"].isin(_everywhere(cells))]
    values, focus = _wide(cells, "value"), _wide(cells, "focus").to_numpy(float)
    first = cells.groupby("region_id")[["reference_id", "year"]].first().reindex(values.index)
    areas = sorted(set(first["reference_id"]))
    base = _base(obs, areas, values.columns)[np.searchsorted(areas, first["reference_id"].to_numpy(str))]
    table = obs.tables["industry_fields"].pivot_table(
        index="industry_id", columns="field_id", values="weight"
    )
    weights = table.reindex(index=values.columns, columns=list(fields)).fillna(0.0).to_numpy(float)
    known, jobs = ~np.isnan(focus) & ~np.isnan(base), values.to_numpy(float)
    whole, part = np.nan_to_num(base) @ weights, np.where(known, base, 0.0) @ weights
    quotient = np.full(part.shape, np.nan)
    np.divide(
        np.where(known, focus, 0.0) @ weights, part, out=quotient, where=(part > 0) & (part >= ENOUGH * whole)
    )
    secret = (_wide(cells.assign(secret=cells["status"] == "confidential"), "secret") > 0).to_numpy(bool)
    return FieldSums(
        fields, values.index, obs.regions.matrix.ids.get_indexer(values.index), np.nan_to_num(jobs) @ weights,
        np.nan_to_num(focus) @ weights, quotient, secret.astype(np.int64) @ (weights > 0).astype(np.int64),
        first["year"].to_numpy(np.int64),
    )  # fmt: skip


def field_portfolio(obs: Observatory, region_id: str) -> pd.DataFrame:
    """Fields of a region, the largest first: field_id, jobs, focus (%), lq, hidden; empty for none."""
    sums = field_sums(obs)
    at = sums.names.get_indexer(pd.Index([region_id]))[0]
    if at < 0:
        return pd.DataFrame(columns=["field_id", "jobs", "focus", "lq", "hidden"])
    found = pd.DataFrame(
        {"field_id": sums.fields, "jobs": sums.jobs[at], "focus": sums.focus[at], "lq": sums.quotient[at],
         "hidden": sums.hidden[at]}
    )  # fmt: skip
    return found[found["jobs"] > 0].sort_values("jobs", ascending=False, ignore_index=True)


@lru_cache(maxsize=32)
def field_regions(obs: Observatory, field_id: str) -> pd.DataFrame:
    """Regions with a field by weighted jobs, the largest first, at the level their country counts; columns as
    :func:`data.industry_regions.industry_regions`, as far as they apply."""
    sums = field_sums(obs)
    at = sums.fields.index(field_id)
    keep = counted_regions(obs)[sums.rows] & (sums.jobs[:, at] > 0)
    found = pd.DataFrame(
        {"row": sums.rows[keep], "value": sums.jobs[keep, at], "unit": "persons", "measure": "employment",
         "lq_home": sums.quotient[keep, at], "focus": sums.focus[keep, at], "national_share": np.nan,
         "year": sums.year[keep], "status": "observed", "view": "division", "source_id": None}
    )  # fmt: skip
    return found.sort_values("value", ascending=False, kind="stable", ignore_index=True)
