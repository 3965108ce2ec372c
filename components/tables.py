"""Rows of a ranking as cells, and the ranking as a plain table: the same cells on the server and in the grid.

A cell of a figure is ``[text, percentile or None, mark, note]``; the mark is ``e`` for an estimate, ``t`` for
a figure that is another area's, ``et`` for both, and empty otherwise. Other cells are plain texts.
"""

from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.locale import number
from components.prerender import Raw
from components.view import View
from data.matrix import ORIGINS, STATUS
from data.observatory import Observatory
from data.ranking_columns import TEXTS, Column, describe
from data.ranking_table import Ranking, can_sort
from data.selection import MAX_COMPARED, Selection

PAGE_ROWS = 50
ESTIMATES = {STATUS.index("estimated"), STATUS.index("provisional")}
Row = dict[str, Any]
Cell = list[Any]


def column_of(view: View, ranking: Ranking, name: str) -> Column:
    """What a column of the ranking means, in the language of the page."""
    return describe(view.obs, ranking.unit, name, view.lang)


def head_text(column: Column) -> str:
    """Label with its unit, as it stands over the column."""
    return f"{column.label} ({column.unit_short})" if column.unit_short else column.label


@lru_cache(maxsize=1024)
def _source_titles(obs: Observatory, name: str, lang: str) -> str:
    item = obs.catalogue.indicators.get(name)
    sources = obs.catalogue.sources
    return "; ".join(sources[s].title.get(lang) for s in item.sources[:8]) if item is not None else ""


def head_note(view: View, column: Column) -> str:
    """Meaning, unit, years and sources of a column in one text."""
    parts = [column.description]
    if column.unit:
        parts.append(view.t("rank.table.unit", unit=column.unit))
    if column.years:
        parts.append(view.t("rank.table.years", years=column.years))
    sources = _source_titles(view.obs, column.id, view.lang) if column.indicator else ""
    if sources:
        parts.append(view.t("rank.table.sources", sources=sources))
    return " ".join(parts)


def _note(view: View, year: int, status: int, source: int, origin: int) -> str:
    """Year, status, source and owner of a figure in one line."""
    parts = [str(year)] if year else []
    parts.append(view.t(f"rank.status.{STATUS[status]}"))
    if source >= 0 and status:
        names = tuple(view.obs.catalogue.sources)
        parts.append(view.obs.catalogue.sources[names[source]].title.get(view.lang))
    if origin:
        parts.append(view.t(f"rank.of.{ORIGINS[origin]}"))
    return " · ".join(parts)


def _figures(view: View, ranking: Ranking, column: Column, rows: Any) -> list[Cell]:
    numbers = ranking.numbers(column.id, rows)
    places = ranking.percentiles(column.id, rows)
    notes: dict[tuple[int, int, int, int], str] = {}
    cells: list[Cell] = []
    for at, value in enumerate(numbers.values.tolist()):
        key = (
            int(numbers.years[at]),
            int(numbers.status[at]),
            int(numbers.source[at]),
            int(numbers.origin[at]),
        )
        note = notes.get(key) or notes.setdefault(key, _note(view, *key))
        place = None if np.isnan(places[at]) else round(float(places[at]), 1)
        known = value == value
        mark = ("e" if key[1] in ESTIMATES else "") + ("t" if key[3] else "") if known else ""
        cells.append([number(view.lang, value, column.decimals), place, mark, note])
    return cells


def _ranks(view: View, values: Any) -> list[str]:
    return [number(view.lang, value) for value in values.tolist()]


def row_cells(view: View, ranking: Ranking, start: int, stop: int) -> list[Row]:
    """The rows from ``start`` to before ``stop`` as cells by column, each with its ``id`` and ``place``."""
    rows = ranking.rows[start:stop]
    columns: dict[str, list[Any]] = {"id": ranking.ids(rows)}
    if "place_id" in ranking.found.frame:
        columns["place"] = ranking.plain("place_id", rows)
    if ranking.unit == "clusters":
        columns["sort"] = ranking.plain("kind", rows)
    for name in ranking.columns:
        if name == "rank":
            columns[name] = _ranks(view, ranking.ranks[start:stop])
        elif name == "reference_rank":
            columns[name] = _ranks(view, ranking.reference_ranks(rows))
        elif name in TEXTS:
            columns[name] = ranking.texts(name, rows)
        else:
            columns[name] = _figures(view, ranking, column_of(view, ranking, name), rows)
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def sorted_selection(view: View, ranking: Ranking, name: str) -> Selection:
    """The selection after a click on the head of a column: the best first, a second click turns it round."""
    column = column_of(view, ranking, name)
    down = column.numeric and column.direction >= 0
    if ranking.sort == name:
        down = not ranking.descending
    return view.selection.but(sort=name, descending=down)


def explore_href(view: View, ranking: Ranking, row: Row) -> str:
    """Where a row's name leads: its place on the map, or the map of an industry."""
    chosen = view.selection.but(unit="clusters", sort="", descending=True, columns=())
    if ranking.unit == "industries":
        return view.href("explore", selection=chosen.but(industry=(row["id"],)))
    return view.href("explore", selection=chosen.but(place=row["place"]))


def compare_href(view: View, unit_id: str) -> str | None:
    """Address with a unit put into the comparison or taken out; ``None`` where the comparison is full."""
    ids = view.selection.ids
    if unit_id in ids:
        ids = tuple(x for x in ids if x != unit_id)
    elif len(ids) >= MAX_COMPARED:
        return None
    else:
        ids = (*ids, unit_id)
    return view.href(selection=view.selection.but(ids=ids, page=view.selection.page))


def _head_cell(view: View, ranking: Ranking, name: str) -> Component:
    column = column_of(view, ranking, name)
    classes = "number" if column.numeric else name
    label: Any = head_text(column)
    state = None
    if can_sort(view.obs, ranking.unit, name):
        if ranking.sort == name:
            state = "descending" if ranking.descending else "ascending"
            label = [label, html.Span(" ↓" if ranking.descending else " ↑", **aria(hidden=True))]
        label = dcc.Link(label, href=view.href(selection=sorted_selection(view, ranking, name)))
    return html.Th(label, scope="col", className=classes, title=head_note(view, column), **aria(sort=state))


def _figure_cell(cell: Cell) -> str:
    text, place, mark, note = cell
    bar = f'<span class="bar" style="width:{place}%"></span>' if place is not None else ""
    shown = ("≈ " if "e" in mark else "") + text
    figure = f'<span class="figure {mark}">{escape(shown)}</span>'
    return f'<td class="number" title="{escape(note)}">{figure}{bar}</td>'


def _compare_cell(view: View, row: Row) -> str:
    href, chosen = compare_href(view, row["id"]), row["id"] in view.selection.ids
    if href is None:
        return f'<td title="{escape(view.t("rank.table.full"))}"></td>'
    label = view.t("rank.table.remove" if chosen else "rank.table.add", name=row["name"])
    sign, style = ("−", "add on") if chosen else ("+", "add")
    return f'<td><a class="{style}" href="{escape(href)}" aria-label="{escape(label)}">{sign}</a></td>'


def _name_cell(view: View, ranking: Ranking, row: Row) -> str:
    mark = ""
    if "sort" in row:
        sign = "◆" if row["sort"] == "science-technology" else "●"
        mark = f'<span class="mark {row["sort"]}" aria-hidden="true">{sign}</span>'
    link = f'<a href="{escape(explore_href(view, ranking, row))}">{escape(row["name"])}</a>'
    return f'<th scope="row" class="name">{mark}{link}</th>'


def _body_row(view: View, ranking: Ranking, row: Row) -> str:
    cells = []
    for name in ranking.columns:
        if name == "name":
            cells.append(_name_cell(view, ranking, row))
            if ranking.unit != "industries":
                cells.append(_compare_cell(view, row))
        elif isinstance(row[name], list):
            cells.append(_figure_cell(row[name]))
        else:
            style = ' class="number"' if name not in TEXTS else ""
            cells.append(f"<td{style}>{escape(row[name]) or '–'}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _step(view: View, to: int, pages: int, key: str, sign: str) -> Component:
    if not 1 <= to <= pages:
        return html.Span(sign, className="step off", **aria(hidden=True))
    text = [html.Span(sign, **aria(hidden=True)), html.Span(view.t(key), className="visually-hidden")]
    link: Component = dcc.Link(text, href=view.href(selection=view.selection.but(page=to)), className="step")
    return link


def page_links(view: View, page: int, pages: int) -> Component:
    """Links to the pages before and after."""
    position = view.t("rank.table.page", page=number(view.lang, page), pages=number(view.lang, pages))
    steps = (
        _step(view, page - 1, pages, "rank.table.previous", "‹"),
        html.Span(position),
        _step(view, page + 1, pages, "rank.table.next", "›"),
    )
    return html.Nav(steps, className="pages", **aria(label=view.t("rank.table.pages")))


def ranking_table(view: View, ranking: Ranking) -> Component:
    """A page of the ranking as a plain table, with links to sort, explore, compare and turn pages."""
    pages = max(-(-len(ranking) // PAGE_ROWS), 1)
    page = min(view.selection.page, pages)
    rows = row_cells(view, ranking, (page - 1) * PAGE_ROWS, page * PAGE_ROWS)
    heads = [_head_cell(view, ranking, name) for name in ranking.columns]
    if ranking.unit != "industries":
        heads.insert(2, html.Th(view.t("rank.table.compare"), scope="col"))
    body = Raw("".join(_body_row(view, ranking, row) for row in rows))
    empty = None if rows else html.P(view.t("rank.table.none"), className="none")
    grid = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="ranking")
    scroller = html.Div([grid, empty], className="rank-scroll", tabIndex="0", role="region",
                        **aria(label=view.t("rank.table.label")))  # fmt: skip
    return html.Div([scroller, page_links(view, page, pages)], className="rank-plain")
