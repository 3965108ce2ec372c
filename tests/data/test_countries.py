"""Countries carry ISO codes, both names, and the Global Innovation Index as printed."""

from pathlib import Path

import pandas as pd
import pytest

from data.pipeline.sources import countries
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2


@pytest.fixture(scope="module")
def frame(inputs: Path) -> pd.DataFrame:
    return countries.countries_frame(inputs).set_index("iso3")


@pytest.fixture(scope="module")
def observations(inputs: Path) -> pd.DataFrame:
    return countries.load(inputs).observations


def test_codes_natural_earth_leaves_open_are_filled(frame: pd.DataFrame) -> None:
    assert frame.index.is_unique
    assert len(frame) == 231
    assert {"FRA", "NOR", "XKX", "TWN", "HKG", "PSE", "SSD", "ESH", "ALA"} <= set(frame.index)
    assert not {"-99", "CYN", "SOL", "ATA"} & set(frame.index)
    assert frame.loc["XKX", "iso2"] == "XK"


def test_alpha2_of_germany_and_france_are_not_those_of_former_states() -> None:
    assert ISO3_BY_ISO2["DE"] == "DEU"
    assert ISO3_BY_ISO2["FR"] == "FRA"
    assert ISO3_BY_ISO2["CD"] == "COD"


def test_names_continents_and_points(frame: pd.DataFrame) -> None:
    assert frame[["name_en", "name_de", "continent", "un_region", "lon", "lat"]].notna().all().all()
    assert frame.loc["DEU", "name_de"] == "Deutschland"
    assert frame.loc["HKG", "name_de"] == "Hongkong"
    assert set(frame["continent"]) == set(countries.CONTINENTS)
    assert frame.loc["MUS", "continent"] == "africa"
    france = frame.loc["FRA"]
    assert -5 < france["lon"] < 9
    assert 42 < france["lat"] < 51


def test_income_groups(frame: pd.DataFrame) -> None:
    assert set(frame["income_group"].dropna()) == {"HI", "UM", "LM", "LO"}
    assert frame.loc["DEU", "income_group"] == "HI"
    assert frame.loc["IND", "income_group"] == "LM"
    assert pd.isna(frame.loc["TWN", "income_group"])  # not in the index


def test_top_five_of_2025(observations: pd.DataFrame) -> None:
    scores = observations.query("indicator_id == 'gii_score' and year == 2025").set_index("entity_id")[
        "value"
    ]
    top = scores.nlargest(5).round(1)
    assert top.to_dict() == {"CHE": 66.0, "SWE": 62.6, "USA": 61.7, "KOR": 60.0, "SGP": 59.9}
    assert list(top.index) == ["CHE", "SWE", "USA", "KOR", "SGP"]
    assert len(scores) == 139


def test_indicators_keep_the_year_of_their_data(observations: pd.DataFrame) -> None:
    germany = observations[observations["entity_id"] == "DEU"].set_index(["indicator_id", "year"])["value"]
    assert germany["gii_fdi_inflows", 2023] == 1.429
    assert germany["gii_hightech_exports", 2023] == 13.6029
    assert germany["gii_cluster_development", 2025] == 79.372
    assert germany["gii_university_industry", 2025] == 64.207
    assert not observations.duplicated(["entity_id", "indicator_id", "year"]).any()
    assert observations["indicator_id"].nunique() == 12
    assert observations["value"].notna().all()
    assert observations["year"].max() == 2025


def test_every_economy_of_the_index_is_a_country(observations: pd.DataFrame, frame: pd.DataFrame) -> None:
    assert set(observations["entity_id"]) <= set(frame.index)


def test_a_year_printed_twice_counts_as_in_the_later_edition(observations: pd.DataFrame) -> None:
    albania = observations.query("entity_id == 'ALB' and indicator_id == 'gii_hightech_exports'")
    assert albania.set_index("year")["value"][2020] == 0.0851  # 0.1128 a year before
