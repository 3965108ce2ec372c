"""Outlines are small, valid, turn the right way round and stand for regions that exist."""

import importlib
import json
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.pipeline.geometry import build_layers, simplify
from data.pipeline.outlines import LAYERS, RETIRED_NUTS, SAME_OUTLINE
from data.pipeline.world_outline import FILE

FILES = [layer.file for layer in LAYERS]
Built = tuple[Path, dict[str, set[str]]]


@pytest.fixture(scope="module")
def built(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("geometry")
    return out, build_layers(inputs, out)


def _polygons(path: Path) -> list[shapely.Polygon]:
    return list(shapely.get_parts(gpd.read_file(path).geometry.to_numpy()))


@pytest.mark.parametrize("file", FILES)
def test_every_ring_turns_the_way_svg_maps_need(built: Built, file: str) -> None:
    for polygon in _polygons(built[0] / file):
        assert not shapely.is_ccw(polygon.exterior)
        assert all(shapely.is_ccw(hole) for hole in polygon.interiors)


@pytest.mark.parametrize("file", FILES)
def test_shapes_are_valid_and_do_not_cross_the_date_line(built: Built, file: str) -> None:
    shapes = gpd.read_file(built[0] / file).geometry
    assert shapes.is_valid.all()
    assert not shapes.is_empty.any()
    for polygon in shapely.get_parts(shapes.to_numpy()):
        assert np.abs(np.diff(shapely.get_coordinates(polygon.exterior)[:, 0])).max() < 180


@pytest.mark.parametrize("file", FILES)
def test_features_carry_an_id_and_two_decimals(built: Built, file: str) -> None:
    text = (built[0] / file).read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    ids = [feature["properties"]["id"] for feature in features]
    assert ids == sorted(set(ids))
    assert set(ids) == built[1][file]
    assert all(set(feature["properties"]) == {"id"} for feature in features)
    assert not re.search(r"\d\.\d{3}", text)


def test_sizes(built: Built) -> None:
    sizes = {file: (built[0] / file).stat().st_size for file in [*FILES, FILE]}
    assert max(sizes.values()) <= 350_000, sizes
    assert sizes["countries_50m.geojson"] <= 250_000
    assert sizes[FILE] < 25_000
    assert sum(sizes.values()) < 2_000_000


def test_counts_and_ids(built: Built) -> None:
    ids = built[1]
    assert len(ids["us-metros.geojson"]) == 917
    assert len(ids["us-states.geojson"]) == 53
    assert len(ids["jp-prefectures.geojson"]) == 47
    assert len(ids["ca-provinces.geojson"]) == 13
    assert len(ids["au-states.geojson"]) == 8
    assert len(ids["nz-regions.geojson"]) == 16
    assert len(ids["ch-cantons.geojson"]) == 26
    nuts = ids["nuts2.geojson"]
    assert {f"eu-nuts2-{code}" for code in ("DE11", "UKC1", "TR10", "FRJ2", *RETIRED_NUTS)} <= nuts
    assert len(nuts) == 334 + len(RETIRED_NUTS)
    assert {"FRA", "NOR", "XKX"} <= ids["countries.geojson"] & ids["countries_50m.geojson"]
    assert {"HKG", "SGP"} <= ids["countries_50m.geojson"]
    assert {"jp-pref-01", "jp-pref-47"} <= ids["jp-prefectures.geojson"]
    assert "us-state-CA" in ids["us-states.geojson"]
    assert set(SAME_OUTLINE.values()) <= ids["in-states.geojson"]
    assert not set(SAME_OUTLINE) & ids["in-states.geojson"]


@pytest.mark.parametrize("name", ["canada", "great_britain", "india", "japan", "new_zealand", "turkey"])
def test_a_region_that_claims_an_outline_has_one(built: Built, inputs: Path, name: str) -> None:
    source = importlib.import_module(f"data.pipeline.sources.{name}")
    regions = source.load(inputs).regions
    drawn = set().union(*built[1].values()) | set(SAME_OUTLINE)
    assert set(regions.loc[regions["has_outline"].astype(bool), "region_id"]) <= drawn


def test_regions_lie_where_they_should(built: Built) -> None:
    places = {
        "nuts2.geojson": ("eu-nuts2-DE11", 9.18, 48.78),
        "us-metros.geojson": ("us-msa-41940", -121.89, 37.34),
        "us-states.geojson": ("us-state-CA", -119.8, 36.7),
        "jp-prefectures.geojson": ("jp-pref-23", 137.1, 35.1),
        "in-states.geojson": ("in-state-OD", 85.0, 20.5),
        "nz-regions.geojson": ("nz-region-otago", 169.5, -45.3),
        "countries.geojson": ("CYP", 33.4, 35.25),  # the north of the island belongs to it here
    }
    for file, (region, lon, lat) in places.items():
        shapes = gpd.read_file(built[0] / file).set_index("id").geometry
        assert shapely.contains_xy(shapes[region], lon, lat), region


def test_neighbours_keep_a_common_border() -> None:
    wave = [(1.0, y / 20) if y % 2 else (1.03, y / 20) for y in range(21)]
    left = shapely.Polygon([(0, 0), *wave, (0, 1)])
    right = shapely.Polygon([*wave, (2, 1), (2, 0)])
    light = simplify(np.array([left, right]), 0.2, 0.0)
    assert shapely.get_num_coordinates(light).sum() < 16
    assert shapely.coverage_is_valid(light)
    assert shapely.area(light).sum() == pytest.approx(2.0, abs=0.05)


def test_largest_part_stays_and_specks_go() -> None:
    island = shapely.MultiPolygon([shapely.box(0, 0, 0.05, 0.05), shapely.box(1, 1, 1.02, 1.02)])
    (kept,) = simplify(np.array([island]), 0.0, 1.0)
    assert kept.geom_type == "Polygon"
    assert kept.bounds == (0, 0, 0.05, 0.05)


def test_world_path_draws_in_its_view_box(built: Built) -> None:
    world = json.loads((built[0] / FILE).read_text(encoding="utf-8"))
    assert world["viewBox"] == "0 0 1000 500"
    assert re.fullmatch(r"(M[\d. ]+l[-\d. ]+z)+", world["path"])
    x, y = np.array(re.findall(r"M([\d.]+) ([\d.]+)", world["path"]), dtype=float).T
    assert 0 <= x.min() < x.max() <= 1000
    assert 0 <= y.min() < y.max() < 420  # no Antarctica


def test_two_builds_are_the_same_bytes(built: Built, inputs: Path, tmp_path: Path) -> None:
    build_layers(inputs, tmp_path)
    for file in [*FILES, FILE]:
        assert (tmp_path / file).read_bytes() == (built[0] / file).read_bytes()
