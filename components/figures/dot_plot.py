"""The dot plot: one row an axis, one dot a unit, on the percentile scale of the radar."""

from typing import Any

from components.compared import assign_looks
from components.comparison_words import axis_label, hover_text, unit_names, wrap
from components.figures.radar import TICKS, chart_layout
from components.view import View
from data.comparison import Comparison
from data.comparison_notes import is_estimate


def _dots(view: View, comparison: Comparison, at: int) -> dict[str, Any]:
    unit, row = comparison.units[at], comparison.points[at]
    look = assign_looks(u.id for u in comparison.units)[unit.id]
    name = unit_names(view, comparison)[unit.id]
    shown = [
        (i, axis, p)
        for i, (axis, p) in enumerate(zip(comparison.axes, row, strict=True))
        if p.score is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "cliponaxis": False,
        "x": [round(p.score or 0.0, 1) for _, _, p in shown],
        "y": [i for i, _, _ in shown],
        "marker": {
            "color": look.colour,
            "size": 12,
            "line": {"width": 1.75, "color": look.colour},
            "symbol": [f"{look.symbol}-open" if is_estimate(p) else look.symbol for _, _, p in shown],
        },
        "hovertext": [hover_text(view, name, axis, p) for _, axis, p in shown],
        "hoverinfo": "text",
    }


def _spans(comparison: Comparison) -> dict[str, Any]:
    """A quiet line on every row from the lowest to the highest unit."""
    x: list[float | None] = []
    y: list[int | None] = []
    for at in range(len(comparison.axes)):
        scores = [score for row in comparison.points if (score := row[at].score) is not None]
        if len(scores) > 1:
            x += [round(min(scores), 1), round(max(scores), 1), None]
            y += [at, at, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "span",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": "var(--grid)", "width": 4},
    }


def dot_plot(view: View, comparison: Comparison) -> dict[str, Any]:
    """The figure; a missing score has no dot, an estimate a hollow one. Empty comparison: no traces."""
    if not comparison.units:
        return {"data": [], "layout": chart_layout(view)}
    n = len(comparison.axes)
    layout = chart_layout(view)
    layout |= {
        "margin": {"l": 10, "r": 24, "t": 34, "b": 12},
        "xaxis": {
            "range": [0, 100],
            "tickvals": [0, *TICKS, 100],
            "side": "top",
            "gridcolor": "var(--grid)",
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"color": "var(--muted)", "size": 11},
        },
        "yaxis": {
            "range": [n - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": list(range(n)),
            "automargin": True,
            "ticktext": [wrap(view.lang, axis_label(view, axis), 18) + "  " for axis in comparison.axes],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [
            {
                "type": "line",
                "x0": 50,
                "x1": 50,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": "var(--median)", "width": 1.5},
            }
        ],
        "meta": {"panels": 0, "titles": []},
    }
    return {
        "data": [_spans(comparison), *(_dots(view, comparison, at) for at in range(len(comparison.units)))],
        "layout": layout,
    }
