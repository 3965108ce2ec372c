"""A small radar of theme scores as inline SVG: one outline, a median ring, a gap where a score is missing."""

import math
from collections.abc import Sequence
from html import escape

from components.locale import MISSING, number
from components.prerender import Raw

RADIUS, CENTRE_X, CENTRE_Y = 96.0, 228.0, 142.0
WIDTH, HEIGHT = 456, 284
RINGS = (25, 50, 75, 100)
LINE = 14

Axis = tuple[str, float | None]
"""(label, score from 0 to 100 or ``None``)."""


def _spot(at: int, n: int, score: float) -> tuple[float, float]:
    angle, far = 2 * math.pi * at / n, RADIUS * score / 100
    return CENTRE_X + far * math.sin(angle), CENTRE_Y - far * math.cos(angle)


def _ring(n: int, score: float) -> str:
    points = " ".join("{:.1f},{:.1f}".format(*_spot(at, n, score)) for at in range(n))
    return f'<polygon class="{"median" if score == 50 else "guide"}" points="{points}"/>'


def _lines(label: str) -> list[str]:
    """A label in two lines where it is long: broken at the space nearest to its middle."""
    spaces = [i for i, c in enumerate(label) if c == " "]
    if len(label) <= 16 or not spaces:
        return [label]
    cut = min(spaces, key=lambda i: abs(i - len(label) / 2))
    return [label[:cut], label[cut + 1 :]]


def _label(at: int, n: int, axis: Axis, lang: str) -> str:
    x, y = _spot(at, n, 112)
    anchor = "middle" if abs(x - CENTRE_X) < 9 else "start" if x > CENTRE_X else "end"
    lines = _lines(axis[0])
    top = y - LINE * len(lines) + 4 if y < CENTRE_Y - 40 else y + (6 if y > CENTRE_Y + 40 else -LINE / 2)
    spans = [
        f'<tspan x="{x:.0f}" y="{top + LINE * i:.0f}">{escape(line)}</tspan>' for i, line in enumerate(lines)
    ]
    score = number(lang, axis[1]) if axis[1] is not None else MISSING
    spans.append(f'<tspan class="score" x="{x:.0f}" y="{top + LINE * len(lines):.0f}">{score}</tspan>')
    return f'<text text-anchor="{anchor}">{"".join(spans)}</text>'


def _outline(axes: Sequence[Axis]) -> str:
    """Lines between neighbours that are both known, and a dot at every known score."""
    n, parts = len(axes), []
    spots = [None if score is None else _spot(at, n, score) for at, (_, score) in enumerate(axes)]
    for at, here in enumerate(spots):
        there = spots[(at + 1) % n]
        if here and there:
            parts.append(f"M{here[0]:.1f} {here[1]:.1f}L{there[0]:.1f} {there[1]:.1f}")
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in filter(None, spots))
    return f'<path class="line" d="{"".join(parts)}"/>{dots}'


def radar(lang: str, axes: Sequence[Axis], label: str, ticks: str = "50") -> Raw:
    """The radar with its text alternative ``label``; ``ticks`` is what the median ring is called."""
    n = len(axes)
    spokes = "".join(
        '<line class="guide" x1="{}" y1="{}" x2="{:.1f}" y2="{:.1f}"/>'.format(
            CENTRE_X, CENTRE_Y, *_spot(at, n, 100)
        )
        for at in range(n)
    )
    x, y = _spot(0, n, 50)
    tick = f'<text class="tick" x="{x + 5:.1f}" y="{y - 3:.1f}">{escape(ticks)}</text>'
    labels = "".join(_label(at, n, axis, lang) for at, axis in enumerate(axes))
    rings = "".join(_ring(n, score) for score in RINGS)
    return Raw(
        f'<svg class="radar-svg" role="img" aria-label="{escape(label)}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{rings}{spokes}{tick}{_outline(axes)}{labels}</svg>"
    )
