"""United States: metropolitan and micropolitan areas and states.

Areas: employment and establishments 2019 (Census, County Business Patterns), growth 2018 to 2021 and wages
2021 from its county cells. States: employment 2019 and 2020 (BLS, QCEW). Both are measured in ISIC divisions,
sections and groups through the Census concordance and in the 67 benchmark clusters.

The reference of the areas (``USA``) is the sum of all 933 areas of the source, the 16 without outline
included; the reference of the states (``USA-states``) is their own sum, for the QCEW covers other jobs.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest, join
from data.pipeline.sources.us_cells import Origin, Schemes, leave_out, make_views, read_schemes
from data.pipeline.sources.us_context import load_observations
from data.pipeline.sources.us_gap_filling import fill_tree
from data.pipeline.sources.us_growth import add_up_industries, make_growth, make_wages, read_county_cells
from data.pipeline.sources.us_naics import TOTAL, tree_levels
from data.pipeline.sources.us_regions import list_left_out, load_regions, msa_id, read_areas, read_states
from data.pipeline.sources.us_states import (
    YEARS,
    fill_states,
    national_counts,
    read_state_counts,
    read_state_totals,
    spread_states,
    weigh_state_codes,
)
from data.pipeline.sources.view_frames import read_table

BASE_YEAR = 2019
AREAS = Origin(
    source_id="us-cbp-2019",
    reference_id="USA",
    year=BASE_YEAR,
    absent=("isic-01", "isic-84", "isic-A", "isic-O"),
    missing_parts="A|O|T|U",
)
STATES = Origin(
    source_id="us-qcew",
    reference_id="USA-states",
    year=BASE_YEAR,
    absent=("isic-84", "isic-O"),
    missing_parts="O|U",
)


def load(inputs: Path) -> Harvest:
    """All frames of the United States; see the module for years, coverage and references."""
    schemes = read_schemes(inputs)
    state_rows = fill_states(read_state_counts(inputs), read_state_totals(inputs))
    published = read_area_counts(inputs)
    regions = load_regions(inputs)
    areas = _load_areas(published, national_counts(state_rows, BASE_YEAR), schemes)
    shown = areas.cells["region_id"].isin(regions["region_id"])
    areas = replace(
        areas,
        cells=areas.cells.loc[shown].reset_index(drop=True),
        totals=areas.totals.loc[areas.totals["region_id"].isin(regions["region_id"])].reset_index(drop=True),
    )
    rest = Harvest(
        regions=regions,
        observations=load_observations(inputs),
        left_out=list_left_out(_jobs_without_outline(published, inputs)),
    )
    return join(
        [
            rest,
            areas,
            _load_development(inputs, schemes, areas.cells),
            *_load_states(inputs, state_rows, schemes),
        ]
    )


def read_area_counts(inputs: Path) -> pd.DataFrame:
    """Published employment and establishments, index (region_id, naics) over all levels of NAICS."""
    path = inputs / "us" / "us_cbp_msa_naics_2019.csv.gz"
    rows = read_table(path, dtype={"msa_code": str, "naics": str}).rename(columns={"emp": "employment"})
    rows = rows.assign(region_id=msa_id(rows["msa_code"]))
    return rows.set_index(["region_id", "naics"])[["employment", "establishments"]]


def _load_areas(published: pd.DataFrame, national: pd.DataFrame, schemes: Schemes) -> Harvest:
    levels = tree_levels(schemes.weights["benchmark-traded"].index)
    return make_views(fill_tree(published, levels, national), schemes, AREAS)


def _jobs_without_outline(published: pd.DataFrame, inputs: Path) -> pd.Series:
    total = published.xs(TOTAL, level="naics")["employment"]
    left = total.loc[~total.index.isin(read_areas(inputs).index)]
    return left.set_axis(left.index.str.removeprefix("us-msa-"))


def _load_development(inputs: Path, schemes: Schemes, cells: pd.DataFrame) -> Harvest:
    weights = leave_out(schemes, AREAS.absent, schemes.weights["benchmark-traded"].index).weights.values()
    jobs = cells.loc[cells["measure"].eq("employment")].set_index(["region_id", "industry_id"])["value"]
    sums = add_up_industries(read_county_cells(inputs), weights)
    return Harvest(growth=make_growth(sums, jobs), wage=make_wages(sums, jobs))


def _load_states(inputs: Path, rows: pd.DataFrame, schemes: Schemes) -> list[Harvest]:
    """States of every year; totals and reference only of the base year."""
    states = read_states(inputs)
    ids = pd.Series(states.index, index=states["state_fips"])
    parts = []
    for year in YEARS:
        filled = spread_states(rows, year, ids)
        own = {view: weigh_state_codes(table, filled.leaves) for view, table in schemes.weights.items()}
        views = make_views(filled, replace(schemes, weights=own), replace(STATES, year=year))
        parts.append(views if year == BASE_YEAR else Harvest(cells=views.cells))
    return parts
