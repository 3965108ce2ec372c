"""The world's land as one SVG path, small enough to stand in the first page the server sends.

Plate carrée on a view box of 1000 x 500: x = (lon + 180) / 360 * 1000, y = (90 - lat) / 180 * 500.
Antarctica is left out.
"""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

WIDTH, HEIGHT = 1000, 500
FILE = "world.svgpath.json"
_TOLERANCE = 0.6  # in units of the view box
_SMALLEST = 1.5  # square units: an island below is no mark at this size


def _ring_path(ring: shapely.LinearRing) -> str:
    """A closed ring as relative steps in tenths of a unit; the steps add up without rounding drift."""
    tenths = np.round(shapely.get_coordinates(ring) * 10).astype(int)
    steps = np.diff(tenths[:-1], axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    start = f"M{tenths[0, 0] / 10:g} {tenths[0, 1] / 10:g}"
    return start + "l" + " ".join(f"{x / 10:g} {y / 10:g}" for x, y in steps) + "z"


def world_path(inputs: Path) -> str:
    """The ``d`` attribute of the path: outer coasts and inland seas, to be filled by the even-odd rule."""
    world = gpd.read_file(inputs / "global" / "ne_110m_countries.geojson")
    land = world[world["ADM0_A3"] != "ATA"].geometry.make_valid().union_all(grid_size=0.01)
    scale = np.array([WIDTH / 360, -HEIGHT / 180])
    shift = np.array([WIDTH / 2, HEIGHT / 2])
    flat = shapely.transform(land, lambda xy: xy * scale + shift)
    parts = shapely.get_parts(shapely.simplify(flat, _TOLERANCE))
    parts = parts[shapely.area(parts) >= _SMALLEST]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    rings = [ring for ring in rings if shapely.area(shapely.polygons(ring)) >= _SMALLEST]
    return "".join(_ring_path(ring) for ring in rings)


def write_world_path(inputs: Path, out: Path) -> None:
    """Write ``world.svgpath.json`` with viewBox, projection and path."""
    content = {
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "projection": "plate-carree",
        "path": world_path(inputs),
    }
    (out / FILE).write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
