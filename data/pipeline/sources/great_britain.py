"""Great Britain: employment of 40 regions by ISIC division, 2015-2021.

Business Register and Employment Survey of the ONS: employees and working owners at the place of work,
rounded by the producer. Households and extraterritorial bodies (T, U) are outside the survey.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import CELLS, GROWTH, REFERENCE, TOTALS, Harvest
from data.pipeline.sources import nuts_groups
from data.pipeline.sources.europe import NORTHERN_IRELAND
from data.pipeline.sources.nuts import describe_regions, read_table, region_id, spread
from data.pipeline.sources.nuts_observations import regional_observations

SOURCE = "ons-bres"
BASE_YEAR, GROWTH_YEAR = 2021, 2015
_OUTSIDE = ("T", "U")


def read_employment(inputs: Path) -> pd.DataFrame:
    """Long: region_id, code, industry_id, business (bool), year, measure, value; a zero is observed."""
    path = inputs / "world_regions" / "uk_itl2_sic_division_employment_2015_2021.csv.gz"
    table = pd.read_csv(path, dtype={"isic_division": "str"})
    table = table[~table["isic_section"].isin(_OUTSIDE)]
    inside = read_table(inputs / "eu" / "nace_divisions.csv")["nace"].str[1:]
    return pd.DataFrame(
        {
            "region_id": region_id(table["itl2"]),
            "code": table["itl2"],
            "industry_id": "isic-" + table["isic_division"],
            "business": table["isic_division"].isin(inside),
            "year": table["year"],
            "measure": "employment",
            "value": table["employment"],
        }
    ).reset_index(drop=True)


def _totals(base: pd.DataFrame) -> pd.DataFrame:
    sums = base[base["business"]].groupby("region_id")["value"].sum().reset_index()
    return sums.assign(
        view="division",
        year=BASE_YEAR,
        measure="employment",
        status="observed",
        missing_parts="",
        reference_id="europe",
        source_id=SOURCE,
    )[list(TOTALS)]


def _reference(base: pd.DataFrame) -> pd.DataFrame:
    """Great Britain's own structure: divisions of the business economy and their total."""
    sums = base[base["business"]].groupby("industry_id")["value"].sum()
    sums.loc["total"] = sums.sum()
    rows = pd.DataFrame({"industry_id": sums.index, "value": sums.to_numpy()})
    return rows.assign(
        reference_id="GBR", view="division", year=BASE_YEAR, measure="employment", source_id=SOURCE
    )[list(REFERENCE)]


def _growth(employment: pd.DataFrame) -> pd.DataFrame:
    """2015-2021 beside the same division in Great Britain; a start of zero has no rate."""
    wide = spread(employment, ["region_id", "industry_id"], "year")
    own = wide.groupby("industry_id").transform("sum")
    frame = pd.DataFrame(
        {
            "value_from": wide[GROWTH_YEAR],
            "value_to": wide[BASE_YEAR],
            "ref_from": own[GROWTH_YEAR],
            "ref_to": own[BASE_YEAR],
        }
    ).reset_index()
    frame = frame[frame["value_from"] > 0]
    return frame.assign(
        year_from=GROWTH_YEAR,
        year_to=BASE_YEAR,
        matched_share=float("nan"),
        status="observed",
        source_id=SOURCE,
    )[list(GROWTH)]


def load(inputs: Path) -> Harvest:
    """Great Britain's 40 regions; measured against Europe's structure, growing beside Great Britain's."""
    employment = read_employment(inputs)
    codes = set(employment["code"])
    base = employment[employment["year"] == BASE_YEAR]
    groups = nuts_groups.read_groups(inputs)
    kingdom = groups[groups["iso3"] == "GBR"]
    britain = kingdom[kingdom["code"] != NORTHERN_IRELAND]
    growth = nuts_groups.group_growth(kingdom)
    cells = employment.assign(unit="persons", status="observed", estimated_share=0.0, source_id=SOURCE)[
        list(CELLS)
    ]
    return Harvest(
        regions=describe_regions(inputs, codes, "reference-older"),
        cells=pd.concat([cells, nuts_groups.group_cells(britain)], ignore_index=True),
        totals=pd.concat(
            [_totals(base), nuts_groups.group_totals(britain, "group", "europe")], ignore_index=True
        ),
        reference=_reference(base),
        growth=pd.concat(
            [_growth(employment), growth[growth["region_id"].isin(britain["region_id"])]], ignore_index=True
        ),
        observations=regional_observations(inputs, codes),
    )
