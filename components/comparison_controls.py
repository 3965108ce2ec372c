"""Controls of the comparison page: add a unit, reference group, chart, figures; they work as a form too."""

from functools import lru_cache
from html import escape
from urllib.parse import parse_qsl

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.controls import Option, option, select
from components.ids import Compare, control
from components.prerender import Raw
from components.view import View
from data.comparison import Comparison, axis_choices
from data.observatory import Observatory
from data.reference import UnitKey
from data.search import Hit, search
from data.selection import CHARTS, GROUPS, MAX_COMPARED

MOST_HITS = 6
SEARCHED = ("cluster", "place")
OWN_KEYS = {"group", "chart", "axes", "page", "q"}
"""Keys of the address that the form's own controls send."""


def search_field(view: View) -> Component:
    """The box that adds a unit, with its suggestions below."""
    field = dbc.Input(
        id=Compare.SEARCH,
        type="search",
        debounce=0.15,
        placeholder=view.t("compare.search.hint"),
        maxLength=60,
        autoComplete="off",
    )
    label = html.Label([html.Span(view.t("compare.search.label"), className="visually-hidden"), field])
    hits = html.Div(suggestions(view, view.selection.text), id=Compare.HITS, className="unit-hits")
    return html.Div(
        [label, hits, html.Div(id=Compare.FOUND, role="status", className="visually-hidden")],
        className="unit-search",
    )


def hidden_fields(view: View, own: set[str]) -> str:
    """The rest of the present address as hidden fields of a form."""
    pairs = ((k, v) for k, v in parse_qsl(view.selection.to_query()) if k not in own)
    return "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in pairs)


def plain_search(view: View) -> Raw:
    """The box as a form of its own, for browsers without JavaScript."""
    hint, text = escape(view.t("compare.search.hint")), escape(view.selection.text)
    return Raw(
        '<input class="form-control" type="search" name="q" form="compare-add" '
        f'placeholder="{hint}" value="{text}"><form id="compare-add" action="/{view.lang}/compare" '
        f'method="get">{hidden_fields(view, {"q", "page"})}'
        f'<noscript><button class="plain">{escape(view.t("compare.search.go"))}</button></noscript></form>'
    )


def plain_hidden(view: View) -> Raw:
    """Hidden fields of the controls' form."""
    return Raw(hidden_fields(view, OWN_KEYS))


def _hit(view: View, hit: Hit) -> Component:
    entry, chosen = hit.entry, view.selection
    text = [html.Span(entry.names[view.lang]), html.Small(entry.details[view.lang])]
    if entry.id in chosen.ids:
        return html.Li(
            html.Span([*text, html.Small(view.t("compare.search.added"))], className="suggestion off")
        )
    href = view.href(selection=chosen.but(ids=(*chosen.ids, entry.id), text=""))
    return html.Li(dcc.Link(text, href=href, className="suggestion"))


def find_hits(view: View, text: object) -> dict[str, list[Hit]]:
    """Clusters and regions that match a text; industries and countries cannot be compared."""
    found = search(view.obs, text, MOST_HITS)
    return {group: hits for group, hits in found.items() if group in SEARCHED}


def suggestions(view: View, text: str, found: dict[str, list[Hit]] | None = None) -> list[Component]:
    """Links that add a unit, by group; sentences where there is nothing to add."""
    if not text.strip():
        return []
    if len(view.selection.ids) >= MAX_COMPARED:
        return [html.P(view.t("compare.search.full"), className="small")]
    hits = find_hits(view, text) if found is None else found
    if not hits:
        return [html.P(view.t("compare.search.none", text=text.strip()[:60]), className="small")]
    return [
        html.Div(
            [
                html.Div(view.t(f"compare.search.{group}"), className="group-name"),
                html.Ul([_hit(view, hit) for hit in items]),
            ]
        )
        for group, items in hits.items()
    ]


def axis_options(view: View, comparison: Comparison) -> tuple[list[Option], ...]:
    """Choices of every theme of the catalogue, in its order; an empty list where a theme has none."""
    return _axis_options(view.obs, view.lang, tuple(u.key for u in comparison.units))


@lru_cache(maxsize=128)
def _axis_options(obs: Observatory, lang: str, keys: tuple[UnitKey, ...]) -> tuple[list[Option], ...]:
    choices = axis_choices(obs, keys)
    return tuple(
        [option(i.id, i.short_label.get(lang)) for i in choices.get(theme, ())]
        for theme in obs.catalogue.themes
    )


def _axes(view: View, comparison: Comparison) -> Component:
    lists = [
        html.Fieldset(
            [
                html.Legend(view.obs.catalogue.themes[theme].label.get(view.lang)),
                dbc.Checklist(
                    id=control("axes", "list", theme),
                    options=options,
                    className="ticks",
                    value=[o["value"] for o in options if o["value"] in view.selection.axes],
                ),
            ]
        )
        for theme, options in zip(view.obs.catalogue.themes, axis_options(view, comparison), strict=True)
    ]
    return html.Details(
        [
            html.Summary(view.t("compare.axes.title"), className="plain"),
            html.Div(
                [
                    html.P(view.t("compare.axes.hint"), className="small"),
                    html.Div(lists, className="axis-lists"),
                ],
                className="axis-box",
            ),
        ],
        className="axis-chooser",
    )


def chart_controls(view: View, comparison: Comparison) -> Component:
    """Reference group, chart and figures."""
    groups = [option(name, view.t(f"compare.group.{name}")) for name in GROUPS]
    charts = [option(name, view.t(f"compare.chart.{name}")) for name in CHARTS]
    chart = html.Fieldset(
        [
            html.Legend(view.t("compare.chart.title"), className="field-label"),
            dbc.RadioItems(
                id=control("chart", "one"), options=charts, value=view.selection.chart, className="segments"
            ),
        ],
        className="field",
    )
    submit = html.Noscript(html.Button(view.t("compare.apply"), className="strong"))
    return html.Form(
        [
            html.Div(id=Compare.HIDDEN, hidden=True),
            select("group", groups, view.selection.group, view.t("compare.group.title")),
            chart,
            _axes(view, comparison),
            submit,
        ],
        action=f"/{view.lang}/compare",
        method="get",
        className="compare-controls",
        **aria(label=view.t("compare.controls")),
    )
