"""Which region a point lies in: by outline, else the nearest outline or point of the same country.

Only one level a country is tried, in this order: US metropolitan and micropolitan areas, else states; NUTS
2; Canadian metropolitan areas within 40 km of their point, else provinces; prefectures of Japan; states of
India and Australia; regions of New Zealand. Elsewhere there are no regions and the answer is empty.
"""

from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.pipeline.context import EARTH_RADIUS_KM, distances_km, unit_vectors
from data.pipeline.outlines import LAYERS, SAME_OUTLINE

FILES = (
    "us-metros.geojson", "us-states.geojson", "nuts2.geojson", "jp-prefectures.geojson",
    "ca-provinces.geojson",
    "in-states.geojson", "au-states.geojson", "nz-regions.geojson",
)  # fmt: skip
"""Outlines that are tried, the finer of a country first."""
COAST_KM = 12.0
"""A point on the shore may lie beside a simplified outline; farther off it belongs to none."""
METRO_KM = 40.0
_METRO_LEVEL = "cma"


@lru_cache(maxsize=1)
def read_outlines(inputs: Path) -> gpd.GeoSeries:
    """All outlines that are tried, by region id, in the order of :data:`FILES`."""
    layers = {layer.file: layer for layer in LAYERS}
    parts = [layers[file].read(inputs) for file in FILES]
    shapes = pd.concat([pd.Series(part.to_numpy(), index=part.index) for part in parts])
    return gpd.GeoSeries(shapely.make_valid(shapes.to_numpy()), index=shapes.index)


def find_regions(points: pd.DataFrame, regions: pd.DataFrame, inputs: Path) -> pd.DataFrame:
    """Columns ``region_id`` and ``region_basis`` (outline, nearest or NA) in the order of ``points``.

    ``points`` has iso3, lon, lat (degrees, NaN where unknown); ``regions`` is the table of regions, whose
    ids are the only ones given. A region of another country than the point's is never given.
    """
    country = regions.set_index("region_id")["iso3"]
    found = pd.DataFrame({"region_id": None, "region_basis": None}, index=points.index, dtype="object")
    located = points.dropna(subset=["lon", "lat"])
    located = located[located["iso3"].isin(country.unique())]
    _fill(found, _nearest_metro(located, regions), "nearest")
    shapes = read_outlines(inputs)
    shapes = shapes[shapes.index.isin(country.index) & ~shapes.index.isin(SAME_OUTLINE)]
    owner = country.loc[shapes.index].to_numpy()
    _fill(found, _within(located, shapes, owner), "outline")
    rest = located[found.loc[located.index, "region_id"].isna()]
    _fill(found, _beside(rest, shapes, owner), "nearest")
    return found


def _fill(found: pd.DataFrame, answer: pd.Series, basis: str) -> None:
    """Write an answer where there is none yet."""
    new = answer.index[found.loc[answer.index, "region_id"].isna()]
    found.loc[new, "region_id"] = answer[new]
    found.loc[new, "region_basis"] = basis


def _nearest_metro(points: pd.DataFrame, regions: pd.DataFrame) -> pd.Series:
    """Regions that are known by a point alone: the nearest one within :data:`METRO_KM`."""
    metros = regions[regions["level"] == _METRO_LEVEL].dropna(subset=["lon", "lat"])
    near = points[points["iso3"].isin(metros["iso3"].unique())]
    if metros.empty or near.empty:
        return pd.Series(dtype="object")
    apart = distances_km(unit_vectors(near["lon"], near["lat"]), unit_vectors(metros["lon"], metros["lat"]))
    close = apart.min(axis=1) <= METRO_KM
    nearest = metros["region_id"].to_numpy()[apart.argmin(axis=1)[close]]
    return pd.Series(nearest, index=near.index[close])


def _within(points: pd.DataFrame, shapes: gpd.GeoSeries, owner: np.ndarray) -> pd.Series:
    """The first outline of the own country around each point."""
    places = shapely.points(points["lon"].to_numpy(float), points["lat"].to_numpy(float))
    which, shape = shapely.STRtree(shapes.to_numpy()).query(places, predicate="within")
    pairs = pd.DataFrame({"point": which, "shape": shape})
    own = owner[pairs["shape"].to_numpy()] == points["iso3"].to_numpy()[pairs["point"].to_numpy()]
    first = pairs[own].groupby("point")["shape"].min()
    return pd.Series(shapes.index.to_numpy()[first.to_numpy()], index=points.index[first.index])


def _beside(points: pd.DataFrame, shapes: gpd.GeoSeries, owner: np.ndarray) -> pd.Series:
    """The nearest outline of the own country within :data:`COAST_KM`."""
    answer: dict[object, str] = {}
    one_degree = np.pi / 180 * EARTH_RADIUS_KM
    for iso3, group in points.groupby("iso3"):
        own = shapes[owner == iso3]
        if own.empty:
            continue
        places = shapely.points(group["lon"].to_numpy(float), group["lat"].to_numpy(float))
        reach = COAST_KM / one_degree / np.cos(np.radians(min(80.0, float(group["lat"].abs().max()))))
        which, shape = shapely.STRtree(own.to_numpy()).query_nearest(
            places, max_distance=reach, all_matches=False
        )
        answer.update(zip(group.index[which], own.index.to_numpy()[shape], strict=True))
    return pd.Series(answer, dtype="object")
