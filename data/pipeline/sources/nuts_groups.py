"""Employment and gross value added of NUTS 2 regions by ten groups of sections, 2000-2019 (JRC ARDECO).

National-accounts concept at the place of work; Turkey's employment is the labour force survey's, where
people live.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.harvest import CELLS, GROWTH, REFERENCE, TOTALS
from data.pipeline.sources.nuts import canonical_code, iso3_of, read_table, region_id, spread

SOURCE, TURKISH_SOURCE = "jrc-ardeco", "eurostat-lfs"
BASE_YEAR, GROWTH_YEAR = 2019, 2014
FIRST_YEAR_OF_VALUE_ADDED = 2010  # the longer series would double the table for no figure on screen
GROUPS = ("A", "B-E", "F", "G-I", "J", "K", "L", "M-N", "O-Q", "R-U")
_MEASURES = {"employment": "persons", "gross_value_added": "EUR million"}


def read_groups(inputs: Path) -> pd.DataFrame:
    """Long: code, iso3, group, industry_id, region_id, year, measure, value, unit, source_id.

    Rows without a value are left out; old codes that overlap newer ones in the source are dropped.
    """
    table = read_table(inputs / "world_regions" / "eu_nuts2_nace_a10_employment_gva_2000_2019.csv.gz")
    table = table[table["overlapping_old_code"] == 0].rename(
        columns={"nace_group": "group", "gva_mio_eur": "gross_value_added"}
    )
    table["employment"] = (table["employment_thousand"] * 1000).round()
    table["code"] = canonical_code(inputs, table["nuts2"])
    table = table.dropna(subset=["code"])
    table["iso3"] = iso3_of(table["code"])
    long = table.melt(["code", "iso3", "group", "year"], list(_MEASURES), "measure", "value").dropna(
        subset=["value"]
    )
    turkish = (long["iso3"] == "TUR") & (long["measure"] == "employment")
    return long.assign(
        region_id=region_id(long["code"]),
        industry_id="isic-" + long["group"],
        unit=long["measure"].map(_MEASURES),
        source_id=np.where(turkish, TURKISH_SOURCE, SOURCE),
    ).reset_index(drop=True)


def read_overlapping_codes(inputs: Path) -> list[str]:
    """Codes in the source that cover newer ones, or that no map of 2021 knows."""
    table = read_table(inputs / "world_regions" / "eu_nuts2_nace_a10_employment_gva_2000_2019.csv.gz")
    unknown = canonical_code(inputs, table["nuts2"]).isna()
    return sorted(set(table.loc[(table["overlapping_old_code"] == 1) | unknown, "nuts2"]))


def group_cells(groups: pd.DataFrame) -> pd.DataFrame:
    """Employment of all years and gross value added from 2010."""
    lean = (groups["measure"] == "employment") | (groups["year"] >= FIRST_YEAR_OF_VALUE_ADDED)
    return groups[lean].assign(status="observed", estimated_share=0.0)[list(CELLS)]


def group_totals(groups: pd.DataFrame, view: str, reference_id: str) -> pd.DataFrame:
    """All employment of 2019, the sum of the ten groups; a group without a figure is named."""
    jobs = groups[(groups["measure"] == "employment") & (groups["year"] == BASE_YEAR)]
    wide = spread(jobs, ["region_id", "source_id"], "group").reindex(columns=list(GROUPS))
    missing = ["|".join(np.array(GROUPS)[gaps]) for gaps in wide.isna().to_numpy()]
    return pd.DataFrame({"value": wide.sum(axis=1), "missing_parts": missing}).reset_index().assign(
        view=view, year=BASE_YEAR, measure="employment", status="observed", reference_id=reference_id
    )[list(TOTALS)]  # fmt: skip


def group_reference(groups: pd.DataFrame, view: str, reference_id: str) -> pd.DataFrame:
    """Employment of 2019 over all regions in ``groups``, by group and in ``total``."""
    jobs = groups[(groups["measure"] == "employment") & (groups["year"] == BASE_YEAR)]
    sums = jobs.groupby("industry_id")["value"].sum()
    rows = pd.concat([pd.Series({"total": sums.sum()}), sums])
    return pd.DataFrame(
        {
            "reference_id": reference_id,
            "view": view,
            "industry_id": rows.index,
            "year": BASE_YEAR,
            "measure": "employment",
            "value": rows.to_numpy(),
            "source_id": jobs["source_id"].iloc[0],
        }
    )[list(REFERENCE)]


def country_references(groups: pd.DataFrame, view: str) -> Iterable[pd.DataFrame]:
    """Each country with employment as a reference of its own, under its ISO code."""
    employed = groups[groups["measure"] == "employment"]
    for iso3, own in employed.groupby("iso3"):
        yield group_reference(own, view, str(iso3))


def group_growth(groups: pd.DataFrame) -> pd.DataFrame:
    """Employment 2014-2019 beside the same group in the own country; ``groups`` must hold whole countries."""
    jobs = groups[(groups["measure"] == "employment") & groups["year"].isin([GROWTH_YEAR, BASE_YEAR])]
    wide = spread(jobs, ["region_id", "iso3", "industry_id", "source_id"], "year")
    wide = wide.dropna().query(f"`{GROWTH_YEAR}` > 0")
    own = wide.groupby(["iso3", "industry_id"])[[GROWTH_YEAR, BASE_YEAR]].transform("sum")
    return pd.DataFrame(
        {
            "value_from": wide[GROWTH_YEAR],
            "value_to": wide[BASE_YEAR],
            "ref_from": own[GROWTH_YEAR],
            "ref_to": own[BASE_YEAR],
        }
    ).reset_index().assign(
        year_from=GROWTH_YEAR, year_to=BASE_YEAR, matched_share=np.nan, status="observed"
    )[list(GROWTH)]  # fmt: skip
