"""Distances by hand, counts on a small set, and the worldwide lists."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.pipeline.context import context, distances_km, sum_within, unit_vectors
from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.sources import science_technology

QUARTER = 6371.0 * np.pi / 2


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        ((0, 0), (90, 0), QUARTER),
        ((0, 0), (0, 90), QUARTER),
        ((0, 0), (180, 0), 2 * QUARTER),
        ((10, 60), (10, 61), 6371.0 * np.pi / 180),  # one degree of latitude: 111.195 km
        ((179.5, 0), (-179.5, 0), 6371.0 * np.pi / 180),  # across the date line
        # 60 degrees of longitude on the parallel of 60: cos d = 3/4 + 1/4 * 1/2
        ((0, 60), (60, 60), 6371.0 * np.arccos(0.875)),
        ((5, 5), (5, 5), 0.0),
    ],
)
def test_great_circle(here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    got = distances_km(unit_vectors([here[0]], [here[1]]), unit_vectors([there[0]], [there[1]]))
    assert got.shape == (1, 1)
    assert got[0, 0] == pytest.approx(km, abs=2e-4)


def test_counts_within_a_radius() -> None:
    degree = 6371.0 * np.pi / 180
    places = unit_vectors([0.0, 0.44, 0.46, 0.0], [0.0, 0.0, 0.0, 0.44])
    weights = np.array([1.0, 2.0, 4.0, 8.0])
    here = unit_vectors([0.0, 180.0], [0.0, 0.0])
    got = sum_within(here, places, weights, 0.45 * degree)
    assert got.tolist() == [11.0, 0.0]


def test_chunks_do_not_change_the_result() -> None:
    rng = np.random.default_rng(7)
    here = unit_vectors(rng.uniform(-180, 180, 1300), rng.uniform(-80, 80, 1300))
    there = unit_vectors(rng.uniform(-180, 180, 400), rng.uniform(-80, 80, 400))
    got = sum_within(here, there, np.ones(400), 1500.0)
    assert got.tolist() == (distances_km(here, there) <= 1500.0).sum(axis=1).tolist()


@pytest.fixture(scope="module")
def figures(inputs: Path) -> pd.DataFrame:
    points = pd.DataFrame(
        [
            ("stuttgart", 9.177, 48.7823, 600_000),
            ("ocean", -140.0, -50.0, np.nan),
            ("nowhere", np.nan, np.nan, 1_000_000),
            ("heidelberg", 8.69, 49.41, np.nan),
            ("seoul", 126.9784, 37.566, 9_000_000),
            ("pretoria", 28.229, -25.748, 700_000),
        ],
        columns=["entity_id", "lon", "lat", "population"],
    )
    return context(points, inputs)


def _value(figures: pd.DataFrame, entity: str, indicator: str) -> float | None:
    hit = figures.query("entity_id == @entity and indicator_id == @indicator")["value"]
    return None if hit.empty else float(hit.iloc[0])


def test_zero_is_observed_and_without_a_point_nothing_is(figures: pd.DataFrame) -> None:
    assert list(figures.columns) == list(OBSERVATIONS)
    assert _value(figures, "ocean", "unicorns_50km") == 0.0
    assert _value(figures, "ocean", "nearest_large_airport_km") > 2000
    assert "nowhere" not in set(figures["entity_id"])
    assert figures["value"].notna().all()


def test_known_surroundings(figures: pd.DataFrame) -> None:
    # University of Stuttgart, Hohenheim and Tübingen
    assert _value(figures, "stuttgart", "qs_universities_50km") == 3
    assert _value(figures, "stuttgart", "large_airports_75km") == 1
    assert _value(figures, "stuttgart", "nearest_large_airport_km") == pytest.approx(10.3, abs=0.2)
    assert _value(figures, "stuttgart", "greenfield_fdi_per_head") == pytest.approx(641.7072)


def test_per_million_needs_a_population(figures: pd.DataFrame) -> None:
    seoul = _value(figures, "seoul", "unicorns_50km")
    assert seoul is not None
    assert _value(figures, "seoul", "unicorns_per_million") == pytest.approx(seoul / 9, abs=1e-4)
    assert _value(figures, "heidelberg", "unicorns_per_million") is None
    status = figures.query("indicator_id == 'unicorns_per_million'")["status"]
    assert set(status) == {"estimated"}


def test_metro_figures_only_for_the_same_place(figures: pd.DataFrame) -> None:
    assert _value(figures, "heidelberg", "greenfield_fdi_per_head") is None  # Karlsruhe is 49 km away
    assert _value(figures, "seoul", "greenfield_fdi_per_head") == pytest.approx(704.987)  # Seoul-Incheon
    assert _value(figures, "pretoria", "greenfield_fdi_per_head") == pytest.approx(922.604)
    assert _value(figures, "pretoria", "air_passengers") is None  # listed with 11 passengers


def test_metro_match_by_first_city(inputs: Path) -> None:
    clusters = science_technology.load(inputs).clusters.rename(columns={"cluster_id": "entity_id"})
    points = clusters[["entity_id", "lon", "lat"]].assign(population=np.nan)
    plain = context(points, inputs)
    by_city = context(points, inputs, science_technology.metro_points(inputs))
    bay = "st-san-jose-san-francisco-ca"
    assert _value(plain, bay, "air_passengers") is None
    assert _value(by_city, bay, "air_passengers") == 17645360
    assert _value(plain, bay, "unicorns_50km") == _value(by_city, bay, "unicorns_50km")


def test_all_places_take_less_than_five_seconds(inputs: Path) -> None:
    rng = np.random.default_rng(1)
    points = pd.DataFrame(
        {
            "entity_id": [f"p{i}" for i in range(2500)],
            "lon": rng.uniform(-180, 180, 2500),
            "lat": rng.uniform(-60, 75, 2500),
            "population": 1e6,
        }
    )
    start = time.perf_counter()
    context(points, inputs)
    assert time.perf_counter() - start < 5
