"""The guarded radar: percentiles on a fixed scale, outlines with a median ring, gaps where nothing is known.

Comparison in, plain dictionary out. Colours are tokens (``var(--…)``), and the places of the panels are left
to the browser, which knows colour scheme and width; above four units every unit gets a panel of its own.
"""

from typing import Any

from components.compared import assign_looks
from components.comparison_words import axis_label, hover_text, unit_names, wrap
from components.view import View
from data.comparison import OVERLAID, Comparison
from data.comparison_notes import is_estimate

Trace = dict[str, Any]
TICKS = (25, 50, 75)
FONT = "system-ui, Segoe UI, Roboto, Noto Sans, sans-serif"


def panel_count(comparison: Comparison) -> int:
    """How many panels the radar has: one for up to four units, else one a unit."""
    n = len(comparison.units)
    return n if n > OVERLAID else 1


def _subplot(panel: int) -> str:
    return "polar" if panel == 0 else f"polar{panel + 1}"


def _median(comparison: Comparison, panel: int) -> Trace:
    """The ring of the median, drawn under the outlines."""
    n = len(comparison.axes)
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "name": "median",
        "subplot": _subplot(panel),
        "r": [50] * (n + 1),
        "theta": [*(str(i) for i in range(n)), "0"],
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": "var(--median)", "width": 1.5},
    }


def _outline(view: View, comparison: Comparison, at: int, panel: int) -> Trace:
    unit, row = comparison.units[at], comparison.points[at]
    look = assign_looks(u.id for u in comparison.units)[unit.id]
    name = unit_names(view, comparison)[unit.id]
    ring = [*range(len(row)), 0]
    symbols = [f"{look.symbol}-open" if is_estimate(p) else look.symbol for p in row]
    hover = [hover_text(view, name, axis, p) for axis, p in zip(comparison.axes, row, strict=True)]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": name,
        "subplot": _subplot(panel),
        "r": [None if (score := row[i].score) is None else round(score, 1) for i in ring],
        "theta": [str(i) for i in ring],
        "connectgaps": False,
        "fill": "none",
        "line": {"color": look.colour, "dash": look.dash, "width": 2.5},
        "marker": {
            "color": look.colour,
            "symbol": [symbols[i] for i in ring],
            "size": 9,
            "line": {"width": 1.75, "color": look.colour},
        },
        "hovertext": [hover[i] for i in ring],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _polar(view: View, comparison: Comparison) -> dict[str, Any]:
    n = len(comparison.axes)
    return {
        "gridshape": "linear",
        "bgcolor": "rgba(0,0,0,0)",
        "angularaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [str(i) for i in range(n)],
            "direction": "clockwise",
            "rotation": 90,
            "tickmode": "array",
            "tickvals": list(range(n)),
            "ticktext": [wrap(view.lang, axis_label(view, axis)) for axis in comparison.axes],
            "ticks": "",
            "gridcolor": "var(--grid)",
            "linecolor": "var(--grid)",
            "tickfont": {"color": "var(--ink)"},
        },
        "radialaxis": {
            "range": [0, 100],
            "tickvals": list(TICKS),
            "ticktext": [str(t) for t in TICKS],
            "angle": 90,
            "tickangle": 90,
            "gridcolor": "var(--grid)",
            "showline": False,
            "ticks": "",
            "tickfont": {"color": "var(--muted)", "size": 10},
            "fixedrange": True,
            "layer": "below traces",
        },
    }


def chart_layout(view: View) -> dict[str, Any]:
    """What all charts of the page share."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "autosize": True,
        "font": {"color": "var(--ink)", "size": 12, "family": FONT},
        "hoverlabel": {
            "bgcolor": "var(--raised)",
            "bordercolor": "var(--edge)",
            "align": "left",
            "font": {"color": "var(--ink)", "size": 12},
        },
        "separators": ",." if view.lang == "de" else ".,",
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    }


def radar(view: View, comparison: Comparison) -> dict[str, Any]:
    """The figure. ``layout.meta`` tells the browser the number of panels and their titles.

    A missing score is a gap in the outline; an estimate is a hollow mark. Empty comparison: no traces.
    """
    if not comparison.units:
        return {"data": [], "layout": chart_layout(view)}
    panels = panel_count(comparison)
    data: list[Trace] = [_median(comparison, panel) for panel in range(panels)]
    data += [_outline(view, comparison, at, at if panels > 1 else 0) for at in range(len(comparison.units))]
    names = unit_names(view, comparison)
    titles = [wrap(view.lang, names[u.id], 34) for u in comparison.units] if panels > 1 else []
    polar = _polar(view, comparison)
    layout = {**chart_layout(view), **{_subplot(panel): polar for panel in range(panels)}}
    layout["meta"] = {"panels": panels, "titles": titles}
    return {"data": data, "layout": layout}
