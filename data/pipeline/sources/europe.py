"""European NUTS 2 regions: business statistics, groups of sections and context.

Covers the EU, Iceland, Norway, the western Balkans and Northern Ireland; Great Britain, Turkey and
Switzerland have their own modules.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import LEFT_OUT, Harvest
from data.pipeline.sources import europe_business, europe_growth, nuts_groups
from data.pipeline.sources.eurostat_slips import list_slips
from data.pipeline.sources.nuts import SUCCESSORS, canonical_code, describe_regions, iso3_of, read_table
from data.pipeline.sources.nuts_observations import observed_codes, regional_observations

OWN_MODULE = ("CHE", "TUR", "GBR")
NORTHERN_IRELAND = "UKN0"


def is_ours(code: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether a NUTS code is harvested here and not in a module of its country."""
    return ~iso3_of(code).isin(OWN_MODULE) | (code == NORTHERN_IRELAND)


def _left_out(inputs: Path) -> pd.DataFrame:
    """Codes of the business statistics that are no place of today, and old codes that overlap newer ones."""
    table = read_table(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz")
    business = table.loc[table["geo"].str.len() == 4, ["geo", "year"]]
    years = (
        business[canonical_code(inputs, business["geo"]).isna()].groupby("geo")["year"].agg(["min", "max"])
    )
    rows = [
        (f"eu-nuts2-{geo}", "borders-changed", f"{europe_business.SOURCE} {first}-{last}")
        for geo, first, last in years.itertuples()
    ]
    overlap = nuts_groups.read_overlapping_codes(inputs)
    rows += [(f"eu-nuts2-{geo}", "overlapping-code", nuts_groups.SOURCE) for geo in overlap]
    return pd.concat([pd.DataFrame(rows, columns=list(LEFT_OUT)), list_slips(table)], ignore_index=True)


def load(inputs: Path) -> Harvest:
    """Everything on European regions outside Great Britain, Turkey and Switzerland."""
    divisions = read_table(inputs / "eu" / "nace_divisions.csv")
    published = europe_business.read_business(inputs)
    business = europe_business.fill_remainders(published, divisions)
    ours = business[is_ours(business["geo"])]
    kingdom = business[business["geo"] == "UK"]  # the country beside which Northern Ireland grows
    groups = nuts_groups.read_groups(inputs)
    continent = groups[groups["iso3"] != "TUR"]
    own_groups = continent[is_ours(continent["code"])]
    totals = europe_business.business_totals(ours, divisions)
    growth = nuts_groups.group_growth(continent)
    own_growth = growth[growth["region_id"].isin(own_groups["region_id"])]
    codes = set(ours["code"].dropna()) | set(own_groups["code"]) | observed_codes(inputs)
    codes |= {successor for parts in SUCCESSORS.values() for successor in parts}
    ordered = pd.Series(sorted(codes))
    codes = set(ordered[is_ours(ordered)])
    return Harvest(
        regions=describe_regions(inputs, codes),
        cells=pd.concat(
            [europe_business.business_cells(ours), nuts_groups.group_cells(own_groups)], ignore_index=True
        ),
        totals=pd.concat(
            [totals, nuts_groups.group_totals(own_groups, "group", "europe")], ignore_index=True
        ),
        reference=pd.concat(
            [
                europe_business.business_reference(published),
                nuts_groups.group_reference(continent, "group", "europe"),
                *nuts_groups.country_references(continent, "group"),
            ],
            ignore_index=True,
        ),
        growth=pd.concat(
            [europe_growth.business_growth(pd.concat([ours, kingdom])), own_growth], ignore_index=True
        ),
        wage=europe_growth.business_wage(business).reset_index(drop=True),
        observations=regional_observations(inputs, codes),
        left_out=_left_out(inputs),
    )
