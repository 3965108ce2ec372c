"""Names, points and regional figures of Indian states and union territories."""

from pathlib import Path
from typing import Any

import pandas as pd

from data.pipeline.sources.view_frames import (
    compare_per_head,
    grow,
    make_observations,
    make_regions,
    read_table,
    spread,
)

# Point of a state: its capital or main city (Punjab and Haryana share a capital outside both).
CITIES: dict[str, str] = {
    "AP": "Vijayawada",
    "AR": "Itanagar",
    "AS": "Guwahati",
    "BR": "Patna",
    "CH": "Chandigarh",
    "CG": "Raipur",
    "DL": "Delhi",
    "GA": "Panaji",
    "GJ": "Ahmedabad",
    "HR": "Gurugram",
    "HP": "Shimla",
    "JK": "Srinagar",
    "JH": "Ranchi",
    "KA": "Bengaluru",
    "KL": "Thiruvananthapuram",
    "MP": "Bhopal",
    "MH": "Mumbai",
    "MN": "Imphal",
    "ML": "Shillong",
    "MZ": "Aizawl",
    "NL": "Kohima",
    "OD": "Bhubaneswar",
    "PY": "Puducherry",
    "PB": "Ludhiana",
    "RJ": "Jaipur",
    "SK": "Gangtok",
    "TN": "Chennai",
    "TS": "Hyderabad",
    "TR": "Agartala",
    "UP": "Lucknow",
    "UK": "Dehradun",
}
REMARKS = {"AP": "outline-shared", "TS": "outline-shared"}
CENSUS_CODES: dict[str, str] = {
    "01": "JK",
    "02": "HP",
    "03": "PB",
    "04": "CH",
    "05": "UK",
    "06": "HR",
    "07": "DL",
    "08": "RJ",
    "09": "UP",
    "10": "BR",
    "11": "SK",
    "12": "AR",
    "13": "NL",
    "14": "MN",
    "15": "MZ",
    "16": "TR",
    "17": "ML",
    "18": "AS",
    "20": "JH",
    "21": "OD",
    "22": "CG",
    "23": "MP",
    "24": "GJ",
    "27": "MH",
    "28": "AP",
    "29": "KA",
    "30": "GA",
    "32": "KL",
    "33": "TN",
    "34": "PY",
}
# The ten districts of 2011 that became Telangana in 2014 (a few sub-districts of Khammam went to Andhra
# Pradesh).
TELANGANA = (
    "Adilabad",
    "Nizamabad",
    "Karimnagar",
    "Medak",
    "Hyderabad",
    "Rangareddy",
    "Mahbubnagar",
    "Nalgonda",
    "Warangal",
    "Khammam",
)
LEFT_OUT: dict[str, tuple[str, str]] = {
    "IND: West Bengal, Andaman and Nicobar, Lakshadweep, Ladakh, Dadra and Nagar Haveli and Daman and Diu": (
        "no-data",
        "no value added by sector at hand",
    ),
    "IND: isic-L, isic-M-N, isic-R-U in the group view": (
        "not-separable",
        "real estate is published with professional services, recreation with education and health",
    ),
    "IND: real GDP growth": ("no-data", "only current prices at hand"),
}


def read_states(inputs: Path, raw: pd.DataFrame) -> pd.DataFrame:
    """The states of the value-added table at the point of their main city."""
    states = raw[["region_id", "iso_3166_2", "state"]].drop_duplicates().reset_index(drop=True)
    code = states["iso_3166_2"].str[3:]
    points = _city_points(inputs)
    city = code.map(CITIES)
    rows = pd.DataFrame(
        {
            "region_id": states["region_id"],
            "name_en": states["state"],
            "lon": city.map(points["lon"]),
            "lat": city.map(points["lat"]),
            "remark": code.map(REMARKS).fillna("value-added-not-jobs"),
        }
    )
    return make_regions(rows, iso3="IND", level="state", vintage="2014")


def _city_points(inputs: Path) -> pd.DataFrame:
    """lon and lat by city name; towns under 50,000 people come from Natural Earth."""
    cities = read_table(inputs / "global" / "geonames_cities_50k.csv")
    cities = cities.loc[cities["country_code"].eq("IN")].sort_values("population", ascending=False)
    towns = read_table(inputs / "global" / "ne_10m_populated_places.csv")
    towns = towns.loc[towns["iso_a2"].eq("IN")].rename(columns={"latitude": "lat", "longitude": "lon"})
    both = pd.concat([cities[["name", "lon", "lat"]], towns[["name", "lon", "lat"]]])
    return both.drop_duplicates("name").set_index("name")


def state_observations(inputs: Path, region_ids: list[str]) -> pd.DataFrame:
    """Census population 2011; population 2014, its growth and GSDP per head ratio from the state accounts.

    The national mean of the ratio is that of the states with both figures; accounts populations are
    projections.
    """
    series = read_table(inputs / "asia_ca" / "in_state_gsdp_series.csv")
    series = series.assign(region_id="in-state-" + series["iso_3166_2"].str[3:])
    people = spread(series, "region_id", "start_year", "population")
    product = spread(series, "region_id", "start_year", "gsdp_current_inr_crore")
    ratio = compare_per_head(product[2014], people[2014])
    same: dict[str, Any] = {"year": 2014, "source_id": "in-gsdp", "status": "estimated"}
    rows = pd.concat(
        [
            _census(inputs),
            make_observations(people[2014], "population", **same),
            make_observations(grow(people[2011], people[2014], 3), "population_growth", **same),
            make_observations(ratio, "gdp_per_head_national_ratio", **same),
        ],
        ignore_index=True,
    )
    return rows.loc[rows["entity_id"].isin(region_ids)]


def _census(inputs: Path) -> pd.DataFrame:
    """Population 2011 of today's states from districts; both successors of Andhra Pradesh are estimates."""
    districts = read_table(inputs / "asia_ca" / "in_district_census2011.csv", dtype={"state_code_2011": str})
    code = districts["state_code_2011"].map(CENSUS_CODES)
    code = code.mask(code.eq("AP") & districts["district"].isin(TELANGANA), "TS")
    people = districts.groupby("in-state-" + code)["population"].sum()
    split = people.index.isin(["in-state-AP", "in-state-TS"])
    status = pd.Series(split, index=people.index).map({True: "estimated", False: "observed"})
    return make_observations(people, "population", year=2011, source_id="in-census-2011", status=status)
