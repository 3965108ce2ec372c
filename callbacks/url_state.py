"""The address and the controls follow each other; links keep the query; pages change with the path."""

from dash import ALL, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.routes import draw
from components.ids import Shell
from data.observatory import Observatory

CONTROL = {"type": "control", "key": ALL, "kind": ALL, "part": ALL}
LIST = {"type": "control", "key": ALL, "kind": "list", "part": ALL}
NAV = {"type": "nav", "page": ALL, "lang": ALL}


def _call(name: str, arguments: str) -> str:
    return f"function({arguments}) {{ return dash_clientside.gco.{name}({arguments}); }}"


def _address(app: Dash) -> None:
    app.clientside_callback(
        _call("write", "values, ids, search, defaults"),
        Output(Shell.URL, "search"),
        Input(CONTROL, "value"),
        State(CONTROL, "id"),
        State(Shell.URL, "search"),
        State(Shell.DEFAULTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        _call("read", "search, ids, lists, options, defaults, now"),
        Output(CONTROL, "value"),
        Input(Shell.URL, "search"),
        State(CONTROL, "id"),
        State(LIST, "id"),
        State(LIST, "options"),
        State(Shell.DEFAULTS, "data"),
        State(CONTROL, "value"),
        prevent_initial_call=True,
    )


def register(app: Dash, obs: Observatory) -> None:
    """Wire address, controls, links and pages."""
    _address(app)
    app.clientside_callback(
        _call("links", "search, hrefs"),
        Output(NAV, "href"),
        Input(Shell.URL, "search"),
        State(NAV, "href"),
    )
    app.clientside_callback(
        _call("ready", "children"),
        Output(Shell.READY, "data"),
        Input(Shell.FRAME, "children"),
    )

    # The first page comes with the layout (routes.first_layout); where it could not, the address asks for it.
    @app.callback(
        Output(Shell.FRAME, "children"),
        Input(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def show_page(path: object, search: object) -> Component:
        return draw(obs, path, search)
