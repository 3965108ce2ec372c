"""Canadian provinces and territories: value added by industry, population, GDP per head, real growth.

Two tables with different prices: 2021 in current dollars (13 disjoint sectors; base of the section view) and
1997-2019 in chained 2012 dollars (20 NAICS sectors; base 2019 of the group view and growth 2014-2019 in real
terms). Chained figures of several industries do not add up exactly, so a sum of them is `estimated`.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.view_frames import (
    View,
    compare_per_head,
    grow,
    make_cells,
    make_observations,
    make_regions,
    read_table,
    spread,
    sum_values,
    view_harvest,
)

NAICS_SECTIONS: dict[str, str] = {
    "11": "isic-A",
    "21": "isic-B",
    "31-33": "isic-C",
    "22": "isic-D-E",
    "23": "isic-F",
    "41": "isic-G",
    "44-45": "isic-G",
    "48-49": "isic-H",
    "72": "isic-I",
    "51": "isic-J",
    "52": "isic-K",
    "53": "isic-L",
    "54": "isic-M",
    "55": "isic-N",
    "56": "isic-N",
    "91": "isic-O",
    "61": "isic-P",
    "62": "isic-Q",
    "71": "isic-R",
    "81": "isic-S",
}
NAICS_GROUPS: dict[str, str] = {
    "11": "isic-A",
    "21": "isic-B-E",
    "22": "isic-B-E",
    "31-33": "isic-B-E",
    "23": "isic-F",
    "41": "isic-G-I",
    "44-45": "isic-G-I",
    "48-49": "isic-G-I",
    "72": "isic-G-I",
    "51": "isic-J",
    "52": "isic-K",
    "53": "isic-L",
    "54": "isic-M-N",
    "55": "isic-M-N",
    "56": "isic-M-N",
    "61": "isic-O-Q",
    "62": "isic-O-Q",
    "91": "isic-O-Q",
    "71": "isic-R-U",
    "81": "isic-R-U",
}
# Plus and minus of the published sectors of 2021; agriculture is what the other sectors leave of the total.
SECTIONS_2021: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "isic-A": (
        ("T001",),
        ("31-33", "21+22", "23", "41+44-45+48-49", "71+72", "51", "52", "53", "54", "61+62", "55+56+81+91"),
    ),
    "isic-B": (("21+22",), ("22",)),
    "isic-C": (("31-33",), ()),
    "isic-D-E": (("22",), ()),
    "isic-F": (("23",), ()),
    "isic-G": (("41+44-45+48-49",), ("48-49",)),
    "isic-H": (("48-49",), ()),
    "isic-I-R": (("71+72",), ()),
    "isic-J": (("51",), ()),
    "isic-K": (("52",), ()),
    "isic-L": (("53",), ()),
    "isic-M": (("54",), ()),
    "isic-P-Q": (("61+62",), ()),
    "isic-N-S": (("55+56+81+91",), ()),
}
APPROXIMATE: dict[str, str] = {
    "isic-N-S": "management, support and other services with public administration: ISIC N, O and S",
    "isic-J": "includes culture, without computer systems design",
    "isic-M": "includes computer systems design",
    "isic-L": "includes rental and leasing (ISIC N)",
    "isic-G": "vehicle repair is in S",
    "isic-D-E": "utilities without waste management",
    "isic-N": "includes waste management (ISIC E)",
    "isic-M-N": "includes computer systems design and waste management",
    "isic-R-U": "includes vehicle repair",
}
SOURCE = "statcan-gdp"
MEASURE = "gross_value_added"
OECD_NUMBER = "CA"


def load_provinces(inputs: Path) -> list[Harvest]:
    """Regions, cells, views and observations of the 13 provinces and territories."""
    folder = inputs / "asia_ca"
    context = read_table(folder / "ca_province_context.csv")
    context = context.assign(region_id="ca-prov-" + context["iso_3166_2"].str[3:]).set_index("region_id")
    current = _read_current(folder / "ca_province_industry_gdp_2021.csv")
    chained = _read_chained(folder / "ca_province_industry_gdp_1997_2019.csv")
    sections, groups = _sum_chained(chained, NAICS_SECTIONS), _sum_chained(chained, NAICS_GROUPS)
    history = pd.concat([sections, groups]).drop_duplicates(["region_id", "industry_id", "year"])
    real_unit = {"measure": MEASURE, "unit": "CAD million (2012 prices)", "source_id": SOURCE}
    section_view = View("section", "CAN-prov", 2021, None, MEASURE, SOURCE)
    group_view = View("group", "CAN-prov", 2019, (2014, 2019), MEASURE, SOURCE)
    real_growth = View("section", "CAN-prov", 2019, (2014, 2019), MEASURE, SOURCE)
    return [
        Harvest(regions=_regions(context), observations=_observations(inputs, context)),
        Harvest(cells=make_cells(current, measure=MEASURE, unit="CAD million", source_id=SOURCE)),
        Harvest(cells=make_cells(history, **real_unit)),
        view_harvest(current, section_view),
        view_harvest(groups, group_view),
        Harvest(growth=view_harvest(sections, real_growth).growth),
    ]


def _read_current(path: Path) -> pd.DataFrame:
    raw = read_table(path)
    wide = spread(raw, "iso_3166_2", "naics", "gdp_current_cad_million")
    columns = {
        industry: wide[list(plus)].sum(axis=1) - wide[list(minus)].sum(axis=1)
        for industry, (plus, minus) in SECTIONS_2021.items()
    }
    tidy = pd.DataFrame(columns).rename_axis("iso").reset_index().melt("iso", var_name="industry_id")
    # Sectors are rounded to 0.1, so a difference is too; a tiny negative one is rounding of nothing.
    value = tidy["value"].round(1).clip(lower=0)
    derived = tidy["industry_id"].eq("isic-A").map({True: "estimated", False: "observed"})
    return tidy.assign(
        region_id="ca-prov-" + tidy["iso"].str[3:],
        year=2021,
        value=value,
        status=derived,
        estimated_share=0.0,
    )[["region_id", "industry_id", "year", "value", "status", "estimated_share"]]


def _read_chained(path: Path) -> pd.DataFrame:
    raw = read_table(path)
    raw = raw.loc[raw["naics"].isin(NAICS_SECTIONS)]
    return raw.assign(
        region_id="ca-prov-" + raw["iso_3166_2"].str[3:], value=raw["gdp_chained2012_cad_million"]
    )[["region_id", "naics", "year", "value"]]


def _sum_chained(chained: pd.DataFrame, mapping: dict[str, str]) -> pd.DataFrame:
    """Sum to the mapping's industries; an industry with a missing part in a year is left out there."""
    parts = chained.assign(industry_id=chained["naics"].map(mapping))
    keys = ["region_id", "industry_id", "year"]
    gaps = parts.loc[parts["value"].isna(), keys].drop_duplicates().assign(gap=True)
    complete = parts.merge(gaps, on=keys, how="left")
    values = sum_values(complete.loc[complete["gap"].isna()])
    joint = {industry for industry in mapping.values() if list(mapping.values()).count(industry) > 1}
    return values.assign(status=values["industry_id"].isin(joint).map({True: "estimated", False: "observed"}))


def _regions(context: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "region_id": context.index,
            "name_en": context["province"],
            "lon": context["label_lon"],
            "lat": context["label_lat"],
        }
    )
    return make_regions(rows, iso3="CAN", level="province", vintage="2021")


def _observations(inputs: Path, context: pd.DataFrame) -> pd.DataFrame:
    people = context["population_2021"]
    growth = grow(context["population_2016"], people, 5)
    ratio = compare_per_head(context["gdp_2021_current_cad_million"], people)
    oecd = read_table(inputs / "global" / "oecd_tl2_gdp_pop_2000_2020.csv")
    product = spread(oecd.loc[oecd["iso3"].eq("CAN")], "reg_id", "year", "gdp_musd_ppp_const2015")
    real = grow(product[2014], product[2019], 5)
    real = (OECD_NUMBER + context["statcan_code"].astype(str)).map(real)
    return pd.concat(
        [
            make_observations(people, "population", year=2021, source_id="statcan-census"),
            make_observations(growth, "population_growth", year=2021, source_id="statcan-census"),
            make_observations(ratio, "gdp_per_head_national_ratio", year=2021, source_id=SOURCE),
            make_observations(
                real, "gdp_growth_real", year=2019, source_id="oecd-regions", status="estimated"
            ),
        ]
    )
