"""The comparison page: the address decides what is compared; every part follows it in one answer."""

from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from components.comparison_chart import chart_figure, chart_label, frame_props
from components.comparison_controls import axis_options, find_hits, suggestions
from components.comparison_parts import examples, notes, presets, tools, unit_list
from components.comparison_table import comparison_table
from components.comparison_words import sum_up
from components.ids import Compare, Shell, control
from components.pages.compare import body_class, find
from components.view import View, make_view
from data.observatory import Observatory

PARTS = (
    (Compare.BODY, "className"),
    (Compare.UNITS, "children"),
    (Compare.TOOLS, "children"),
    (Compare.SENTENCE, "children"),
    (Compare.EXAMPLES, "children"),
    (Compare.PRESETS, "children"),
    (Compare.FRAME, "className"),
    (Compare.FRAME, "style"),
    (Compare.FRAME, "aria-label"),
    (Compare.NOTES, "children"),
    (Compare.TABLE, "children"),
    (Compare.FIGURE, "data"),
)


def compare_view(obs: Observatory, path: object, query: object) -> View:
    """The view of an address of this page; any other page's address updates nothing here."""
    view = make_view(obs, path, query)
    if view is None or view.page != "compare":
        raise PreventUpdate
    return view


def parts(view: View) -> list[Any]:
    """Everything that follows the address, in the order of the outputs."""
    found = find(view)
    style, height = frame_props(view, found)
    return [
        body_class(view, found),
        unit_list(view, found),
        tools(view, found),
        sum_up(view, found),
        examples(view, found),
        presets(view, found),
        style,
        height,
        chart_label(view, found),
        notes(view, found),
        comparison_table(view, found, sent=True),
        chart_figure(view, found),
        *axis_options(view, found),
    ]


def register(app: Dash, obs: Observatory) -> None:
    """Wire the page."""
    app.clientside_callback(
        "function(figure) { return dash_clientside.gco.compare.draw(figure); }",
        Output(Compare.CHART, "figure"),
        Input(Compare.FIGURE, "data"),
    )

    @app.callback(
        [
            *(Output(name, part) for name, part in PARTS),
            *(Output(control("axes", "list", theme), "options") for theme in obs.catalogue.themes),
        ],
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def update(query: object, path: object) -> list[Any]:
        return parts(compare_view(obs, path, query))

    @app.callback(
        Output(Compare.HITS, "children"),
        Output(Compare.FOUND, "children"),
        Input(Compare.SEARCH, "value"),
        State(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def suggest(text: object, path: object, query: object) -> tuple[Any, str]:
        view, typed = compare_view(obs, path, query), text if isinstance(text, str) else ""
        hits = find_hits(view, typed)
        n = sum(len(found) for found in hits.values())
        return suggestions(view, typed, hits), view.t("compare.search.found", n=n) if typed else ""
