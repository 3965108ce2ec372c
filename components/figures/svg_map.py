"""The world map as inline SVG: what is seen before, and without, JavaScript.

Drawn in Web Mercator with the world as wide as the box, as the interactive map is when it opens; so the one
takes the place of the other without a jump.
"""

import json
import math
import re
from functools import lru_cache
from html import escape

import numpy as np
import pandas as pd

from components.figures.world_map import class_colours, mark_sizes
from components.prerender import Raw
from components.view import View
from data.class_breaks import classify, cluster_scale
from data.observatory import Observatory

WIDTH = 1000.0
TOP_LATITUDE, BOTTOM_LATITUDE = 77.0, -59.5
ROUND = 'fill="none" stroke-linecap="round" vector-effect="non-scaling-stroke"'
PLAIN = re.compile(r"M(-?[\d.]+) (-?[\d.]+)l([^z]*)z")


def mercator_y(lat: float) -> float:
    """Latitude in degrees to the y of a world 1000 units wide (0 at 85° N)."""
    held = math.radians(max(min(lat, 85.0), -85.0))
    return WIDTH / 2 - WIDTH / (2 * math.pi) * math.log(math.tan(math.pi / 4 + held / 2))


TOP, BOTTOM = mercator_y(TOP_LATITUDE), mercator_y(BOTTOM_LATITUDE)


def _ring(found: re.Match[str]) -> str:
    """A ring of the plate-carrée outline (1000 × 500, relative steps) in Mercator, again in steps."""
    start = [float(found[1]), float(found[2])]
    steps = np.array(found[3].replace("-", " -").split(), float).reshape(-1, 2)
    points = np.vstack([start, start + np.cumsum(steps, axis=0)])
    lat = np.radians(np.clip(90 - points[:, 1] * 0.36, -85, 85))
    y = WIDTH / 2 - WIDTH / (2 * np.pi) * np.log(np.tan(np.pi / 4 + lat / 2))
    flat = np.round(np.column_stack([points[:, 0], y])).astype(int)
    moves = np.diff(flat, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    if len(moves) < 2:
        return ""
    text = " ".join(f"{x} {y}" for x, y in moves.tolist()).replace(" -", "-")
    return f"M{flat[0, 0]} {flat[0, 1]}l{text}z"


@lru_cache(maxsize=4)
def land_path(obs: Observatory) -> str:
    """The land as one path; empty where the outline file is not at hand."""
    path = obs.folder / "geometry" / "world.svgpath.json"
    if not path.is_file():
        return ""
    plain = json.loads(path.read_text("utf-8"))["path"]
    return "".join(_ring(found) for found in PLAIN.finditer(plain))


def _colours(table: pd.DataFrame, view: View) -> list[str]:
    """A style class for every mark."""
    indicator, science = view.selection.colour, table["science_technology"].to_numpy(bool)
    if not indicator:
        return ["science" if here else "industry" for here in science]
    scale = cluster_scale(view.obs, indicator)
    colours = class_colours(view, indicator, scale)
    return [
        "missing" if c < 0 else colours[c][6:-1]
        for c in classify(table["colour"].to_numpy(float), scale.limits)
    ]


def _marks(table: pd.DataFrame, view: View) -> str:
    """All marks, one path a colour and size: a dot is a line of no length with round ends."""
    groups: dict[tuple[str, int, bool], list[str]] = {}
    sizes = (np.round(mark_sizes(table, view) / 3) * 3).astype(int)
    rows = zip(
        _colours(table, view),
        sizes.tolist(),
        table["science_technology"].tolist(),
        table["lon"].tolist(),
        table["lat"].tolist(),
        strict=True,
    )
    for colour, size, science, lon, lat in rows:
        x, y = round((lon + 180) / 360 * WIDTH), round(mercator_y(lat))
        group = groups.setdefault((colour, 0 if science else size, science), [])
        group.append(f"M{x} {y - 5}l5 5-5 5-5-5z" if science else f"M{x} {y}h0")
    drawn = []
    order = sorted(groups.items(), key=lambda g: (g[0][2], -g[0][1], g[0][0]))
    for number, ((colour, size, science), marks) in enumerate(order):
        path = "".join(dict.fromkeys(marks))
        drawn.append(_gems(colour, path) if science else _dots(f"dots-{number}", colour, size, path))
    return "".join(drawn)


def _gems(colour: str, path: str) -> str:
    return f'<path class="gem {escape(colour)}" d="{path}"/>'


def _dots(name: str, colour: str, size: int, path: str) -> str:
    """Dots with their rim below them: the same path, first a little thicker."""
    return (
        f'<defs><path id="{name}" {ROUND} d="{path}"/></defs>'
        f'<use href="#{name}" class="rim" stroke-width="{size + 2}"/>'
        f'<use href="#{name}" class="{escape(colour)}" stroke-width="{size}"/>'
    )


def svg_map(table: pd.DataFrame, view: View) -> Raw:
    """The map of a table of places (as :func:`data.places.places` returns it) with its text alternative."""
    label = escape(view.t("explore.map.alternative", n=len(table)))
    kind = "world-svg valued" if view.selection.colour else "world-svg"
    box = f"0 {TOP:.0f} {WIDTH:.0f} {BOTTOM - TOP:.0f}"
    return Raw(
        f'<svg class="{kind}" role="img" aria-label="{label}" preserveAspectRatio="xMidYMid slice" '
        f'viewBox="{box}"><path class="land" d="{land_path(view.obs)}"/>{_marks(table, view)}</svg>'
    )
