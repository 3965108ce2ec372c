"""How a compared unit looks: colour, dash and symbol, the same on every chart and page.

A unit's look comes from its id, so that adding, removing or moving others leaves it alone; only where two
units would look alike, the later one takes the next free look.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from components.attributes import aria


class Look(NamedTuple):
    """``colour`` is a token of the colour scheme; ``dash`` and ``symbol`` are plotly's words."""

    slot: int
    colour: str
    dash: str
    symbol: str


DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "12px,3px", "8px,3px,2px,3px,2px,3px",
          "4px,2px", "2px,6px")  # fmt: skip
SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "triangle-down",
    "pentagon",
    "hexagon",
    "star",
    "cross",
    "x",
)
LOOKS = tuple(
    Look(slot, f"var(--unit-{slot})", dash, symbol)
    for slot, (dash, symbol) in enumerate(zip(DASHES, SYMBOLS, strict=True))
)


@lru_cache(maxsize=8192)
def _home(unit_id: str) -> int:
    return hashlib.sha256(unit_id.encode()).digest()[0] % len(LOOKS)


def assign_looks(ids: Iterable[str]) -> dict[str, Look]:
    """A look for each of up to ten units, no two alike."""
    taken: dict[int, str] = {}
    for unit_id in ids:
        start = _home(unit_id)
        slot = next(
            (s % len(LOOKS) for s in range(start, start + len(LOOKS)) if s % len(LOOKS) not in taken), start
        )
        taken[slot] = unit_id
    return {unit_id: LOOKS[slot] for slot, unit_id in taken.items()}


def swatch(look: Look) -> Component:
    """A short piece of the unit's line with its symbol, drawn by the style sheet."""
    return html.Span(
        html.Span(className=f"unit-symbol {look.symbol}"),
        className=f"unit-swatch u{look.slot}",
        **aria(hidden=True),
    )
