"""The comparison as a table: the same values as the chart, with unit, percentile, year, status and source."""

from functools import lru_cache
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.compared import assign_looks, swatch
from components.comparison_words import axis_label, hyphenate, unit_names, value_text, year_text
from components.locale import MISSING, number
from components.view import View
from data.comparison import Axis, Comparison, Point, find_axis, find_point, theme_makeup
from data.comparison_notes import is_estimate
from data.observatory import Observatory
from data.selection import DEFAULT

Node = dict[str, Any]


def _reason(view: View, point: Point) -> str:
    if not point.possible:
        return view.t("compare.table.undefined")
    return view.t(f"compare.status.{'confidential' if point.status == 'confidential' else 'missing'}")


def _facts(view: View, axis: Axis, point: Point) -> str:
    """The small print of a figure."""
    t = view.t
    if axis.indicator is None:
        rank, ranked = number(view.lang, point.rank), number(view.lang, point.ranked)
        facts = [t("compare.table.rank", rank=rank, ranked=ranked), f"{point.known}/{point.possible}"]
    else:
        facts = [
            t("compare.percentile_short", percentile=number(view.lang, point.score)),
            year_text(view, point),
        ]
    if is_estimate(point):
        facts.append(t(f"compare.status.{point.status}"))
    return " · ".join(fact for fact in facts if fact)


def _node(kind: str, children: Any, **props: Any) -> Node:
    """An element as Dash sends it; many times cheaper than a component, and there are hundreds of cells."""
    return {"type": kind, "namespace": "dash_html_components", "props": {"children": children, **props}}


def _component(node: Any) -> Any:
    """The same element as a component, for the page drawn by the server."""
    if isinstance(node, list):
        return [_component(child) for child in node]
    if not isinstance(node, dict):
        return node
    props = node["props"]
    return getattr(html, node["type"])(**{**props, "children": _component(props["children"])})


def _cell(obs: Observatory, lang: str, axis_id: str, point: Point) -> Node:
    """One figure; its small print leads to its source."""
    view, axis = View(obs, DEFAULT, lang, "compare"), find_axis(obs, axis_id)
    if point.score is None:
        return _node("Td", [MISSING, _node("Small", _reason(view, point))], className="figure-cell gone")
    small = _node("Small", _facts(view, axis, point))
    if point.source_id:
        # Sources are a plain document of their own, hence an ordinary link.
        title = view.t("compare.table.source", title=obs.catalogue.sources[point.source_id].title.get(lang))
        href = f"/{lang}/sources#source-{point.source_id}"
        small = _node("A", _facts(view, axis, point), href=href, title=title)
    style = "figure-cell estimate" if is_estimate(point) else "figure-cell"
    share = {"--share": f"{point.score / 100:.2f}"}
    return _node("Td", [value_text(view, axis, point), small], className=style, style=share)


def _head(obs: Observatory, lang: str, axis_id: str) -> Node:
    """The name of an axis; that of a figure leads to its description."""
    view, axis = View(obs, DEFAULT, lang, "compare"), find_axis(obs, axis_id)
    label: Any = hyphenate(lang, axis_label(view, axis))
    if axis.indicator is not None:
        title = axis.indicator.description.get(lang)
        label = _node("A", label, href=f"/{lang}/sources#{axis.id}", title=title)
    return _node("Th", label, scope="row")


@lru_cache(maxsize=16_384)
def _sent_cell(obs: Observatory, lang: str, axis_id: str, point: Point) -> orjson.Fragment:
    """A cell as it is sent, written once: an added unit costs its own cells only."""
    return orjson.Fragment(orjson.dumps(_cell(obs, lang, axis_id, point)))


@lru_cache(maxsize=1024)
def _sent_head(obs: Observatory, lang: str, axis_id: str) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(_head(obs, lang, axis_id)))


def _row(view: View, axis: Axis, points: tuple[Point, ...], style: str, sent: bool) -> Any:
    obs, lang = view.obs, view.lang
    if sent:
        cells: list[Any] = [_sent_cell(obs, lang, axis.id, point) for point in points]
        return _node("Tr", [_sent_head(obs, lang, axis.id), *cells], className=style)
    nodes = [_head(obs, lang, axis.id), *(_cell(obs, lang, axis.id, point) for point in points)]
    return html.Tr(_component(nodes), className=style)


def _theme_rows(view: View, comparison: Comparison, sent: bool) -> list[Component]:
    """Every theme and below it the figures it is made of."""
    rows = []
    for at, axis in enumerate(comparison.axes):
        points = tuple(row[at] for row in comparison.points)
        rows.append(_row(view, axis, points, "theme-row", sent))
        for indicator in theme_makeup(view.obs, comparison, axis.id):
            inner = Axis(indicator.id, indicator.theme, indicator)
            found = tuple(find_point(view.obs, u.reference, u.key, indicator.id) for u in comparison.units)
            rows.append(_row(view, inner, found, "inner-row", sent))
    return rows


def _indicator_rows(view: View, comparison: Comparison, sent: bool) -> list[Component]:
    """The axes, with a line for their theme before the first of each."""
    rows, theme = list[Component](), ""
    for at, axis in enumerate(comparison.axes):
        if axis.theme != theme:
            theme = axis.theme
            name = view.obs.catalogue.themes[theme].label.get(view.lang)
            rows.append(
                html.Tr(
                    html.Th(name, colSpan=len(comparison.units) + 1, scope="colgroup"), className="part-row"
                )
            )
        rows.append(_row(view, axis, tuple(row[at] for row in comparison.points), "", sent))
    return rows


def comparison_table(view: View, comparison: Comparison, sent: bool = False) -> Component | None:
    """The table; nothing for an empty comparison. ``sent`` gives the form that goes into a JSON answer."""
    if not comparison.units:
        return None
    looks, names = assign_looks(u.id for u in comparison.units), unit_names(view, comparison)
    heads = [
        html.Th(
            [swatch(looks[u.id]), html.Span(names[u.id]), html.Small(u.countries[view.lang])], scope="col"
        )
        for u in comparison.units
    ]
    first = view.t("compare.table.dimension" if comparison.themes else "compare.table.axis")
    rows = (_theme_rows if comparison.themes else _indicator_rows)(view, comparison, sent)
    caption = view.t("compare.table.caption_themes" if comparison.themes else "compare.table.caption")
    head = html.Thead(html.Tr([html.Th(first, scope="col"), *heads]))
    table = html.Table(
        [html.Caption(html.Span(caption)), head, html.Tbody(rows)],
        className="figures comparison",
        style={"--units": len(heads)},
    )
    return html.Div(
        table, className="scroll", tabIndex="0", role="region", **aria(label=view.t("compare.table.title"))
    )
