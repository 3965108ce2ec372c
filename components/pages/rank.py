"""Clusters, regions or industries in order of any figure."""

import math
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.chips import chips
from components.column_chooser import chooser, chooser_state, plain_chooser
from components.controls import filters, toolbar
from components.ids import Rank, Shell
from components.locale import number
from components.prerender import StandIns
from components.ranking_grid import ranking_grid, rows_key
from components.tables import column_of, ranking_table
from components.view import View
from data.ranking_table import Ranking, table
from data.selection import UNITS

ADDRESS = {"type": str(Rank.ADDRESS), "part": "search"}
"""The query of this page alone: its followers sleep while another page is shown."""


def title(view: View) -> str:
    """Title of the document."""
    return view.t("rank.title")


def description(view: View) -> str:
    """One sentence for search engines and previews."""
    return view.t("rank.description")


def find(view: View) -> Ranking:
    """The ranking of a view."""
    return table(view.obs, view.selection, view.lang)


def count_text(view: View, ranking: Ranking) -> str:
    """How many rows there are, in words."""
    n = len(ranking)
    return view.t(f"rank.count.{ranking.unit}", n=n, shown=number(view.lang, n))


def summary_text(view: View, ranking: Ranking) -> str:
    """What the table shows: its order and who comes first."""
    column = column_of(view, ranking, ranking.sort)
    names = ("highest", "lowest") if column.numeric else ("za", "az")
    order = view.t(f"rank.summary.{names[0] if ranking.descending else names[1]}")
    parts = [view.t("rank.summary.by", column=column.label, order=order)]
    rows = ranking.rows[:1]
    first = float(ranking.numbers(ranking.sort, rows).values[0]) if len(rows) and column.numeric else math.nan
    if not math.isnan(first):
        value = number(view.lang, first, column.decimals)
        unit = f" {column.unit_short}" if column.unit_short else ""
        name = ranking.texts("name", rows)[0]
        parts.append(view.t("rank.summary.first", name=name, value=f"{value}{unit}"))
    if ranking.separate:
        parts.append(view.t("rank.summary.separate"))
    return " ".join(parts)


def unit_links(view: View) -> list[Component]:
    """Clusters, regions, industries: each a link that keeps the filters."""
    found: list[Component] = []
    for unit in UNITS:
        chosen = unit == view.selection.unit
        kind = view.selection.kind if unit == "clusters" else ()
        selection = view.selection.but(unit=unit, kind=kind, sort="", descending=True, columns=())
        link = dcc.Link(view.t(f"rank.units.{unit}"), href=view.href(selection=selection), className="unit")
        state = aria(current="page" if chosen else None)
        found.append(html.Span(link, className="unit-item active" if chosen else "unit-item", **state))
    return found


def compare_tray(view: View) -> Component | None:
    """The way to the comparison, once something is in it."""
    n = len(view.selection.ids)
    if not n:
        return None
    link: Component = dcc.Link(
        view.t("rank.table.tray", n=n), href=view.href("compare"), className="strong tray"
    )
    return link


def page_state(view: View, ranking: Ranking) -> dict[str, Any]:
    """What the grid shows now; equal keys mean equal rows."""
    order = [ranking.sort, "desc" if ranking.descending else "asc"]
    return {"key": rows_key(view, ranking), "order": order, **chooser_state(view)}


def _head(view: View) -> Component:
    units = html.Nav(
        unit_links(view), id=Rank.UNITS, className="units", **aria(label=view.t("rank.units.label"))
    )
    return html.Div(
        [
            html.Div([html.H1(view.t("rank.heading")), html.P(view.t("rank.lead"), className="lead")]),
            html.Div([units, html.Div(toolbar(view), id=Rank.TOOLS)], className="rank-tools"),
        ],
        className="rank-head",
    )


def layout(view: View) -> Component:
    """The page's body for a view."""
    ranking = find(view)
    main = html.Section(
        [
            html.Div(
                [
                    html.H2(count_text(view, ranking), id=Rank.COUNT, className="count"),
                    html.Div(compare_tray(view), id=Rank.TRAY),
                    chooser(view),
                ],
                className="rank-bar",
            ),
            html.P(summary_text(view, ranking), id=Rank.SUMMARY, className="summary"),
            ranking_grid(view, ranking),
            html.P(view.t("rank.summary.bar"), className="small"),
        ],
        className="rank-main",
        **aria(label=view.t("rank.table.label")),
    )
    return html.Div(
        [
            _head(view),
            html.Div(chips(view), id=Shell.CHIPS),
            html.Div([filters(view), main], className="rank-body", id=Rank.BODY),
            dcc.Store(id=Rank.STATE, data=page_state(view, ranking)),
            dcc.Store(id=ADDRESS, data=view.selection.to_search()),
            html.Div(id=Rank.WAIT, className="dash-graph rank-wait", hidden=True),
        ]
    )


def stand_ins(view: View) -> StandIns:
    """A plain table for the grid, a form for the choice of columns."""
    return {
        Rank.GRID: ranking_table(view, find(view)),
        Rank.CHOOSER: plain_chooser(view),
        Rank.WAIT: None,
    }
