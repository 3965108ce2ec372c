"""The portfolio of a region as bubbles: specialisation across, growth up, size as area. Inline SVG.

Names are written beside the bubbles of greatest weight as far as they do not overlap; all values stand in the
table below the chart.
"""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from components.figures.svg_line import nice_step
from components.locale import number
from components.prerender import Raw

WIDTH, HEIGHT = 760.0, 420.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 16.0, 48.0
LOW_LQ, HIGH_LQ = 0.125, 16.0
LQ_TICKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
LARGEST = 30.0
NAMED = 12


class Bubble(NamedTuple):
    """An industry: label, title on pointing, quotient, height on the scale, size, and how it is drawn."""

    label: str
    title: str
    quotient: float
    height: float
    size: float
    cluster: bool
    estimated: bool


class Axes(NamedTuple):
    """Words of the chart: across, up, and its text alternative."""

    across: str
    up: str
    label: str


def _x(quotient: float, low: float, high: float) -> float:
    held = min(max(quotient, low), high)
    share = math.log2(held / low) / math.log2(high / low)
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def _range(bubbles: Sequence[Bubble]) -> tuple[float, float, float]:
    """(lowest, highest, step) of the upright scale; one runaway does not press all others together."""
    heights = sorted(b.height for b in bubbles)
    cut = max(len(heights) // 25, 0)
    kept = heights[cut : len(heights) - cut] or heights
    low, high = min(kept[0], 0.0), max(kept[-1], 0.0)
    step = nice_step((high - low) or 1.0, 5)
    return math.floor(low / step) * step, max(math.ceil(high / step) * step, step), step


def _grid(lang: str, scale: tuple[float, float, float], lqs: tuple[float, float], axes: Axes) -> str:
    low, high, step = scale
    parts = []
    for i in range(round((high - low) / step) + 1):
        value = low + i * step
        y = TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)
        style = "median" if abs(value) < step / 100 else "guide"
        text = number(lang, value, 0 if step >= 1 else 1)
        parts.append(f'<line class="{style}" x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - RIGHT}" y2="{y:.0f}"/>')
        parts.append(f'<text class="tick" text-anchor="end" x="{LEFT - 8}" y="{y + 4:.0f}">{text}</text>')
    for tick in (t for t in LQ_TICKS if lqs[0] <= t <= lqs[1]):
        x = _x(tick, *lqs)
        text = number(lang, tick, 0 if tick >= 1 else 1 if tick == 0.5 else 2 if tick == 0.25 else 3)
        style = "median" if tick == 1 else "guide"
        parts.append(f'<line class="{style}" x1="{x:.0f}" y1="{TOP}" x2="{x:.0f}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(
            f'<text class="tick" text-anchor="middle" x="{x:.0f}" y="{HEIGHT - BOTTOM + 16}">{text}</text>'
        )
    middle = TOP + (HEIGHT - TOP - BOTTOM) / 2
    parts.append(
        f'<text class="axis" text-anchor="middle" x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}">'
        f"{escape(axes.across)}</text>"
    )
    parts.append(
        f'<text class="axis" text-anchor="middle" transform="translate(12 {middle:.0f}) rotate(-90)">'
        f"{escape(axes.up)}</text>"
    )
    return "".join(parts)


Box = tuple[float, float, float, float]


def _free(box: Box, taken: list[Box]) -> bool:
    inside = box[0] >= LEFT and box[2] <= WIDTH and box[1] >= 2 and box[3] <= HEIGHT - BOTTOM
    return inside and not any(
        box[0] < t[2] and box[2] > t[0] and box[1] < t[3] and box[3] > t[1] for t in taken
    )


def _names(placed: list[tuple[Bubble, float, float, float]]) -> str:
    """Labels of the weightiest bubbles that find a free place right, left, above or below of theirs."""
    taken: list[Box] = [
        (x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for b, x, y, r in placed if b.cluster or r > 14
    ]
    ranked = sorted(placed, key=lambda p: (-p[0].cluster, -p[0].size * max(p[0].quotient, 0.3)))
    parts = []
    for bubble, x, y, r in ranked[: NAMED * 2]:
        wide = len(bubble.label) * 6.4
        spots = (
            (x + r + 4, y + 4, "start"),
            (x - r - 4, y + 4, "end"),
            (x, y - r - 5, "middle"),
            (x, y + r + 13, "middle"),
        )
        for left, base, anchor in spots:
            start = left if anchor == "start" else left - wide if anchor == "end" else left - wide / 2
            box = (start, base - 11, start + wide, base + 3)
            if _free(box, taken):
                taken.append(box)
                parts.append(
                    f'<text class="name" text-anchor="{anchor}" x="{left:.0f}" y="{base:.0f}">'
                    f"{escape(bubble.label)}</text>"
                )
                break
        if len(parts) >= NAMED:
            break
    return "".join(parts)


def bubbles(lang: str, items: Sequence[Bubble], axes: Axes) -> Raw:
    """The chart; what lies beyond the scale is drawn at its edge, small bubbles over large ones."""
    scale = low, high, _ = _range(items)
    top = max(b.quotient for b in items)
    lqs = (LOW_LQ, next(t for t in (4.0, 8.0, HIGH_LQ) if t >= min(top, HIGH_LQ)))
    largest = max(b.size for b in items)
    placed = []
    for bubble in sorted(items, key=lambda b: -b.size):
        held = min(max(bubble.height, low), high)
        y = TOP + (HEIGHT - TOP - BOTTOM) * (high - held) / (high - low)
        placed.append(
            (bubble, _x(bubble.quotient, *lqs), y, max(LARGEST * math.sqrt(bubble.size / largest), 2.0))
        )
    marks = "".join(
        f'<circle class="{"bubble cluster" if b.cluster else "bubble"}{" hollow" if b.estimated else ""}" '
        f'cx="{x:.0f}" cy="{y:.0f}" r="{r:.1f}"><title>{escape(b.title)}</title></circle>'
        for b, x, y, r in placed
    )
    return Raw(
        f'<svg class="bubble-svg" role="img" aria-label="{escape(axes.label)}" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">{_grid(lang, scale, lqs, axes)}{marks}{_names(placed)}</svg>'
    )
