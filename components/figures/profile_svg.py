"""Radar and dot plot as inline SVG: what is seen before, and without, JavaScript."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from components.compared import Look, assign_looks
from components.comparison_words import axis_label, unit_names, wrap
from components.figures.radar import TICKS, panel_count
from components.prerender import Raw
from components.view import View
from data.comparison import Comparison, Point
from data.comparison_notes import is_estimate

CENTRE = RADIUS = 100.0
SIDES = {"triangle-up": 3, "triangle-down": 3, "square": 4, "diamond": 4, "pentagon": 5, "hexagon": 6}
TURNS = {"triangle-down": 180, "square": 45}
PLOTLY_DASHES = {"solid": "", "dash": "9 9", "dot": "3 3", "dashdot": "9 3 3 3", "longdash": "15 6",
                 "longdashdot": "15 6 3 6"}  # fmt: skip


def _spot(at: int, n: int, score: float) -> tuple[float, float]:
    angle = 2 * math.pi * at / n
    far = RADIUS * score / 100
    return CENTRE + far * math.sin(angle), CENTRE - far * math.cos(angle)


def _mark(look: Look, x: float, y: float, hollow: bool, size: float) -> str:
    """The unit's symbol around a point; star and crosses become simple signs of the same outline."""
    shape = "hollow" if hollow else ""
    if look.symbol == "circle":
        return f'<circle class="{shape}" cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.8:.1f}"/>'
    n, turn = SIDES.get(look.symbol, 8), TURNS.get(look.symbol, 0)
    corners = []
    for i in range(n):
        far = size if look.symbol in SIDES or i % 2 == 0 else size * 0.4
        angle = math.radians(turn + 360 * i / n + (45 if look.symbol == "x" else 0))
        corners.append(f"{x + far * math.sin(angle):.1f},{y - far * math.cos(angle):.1f}")
    return f'<polygon class="{shape}" points="{" ".join(corners)}"/>'


def _dash(look: Look) -> str:
    return PLOTLY_DASHES.get(look.dash, look.dash.replace("px", "").replace(",", " "))


def _runs(row: Sequence[Point]) -> Iterator[list[int]]:
    """Stretches of known neighbours around the ring; a whole ring closes itself."""
    n = len(row)
    known = [p.score is not None for p in row]
    if all(known):
        yield [*range(n), 0]
        return
    start = known.index(False)
    run: list[int] = []
    for step in range(1, n + 1):
        at = (start + step) % n
        if known[at]:
            run.append(at)
        elif run:
            yield run
            run = []


def _outline(look: Look, row: Sequence[Point]) -> str:
    n, parts = len(row), []
    for run in _runs(row):
        spots = (_spot(at, n, row[at].score or 0.0) for at in run)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{points}" stroke-dasharray="{_dash(look)}"/>')
    for at, point in enumerate(row):
        if point.score is not None:
            parts.append(_mark(look, *_spot(at, n, point.score), is_estimate(point), 2.9))
    return f'<g class="u{look.slot}">{"".join(parts)}</g>'


def _frame(n: int) -> str:
    parts = []
    for ring in (*TICKS, 100):
        points = " ".join("{:.1f},{:.1f}".format(*_spot(at, n, ring)) for at in range(n))
        parts.append(f'<polygon class="{"median" if ring == 50 else "ring"}" points="{points}"/>')
    for at in range(n):
        x, y = _spot(at, n, 100)
        parts.append(f'<line class="ring" x1="{CENTRE}" y1="{CENTRE}" x2="{x:.1f}" y2="{y:.1f}"/>')
    return "".join(parts)


def _label(at: int, n: int, text: str) -> str:
    """A label beside its corner, as text of the page, so that it keeps its size when the drawing shrinks."""
    x, y = _spot(at, n, 106)
    side = "m" if abs(x - CENTRE) < 9 else "r" if x > CENTRE else "l"
    low = " low" if side == "m" and y > CENTRE else ""
    lines = "<br>".join(escape(line) for line in text.split("<br>"))
    return f'<span class="{side}{low}" style="left:{x / 2:.1f}%;top:{y / 2:.1f}%">{lines}</span>'


def _labels(view: View, comparison: Comparison) -> str:
    n = len(comparison.axes)
    ticks = (f'<span class="tick" style="left:50%;top:{50 - tick / 2}%">{tick}</span>' for tick in TICKS)
    return "".join(
        [
            *ticks,
            *(
                _label(at, n, wrap(view.lang, axis_label(view, axis)))
                for at, axis in enumerate(comparison.axes)
            ),
        ]
    )


def radar_svg(view: View, comparison: Comparison, label: str) -> Raw:
    """The radar, or one small radar a unit, in the geometry of the interactive one."""
    looks, names = assign_looks(u.id for u in comparison.units), unit_names(view, comparison)
    frame, labels, panels = _frame(len(comparison.axes)), _labels(view, comparison), []
    everyone = range(len(comparison.units))
    for group in [[at] for at in everyone] if panel_count(comparison) > 1 else [everyone]:
        outlines = "".join(_outline(looks[comparison.units[at].id], comparison.points[at]) for at in group)
        svg = f'<svg viewBox="0 0 200 200" aria-hidden="true">{frame}{outlines}</svg>'
        title = ""
        if panel_count(comparison) > 1:
            title = f'<div class="panel-title">{escape(names[comparison.units[group[0]].id])}</div>'
        panels.append(f'<div class="panel">{title}<div class="disc">{svg}{labels}</div></div>')
    return Raw(f'<div class="profile-svg" role="img" aria-label="{escape(label)}">{"".join(panels)}</div>')


def dots_svg(view: View, comparison: Comparison, label: str) -> Raw:
    """The dot plot: rows of equal height, labels to the left, in percent of the width."""
    looks = assign_looks(u.id for u in comparison.units)
    rows = []
    for at, axis in enumerate(comparison.axes):
        marks = "".join(
            f'<svg class="dot u{looks[unit.id].slot}" style="left:{row[at].score:.1f}%" viewBox="0 0 16 16">'
            f"{_mark(looks[unit.id], 8, 8, is_estimate(row[at]), 6.5)}</svg>"
            for unit, row in zip(comparison.units, comparison.points, strict=True)
            if row[at].score is not None
        )
        rows.append(
            f'<div class="dots-row"><span>{escape(axis_label(view, axis))}</span>'
            f'<div class="track">{marks}</div></div>'
        )
    return Raw(f'<div class="dots-svg" role="img" aria-label="{escape(label)}">{"".join(rows)}</div>')
