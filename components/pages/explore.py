"""The start page: the world map of clusters with filters, search, list of places and the card of a place."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.chips import chips
from components.controls import filters
from components.figures.svg_map import svg_map
from components.figures.world_map import world_map
from components.ids import Explore, Shell
from components.locale import number
from components.map_controls import kept_fields, legend, map_controls, map_tools
from components.map_picture import map_toolbar
from components.place_card import place_card
from components.places_list import places_list
from components.prerender import StandIns
from components.search_box import plain_search, search_box
from components.view import View
from data.observatory import Observatory
from data.places import places
from data.selection import Selection

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "topojsonURL": "/assets/topojson/",
    "doubleClick": False,
}


def _config(lang: str) -> Any:
    return {**CONFIG, "locale": lang}


@dataclass(frozen=True, eq=False)
class Found:
    """What a selection finds: the places and how many clusters there are."""

    table: pd.DataFrame
    clusters: int


def drawn(selection: Selection) -> Selection:
    """The part of a selection that the map's marks depend on."""
    return selection.but(
        unit="clusters",
        place="",
        ids=(),
        page=1,
        sort="",
        descending=True,
        columns=(),
        axes=(),
        group="kind",
        chart="radar",
    )


@lru_cache(maxsize=64)
def _find(obs: Observatory, selection: Selection) -> Found:
    mask = View(obs, selection, "en", "explore").mask()
    return Found(places(obs, mask, selection), int(mask.sum()))


def find(view: View) -> Found:
    """The places of a view; what was found lately is remembered."""
    return _find(view.obs, drawn(view.selection))


@lru_cache(maxsize=4)
def _extent(obs: Observatory) -> tuple[int, int, int, int]:
    """(counted clusters, countries, first year, last year) of the whole observatory."""
    counted = obs.clusters.frame[obs.clusters.frame["counted"].to_numpy(bool)]
    years = obs.clusters.matrix.years[obs.clusters.matrix.status > 0]
    known = years[years > 0]
    first, last = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    return len(counted), int(counted["iso3"].nunique()), first, last


def title(view: View) -> str:
    """Title of the document."""
    return view.t("explore.title")


def description(view: View) -> str:
    """One sentence for search engines and previews."""
    clusters, countries, _, _ = _extent(view.obs)
    return view.t("explore.description", clusters=number(view.lang, clusters), countries=countries)


def count_text(view: View, found: Found) -> str:
    """How much is shown, in words."""
    at, countries = len(found.table), int(found.table["iso3"].nunique())
    return view.t(
        "explore.count",
        n=found.clusters,
        shown=number(view.lang, found.clusters),
        places=view.t("explore.places", n=at, count=number(view.lang, at)),
        countries=view.t("explore.countries", n=countries, count=number(view.lang, countries)),
    )


def drawn_key(view: View) -> str:
    """Names what the map shows; equal keys mean equal figures."""
    return f"{view.lang}?{drawn(view.selection).to_query()}"


def _head(view: View) -> Component:
    clusters, countries, first, last = _extent(view.obs)
    lead = view.t(
        "explore.lead", clusters=number(view.lang, clusters), countries=countries, first=first, last=last
    )
    return html.Div(
        [
            html.Div([html.H1(view.t("explore.heading")), html.P(lead, className="lead")], className="intro"),
            html.Div(
                [
                    search_box(view),
                    html.Div(map_toolbar(view, count_text(view, find(view))), id=Explore.TOOLS),
                ],
                className="head-tools",
            ),
        ],
        className="explore-head",
    )


def _map(view: View, found: Found) -> Component:
    graph = dcc.Graph(
        id=Explore.MAP,
        config=_config(view.lang),
        responsive=True,
        className="graph",
        figure={"data": [], "layout": {}},
    )
    return html.Section(
        [
            map_controls(view),
            html.Div(
                [
                    html.Div(id=Explore.UNDER, className="map-under"),
                    graph,
                    html.Div(className="ring"),
                    map_tools(view),
                ],
                className="map-box",
            ),
            html.Div(legend(view, found.table), id=Explore.LEGEND, className="legend"),
        ],
        className="map-part",
        **aria(label=view.t("explore.map.label")),
    )


def layout(view: View) -> Component:
    """The page's body for a view."""
    found = find(view)
    listing = html.Section(
        [
            html.H2(count_text(view, found), id=Explore.COUNT, className="count"),
            html.P(view.t("explore.list.keys"), className="small keys"),
            html.Div(places_list(found.table, view), id=Explore.LIST),
        ],
        className="list-part",
        **aria(label=view.t("explore.list.title")),
    )
    card = html.Aside(
        place_card(view), id=Explore.CARD, className="card-part", **aria(label=view.t("explore.card.title"))
    )
    return html.Div(
        [
            _head(view),
            html.Div(chips(view), id=Shell.CHIPS),
            html.Div(
                [filters(view), html.Div([_map(view, found), listing], className="middle"), card],
                className="explore-body",
                id=Explore.BODY,
            ),
            dcc.Store(id=Explore.FIGURE, data=world_map(found.table, view)),
            dcc.Store(id=Explore.DRAWN, data=drawn_key(view)),
            dcc.Store(id=Explore.EVENT),
            dcc.Store(id=Explore.ADDRESS, data=view.selection.to_search()),
        ]
    )


def stand_ins(view: View) -> StandIns:
    """An SVG for the map, a plain form field for the search."""
    return {
        Explore.MAP: svg_map(find(view).table, view),
        Explore.SEARCH: plain_search(view),
        Explore.KEPT: kept_fields(view),
    }
