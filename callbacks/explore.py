"""The map page: the address decides what map, list, card and legend show; marks and hits lead there."""

from functools import lru_cache
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.wire import seal
from components.chips import chips
from components.figures.world_map import world_map
from components.ids import Explore, Shell, control
from components.map_controls import layer_class, layer_indicator_choices, layer_industry_choices, legend
from components.map_picture import map_toolbar
from components.pages.explore import count_text, drawn_key, find
from components.place_card import place_card
from components.places_list import places_list
from components.search_box import search_hits
from components.view import View, make_view
from data.observatory import Observatory
from data.search import search

PARTS = (
    (Explore.FIGURE, "data"),
    (Explore.DRAWN, "data"),
    (Explore.LEGEND, "children"),
    (Explore.COUNT, "children"),
    (Explore.LIST, "children"),
    (Explore.CARD, "children"),
    (Explore.TOOLS, "children"),
    (Explore.LAYER, "className"),
)
SHARED = ((Shell.CHIPS, "children"), (Shell.LIVE, "children"))
CHOICES = (control("layer_by", "one"), control("layer_industry", "one"))


def explore_view(obs: Observatory, path: object, query: object) -> View:
    """The view of an address of this page; any other page's address updates nothing here."""
    view = make_view(obs, path, query)
    if view is None or view.page != "explore":
        raise PreventUpdate
    return view


def parts(view: View, key: object) -> list[Any]:
    """Everything that follows the address; the figure only if ``key`` is not what the map shows already."""
    return _parts(view, drawn_key(view) != key)


@lru_cache(maxsize=32)
def _parts(view: View, new: bool) -> list[Any]:
    """What was asked for lately is remembered, as JSON: the whole world is what everybody comes back to."""
    found = find(view)
    count, now = count_text(view, found), drawn_key(view)
    answer = [
        world_map(found.table, view) if new else no_update,
        now,
        legend(view, found.table) if new else no_update,
        count,
        places_list(found.table, view),
        place_card(view),
        map_toolbar(view, count),
        layer_class(view),
        chips(view) if new else no_update,
        count if new else no_update,
        layer_indicator_choices(view),
        layer_industry_choices(view),
    ]
    return [seal(part) for part in answer]


def _clientside(app: Dash, name: str, *parts: Any, first: bool = False) -> None:
    names = ", ".join(f"a{i}" for i in range(sum(not isinstance(p, Output) for p in parts)))
    body = f"function({names}) {{ return dash_clientside.gco.explore.{name}({names}); }}"
    app.clientside_callback(body, *parts, prevent_initial_call=not first)


def register(app: Dash, obs: Observatory) -> None:
    """Wire the page."""
    address = Output(Shell.URL, "search", allow_duplicate=True)
    now = State(Shell.URL, "search")
    _clientside(app, "draw", Output(Explore.MAP, "figure"), Input(Explore.FIGURE, "data"), first=True)
    # The address in a place that only this page has: on other pages the update below then never starts.
    _clientside(app, "address", Output(Explore.ADDRESS, "data"), Input(Shell.URL, "search"))
    _clientside(app, "choose", address, Input(Explore.MAP, "clickData"), now)
    _clientside(app, "outline", address, Input(Explore.MAP, "selectedData"), now)
    _clientside(app, "limit", address, Input(Explore.EVENT, "data"), now)
    _clientside(app, "follow", Input(Explore.CARD, "children"))

    @app.callback(
        [
            *(Output(name, part) for name, part in PARTS),
            *(Output(name, part, allow_duplicate=True) for name, part in SHARED),
            *(Output(name, "options") for name in CHOICES),
        ],
        Input(Explore.ADDRESS, "data"),
        State(Shell.URL, "pathname"),
        State(Explore.DRAWN, "data"),
        prevent_initial_call=True,
        running=[(Output(Explore.BODY, "className"), "explore-body busy", "explore-body")],
    )
    def update(query: object, path: object, shown: object) -> list[Any]:
        return parts(explore_view(obs, path, query), shown)

    @app.callback(
        Output(Explore.HITS, "children"),
        Output(Explore.FOUND, "children"),
        Input(Explore.SEARCH, "value"),
        State(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def suggest(text: object, path: object, query: object) -> tuple[Any, str]:
        view, typed = explore_view(obs, path, query), text if isinstance(text, str) else ""
        hits = search(obs, typed)
        n = sum(len(found) for found in hits.values())
        return search_hits(view, typed.strip()[:60], hits), view.t(
            "explore.search.found", n=n
        ) if typed else ""
