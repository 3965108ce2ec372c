"""The ranking as an interactive grid: rows come from the server as one scrolls; the address decides."""

from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from components.ids import Rank
from components.tables import column_of, head_note, head_text
from components.view import View
from components.words import catalogue
from data.ranking_columns import Column
from data.ranking_table import Ranking, can_sort

BLOCK = 100
ROW_HEIGHT, HEAD_HEIGHT = 40, 56
WIDTHS = {
    "rank": 78,
    "reference_rank": 104,
    "name": 310,
    "country": 164,
    "kind": 190,
    "top_size": 200,
    "top_lq": 200,
}
COMPARE = "compare"


def _definition(view: View, ranking: Ranking, name: str) -> dict[str, Any]:
    column: Column = column_of(view, ranking, name)
    figure = column.numeric and name not in {"rank", "reference_rank"}
    down = column.numeric and column.direction >= 0
    now = ("desc" if ranking.descending else "asc") if ranking.sort == name else None
    return {
        "field": name,
        "colId": name,
        "headerName": head_text(column),
        "headerTooltip": head_note(view, column),
        "initialWidth": WIDTHS.get(name, 158),
        "type": "rightAligned" if column.numeric else None,
        "cellRenderer": "RankFigure" if figure else "RankName" if name == "name" else None,
        "sortable": can_sort(view.obs, ranking.unit, name),
        "sort": now,
        "sortingOrder": ["desc", "asc"] if down else ["asc", "desc"],
        "initialPinned": "left" if name in {"rank", "name"} else None,
    }


def column_definitions(view: View, ranking: Ranking) -> list[dict[str, Any]]:
    """The columns of the grid, the one of the comparison after the name."""
    found = [_definition(view, ranking, name) for name in ranking.columns]
    if ranking.unit != "industries":
        texts = {name: view.t(f"rank.table.{name}") for name in ("add", "remove", "full")}
        found.insert(
            2,
            {
                "colId": COMPARE, "headerName": view.t("rank.table.compare"), "initialWidth": 100, "sortable": False,
                "headerTooltip": view.t("rank.table.compare_tip"), "cellRenderer": "RankCompare",
                "cellRendererParams": {"texts": texts}, "sort": None,
            },
        )  # fmt: skip
    return found


def rows_key(view: View, ranking: Ranking) -> str:
    """Names what the rows hold apart from their order; equal keys need no new rows."""
    filters = view.selection.but(sort="", descending=True, columns=(), ids=(), place="", colour="", size="")
    return f"{view.lang}?{filters.to_query()}#{'~'.join(ranking.columns)}"


def grid_words(lang: str) -> dict[str, str]:
    """The grid's own words."""
    prefix = "rank.grid."
    return {key.removeprefix(prefix): text for key, text in catalogue(lang).items() if key.startswith(prefix)}


def ranking_grid(view: View, ranking: Ranking) -> Component:
    """The grid of a view; its rows are asked for once it stands."""
    grid: Component = dag.AgGrid(
        id=Rank.GRID,
        className="rank-grid",
        columnDefs=column_definitions(view, ranking),
        defaultColDef={"resizable": True, "sortable": False, "wrapHeaderText": True,
                       "suppressHeaderMenuButton": True, "suppressMovable": True, "minWidth": 70},
        rowModelType="infinite",
        dashGridOptions={
            "cacheBlockSize": BLOCK, "infiniteInitialRowCount": max(len(ranking), 1),
            "maxConcurrentDatasourceRequests": 1, "rowHeight": ROW_HEIGHT, "headerHeight": HEAD_HEIGHT,
            "localeText": grid_words(view.lang), "ensureDomOrder": True, "enableCellTextSelection": True,
            "tooltipShowDelay": 300, "suppressColumnMoveAnimation": True, "animateRows": False,
            "suppressMultiSort": True, "suppressDragLeaveHidesColumns": True,
            "suppressColumnVirtualisation": True,
        },
        eventListeners={"cellKeyDown": ["rankKey(params)"]},
        style={"height": None, "width": None},
    )  # fmt: skip
    return grid
