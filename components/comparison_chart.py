"""The chart of the comparison: which one is drawn, its frame, and what its picture carries with it."""

from functools import lru_cache
from typing import Any

from components.comparison_words import join, reference_lines, sum_up, unit_names
from components.figures.dot_plot import dot_plot
from components.figures.profile_svg import dots_svg, radar_svg
from components.figures.radar import panel_count, radar
from components.prerender import Raw
from components.view import View
from data.comparison import ROUND, Comparison, find_point, theme_makeup
from data.observatory import Observatory

NAMED = 3
"""Units named in the heading of a picture; more are counted."""
CITED = 4


def chart_kind(view: View, comparison: Comparison) -> str:
    """``radar``, ``dots`` or ``table``; a radar of fewer than three axes becomes a dot plot."""
    wanted = view.selection.chart
    return "dots" if wanted == "radar" and len(comparison.axes) < ROUND else wanted


def frame_props(view: View, comparison: Comparison) -> tuple[str, dict[str, Any]]:
    """(class, style) of the chart's frame: both together fix its height before anything is drawn."""
    kind, panels = chart_kind(view, comparison), panel_count(comparison)
    name = f"profile-chart {kind}" + (f" panels n{panels}" if kind == "radar" and panels > 1 else "")
    if len(comparison.axes) % 2 == 0:
        name += " even"
    return name, {"--rows": str(max(len(comparison.axes), 1))}


@lru_cache(maxsize=256)
def _producers(obs: Observatory, comparison: Comparison) -> tuple[str, ...]:
    """Whose figures are drawn, the most used first."""
    counts: dict[str, int] = {}
    for axis in comparison.axes:
        shown = theme_makeup(obs, comparison, axis.id) if axis.indicator is None else (axis.indicator,)
        for indicator in shown:
            for unit in comparison.units:
                source = find_point(obs, unit.reference, unit.key, indicator.id).source_id
                if source:
                    counts[source] = counts.get(source, 0) + 1
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(dict.fromkeys(obs.catalogue.sources[name].producer for name in ranked))


def _sources(view: View, comparison: Comparison) -> str:
    producers = _producers(view.obs, comparison)
    first = ", ".join(producers[:CITED])
    if len(producers) > CITED:
        first = view.t("compare.picture.more", sources=first, n=len(producers) - CITED)
    return view.t("compare.picture.sources", sources=first)


def _picture(view: View, comparison: Comparison) -> dict[str, str]:
    """Title, subtitle and credit of the picture, and the start of its file name."""
    names = list(unit_names(view, comparison).values())
    title = (
        view.t("compare.picture.heading", names=join(view.lang, names))
        if len(names) <= NAMED
        else view.t("compare.picture.heading_many", n=len(names))
    )
    scale = view.t("compare.picture.themes" if comparison.themes else "compare.picture.indicators")
    return {
        "title": title,
        "subtitle": f"{scale}. {' '.join(reference_lines(view, comparison))}",
        "sources": _sources(view, comparison),
        "made": view.t("compare.picture.made", version=view.obs.version),
        "file": f"gco-{view.t('compare.picture.file')}-{comparison.units[0].id}"[:80],
        "lang": view.lang,
    }


def chart_figure(view: View, comparison: Comparison) -> dict[str, Any]:
    """The figure of the present chart with what its picture needs; without units or chart it is empty."""
    kind = chart_kind(view, comparison)
    if not comparison.units or kind == "table":
        return {"data": [], "layout": {}, "picture": None}
    figure = radar(view, comparison) if kind == "radar" else dot_plot(view, comparison)
    return {**figure, "picture": _picture(view, comparison)}


def chart_label(view: View, comparison: Comparison) -> str:
    """What a screen reader says of the chart."""
    kind = chart_kind(view, comparison)
    if kind == "table" or not comparison.units:
        return view.t("compare.figure.empty")
    chart = view.t(f"compare.chart.name.{kind}")
    return view.t("compare.figure.alternative", chart=chart, sentence=sum_up(view, comparison))


def chart_stand_in(view: View, comparison: Comparison) -> Raw:
    """The chart before, and without, JavaScript."""
    kind = chart_kind(view, comparison)
    if kind == "table" or not comparison.units:
        return Raw("")
    draw = radar_svg if kind == "radar" else dots_svg
    return draw(view, comparison, chart_label(view, comparison))
