"""Outlines for the maps: small GeoJSON layers whose features carry an id and nothing else.

Every layer is repaired, snapped to a grid of 0.01 degree and simplified as a coverage, so that
neighbours keep a common border. Outer rings run clockwise: the SVG maps take the other direction for
"everything but this area". Features are sorted by id and the files hold no time: same input, same bytes.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.pipeline.outlines import LAYERS, Layer
from data.pipeline.world_outline import write_world_path

GRID = 0.01  # degrees, about 1 km: below a pixel at every zoom these maps use
_DECIMALS = 2

Geometries = NDArray[np.object_]


def _repair(shapes: Geometries) -> Geometries:
    fixed: Geometries = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return fixed


def _drop_specks(shapes: Geometries, smallest: float) -> Geometries:
    """Leave out parts below ``smallest`` square degrees; the largest part of an area always stays."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    area = shapely.area(parts)
    largest = pd.Series(area).groupby(owner).transform("max").to_numpy()
    keep = (area >= smallest) | (area == largest)
    kept: Geometries = shapely.multipolygons(parts[keep], indices=owner[keep])
    single = shapely.get_num_geometries(kept) == 1
    kept[single] = shapely.get_geometry(kept[single], 0)
    return kept


def simplify(shapes: Geometries, tolerance: float, smallest: float) -> Geometries:
    """Valid, light, clockwise polygons of the same length and order; none becomes empty.

    ``tolerance`` in degrees (0 leaves every vertex), ``smallest`` in square degrees.
    """
    sound = _repair(shapes)
    snapped = shapely.set_precision(sound, GRID)
    snapped = np.where(shapely.is_empty(snapped), sound, snapped)
    light = _drop_specks(shapely.coverage_simplify(snapped, tolerance), smallest)
    light = np.where(shapely.is_valid(light) & ~shapely.is_empty(light), light, snapped)
    rounded = shapely.transform(light, lambda xy: np.round(xy, _DECIMALS))
    usable = shapely.is_valid(rounded) & ~shapely.is_empty(rounded)
    shaped: Geometries = np.where(usable, rounded, sound)
    oriented: Geometries = shapely.orient_polygons(shaped, exterior_cw=True)
    return oriented


def _features(shapes: gpd.GeoSeries) -> Iterator[dict[str, object]]:
    for identifier, shape in shapes.items():
        # shapely's own GeoJSON writer prints 15 digits; the mapping keeps the rounded numbers
        yield {
            "type": "Feature",
            "properties": {"id": identifier},
            "geometry": shapely.geometry.mapping(shape),
        }


def _joined(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """One shape an id, sorted by id; parts with the same id are united."""
    if not shapes.index.has_duplicates:
        return shapes.sort_index()
    united = shapes.groupby(level=0).agg(lambda parts: shapely.union_all(parts.to_numpy()))
    return gpd.GeoSeries(united.to_numpy(), index=united.index)


def _build(layer: Layer, inputs: Path) -> gpd.GeoSeries:
    """The layer's simplified shapes, sorted by id."""
    present = _joined(layer.read(inputs))
    simple = simplify(present.to_numpy(), layer.tolerance, layer.smallest)
    shapes = gpd.GeoSeries(simple, index=present.index)
    if layer.former is None:
        return shapes
    former = _joined(layer.former(inputs))
    retired = gpd.GeoSeries(simplify(former.to_numpy(), 0.0, layer.smallest), index=former.index)
    return gpd.GeoSeries(pd.concat([shapes, retired])).sort_index()


def build_layers(inputs: Path, out: Path) -> dict[str, set[str]]:
    """Write all layers and the world's path into ``out``; return the ids with an outline by file name.

    An id of :data:`data.pipeline.outlines.SAME_OUTLINE` has no feature of its own: it is drawn with the
    outline named there. Raises OSError where an input file is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    found: dict[str, set[str]] = {}
    for layer in LAYERS:
        shapes = _build(layer, inputs)
        collection = {"type": "FeatureCollection", "features": list(_features(shapes))}
        text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
        (out / layer.file).write_text(text + "\n", encoding="utf-8")
        found[layer.file] = set(shapes.index)
    write_world_path(inputs, out)
    return found
