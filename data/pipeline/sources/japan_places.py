"""Names, points and regional figures of Japanese prefectures and municipalities."""

from pathlib import Path

import pandas as pd

from data.pipeline.sources.view_frames import (
    compare_per_head,
    grow,
    make_observations,
    make_regions,
    read_table,
    spread,
)

# Names the point table writes otherwise than the place does (it gives a quarter, a reading error or a
# suffix).
LATIN: dict[str, str] = {
    "11224": "Toda",
    "11232": "Kuki",
    "11237": "Misato",
    "12204": "Funabashi",
    "13103": "Minato",
    "13105": "Bunkyō",
    "13106": "Taitō",
    "13123": "Edogawa",
    "18201": "Fukui",
    "19201": "Kōfu",
    "28210": "Kakogawa",
    "29201": "Nara",
    "31201": "Tottori",
    "39201": "Kōchi",
}
# The point table puts these three into another prefecture (a place of the same name); town hall,
# longitude and latitude.
POINTS: dict[str, tuple[float, float]] = {
    "11224": (139.678, 35.818),
    "13105": (139.752, 35.708),
    "13115": (139.636, 35.699),
}
# Prefectures the OECD joins into one metropolitan area; each gets the area's growth as an estimate.
OECD_METROS: dict[str, tuple[int, ...]] = {
    "JP01MC": (11, 12, 13, 14),
    "JP02M": (26, 27, 28, 29),
    "JP03M": (21, 23),
}


def prefecture_regions(path: Path) -> pd.DataFrame:
    """The 47 prefectures at the point of their capital."""
    raw = read_table(path)
    rows = pd.DataFrame(
        {
            "region_id": "jp-pref-" + raw["pref_code"].astype(str).str.zfill(2),
            "name_en": raw["prefecture_en"],
            "name_local": raw["prefecture_ja"],
            "lon": raw["capital_lon"],
            "lat": raw["capital_lat"],
        }
    )
    return make_regions(rows, iso3="JPN", level="prefecture", vintage="2021", remark="public-sector-included")


def municipality_regions(path: Path, codes: list[str]) -> pd.DataFrame:
    """The municipalities asked for; wards of Tokyo and repeated names carry their prefecture in brackets."""
    raw = read_table(path, dtype={"muni_code": str})
    raw = raw.loc[raw["muni_code"].isin(codes)].reset_index(drop=True)
    name = raw["muni_code"].map(LATIN).fillna(raw["name_latin"])
    ward = raw["muni_code"].str[:2].eq("13") & raw["municipality_ja"].str.endswith("区")
    bracket = ward | name.duplicated(keep=False)

    def label(prefecture: pd.Series) -> pd.Series:
        return name.where(~bracket, name + " (" + prefecture + ")")

    rough = raw["note"].notna() | raw["muni_code"].isin(POINTS)
    moved = pd.DataFrame.from_dict(POINTS, orient="index", columns=["lon", "lat"])
    rows = pd.DataFrame(
        {
            "region_id": "jp-muni-" + raw["muni_code"],
            "parent_id": "jp-pref-" + raw["muni_code"].str[:2],
            "name_en": label(raw["prefecture_en"]),
            "name_de": label(raw["prefecture_en"].replace({"Tokyo": "Tokio"})),
            "name_local": raw["municipality_ja"],
            "lon": raw["muni_code"].map(moved["lon"]).fillna(raw["lon"]),
            "lat": raw["muni_code"].map(moved["lat"]).fillna(raw["lat"]),
            "remark": rough.map({True: "point-approximate", False: pd.NA}),
        }
    )
    return make_regions(rows, iso3="JPN", level="municipality", vintage="2021", has_outline=False)


def prefecture_observations(inputs: Path, municipalities: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Population, its growth, GDP per head against the national mean (FY 2020) and real growth 2014-2019.

    GDP comes from one benchmark (2015 base) only: series of different bases are not spliced.
    """
    before, after = (_sum_population(frame) for _, frame in sorted(municipalities.items()))
    series = read_table(inputs / "asia_ca" / "jp_prefecture_gdp_series.csv")
    series = series.loc[series["sna_base"].eq("2015 base (H27)") & series["fiscal_year"].eq(2020)]
    product = series.assign(region_id="jp-pref-" + series["pref_code"].astype(str).str.zfill(2)).set_index(
        "region_id"
    )["gdp_nominal_jpy_million"]
    real, status = _real_growth(inputs / "global" / "oecd_tl3_gdp_pop_2000_2020.csv.gz")
    return pd.concat(
        [
            make_observations(after, "population", year=2020, source_id="jp-ssdse"),
            make_observations(grow(before, after, 5), "population_growth", year=2020, source_id="jp-ssdse"),
            make_observations(
                compare_per_head(product, after),
                "gdp_per_head_national_ratio",
                year=2020,
                source_id="jp-cabinet-gdp",
            ),
            make_observations(real, "gdp_growth_real", year=2019, source_id="oecd-regions", status=status),
        ]
    )


def _sum_population(frame: pd.DataFrame) -> pd.Series:
    prefecture = "jp-pref-" + frame["muni_code"].str[:2]
    return frame.groupby(prefecture)["population_census"].sum()


def _real_growth(path: Path) -> tuple[pd.Series, str]:
    """Real GDP growth in percent a year by prefecture, and its status: the OECD imputes some figures."""
    raw = read_table(path)
    raw = raw.loc[raw["iso3"].eq("JPN")]
    raw = raw.assign(gdp=raw["gdp_pc_usd_ppp_const2015"] * raw["population"])
    product = spread(raw, "reg_id", "year", "gdp")
    growth = grow(product[2014], product[2019], 5)
    single = growth.loc[~growth.index.isin(OECD_METROS)]
    single.index = "jp-pref-" + single.index.str[-2:]
    joint = {f"jp-pref-{code:02d}": growth[metro] for metro, codes in OECD_METROS.items() for code in codes}
    return pd.concat([single, pd.Series(joint, dtype=float)]), "estimated"
