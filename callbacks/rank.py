"""The ranking page: the address decides rows, order and columns; the grid asks for the rows it shows."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate
from fastapi.concurrency import run_in_threadpool

from components.chips import chips
from components.column_chooser import options, values
from components.controls import toolbar
from components.ids import Rank, Shell
from components.pages.rank import (
    ADDRESS,
    compare_tray,
    count_text,
    find,
    page_state,
    summary_text,
    unit_links,
)
from components.ranking_grid import BLOCK, column_definitions
from components.tables import row_cells
from components.view import View, make_view
from data.observatory import Observatory
from data.ranking_table import can_sort

BOXES = {"type": str(Rank.COLUMNS), "part": ALL}
PARTS = (
    (Rank.COUNT, "children"), (Rank.SUMMARY, "children"), (Rank.UNITS, "children"), (Rank.TOOLS, "children"),
    (Rank.TRAY, "children"), (Rank.STATE, "data"),
)  # fmt: skip


def rank_view(obs: Observatory, path: object, query: object) -> View:
    """The view of an address of this page; any other page's address updates nothing here."""
    view = make_view(obs, path, query)
    if view is None or view.page != "rank":
        raise PreventUpdate
    return view


def _whole(value: object, default: int) -> int:
    """A row number from a request; anything else counts as ``default``."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6
    return int(value) if fits else default  # type: ignore[call-overload]


def in_order(view: View, model: object) -> View:
    """The view in the order that the grid's head asks for, if it asks for one that exists."""
    first = model[0] if isinstance(model, list) and model else None
    if not isinstance(first, dict):
        return view
    name, down = first.get("colId"), first.get("sort") != "asc"
    if not isinstance(name, str) or not can_sort(view.obs, view.selection.unit, name):
        return view
    changed = view.selection.but(sort=name, descending=down)
    return View(view.obs, changed, view.lang, view.page)


def rows(view: View, request: object) -> dict[str, Any]:
    """The block of rows a grid asks for, at most :data:`BLOCK` of them, and how many there are."""
    asked = request if isinstance(request, dict) else {}
    view = in_order(view, asked.get("sortModel"))
    ranking, start = find(view), _whole(asked.get("startRow"), 0)
    stop = min(_whole(asked.get("endRow"), start + BLOCK), start + BLOCK)
    return {"rowData": row_cells(view, ranking, start, stop), "rowCount": len(ranking)}


def parts(view: View, before: object) -> list[Any]:
    """Everything that follows the address; columns only if they are not what the grid has already."""
    ranking = find(view)
    now, count = page_state(view, ranking), count_text(view, ranking)
    old = before if isinstance(before, dict) else {}
    same = old.get("key") == now["key"]
    summary = summary_text(view, ranking)
    boxes = [no_update] * len(values(view)) if same else values(view)
    choices = [no_update] * len(boxes) if same else list(options(view).values())
    told = no_update if same and old.get("order") == now["order"] else f"{count}. {summary}"
    return [
        count, summary, unit_links(view), toolbar(view), compare_tray(view), now,
        column_definitions(view, ranking), no_update if same else chips(view), told, boxes, choices,
    ]  # fmt: skip


def _clientside(app: Dash, name: str, *wired: Any) -> None:
    names = ", ".join(f"a{i}" for i in range(sum(not isinstance(p, Output) for p in wired)))
    body = f"function({names}) {{ return dash_clientside.gco.rank.{name}({names}); }}"
    app.clientside_callback(body, *wired, prevent_initial_call=True)


def _scripts(app: Dash) -> None:
    address = Output(Shell.URL, "search", allow_duplicate=True)
    now, state = State(Shell.URL, "search"), State(Rank.STATE, "data")
    _clientside(app, "order", address, Input(Rank.GRID, "getRowsRequest"), now, state)
    _clientside(app, "choose", address, Input(BOXES, "value"), now, state)
    _clientside(app, "refresh", Input(Rank.STATE, "data"))
    mine = {**ADDRESS, "part": ALL}
    _clientside(app, "follow", Output(mine, "data"), Input(Shell.URL, "search"), State(mine, "data"))
    _clientside(app, "drawn", Input(Rank.GRID, "getRowsResponse"))


def register(app: Dash, obs: Observatory) -> None:
    """Wire the page."""
    _scripts(app)

    @app.callback(
        Output(Rank.GRID, "getRowsResponse"),
        Input(Rank.GRID, "getRowsRequest"),
        State(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    async def fetch(request: object, path: object, query: object) -> dict[str, Any]:
        return await run_in_threadpool(rows, rank_view(obs, path, query), request)

    @app.callback(
        [
            *(Output(name, part) for name, part in PARTS),
            Output(Rank.GRID, "columnDefs"),
            *(Output(name, "children", allow_duplicate=True) for name in (Shell.CHIPS, Shell.LIVE)),
            *(Output(BOXES, part) for part in ("value", "options")),
        ],
        Input(ADDRESS, "data"),
        State(Shell.URL, "pathname"),
        State(Rank.STATE, "data"),
        prevent_initial_call=True,
        running=[(Output(Rank.BODY, "className"), "rank-body busy", "rank-body")],
    )
    async def update(query: object, path: object, before: object) -> list[Any]:
        return await run_in_threadpool(parts, rank_view(obs, path, query), before)
