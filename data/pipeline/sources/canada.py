"""Canada: employment of census metropolitan areas by 16 NAICS groups, value added of provinces.

Sources: Statistics Canada 14-10-0098-01 (Labour Force Survey, by place of residence), 36-10-0402-01
(GDP by industry and province), census 2016 and 2021; OECD large regions for real growth of the provinces.
Reference area of the metropolitan areas is the sum of the 33 areas, not Canada as a whole.
Suppressed cells (status x) stay confidential. Only the sum B-E and the reference fill them, from the
published goods-producing total less its published parts, shared out in proportion to the published sums
of the areas.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.canada_provinces import load_provinces
from data.pipeline.sources.view_frames import (
    VALUES,
    View,
    finish,
    grow,
    make_cells,
    make_left_out,
    make_observations,
    make_regions,
    read_table,
    view_harvest,
)

SECTIONS: dict[str, str] = {
    "111-112, 1100, 1151-1152": "isic-A",
    "21, 113-114, 1153, 2100": "isic-B",
    "31-33": "isic-C",
    "22": "isic-D-E",
    "23": "isic-F",
    "41, 44-45": "isic-G",
    "48-49": "isic-H",
    "72": "isic-I",
    "51, 71": "isic-J-R",
    "52-53": "isic-K-L",
    "54": "isic-M",
    "55-56": "isic-N",
    "91": "isic-O",
    "61": "isic-P",
    "62": "isic-Q",
    "81": "isic-S",
}
GROUP_OF: dict[str, str] = {
    "isic-A": "isic-A",
    "isic-B": "isic-B-E",
    "isic-C": "isic-B-E",
    "isic-D-E": "isic-B-E",
    "isic-F": "isic-F",
    "isic-G": "isic-G-I",
    "isic-H": "isic-G-I",
    "isic-I": "isic-G-I",
    "isic-J-R": "isic-J",
    "isic-M": "isic-M-N",
    "isic-N": "isic-M-N",
    "isic-O": "isic-O-Q",
    "isic-P": "isic-O-Q",
    "isic-Q": "isic-O-Q",
    "isic-S": "isic-R-U",
}
APPROXIMATE: dict[str, str] = {
    "isic-A": "agriculture only; forestry, fishing and hunting are counted with mining",
    "isic-B": "includes forestry, fishing and hunting",
    "isic-B-E": "includes forestry, fishing and hunting; waste management is in N",
    "isic-D-E": "utilities without waste management",
    "isic-G": "vehicle repair is in S",
    "isic-J-R": "information and cultural industries with arts and recreation",
    "isic-J": "includes arts and recreation; computer services are in M",
    "isic-K-L": "includes rental and leasing (ISIC N)",
    "isic-M": "includes computer systems design (ISIC J)",
    "isic-N": "includes waste management (ISIC E) and management of companies (ISIC M)",
    "isic-M-N": "includes computer systems design and waste management; rental and leasing are in K-L",
    "isic-S": "includes vehicle repair and private households",
    "isic-R-U": "without arts and recreation",
}
SUPPRESSIBLE = ("isic-A", "isic-B", "isic-D-E")
SOURCE = "statcan-lfs"
MEASURE = "employment"
POINT_NAMES = {"505": "Ottawa", "539": "St. Catharines", "541": "Kitchener", "932": "Abbotsford"}
PROVINCE_OF = {
    "0": "NL",
    "2": "NS",
    "3": "NB",
    "4": "QC",
    "5": "ON",
    "6": "MB",
    "7": "SK",
    "8": "AB",
    "9": "BC",
}


def load(inputs: Path) -> Harvest:
    """All frames of Canada. Employment in persons (source rounds to 100), value added in CAD million."""
    raw = _read_employment(inputs / "asia_ca" / "ca_cma_industry_employment.csv")
    regions = _areas(raw, inputs)
    parts = [Harvest(regions=regions, observations=_population(inputs, regions)), *_employment_parts(raw)]
    parts += load_provinces(inputs)
    parts.append(Harvest(left_out=_left_out()))
    shipped = pd.concat([p.regions for p in parts if not p.regions.empty])["region_id"].tolist()
    return finish(parts, shipped)


def _read_employment(path: Path) -> pd.DataFrame:
    """Rows of the 33 whole areas; the parts of Ottawa-Gatineau share its code and would count it twice."""
    raw = read_table(path, dtype={"cma_code": str})
    raw = raw.loc[~raw["cma"].str.contains(" part,", regex=False)]
    if raw.duplicated(["year", "cma_code", "naics"]).any():
        raise ValueError(f"{path.name}: repeated area, industry and year")
    return raw.assign(region_id="ca-cma-" + raw["cma_code"], value=raw["employment"])


def _employment_parts(raw: pd.DataFrame) -> list[Harvest]:
    sections = raw.loc[raw["naics"].isin(SECTIONS)].assign(industry_id=raw["naics"].map(SECTIONS))
    withheld = sections["value"].isna()
    sections = sections.assign(
        status=withheld.map({True: "confidential", False: "observed"}), estimated_share=0.0
    )[list(VALUES)].reset_index(drop=True)
    filled = _fill_suppressed(sections, raw)
    groups = _groups(sections, filled)
    total = raw.loc[raw["naics"].eq("TOTAL") & raw["year"].eq(2019)].set_index("region_id")["value"]
    reference = filled.groupby(["industry_id", "year"])["value"].sum(min_count=1)
    group_of = filled.assign(industry_id=filled["industry_id"].map(GROUP_OF))
    group_reference = group_of.groupby(["industry_id", "year"])["value"].sum(min_count=1)
    section_view, group_view = (
        View(name, "CAN", 2019, (2014, 2019), MEASURE, SOURCE) for name in ("section", "group")
    )
    cells = make_cells(pd.concat([sections, groups]), measure=MEASURE, unit="persons", source_id=SOURCE)
    return [
        Harvest(cells=cells.drop_duplicates(["region_id", "industry_id", "year"], ignore_index=True)),
        view_harvest(sections, section_view, totals=total, reference=reference),
        view_harvest(groups, group_view, totals=total, reference=group_reference),
    ]


def _fill_suppressed(sections: pd.DataFrame, raw: pd.DataFrame) -> pd.DataFrame:
    """Sections with an estimate for suppressed cells: what the goods-producing total leaves, shared out.

    Shares are in proportion to the year's published sums of the suppressed industries; a remainder below
    zero, which rounding to 100 can make, counts as none. The few suppressed services stay missing.
    """
    keys = ["region_id", "year"]
    goods = raw.loc[raw["naics"].eq("GOODS")].set_index(keys)["value"]
    producing = sections.loc[sections["industry_id"].isin([*SUPPRESSIBLE, "isic-C", "isic-F"])]
    left = (goods - producing.groupby(keys)["value"].sum()).clip(lower=0).rename("left").reset_index()
    published = sections.groupby(["industry_id", "year"])["value"].sum().rename("weight").reset_index()
    fillable = sections["value"].isna() & sections["industry_id"].isin(SUPPRESSIBLE)
    gaps = sections.loc[fillable].merge(left, on=keys).merge(published, on=["industry_id", "year"])
    weights = gaps.groupby(keys)["weight"].transform("sum")
    gaps = gaps.assign(value=gaps["left"] * gaps["weight"] / weights, status="estimated", estimated_share=1.0)
    return pd.concat([sections.loc[~fillable], gaps[list(VALUES)]], ignore_index=True)


def _groups(sections: pd.DataFrame, filled: pd.DataFrame) -> pd.DataFrame:
    """The common coarsening as far as 16 groups allow: K and L cannot be told apart and are left out.

    A group with a part that stays missing is itself confidential.
    """
    parts = filled.assign(group=filled["industry_id"].map(GROUP_OF)).dropna(subset=["group"])
    parts = parts.assign(estimate=parts["value"].where(parts["status"].eq("estimated"), 0.0))
    keys = ["region_id", "group", "year"]
    groups = parts.groupby(keys)[["value", "estimate"]].sum(skipna=False).reset_index()
    share = (groups["estimate"] / groups["value"].where(groups["value"] > 0)).fillna(0.0)
    groups = groups.assign(
        industry_id=groups["group"],
        estimated_share=share,
        status=share.gt(0)
        .map({True: "estimated", False: "observed"})
        .mask(groups["value"].isna(), "confidential"),
    )[list(VALUES)]
    # Agriculture alone is a section as well: its suppressed cells stay suppressed.
    farming = sections.loc[sections["industry_id"].eq("isic-A")]
    return pd.concat([farming, groups.loc[groups["industry_id"].ne("isic-A")]], ignore_index=True)


def _areas(raw: pd.DataFrame, inputs: Path) -> pd.DataFrame:
    areas = raw[["region_id", "cma_code"]].drop_duplicates()
    names = read_table(inputs / "asia_ca" / "ca_cma_population.csv", dtype={"cma_code": str})
    areas = areas.merge(names[["cma_code", "cma"]], on="cma_code", how="left", validate="one_to_one")
    cities = read_table(inputs / "global" / "geonames_cities_50k.csv")
    cities = cities.loc[cities["country_code"].eq("CA")].sort_values("population", ascending=False)
    points = cities.drop_duplicates("name").set_index("name")
    seat = areas["cma_code"].map(POINT_NAMES).fillna(areas["cma"])
    english = areas["cma"].str.replace(" - ", "–", regex=False)
    rows = areas.assign(
        name_en=english,
        lon=seat.map(points["lon"]),
        lat=seat.map(points["lat"]),
        parent_id="ca-prov-" + areas["cma_code"].str[0].map(PROVINCE_OF),
        remark=_remarks(raw, areas),
    )
    return make_regions(rows, iso3="CAN", level="cma", vintage="2011", has_outline=False)


def _remarks(raw: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """One remark an area: whole with parts, else suppressed cells in the base year, else residents."""
    hidden = raw.loc[raw["year"].eq(2019) & raw["status"].eq("x"), "region_id"]
    remark = areas["region_id"].isin(hidden).map({True: "suppressed-cells", False: "residents-not-workplace"})
    return remark.mask(areas["cma_code"].eq("505"), "parts-counted-once")


def _population(inputs: Path, regions: pd.DataFrame) -> pd.DataFrame:
    people = read_table(inputs / "asia_ca" / "ca_cma_population.csv", dtype={"cma_code": str})
    people = people.assign(region_id="ca-cma-" + people["cma_code"]).set_index("region_id")
    people = people.loc[people.index.isin(regions["region_id"])]
    growth = grow(people["population_2016"], people["population_2021"], 5)
    same: dict[str, Any] = {"year": 2021, "source_id": "statcan-census"}
    return pd.concat(
        [
            make_observations(people["population_2021"], "population", **same),
            make_observations(growth, "population_growth", **same),
        ]
    )


def _left_out() -> pd.DataFrame:
    parts = (
        "parts-counted-once",
        "Ottawa–Gatineau is kept whole; its Ontario and Quebec parts carry the same code",
    )
    return make_left_out(
        {
            "CAN: Ottawa–Gatineau parts": parts,
            "CAN: isic-K, isic-L in the group view": (
                "not-separable",
                "finance, insurance and real estate are published as one group of metropolitan areas",
            ),
            "CAN: special aggregates of provinces": (
                "overlapping-aggregate",
                "goods, services, energy, ICT, public sector and cannabis overlap the sectors",
            ),
        }
    )
