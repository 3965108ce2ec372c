"""Actors: who is near a cluster, each body once, with no rank or score."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.pipeline.context import RADIUS_KM, distances_km, unit_vectors
from data.pipeline.sources import actors
from data.pipeline.sources.actors_matching import match_names, organisation_key
from tests.data.directory_inputs import CURATED, read_tables


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return read_tables()["actors"]


def test_columns_hold_no_rank(table: pd.DataFrame) -> None:
    assert list(table.columns) == list(actors.ACTORS)
    assert (CURATED / "actors.parquet").stat().st_size < 3_000_000


def test_every_body_of_the_register_lies_near_a_cluster(table: pd.DataFrame) -> None:
    clusters = read_tables()["clusters"][["lon", "lat"]].drop_duplicates()
    some = table[(table["source_id"] == "ror") & ~table["in_qs"] & ~table["in_nature_index"]].iloc[::40]
    apart = distances_km(
        unit_vectors(some["lon"], some["lat"]), unit_vectors(clusters["lon"], clusters["lat"])
    )
    assert apart.min(axis=1).max() <= RADIUS_KM + 0.1  # points are rounded to about ten metres
    assert set(table["type"].cat.categories) == {*actors.TYPES, actors.UNTYPED}


def test_both_lists_are_there_once(table: pd.DataFrame) -> None:
    assert 1280 <= table["in_qs"].sum() <= 1300
    assert 490 <= table["in_nature_index"].sum() <= 500
    zurich = table[table["name"].str.contains("ETH Zurich|ETH Zürich", regex=True)]
    assert zurich["in_qs"].sum() == zurich["in_nature_index"].sum() == 1
    assert set(zurich["source_id"]) == {"ror"}
    keys = table["name"].map(organisation_key) + table["iso3"].astype(str)
    listed = table["in_qs"] | table["in_nature_index"]
    doubled = table[listed & keys.isin(keys[listed & keys.duplicated()])]
    assert doubled.empty


def test_numbers_and_countries_part_names() -> None:
    frame = pd.DataFrame(
        {"name": ["Université Rennes 2", "University of York", "Universidad de Chile"],
         "iso3": ["FRA", "GBR", "CHL"],
         "lon": [-1.68, -1.05, -70.6], "lat": [48.11, 53.95, -33.4]}
    )  # fmt: skip
    asked = pd.DataFrame(
        {"name": ["Université de Rennes 1", "York University", "University of Chile"],
         "iso3": ["FRA", "CAN", "CHL"],
         "lon": [-1.68, -79.5, np.nan], "lat": [48.11, 43.7, np.nan]}
    )  # fmt: skip
    keyed = [f.assign(key=f["name"].map(organisation_key)) for f in (asked, frame)]
    assert match_names(*keyed).tolist() == [pd.NA, pd.NA, 2]


def test_a_like_name_far_away_is_another_body_but_the_same_name_is_not() -> None:
    there = pd.DataFrame({"iso3": ["USA"], "lon": [-84.7], "lat": [39.5], "key": ["miami university"]})
    asked = pd.DataFrame({"iso3": ["USA"], "lon": [-80.3], "lat": [25.7], "key": ["university miami"]})
    assert match_names(asked, there).isna().all()
    assert match_names(asked.assign(key="miami university"), there).tolist() == [0]
    twice = pd.concat([there, there], ignore_index=True)
    assert match_names(asked.assign(key="miami university"), twice).isna().all()


def test_types_by_the_most_telling(inputs: Path) -> None:
    register = actors._register(inputs)
    assert not register["type"].isna().any()
    assert register.loc[register["types"] == "education|funder", "type"].eq("education").all()
    assert not register["types"].isin(["funder", "healthcare", "archive", "other"]).any()
