"""The places of the map as a list: the same places for keyboard, screen reader and crowded spots."""

import math
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.chips import without_filters
from components.locale import number
from components.view import View
from components.words import t

ROWS = 25


def sort_places(table: pd.DataFrame, view: View) -> pd.DataFrame:
    """The best place of the colour indicator first, else the one with most clusters; missing figures last."""
    indicator = view.selection.colour
    if not indicator:
        return table
    lower_is_better = view.obs.catalogue.indicators[indicator].direction < 0
    return table.sort_values("colour", ascending=lower_is_better, na_position="last", kind="stable")


def place_hrefs(view: View, place_ids: list[str]) -> list[str]:
    """Addresses of the same view with each of the places chosen."""
    sample = "chosen-place"
    pattern = view.href(selection=view.selection.but(place=sample, page=view.selection.page))
    before, _, after = pattern.partition(f"place={sample}")
    return [f"{before}place={quote(place)}{after}" for place in place_ids]


@lru_cache(maxsize=8)
def _kind(lang: str, science: bool) -> Component:
    """The sign of a kind with its name; one object for all rows, as making components is what takes time."""
    kind = "science-technology" if science else "industry"
    name = t(lang, f"controls.kind.{kind}")
    mark = html.Span("◆" if science else "●", className=f"sign {kind}", title=name, **aria(hidden=True))
    return html.Span([mark, html.Span(name, className="visually-hidden")])


def _row(view: View, row: Mapping[Hashable, Any], href: str) -> Component:
    place_id, chosen = str(row["place_id"]), row["place_id"] == view.selection.place
    link = dcc.Link(str(row[f"name_{view.lang}"]), href=href, className="place-link")
    country = str(row[f"country_name_{view.lang}"] or "")
    below = html.Span(country, className="below", **aria(hidden=True))
    cells = [
        html.Th([_kind(view.lang, bool(row["science_technology"])), link, below], scope="row"),
        html.Td(country, className="country"),
        html.Td(number(view.lang, float(row["clusters"])), className="number"),
    ]
    if view.selection.colour:
        indicator = view.obs.catalogue.indicators[view.selection.colour]
        value = number(view.lang, float(row["colour"]), indicator.decimals)
        year = str(row["colour_year"]) if row["colour_year"] else ""
        cells += [html.Td(value, className="number"), html.Td(year, className="number")]
    spot = data(place=place_id, lon=round(float(row["lon"]), 3), lat=round(float(row["lat"]), 3))
    return html.Tr(
        cells, className="chosen" if chosen else "", **aria(current=True if chosen else None), **spot
    )


def _head(view: View) -> Component:
    names = [html.Th(view.t(f"explore.list.{n}"), scope="col", className=n) for n in ("place", "country")]
    names.append(html.Th(view.t("explore.list.clusters"), scope="col", className="number"))
    if view.selection.colour:
        indicator = view.obs.catalogue.indicators[view.selection.colour]
        unit = indicator.unit_short.get(view.lang)
        label = indicator.short_label.get(view.lang) + (f" ({unit})" if unit else "")
        names.append(html.Th(label, scope="col", className="number"))
        names.append(html.Th(view.t("explore.card.year"), scope="col", className="number"))
    return html.Thead(html.Tr(names))


def _pages(view: View, page: int, pages: int) -> Component | None:
    if pages == 1:
        return None

    def step(to: int, key: str, sign: str) -> Component:
        if not 1 <= to <= pages:
            return html.Span(sign, className="step off", **aria(hidden=True))
        text = [html.Span(sign, **aria(hidden=True)), html.Span(view.t(key), className="visually-hidden")]
        return dcc.Link(text, href=view.href(selection=view.selection.but(page=to)), className="step")

    position = view.t("explore.list.page", page=number(view.lang, page), pages=number(view.lang, pages))
    return html.Nav(
        [
            step(page - 1, "explore.list.previous", "‹"),
            html.Span(position),
            step(page + 1, "explore.list.next", "›"),
        ],
        className="pages",
        **aria(label=view.t("explore.list.pages")),
    )


def no_places(view: View) -> Component:
    """What stands in the place of an empty list: the reason and the way out."""
    reset = dcc.Link(
        view.t("shell.reset"), href=view.href(selection=without_filters(view.selection)), className="plain"
    )
    return html.Div(
        [html.H3(view.t("explore.none.title")), html.P(view.t("explore.none.text")), reset], className="none"
    )


def places_list(table: pd.DataFrame, view: View) -> Component:
    """One page of the list. ``table`` has one row a place as :func:`data.places.places` returns it."""
    if table.empty:
        return no_places(view)
    pages = math.ceil(len(table) / ROWS)
    page = min(view.selection.page, pages)
    shown = sort_places(table, view).iloc[(page - 1) * ROWS : page * ROWS]
    hrefs = place_hrefs(view, shown["place_id"].tolist())
    records = shown.to_dict("records")
    rows = [_row(view, row, href) for row, href in zip(records, hrefs, strict=True)]
    grid = html.Table([_head(view), html.Tbody(rows)], className="figures places")
    return html.Div([html.Div(grid, className="scroll"), _pages(view, page, pages)])
