"""Growth 2018 to 2021 and wages 2021 of US areas, from published cells of counties × six-digit NAICS codes.

Growth is matched: it counts only cells published in both years, for the area and for the nation alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import GROWTH, WAGE
from data.pipeline.sources.us_gap_filling import lengthen
from data.pipeline.sources.us_regions import msa_id, read_counties
from data.pipeline.sources.view_frames import read_table

FIRST, LAST, BASE = 2018, 2021, 2019
SOURCE = "us-cbp-county"
MIN_COVERED = 0.6
"""Below this part of a cell's jobs a figure from published county cells is missing."""
FULLY_COVERED = 0.75
"""Below this part it is an estimate."""
BROKEN_TREND = "usc-48"
"""Video production: its employment falls by 45 % from 2016 to 2019 through a change of classification."""
DOUBTFUL_TREND = "isic-59"
"""The division that holds the same six-digit codes."""


@dataclass(frozen=True)
class CountyCells:
    """Published cells added up to six-digit codes: by area (regions × codes) and for the nation (one row)."""

    areas: dict[str, pd.DataFrame]
    nation: dict[str, pd.Series]


def read_county_cells(inputs: Path) -> CountyCells:
    """Employment of matched cells in both years; employment and payroll of all cells published in 2021.

    Payroll in thousand US dollars. A county outside every area counts for the nation only.
    """
    path = inputs / "us" / "us_cbp_county_naics6_2018_2021.csv.gz"
    rows = read_table(path, dtype={"fips": str, "naics": str})
    members = read_counties(inputs).set_index("fips")["msa_code"]
    matched = rows["emp_2018"].notna() & rows["emp_2021"].notna()
    measures = pd.DataFrame(
        {
            "first": rows["emp_2018"].where(matched),
            "last": rows["emp_2021"].where(matched),
            "employment": rows["emp_2021"],
            "wages": rows["pay_2021"],
        }
    )
    rows = measures.assign(region_id=msa_id(rows["fips"].map(members)), naics=rows["naics"])
    columns = list(measures.columns)
    areas = rows.pivot_table(
        index="region_id", columns="naics", values=columns, aggfunc="sum", fill_value=0.0
    )
    nation = rows.groupby("naics")[columns].sum()
    return CountyCells({m: pd.DataFrame(areas[m]) for m in columns}, {m: nation[m] for m in columns})


def add_up_industries(cells: CountyCells, schemes: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Rows (region_id, industry_id) with each measure and, as ``<measure>_nation``, its national sum.

    *schemes*: weights of six-digit codes in industries.
    """
    parts = []
    codes = cells.nation["first"].index
    for weights in schemes:
        part = weights.reindex(codes, fill_value=0.0)
        tables = {m: table.reindex(columns=codes, fill_value=0.0) @ part for m, table in cells.areas.items()}
        rows = lengthen(tables)
        nation = {f"{m}_nation": rows["industry_id"].map(sums @ part) for m, sums in cells.nation.items()}
        parts.append(rows.assign(**nation))
    return pd.concat(parts, ignore_index=True).drop_duplicates(
        ["region_id", "industry_id"], ignore_index=True
    )


def make_growth(sums: pd.DataFrame, base: pd.Series) -> pd.DataFrame:
    """Growth frame. *base*: employment of 2019 by (region_id, industry_id).

    The matched share is the matched employment, carried along a straight line from 2018 to 2021 to the base
    year, over the cell's employment; rows below 60 % are left out. The trend of video production is left out;
    that of the division with the same codes is provisional.
    """
    rows = sums.loc[sums["first"].gt(0) & sums["industry_id"].ne(BROKEN_TREND)]
    matched = rows["first"] + (rows["last"] - rows["first"]) * (BASE - FIRST) / (LAST - FIRST)
    rows = _keep_covered(rows, matched / _base_jobs(rows, base))
    rows.loc[rows["industry_id"].eq(DOUBTFUL_TREND), "status"] = "provisional"
    names = {"first": "value_from", "last": "value_to", "first_nation": "ref_from", "last_nation": "ref_to"}
    return rows.rename(columns=names).assign(year_from=FIRST, year_to=LAST)[list(GROWTH)].round(3)


def make_wages(sums: pd.DataFrame, base: pd.Series) -> pd.DataFrame:
    """Wage frame of 2021, thousand US dollars; left out where published cells hold under 60 % of the jobs.

    The jobs of 2021 are those of the base year moved along with the nation's matched growth of the industry.
    """
    rows = sums.loc[sums["employment"].gt(0) & sums["first_nation"].gt(0)]
    moved = (rows["last_nation"] / rows["first_nation"]) ** ((LAST - BASE) / (LAST - FIRST))
    rows = _keep_covered(rows, rows["employment"] / (_base_jobs(rows, base) * moved))
    names = {"wages_nation": "ref_wages", "employment_nation": "ref_employment"}
    return rows.rename(columns=names).assign(year=LAST, unit="USD thousand")[list(WAGE)].round(3)


def _base_jobs(rows: pd.DataFrame, base: pd.Series) -> pd.Series:
    """The cell's employment of the base year; missing where it is empty."""
    keys = pd.MultiIndex.from_frame(rows[["region_id", "industry_id"]])
    jobs = pd.Series(base.reindex(keys).to_numpy(), index=rows.index)
    return jobs.where(jobs > 0)


def _keep_covered(rows: pd.DataFrame, covered: pd.Series) -> pd.DataFrame:
    """Only rows of which enough is covered, with matched share (at most 1) and status."""
    kept = (
        rows.assign(matched_share=covered.clip(upper=1.0)).loc[covered.ge(MIN_COVERED)].reset_index(drop=True)
    )
    status = kept["matched_share"].ge(FULLY_COVERED).map({True: "observed", False: "estimated"})
    return kept.assign(status=status, source_id=SOURCE)
