"""What lies near a cluster or region, checked against distances and figures of the tables."""

import numpy as np
import pytest

from data.neighbours import (
    alike,
    clusters_around,
    clusters_at,
    great_circle_km,
    in_reach,
    nearest_regions,
    siblings,
)
from data.observatory import Observatory


def test_distance_of_known_cities() -> None:
    # Berlin to Paris is 878 km by the usual tables
    assert great_circle_km(13.405, 52.52, [2.352], [48.857])[0] == pytest.approx(878, abs=2)
    # across the date line: Suva to Apia
    assert great_circle_km(178.44, -18.14, [-171.77], [-13.83])[0] == pytest.approx(1145, abs=15)


def test_siblings_are_of_the_same_region_and_detail(obs: Observatory) -> None:
    row = obs.clusters.position["eu-nuts2-de11-isic-29"]
    found = siblings(obs, row)
    frame = obs.clusters.frame
    assert len(found)
    assert set(frame["region_id"].iloc[found]) == {"eu-nuts2-DE11"}
    assert set(frame["granularity"].iloc[found]) == {"division"}
    assert row not in found


def test_alike_are_of_the_same_industry(obs: Observatory) -> None:
    row = obs.clusters.position["eu-nuts2-de11-isic-29"]
    found = alike(obs, row)
    assert len(found) == 6
    assert set(obs.clusters.frame["industry_id"].iloc[found]) == {"isic-29"}
    assert row not in found


def test_within_reach_is_within_fifty_kilometres(obs: Observatory) -> None:
    row = obs.clusters.position["eu-nuts2-de11-isic-29"]
    here, frame = obs.clusters.frame.iloc[row], obs.clusters.frame
    found = in_reach(obs, row, "science-technology")
    lon, lat = frame["lon"].to_numpy(float)[found], frame["lat"].to_numpy(float)[found]
    distance = great_circle_km(float(here["lon"]), float(here["lat"]), lon, lat)
    assert "st-stuttgart" in set(frame["id"].iloc[found])
    assert (distance <= 50).all()
    assert (np.diff(distance) >= 0).all()
    assert len(clusters_around(obs, 0.0, -60.0, "industry")) == 0


def test_nearest_regions_are_of_the_same_level_and_not_retired(obs: Observatory) -> None:
    row = obs.regions.position["eu-nuts2-DE11"]
    found = nearest_regions(obs, row)
    frame = obs.regions.frame.iloc[[r for r, _ in found]]
    assert [d for _, d in found] == sorted(d for _, d in found)
    assert set(frame["kind"]) == {"nuts2"}
    assert set(frame["successor_ids"].fillna("")) == {""}
    assert "eu-nuts2-DE12" in set(frame["id"])


def test_clusters_of_a_region_counted_first(obs: Observatory) -> None:
    rows = clusters_at(obs, "eu-nuts2-DE11")
    counted = obs.clusters.frame["counted"].to_numpy(bool)[rows]
    assert counted[0]
    assert (np.diff(counted.astype(int)) <= 0).all()
    assert len(clusters_at(obs, "no-such-region")) == 0
