"""A small line over years as inline SVG: gaps stay gaps, a break of definition is a dashed upright line."""

import math
from html import escape

from components.locale import number
from components.prerender import Raw
from data.series import Series

WIDTH, HEIGHT = 360.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 8.0, 66.0, 14.0, 22.0


def nice_step(span: float, most: int = 3) -> float:
    """A step of 1, 2 or 5 times a power of ten that cuts ``span`` into at most ``most`` parts.

    >>> nice_step(23.0)
    10.0
    """
    raw = max(span, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * 0.999)


def _bounds(values: list[float]) -> tuple[float, float, float]:
    """(lowest, highest, step) of the scale: whole steps around the values."""
    low, high = min(values), max(values)
    step = nice_step((high - low) or abs(high) or 1.0)
    return math.floor(low / step) * step, max(math.ceil(high / step) * step, low + step), step


def _stretches(series: Series) -> list[list[tuple[int, float]]]:
    """Runs of known years, cut at gaps and at breaks."""
    runs: list[list[tuple[int, float]]] = [[]]
    for year, value in zip(series.years, series.values, strict=True):
        if value is None or year in series.breaks:
            runs.append([])
        if value is not None:
            runs[-1].append((year, value))
    return [run for run in runs if run]


def _grid(lang: str, step: float, place_y: dict[float, float], decimals: int) -> str:
    places = 0 if step >= 1 else max(decimals, -math.floor(math.log10(step)))
    parts = []
    for value, y in place_y.items():
        parts.append(f'<line class="guide" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        text = escape(number(lang, value, places))
        parts.append(f'<text class="tick" x="{WIDTH - RIGHT + 6}" y="{y + 4:.1f}">{text}</text>')
    return "".join(parts)


def line(lang: str, series: Series, label: str, decimals: int = 0) -> Raw:
    """The line with its text alternative ``label``; first and last year are named under it."""
    values = [value for _, value in series.known]
    low, high, step = _bounds(values)
    first, last = series.years[0], series.years[-1]

    def x(year: float) -> float:
        return LEFT + 4 + (WIDTH - LEFT - RIGHT - 8) * (year - first) / max(last - first, 1)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    steps = round((high - low) / step)
    lines = [low + i * step for i in range(steps + 1)]
    grid = _grid(lang, step, {value: y(value) for value in lines}, decimals)
    drawn = []
    for run in _stretches(series):
        points = " ".join(f"{x(year):.1f},{y(value):.1f}" for year, value in run)
        drawn.append(f'<polyline class="line" points="{points}"/>')
    for year, value in series.known:
        style = "dot hollow" if year in series.estimated else "dot"
        drawn.append(f'<circle class="{style}" cx="{x(year):.1f}" cy="{y(value):.1f}" r="2.6"/>')
    for year in series.breaks:
        at = x(year - 0.5)
        drawn.append(f'<line class="break" x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}"/>')
    ends = (
        f'<text class="tick" x="{x(first):.0f}" y="{HEIGHT - 5}">{first}</text>'
        f'<text class="tick" text-anchor="end" x="{x(last) + 4:.0f}" y="{HEIGHT - 5}">{last}</text>'
    )
    return Raw(
        f'<svg class="line-svg" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f"{grid}{''.join(drawn)}{ends}</svg>"
    )
