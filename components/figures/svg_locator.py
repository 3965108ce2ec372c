"""Small maps as inline SVG: where a place lies, the clusters of a country, the clusters of the world."""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from components.prerender import Raw
from data.observatory import Observatory

Geometries = npt.NDArray[np.object_]
WIDTH = 360.0
REACH_KM = 50.0
KM_A_DEGREE = 111.2
STATES = {
    "USA": "us-states",
    "CAN": "ca-provinces",
    "IND": "in-states",
    "AUS": "au-states",
    "JPN": "jp-prefectures",
}
"""Layers of inner borders by country where they help to find a place."""
HALF = {"USA": 9.0, "CAN": 10.0, "AUS": 11.0, "IND": 8.0, "JPN": 4.0, "NZL": 5.0}
NEAR_MAINLAND = 6.0
TALLEST, SMALL = 460.0, 270.0
"""Height in pixels that no map, and no small map, goes beyond."""


class Point(NamedTuple):
    """A mark: position, size (0 for the smallest), and whether it is a science and technology cluster."""

    lon: float
    lat: float
    size: float
    science: bool


class Frame(NamedTuple):
    """A window of the earth on a drawing: degrees to units, widths shortened as in its middle."""

    west: float
    south: float
    east: float
    north: float

    @property
    def narrow(self) -> float:
        """Width of a degree of longitude in degrees of latitude, in the middle of the window."""
        return max(math.cos(math.radians((self.south + self.north) / 2)), 0.2)

    @property
    def scale(self) -> float:
        """Units of the drawing in a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.narrow)

    @property
    def height(self) -> float:
        """Height of the drawing in its units."""
        return (self.north - self.south) * self.scale

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the earth is drawn."""
        return (lon - self.west) * self.narrow * self.scale, (self.north - lat) * self.scale


@lru_cache(maxsize=64)
def _layer(obs: Observatory, name: str) -> dict[str, BaseGeometry]:
    path = obs.folder / "geometry" / f"{name}.geojson"
    if not path.is_file():
        return {}
    features = json.loads(path.read_text("utf-8"))["features"]
    return {str(f["properties"]["id"]): shape(f["geometry"]) for f in features if f["geometry"]}


@lru_cache(maxsize=4)
def _outlines(obs: Observatory) -> dict[str, BaseGeometry]:
    """Outline by region over all layers."""
    found: dict[str, BaseGeometry] = {}
    for name in obs.layers:
        if not name.startswith("countries"):
            found.update(_layer(obs, name))
    return found


def _rings(frame: Frame, geometries: Geometries) -> str:
    """Outlines as one path, in whole tenths of a unit; a ring that shrinks to a line is left out."""
    across, down, parts = frame.narrow * frame.scale * 10, frame.scale * 10, []
    parts_of = shapely.get_parts(shapely.get_parts(geometries))  # collections of multipolygons, too
    for ring in shapely.get_rings(parts_of[shapely.get_dimensions(parts_of) == 2]):
        points = shapely.get_coordinates(ring)
        flat = np.rint((points - (frame.west, frame.north)) * (across, -down)).astype(int)
        flat = flat[np.append(True, (np.diff(flat, axis=0) != 0).any(axis=1))]
        if len(flat) > 3:
            text = " ".join(f"{x / 10:g} {y / 10:g}" for x, y in flat[:-1].tolist())
            parts.append(f"M{text}z")
    return "".join(parts)


def _clip(frame: Frame, geometries: Geometries) -> Geometries:
    """What of the outlines lies in the window, thinned to what can be seen."""
    bounds = shapely.bounds(geometries)
    near = (bounds[:, 0] < frame.east) & (bounds[:, 2] > frame.west)
    near &= (bounds[:, 1] < frame.north) & (bounds[:, 3] > frame.south)
    cut = shapely.clip_by_rect(geometries[near], *frame)
    return np.asarray(shapely.simplify(cut, 0.4 / frame.scale), object)


@lru_cache(maxsize=64)
def _array(obs: Observatory, name: str) -> Geometries:
    return np.array(list(_layer(obs, name).values()), object)


def _land(obs: Observatory, frame: Frame) -> str:
    path = _rings(frame, _clip(frame, _array(obs, "countries_50m")))
    return f'<path class="land" d="{path}"/>'


def _inner(obs: Observatory, frame: Frame, iso3: str) -> str:
    if iso3 not in STATES:
        return ""
    path = _rings(frame, _clip(frame, _array(obs, STATES[iso3])))
    return f'<path class="inner" d="{path}"/>'


def _svg(frame: Frame, content: str, label: str, style: str) -> Raw:
    wide = (SMALL if "locator" in style else TALLEST) * WIDTH / frame.height
    return Raw(
        f'<svg class="{style}" role="img" aria-label="{escape(label)}" style="max-width:{wide:.0f}px" '
        f'viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}">{content}</svg>'
    )


def _around(lon: float, lat: float, half: float) -> Frame:
    south, north = max(lat - half, -85.0), min(lat + half, 85.0)
    side = half * 1.3 / max(math.cos(math.radians(lat)), 0.25)
    return Frame(lon - side, south, lon + side, north)


@lru_cache(maxsize=2048)
def _drawn(obs: Observatory, region_id: str, lon: float, lat: float, iso3: str) -> tuple[Frame, str]:
    outline = _outlines(obs).get(region_id)
    half = HALF.get(iso3, 6.0)
    if outline is not None:
        west, south, east, north = outline.bounds
        if east - west < 90:
            half = min(max(half, (north - south) * 0.8, (east - west) * 0.5), 35.0)
    frame = _around(lon, lat, half)
    parts = [_land(obs, frame), _inner(obs, frame, iso3)]
    x, y = frame.place(lon, lat)
    if outline is not None:
        parts.append(f'<path class="area" d="{_rings(frame, _clip(frame, np.array([outline], object)))}"/>')
    else:
        reach = REACH_KM / KM_A_DEGREE * frame.scale
        parts.append(f'<circle class="area" cx="{x:.0f}" cy="{y:.0f}" r="{max(reach, 5):.1f}"/>')
    parts.append(f'<circle class="spot" cx="{x:.0f}" cy="{y:.0f}" r="3.5"/>')
    return frame, "".join(parts)


def has_outline(obs: Observatory, region_id: str) -> bool:
    """Whether a region can be drawn with its outline."""
    return region_id in _outlines(obs)


def locator(obs: Observatory, region_id: str, point: tuple[float, float], iso3: str, label: str) -> Raw:
    """Where a place lies: its outline, or a circle of 50 km around its point where there is none."""
    frame, content = _drawn(obs, region_id, point[0], point[1], iso3)
    return _svg(frame, content, label, "map-svg locator")


def _mainland(outline: BaseGeometry) -> tuple[float, float, float, float]:
    """Bounds of the largest part of a country and of what lies near it, without what lies overseas."""
    parts = list(getattr(outline, "geoms", [outline]))
    whole = box(*max(parts, key=lambda g: g.area).bounds)
    near = [p for p in parts if p.distance(whole) <= NEAR_MAINLAND]
    bounds: tuple[float, float, float, float] = shapely.union_all([box(*p.bounds) for p in near]).bounds
    return bounds


def _marks(frame: Frame, points: Sequence[Point]) -> str:
    parts = []
    for p in sorted(points, key=lambda p: (p.science, -p.size)):
        x, y = frame.place(p.lon, p.lat)
        if p.science:
            parts.append(f'<path class="gem" d="M{x:.0f} {y - 5:.0f}l5 5-5 5-5-5z"/>')
        else:
            parts.append(f'<circle class="mark" cx="{x:.0f}" cy="{y:.0f}" r="{1.6 + 6 * p.size:.1f}"/>')
    return "".join(dict.fromkeys(parts))


@lru_cache(maxsize=64)
def _country(obs: Observatory, iso3: str) -> tuple[Frame, str] | None:
    outline = _layer(obs, "countries_50m").get(iso3)
    if outline is None:
        return None
    west, south, east, north = _mainland(outline)
    pad = max((east - west) * 0.05, (north - south) * 0.05, 0.6)
    frame = Frame(west - pad, max(south - pad, -85), east + pad, min(north + pad, 85))
    parts = _array(obs, STATES[iso3]) if iso3 in STATES else np.array([outline], object)
    own = _rings(frame, _clip(frame, parts))
    return frame, f'{_land(obs, frame)}<path class="own" d="{own}"/>{_inner(obs, frame, iso3)}'


def country_map(obs: Observatory, iso3: str, points: Sequence[Point], label: str) -> tuple[Raw, int] | None:
    """(map of a country with marks, number of marks outside its window); ``None`` without an outline."""
    found = _country(obs, iso3)
    if found is None:
        return None
    frame, content = found
    inside = [p for p in points if frame.west <= p.lon <= frame.east and frame.south <= p.lat <= frame.north]
    return _svg(frame, content + _marks(frame, inside), label, "map-svg"), len(points) - len(inside)


@lru_cache(maxsize=4)
def _world(obs: Observatory) -> str:
    path = obs.folder / "geometry" / "world.svgpath.json"
    return str(json.loads(path.read_text("utf-8"))["path"]) if path.is_file() else ""


def world_map(obs: Observatory, points: Sequence[Point], label: str) -> Raw:
    """The world in plate carrée with marks; larger marks lie under smaller ones."""
    parts = []
    for p in sorted(points, key=lambda p: (p.science, -p.size)):
        x, y = (p.lon + 180) / 360 * 1000, (90 - p.lat) / 180 * 500
        if p.science:
            parts.append(f'<path class="gem" d="M{x:.0f} {y - 5:.0f}l5 5-5 5-5-5z"/>')
        else:
            parts.append(f'<circle class="mark" cx="{x:.0f}" cy="{y:.0f}" r="{2.5 + 11 * p.size:.1f}"/>')
    marks = "".join(dict.fromkeys(parts))
    return Raw(
        f'<svg class="map-svg world" role="img" aria-label="{escape(label)}" viewBox="0 28 1000 372">'
        f'<path class="land" d="{_world(obs)}"/>{marks}</svg>'
    )
