"""Reference groups on a small world whose groups can be counted by hand, and on the curated tables."""

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.matrix import Matrix, build_matrix
from data.observatory import Observatory, Units
from data.profiles import coverage, profile_indicators, theme_score
from data.reference import (
    count_members,
    find_reference,
    find_unit,
    member_percentiles,
    member_ranks,
    percentiles,
    position_of,
    reference_mask,
)

# id, kind, granularity, counted, country, continent, industry, LQ, focus, distance to an airport
CLUSTERS = [
    ("a", "industry", "division", True, "DEU", "europe", "isic-29", 5.0, 9.0, 10.0),
    ("b", "industry", "division", True, "DEU", "europe", "isic-21", 3.0, np.nan, 20.0),
    ("c", "industry", "division", True, "USA", "north-america", "isic-29", 3.0, 2.0, np.nan),
    ("d", "industry", "division", True, "USA", "north-america", "isic-28", np.nan, np.nan, 40.0),
    ("e", "industry", "section", True, "JPN", "asia", "isic-C", 2.0, 1.0, 50.0),
    ("f", "industry", "section", False, "JPN", "asia", "isic-C", 1.5, 2.0, 60.0),
    ("g", "industry", "group", False, "JPN", "asia", "isic-B-E", 1.1, 3.0, 70.0),
    ("h", "science-technology", "none", True, "DEU", "europe", None, np.nan, np.nan, 80.0),
]
REGIONS = [("r1", "nuts2", ""), ("r2", "nuts2", ""), ("r3", "nuts2", "r1|r2")]
INDICATORS = ("lq_home", "focus", "nearest_large_airport_km")


def _matrix(ids: list[str], values: np.ndarray) -> Matrix:
    rows = [(name, indicator, value) for name, row in zip(ids, values, strict=True)
            for indicator, value in zip(INDICATORS, row, strict=True) if value == value]  # fmt: skip
    table = pd.DataFrame(rows, columns=["entity_id", "indicator_id", "value"])
    return build_matrix(
        table.assign(year=2020, status="observed", source_id="gco"), ids, INDICATORS, ("gco",)
    )


class World:
    """Just enough of an observatory; like the real one it is a key of caches by identity."""

    def __init__(self, clusters: Units, regions: Units, fields: pd.DataFrame, obs: Observatory) -> None:
        self.clusters, self.regions, self.catalogue = clusters, regions, obs.catalogue
        self.tables = {"industry_fields": fields}


@pytest.fixture(scope="module")
def world(obs: Observatory) -> Observatory:
    """Eight clusters and three regions under the real catalogue."""
    columns = ["id", "kind", "granularity", "counted", "iso3", "continent", "industry_id"]
    clusters = pd.DataFrame([row[:7] for row in CLUSTERS], columns=columns).assign(income_group="HI")
    values = np.array([row[7:] for row in CLUSTERS], float)
    regions = pd.DataFrame(REGIONS, columns=["id", "kind", "successor_ids"])
    regions = regions.assign(
        granularity="", counted=True, iso3="DEU", continent="europe", income_group="HI", industry_id=None
    )
    fields = pd.DataFrame(
        {"industry_id": ["isic-29", "isic-28", "isic-21"], "field_id": ["mobility", "mobility", "health"]}
    )
    made = World(
        Units(clusters, _matrix(list(clusters["id"]), values)),
        Units(regions, _matrix(list(regions["id"]), np.full((3, 3), 1.0))),
        fields,
        obs,
    )
    return cast(Observatory, made)


def members(world: Observatory, unit_id: str, group: str) -> str:
    key = find_unit(world, unit_id)
    assert key is not None
    mask = reference_mask(world, *key, group)
    frame = world.regions.frame if key[0] == "regions" else world.clusters.frame
    return "".join(frame["id"][mask])


@pytest.mark.parametrize(
    ("unit_id", "group", "expected"),
    [
        ("a", "kind", "abcd"),
        ("a", "industry", "ac"),
        ("a", "field", "acd"),
        ("a", "country", "ab"),
        ("a", "continent", "ab"),
        ("a", "income", "abcd"),
        ("e", "kind", "e"),  # the uncounted section stays out of a counted one's group
        ("f", "kind", "ef"),  # but stands in its own
        ("g", "kind", "g"),
        ("h", "kind", "h"),
        ("h", "industry", "h"),  # no industry: its kind
        ("r1", "kind", "r1r2"),
        ("r3", "kind", "r1r2r3"),  # retired regions stand in no group but their own
    ],
)
def test_members_of_a_group(world: Observatory, unit_id: str, group: str, expected: str) -> None:
    assert members(world, unit_id, group) == expected


def test_a_group_that_does_not_apply_is_named(world: Observatory) -> None:
    assert find_reference(world, "clusters", 7, "industry").group == "kind"
    assert find_reference(world, "clusters", 0, "industry").value == "isic-29"
    assert find_unit(world, "nowhere") is None


def test_percentiles_are_mid_ranks_within_the_group(world: Observatory) -> None:
    reference = find_reference(world, "clusters", 0, "kind")
    # LQ 5, 3, 3, missing: of three, the highest stands at 2.5/3, the tie at 1/3
    found = member_percentiles(world, reference, "lq_home")
    assert found.round(2).tolist()[:3] == [83.33, 33.33, 33.33]
    assert np.isnan(found[3])
    assert member_ranks(world, reference, "lq_home").tolist()[:3] == [1, 2, 2]


def test_a_short_way_to_the_airport_is_good(world: Observatory) -> None:
    reference = find_reference(world, "clusters", 0, "kind")
    found = member_percentiles(world, reference, "nearest_large_airport_km")
    assert found[0] > found[1] > found[3]


def test_the_own_list_is_a_group_of_its_own(world: Observatory) -> None:
    own = (("clusters", 0), ("clusters", 4), ("regions", 1))
    reference = find_reference(world, "clusters", 0, "own", own)
    assert count_members(world, reference) == 3
    assert member_percentiles(world, reference, "lq_home").round(2).tolist() == [83.33, 50.0, 16.67]
    assert position_of(world, reference, ("regions", 1)) == 2


def test_a_theme_is_the_mean_of_known_percentiles(world: Observatory) -> None:
    strengths = [i.id for i in profile_indicators(world, "clusters", "industry", "strengths")]
    assert strengths == ["lq_home", "focus"], "only loaded indicators count"
    reference = find_reference(world, "clusters", 0, "kind")
    # LQ 83.33 of three, focus 75 of two
    scored = theme_score(world, reference, ("clusters", 0), "strengths")
    assert scored.score == pytest.approx((250 / 3 + 75) / 2)
    assert (scored.known, scored.possible, scored.rank, scored.ranked) == (2, 2, 1, 3)
    # half of the weight is enough
    assert theme_score(world, reference, ("clusters", 1), "strengths").score == pytest.approx(100 / 3)
    # nothing known: missing, not zero
    gone = theme_score(world, reference, ("clusters", 3), "strengths")
    assert (gone.score, gone.known, gone.possible, gone.rank) == (None, 0, 2, None)
    assert coverage(world, reference, ("clusters", 0))[0] == 3


def test_science_clusters_have_no_industry_figures(world: Observatory) -> None:
    reference = find_reference(world, "clusters", 7, "kind")
    scored = theme_score(world, reference, ("clusters", 7), "strengths")
    assert (scored.score, scored.possible) == (None, 0)


numbers = st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))), min_size=1, max_size=40)


@settings(deadline=None)
@given(numbers, st.randoms())
def test_percentiles_lie_inside_keep_order_and_ignore_the_rest(values: list[float], random: Any) -> None:
    mask = np.array([random.random() < 0.7 for _ in values])
    found = percentiles(values, mask)
    assert np.isnan(found[~mask]).all()
    inside = mask & ~np.isnan(values)
    assert ((found[inside] > 0) & (found[inside] < 100)).all()
    if inside.any():
        assert found[inside].mean() == pytest.approx(50)
        order = np.argsort(np.array(values)[inside], kind="stable")
        assert (np.diff(found[inside][order]) >= 0).all()


def test_every_unit_stands_in_its_own_group(obs: Observatory) -> None:
    rng = np.random.default_rng(7)
    for row in rng.choice(len(obs.clusters), 60, replace=False).tolist():
        for group in ("kind", "industry", "field", "country", "continent", "income"):
            assert reference_mask(obs, "clusters", row, group)[row]
