"""The search box (a combobox with a list of suggestions) and its hits."""

from html import escape

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.ids import Explore
from components.prerender import Raw
from components.view import View
from data.search import Entry, Hit


def search_box(view: View) -> Component:
    """The box; scripts give it the role of a combobox, without scripts it stands as a text filter."""
    field = dbc.Input(
        id=Explore.SEARCH,
        type="search",
        debounce=0.15,
        placeholder=view.t("explore.search.hint"),
        maxLength=60,
        autoComplete="off",
    )
    label = html.Label(
        [html.Span(view.t("explore.search.label"), className="visually-hidden"), field],
        className="search-label",
    )
    hits = html.Div(
        id=Explore.HITS, className="hits", role="listbox", **aria(label=view.t("explore.search.hits"))
    )
    return html.Div(
        [label, hits, html.Div(id=Explore.FOUND, role="status", className="visually-hidden")],
        className="search",
    )


def plain_search(view: View) -> Raw:
    """The same box as a form that works without JavaScript."""
    hint, text = escape(view.t("explore.search.hint")), escape(view.selection.text)
    return Raw(
        '<input class="form-control" type="search" name="q" form="plain-search" '
        f'placeholder="{hint}" value="{text}">'
        f'<form id="plain-search" action="/{view.lang}/explore" method="get"></form>'
    )


def hit_href(view: View, entry: Entry) -> str:
    """Where a hit leads: a place is chosen and flown to, an industry or country is filtered by."""
    selection = view.selection
    if entry.group == "industry":
        return view.href(selection=selection.but(industry=(entry.id,)))
    if entry.group == "country":
        return view.href(selection=selection.but(country=(entry.id,), continent=()))
    return view.href(selection=selection.but(place=entry.place_id, page=selection.page))


def _hit(view: View, hit: Hit) -> Component:
    entry = hit.entry
    detail = html.Span(entry.details[view.lang], className="detail")
    link = dcc.Link([html.Span(entry.names[view.lang]), detail], href=hit_href(view, entry), className="hit")
    return html.Div(link, role="option", className="option")


def search_hits(view: View, text: str, groups: dict[str, list[Hit]]) -> list[Component]:
    """The suggestions, group by group; a sentence where nothing was found."""
    if not groups:
        return [html.P(view.t("explore.search.none", text=text), className="small no-hit")] if text else []
    return [
        html.Div(
            [
                html.Div(view.t(f"explore.search.group.{name}"), className="hit-group"),
                *(_hit(view, h) for h in hits),
            ],
            role="group",
            **aria(label=view.t(f"explore.search.group.{name}")),
        )
        for name, hits in groups.items()
    ]
