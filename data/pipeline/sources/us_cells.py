"""Cells, totals and reference of the United States from counts of six-digit codes.

Base year 2019. A metropolitan cell comes from County Business Patterns, a state cell from the Quarterly
Census of Employment and Wages; their references are kept apart because the two do not cover the same jobs.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.harvest import CELLS, REFERENCE, TOTALS, Harvest
from data.pipeline.sources.us_gap_filling import Filled, Floats, find_uncertain, lengthen
from data.pipeline.sources.us_naics import (
    benchmark_weights,
    business_economy,
    division_weights,
    group_weights,
    is_traded_benchmark,
    section_weights,
)

SHOWN_AS_ESTIMATE = 0.25
"""Estimated share from which on a figure carries the status ``estimated``."""
DECIMALS = 3
"""Estimates are fractions of persons; more digits would only fill the file."""
UNITS = {"employment": "persons", "establishments": "establishments"}


@dataclass(frozen=True)
class Origin:
    """What a source of counts covers: its name, its reference and the ISIC sections it lacks."""

    source_id: str
    reference_id: str
    year: int
    absent: Collection[str]
    missing_parts: str


@dataclass(frozen=True)
class Schemes:
    """Industry weights of six-digit codes by view, and the industries that add up to a view's total."""

    weights: Mapping[str, pd.DataFrame]
    base: Mapping[str, pd.Index] = field(default_factory=dict)


def read_schemes(inputs: Path) -> Schemes:
    """The division, section, group and benchmark schemes."""
    divisions = division_weights(inputs)
    sections = section_weights(divisions, inputs)
    benchmark = benchmark_weights(inputs)
    traded = benchmark.columns.map(is_traded_benchmark).to_numpy(dtype=bool)
    weights = {
        "division": divisions, "section": sections, "group": group_weights(sections),
        "benchmark-traded": benchmark.loc[:, traded], "benchmark-local": benchmark.loc[:, ~traded],
    }  # fmt: skip
    base = {view: table.columns for view, table in weights.items()}
    base["division"] = divisions.columns.intersection(business_economy(inputs))
    return Schemes(weights, base)


def leave_out(schemes: Schemes, absent: Collection[str], codes: pd.Index) -> Schemes:
    """The schemes without the industries a source does not (or only in a fringe) cover.

    *absent*: industries to leave out. *codes*: the source's six-digit codes; an industry that none of them
    touches is left out too, for its count would be a false zero.
    """
    weights = {
        view: table.drop(columns=list(absent), errors="ignore") for view, table in schemes.weights.items()
    }
    weights = {view: table.reindex(codes, fill_value=0.0) for view, table in weights.items()}
    weights = {view: table.loc[:, table.sum().gt(0)] for view, table in weights.items()}
    # A group keeps only the sections that are covered.
    weights["group"] = group_weights(weights["section"])
    base = {view: columns.intersection(weights[view].columns) for view, columns in schemes.base.items()}
    return Schemes(weights, base)


@dataclass(frozen=True)
class Aggregate:
    """Counts by region × industry with the part of each that is estimated; one frame per measure."""

    value: Mapping[str, pd.DataFrame]
    estimated: Mapping[str, pd.DataFrame]


def add_up(filled: Filled, weights: pd.DataFrame, measures: Iterable[str] = tuple(UNITS)) -> Aggregate:
    """Add six-digit counts up to industries.

    Estimated are the filled counts that are uncertain for the industry, and every part of a split code.
    """
    part = weights.reindex(filled.leaves, fill_value=0.0).to_numpy()
    split = np.where(part < 1, part, 0.0)
    uncertain = find_uncertain(filled, weights)
    flags = {"employment": filled.employment_filled, "establishments": filled.establishments_filled}
    value, estimated = {}, {}
    for measure in measures:
        counts = getattr(filled.counts, measure)
        unsure = np.where(uncertain & flags[measure], counts, 0.0)
        value[measure] = _frame(counts @ part, filled, weights)
        estimated[measure] = _frame(unsure @ (part - split) + counts @ split, filled, weights)
    return Aggregate(value, estimated)


def _frame(values: Floats, filled: Filled, weights: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(values, index=filled.regions, columns=weights.columns)


def estimated_share(aggregate: Aggregate, measure: str) -> pd.DataFrame:
    """Estimated part of each cell, 0 to 1; 0 for an empty cell, which is known to be empty."""
    value = aggregate.value[measure]
    return (aggregate.estimated[measure] / value.where(value > 0)).clip(0, 1).fillna(0.0).round(4)


def make_cells(aggregate: Aggregate, origin: Origin) -> pd.DataFrame:
    """Both measures in the shape of the cells table; a certain zero is an observed 0."""
    return pd.concat([_cells(aggregate, measure, origin) for measure in UNITS], ignore_index=True)


def _cells(aggregate: Aggregate, measure: str, origin: Origin) -> pd.DataFrame:
    tables = {"value": aggregate.value[measure], "estimated_share": estimated_share(aggregate, measure)}
    rows = lengthen(tables).round({"value": DECIMALS})
    return rows.assign(
        year=origin.year, measure=measure, unit=UNITS[measure], source_id=origin.source_id,
        status=_status(rows["estimated_share"]),
    )[list(CELLS)]  # fmt: skip


def _status(share: pd.Series) -> pd.Series:
    return share.gt(SHOWN_AS_ESTIMATE).map({True: "estimated", False: "observed"})


def make_views(filled: Filled, schemes: Schemes, origin: Origin) -> Harvest:
    """Cells of all schemes, with totals and reference (sum of all regions given) of each view."""
    schemes = leave_out(schemes, origin.absent, filled.leaves)
    cells, totals, reference = [], [], []
    for view, weights in schemes.weights.items():
        aggregate = add_up(filled, weights)
        base = weights[schemes.base[view]].sum(axis=1).round(12).to_frame("total")
        total = add_up(filled, base, ["employment"])
        cells.append(make_cells(aggregate, origin))
        totals.append(_total_rows(total, view, origin))
        reference.append(_reference_rows(aggregate, total, view, origin))
    # Sections that are a group of their own stand in both schemes.
    joined = pd.concat(cells, ignore_index=True).drop_duplicates(
        ["region_id", "industry_id", "year", "measure"], ignore_index=True
    )
    return Harvest(
        cells=joined,
        totals=pd.concat(totals, ignore_index=True),
        reference=pd.concat(reference, ignore_index=True),
    )


def _total_rows(total: Aggregate, view: str, origin: Origin) -> pd.DataFrame:
    rows = total.value["employment"]["total"].rename("value").reset_index()
    share = estimated_share(total, "employment")["total"].reset_index(drop=True)
    return rows.assign(
        view=view, year=origin.year, measure="employment", status=_status(share), source_id=origin.source_id,
        missing_parts=origin.missing_parts if view in ("section", "group") else "",
        reference_id=origin.reference_id,
    )[list(TOTALS)]  # fmt: skip


def _reference_rows(aggregate: Aggregate, total: Aggregate, view: str, origin: Origin) -> pd.DataFrame:
    sums = aggregate.value["employment"].sum()
    rows = pd.DataFrame(
        {
            "industry_id": [*sums.index, "total"],
            "value": [*sums, total.value["employment"]["total"].sum()],
        }
    )
    return rows.assign(
        reference_id=origin.reference_id, view=view, year=origin.year, measure="employment",
        source_id=origin.source_id,
    )[list(REFERENCE)]  # fmt: skip
