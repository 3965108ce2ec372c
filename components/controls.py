"""The controls that narrow a selection, shared by all pages; each writes one key of the address."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.ids import Shell, control
from components.view import View
from data.names import fold

RANGE_ROWS = 3
Option = dict[str, str]


def option(value: str, label: str) -> Option:
    """One entry of a list of choices."""
    return {"value": value, "label": label}


def by_label(options: Iterable[Option]) -> list[Option]:
    """Options in the order of their labels, accents ignored."""
    return sorted(options, key=lambda o: fold(o["label"]))


def select(key: str, options: Sequence[Option], value: str, label: str) -> Component:
    """A labelled choice of one."""
    return html.Label(
        [
            html.Span(label, className="field-label"),
            dbc.Select(id=control(key, "one"), options=list(options), value=value),
        ],
        className="field",
    )


def indicator_options(view: View, cluster_only: bool = False, empty: str | None = None) -> list[Option]:
    """All indicators of the catalogue in its order, with an empty first choice if one is named."""
    shown = view.obs.catalogue.indicators.values()
    options = [option(i.id, i.label.get(view.lang)) for i in shown if not cluster_only or i.rankable]
    return ([option("", empty)] if empty is not None else []) + options


def checklist(key: str, options: Sequence[Option], chosen: Sequence[str], part: str = "") -> Component:
    """Boxes to tick; several lists may write the same key."""
    here = {o["value"] for o in options}
    boxes: Component = dbc.Checklist(
        id=control(key, "list", part),
        options=list(options),
        value=[c for c in chosen if c in here],
        className="ticks",
    )
    return boxes


def group(title: str, children: Any, *, active: int = 0, open_: bool = False) -> Component:
    """A part of the filter rail that folds; it shows how many of its boxes are ticked."""
    count = [html.Span(str(active), className="badge-count")] if active else []
    return html.Details(
        [html.Summary([title, *count]), html.Div(children, className="group-body")],
        open=open_ or active > 0,
        className="group",
    )


def _kinds(view: View) -> Component:
    options = [option(k, view.t(f"controls.kind.{k}")) for k in sorted(view.obs.vocabulary.kinds)]
    return group(
        view.t("controls.kind.title"),
        checklist("kind", options, view.selection.kind),
        active=len(view.selection.kind),
        open_=True,
    )


def _countries(view: View) -> Component:
    frame, chosen = view.obs.clusters.frame, view.selection.country
    names = view.obs.countries[f"name_{view.lang}"]
    present = frame["iso3"].dropna().unique()
    options = by_label(option(str(c), str(names[c])) for c in present)
    continents = by_label(
        option(str(c), view.t(f"controls.continent.{c}")) for c in frame["continent"].dropna().unique()
    )
    return html.Div(
        [
            group(
                view.t("controls.continent.title"),
                checklist("continent", continents, view.selection.continent),
                active=len(view.selection.continent),
            ),
            group(
                view.t("controls.country"),
                html.Div(checklist("country", options, chosen), className="tall"),
                active=len(chosen),
            ),
        ]
    )


def _fields(view: View) -> Component:
    options = [option(f.field_id, f.short.get(view.lang)) for f in view.obs.catalogue.fields.values()]
    return group(
        view.t("controls.field"),
        checklist("field", options, view.selection.field),
        active=len(view.selection.field),
    )


def _industries(view: View) -> Component:
    """The ISIC tree: sections that open to their divisions, each with a box of its own."""
    catalogue, chosen = view.obs.catalogue, view.selection.industry
    present = set(view.obs.clusters.frame["industry_id"].dropna().astype(str))
    below: dict[str, list[Option]] = {}
    for item in catalogue.industries.values():
        if (
            item.industry_id in present
            and item.level in {"division", "range", "group"}
            and item.scheme == "isic"
        ):
            below.setdefault(item.parent_id, []).append(option(item.industry_id, item.name.get(view.lang)))
    parts: list[Component] = []
    for item in catalogue.industries.values():
        if item.scheme != "isic" or item.level != "section":
            continue
        inner = below.get(item.industry_id, [])
        if not inner and item.industry_id not in present:
            continue
        head = checklist(
            "industry", [option(item.industry_id, item.short.get(view.lang))], chosen, item.industry_id
        )
        ticked = any(o["value"] in chosen for o in inner)
        more = html.Details(
            [
                html.Summary(view.t("controls.divisions", n=len(inner))),
                checklist("industry", inner, chosen, f"{item.industry_id}+"),
            ],
            open=ticked,
        )
        parts.append(html.Div([head, more] if inner else head, className="branch"))
    loose = below.get("", [])
    if loose:
        parts.append(checklist("industry", loose, chosen, "groups"))
    return group(view.t("controls.industry"), html.Div(parts, className="tall"), active=len(chosen))


def _granularities(view: View) -> Component:
    order = ("division", "section", "group", "benchmark", "none")
    known = [g for g in order if g in view.obs.vocabulary.granularities]
    options = [option(g, view.t(f"controls.granularity.{g}")) for g in known]
    rule = [option("1", view.t("controls.rule.on")), option("0", view.t("controls.rule.off"))]
    chosen = view.selection.granularity
    body = [
        select("rule", rule, "1" if view.selection.rule else "0", view.t("controls.rule.title")),
        html.Div(view.t("controls.granularity.title"), className="field-label"),
        checklist("granularity", options, chosen),
    ]
    return group(view.t("controls.method"), body, active=len(chosen) + (not view.selection.rule))


def _named(label: str, field: Component) -> Component:
    """A field whose label is only heard; the placeholder or the place of the field says it to the eye."""
    return html.Label([html.Span(label, className="visually-hidden"), field])


def _range_row(view: View, row: int) -> Component:
    ranges = view.selection.ranges
    name, low, high = ranges[row] if row < len(ranges) else ("", None, None)
    options = indicator_options(view, empty=view.t("controls.range.none"))

    def bound(end: str, value: float | None) -> Component:
        text = view.t(f"controls.range.{end}")
        ident = control("range", "range", f"{row}-{end}")
        return _named(
            text, dbc.Input(id=ident, type="number", value=value, debounce=True, placeholder=text, step="any")
        )

    chooser = dbc.Select(id=control("range", "range", f"{row}-by"), options=options, value=name)
    bounds = html.Div([bound("low", low), bound("high", high)], className="bounds")
    return html.Div([_named(view.t("controls.range.by"), chooser), bounds], className="range")


def _ranges(view: View) -> Component:
    rows = [_range_row(view, row) for row in range(RANGE_ROWS)]
    return group(view.t("controls.range.title"), rows, active=len(view.selection.ranges))


def text_filter(view: View) -> Component:
    """Filter by words in the name of cluster, region, industry or country."""
    field = dbc.Input(
        id=control("q", "text"),
        type="search",
        value=view.selection.text,
        debounce=0.35,
        placeholder=view.t("controls.text.hint"),
        maxLength=80,
    )
    return html.Label(
        [html.Span(view.t("controls.text.title"), className="field-label"), field], className="field"
    )


FILTER_KEYS = {
    "q",
    "kind",
    "continent",
    "country",
    "field",
    "industry",
    "range",
    "rule",
    "granularity",
    "page",
}


def _kept(view: View) -> list[Component]:
    """The rest of the view, for a form sent without JavaScript; to Dash a ``param`` means nothing."""
    pairs = parse_qsl(view.selection.to_query())
    return [html.Param(name=name, value=value) for name, value in pairs if name not in FILTER_KEYS]


def filters(view: View) -> Component:
    """The whole filter rail as one form, which also works without JavaScript."""
    parts = [
        text_filter(view),
        _kinds(view),
        _countries(view),
        _fields(view),
        _industries(view),
        _ranges(view),
        _granularities(view),
    ]
    submit = html.Noscript(html.Button(view.t("controls.apply"), className="strong"))
    form = html.Form(
        [*parts, *_kept(view), submit],
        action=view.href(selection=view.selection.but()).split("?")[0],
        method="get",
    )
    return html.Details(
        [html.Summary(view.t("controls.title"), className="plain rail-summary"), form],
        open=True,
        className="rail",
    )


def toolbar(view: View) -> Component:
    """Copy link, reset and the export links of the present view."""
    exports = [
        html.Li(html.A(kind.upper(), href=export_href(view, kind), download=""))
        for kind in ("csv", "xlsx", "parquet", "geojson", "json")
    ]
    return html.Div(
        [
            html.Button(
                view.t("shell.copy"),
                id=Shell.COPY,
                className="plain",
                type="button",
                **data(done=view.t("shell.copied")),
            ),
            html.Details(
                [html.Summary(view.t("shell.export"), className="plain"), html.Ul(exports, id=Shell.EXPORTS)],
                className="menu",
            ),
        ],
        className="toolbar",
    )


def export_href(view: View, kind: str) -> str:
    """Address of the export of exactly the present view."""
    query = view.selection.to_query()
    return f"/api/v1/exports/{view.selection.unit}.{kind}?lang={view.lang}" + (f"&{query}" if query else "")
