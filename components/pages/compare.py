"""Compare: up to ten clusters or regions on five dimensions or chosen figures, as chart and table."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.comparison_chart import chart_figure, chart_kind, chart_label, chart_stand_in, frame_props
from components.comparison_controls import chart_controls, plain_hidden, plain_search, search_field
from components.comparison_parts import examples, notes, presets, tools, unit_list
from components.comparison_table import comparison_table
from components.comparison_words import sum_up
from components.ids import Compare
from components.prerender import StandIns
from components.view import View
from data.comparison import OVERLAID, Comparison, compare

CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "showSendToCloud": False,
    "doubleClick": False,
    "plotlyServerURL": "",
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "topojsonURL": "/assets/topojson/",
}


def title(view: View) -> str:
    """Title of the document."""
    return view.t("compare.title")


def description(view: View) -> str:
    """One sentence for search engines and previews."""
    found = compare(view.obs, view.selection)
    return sum_up(view, found) if found.units else view.t("compare.description")


def find(view: View) -> Comparison:
    """The comparison of a view."""
    return compare(view.obs, view.selection)


def body_class(view: View, comparison: Comparison) -> str:
    """How the page is laid out: empty, table only, one chart beside its notes, or many charts above them."""
    if not comparison.units:
        return "compare-body empty"
    kind = chart_kind(view, comparison)
    if kind == "table":
        return "compare-body tabular"
    return "compare-body many" if kind == "radar" and len(comparison.units) > OVERLAID else "compare-body"


def _chart(view: View, comparison: Comparison) -> Component:
    style, height = frame_props(view, comparison)
    graph = dcc.Graph(
        id=Compare.CHART,
        config=CONFIG | {"locale": view.lang},
        responsive=True,
        className="graph",
        figure={"data": [], "layout": {}},
    )
    return html.Section(
        [
            html.Div(
                graph,
                id=Compare.FRAME,
                className=style,
                style=height,
                tabIndex="0",
                role="group",
                **aria(label=chart_label(view, comparison), keyshortcuts="R D T", describedby="compare-keys"),
            ),
            html.P(view.t("compare.chart.keys"), id="compare-keys", className="chart-keys small"),
        ],
        className="chart-part",
    )


def layout(view: View) -> Component:
    """The page's body for a view."""
    found = find(view)
    head = html.Div(
        [html.H1(view.t("compare.heading")), html.Div(tools(view, found), id=Compare.TOOLS)],
        className="compare-head",
    )
    units = html.Section(
        [
            search_field(view),
            html.Ol(unit_list(view, found), id=Compare.UNITS, className="compared-list"),
        ],
        className="units-part",
        **aria(label=view.t("compare.units")),
    )
    axes = html.Nav(
        html.Ul(presets(view, found), id=Compare.PRESETS, className="presets"),
        **aria(label=view.t("compare.axes.presets")),
    )
    beside = html.Aside(html.Div(notes(view, found), id=Compare.NOTES), className="notes-part")
    return html.Div(
        [
            head,
            html.P(
                sum_up(view, found), id=Compare.SENTENCE, className="lead sentence", **aria(live="polite")
            ),
            units,
            html.Section(examples(view, found), id=Compare.EXAMPLES, className="examples-part"),
            html.Div([axes, chart_controls(view, found)], className="steer"),
            html.Div([_chart(view, found), beside], className="chart-and-notes"),
            html.Div(comparison_table(view, found), id=Compare.TABLE, className="table-part"),
            dcc.Store(id=Compare.FIGURE, data=chart_figure(view, found)),
        ],
        id=Compare.BODY,
        className=body_class(view, found),
    )


def stand_ins(view: View) -> StandIns:
    """An SVG for the chart, plain fields for the search and for the rest of the address."""
    return {
        Compare.CHART: chart_stand_in(view, find(view)),
        Compare.SEARCH: plain_search(view),
        Compare.HIDDEN: plain_hidden(view),
    }
