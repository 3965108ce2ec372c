"""The card of a chosen place: its clusters, their figures with year, status and source, and comparing."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.locale import number
from components.view import View
from data.catalogue_types import Indicator
from data.matrix import Figure, Matrix
from data.place_contents import PlaceContents, place_contents
from data.selection import DEFAULT, MAX_COMPARED

OPEN, MOST = 3, 12
"""Clusters shown with their figures, and shown at all; a place with more leads on to the ranking."""


def _value(view: View, indicator: Indicator, figure: Figure) -> str:
    unit = indicator.unit_short.get(view.lang)
    text = number(view.lang, figure.value, indicator.decimals)
    return f"{text} {unit}" if unit and figure.value is not None else text


def _row(view: View, indicator: Indicator, figure: Figure) -> Component:
    status: list[Any] = [view.t(f"explore.status.{figure.status}")]
    if figure.source_id:
        title = view.obs.catalogue.sources[figure.source_id].title.get(view.lang)
        label = f"{status[0]}, {view.t('explore.card.source')}: {title}"
        href = f"/{view.lang}/sources#source-{figure.source_id}"
        status = [html.A([*status, " ↗"], href=href, title=title, **aria(label=label))]
    uncertain = figure.status in {"estimated", "provisional"}
    name = indicator.short_label.get(view.lang)
    return html.Tr(
        [
            html.Th(name, scope="row", title=indicator.description.get(view.lang)),
            html.Td(_value(view, indicator, figure), className="number"),
            html.Td(str(figure.year or ""), className="number"),
            html.Td(status, className="status estimate" if uncertain else "status"),
        ]
    )


def figures_table(view: View, matrix: Matrix, row: int, indicators: list[Indicator]) -> Component:
    """The figures of one unit that are known or withheld, in the order of the catalogue."""
    found = [(i, matrix.figure(row, i.id)) for i in indicators]
    rows = [_row(view, i, figure) for i, figure in found if figure.status != "missing"]
    if not rows:
        return html.P(view.t("explore.card.no_figures"), className="small")
    names = ("figure", "value", "year", "status")
    head = [html.Th(view.t(f"explore.card.{n}"), scope="col", className=f"is-{n}") for n in names]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="figures"), className="scroll"
    )


def compare_link(view: View, unit_id: str, name: str) -> Component:
    """A link that puts a unit into the comparison or takes it out; it stays on the page."""
    selection = view.selection
    if unit_id in selection.ids:
        rest = tuple(x for x in selection.ids if x != unit_id)
        label, ids = "explore.card.remove", rest
    elif len(selection.ids) >= MAX_COMPARED:
        return html.Span(view.t("explore.card.full"), className="small")
    else:
        label, ids = "explore.card.add", (*selection.ids, unit_id)
    href = view.href(selection=selection.but(ids=ids, page=selection.page))
    mark = html.Span("−" if unit_id in selection.ids else "+", **aria(hidden=True))
    text: list[Any] = [mark, view.t(label), html.Span(f": {name}", className="visually-hidden")]
    return dcc.Link(
        text, href=href, className="compare-add on" if unit_id in selection.ids else "compare-add"
    )


def _sign(kind: str) -> Component:
    return html.Span(
        "◆" if kind == "science-technology" else "●", className=f"sign {kind}", **aria(hidden=True)
    )


def _links(view: View, unit_id: str, name: str) -> Component:
    text: list[Any] = [view.t("explore.card.portrait"), html.Span(f": {name}", className="visually-hidden")]
    portrait = dcc.Link(text, href=view.portrait("cluster", unit_id), className="portrait")
    return html.Div([compare_link(view, unit_id, name), portrait], className="card-links")


def _cluster(view: View, row: int, at: int) -> Component:
    """A cluster with its figures, folded but for the first; from the fourth on its links alone."""
    units = view.obs.clusters
    record = units.frame.iloc[row]
    name, unit_id, kind = str(record[f"name_{view.lang}"]), str(record["id"]), str(record["kind"])
    body: list[Component] = [_links(view, unit_id, name)]
    if at < OPEN:
        known = view.obs.catalogue.indicators.values()
        own = [i for i in known if i.level == "cluster" and kind in i.kinds]
        body.insert(0, figures_table(view, units.matrix, row, own))
    head = html.Summary([_sign(kind), " ", name])
    return html.Details([head, *body], open=at == 0, className="cluster", **data(cluster=unit_id))


def _region(view: View, contents: PlaceContents, open_: bool) -> Component | None:
    """Figures of the place's region, the same for all its clusters."""
    wanted = [i for i in view.obs.catalogue.indicators.values() if i.level in {"region", "place"}]
    if contents.region_row is not None:
        matrix, row = view.obs.regions.matrix, contents.region_row
    elif len(contents.rows):
        matrix, row = view.obs.clusters.matrix, int(contents.rows[0])
    else:
        return None
    body: list[Component] = [figures_table(view, matrix, row, wanted)]
    if contents.region_row is not None:
        body.append(compare_link(view, contents.place_id, contents.name(view.lang)))
    return html.Details([html.Summary(view.t("explore.card.region")), *body], open=open_, className="cluster")


def compare_tray(view: View) -> Component | None:
    """The way to the comparison, once something is in it."""
    n = len(view.selection.ids)
    if not n:
        return None
    return dcc.Link(view.t("explore.card.compare", n=n), href=view.href("compare"), className="strong tray")


def _starts(view: View) -> Component:
    """Views worth beginning with, as far as the data have them."""
    words = view.obs.vocabulary
    views = {
        "science": DEFAULT.but(kind=("science-technology",), colour="pct_share", size="pct_share"),
        "vehicles": DEFAULT.but(industry=("isic-29",), colour="lq_home", size="employment"),
        "growth": DEFAULT.but(colour="growth_advantage"),
        "machinery": DEFAULT.but(layer="nuts2", layer_indicator="lq_home", layer_industry="isic-28"),
    }
    known = {
        name: s
        for name, s in views.items()
        if set(s.kind) <= words.kinds
        and set(s.industry) <= words.industries
        and ({s.layer} - {""}) <= words.layers
    }
    links = [
        html.Li(dcc.Link(view.t(f"explore.starts.{name}"), href=view.href(selection=s)))
        for name, s in known.items()
    ]
    return html.Ul(links, className="starts")


def empty_card(view: View) -> Component:
    """What the card says before a place is chosen."""
    hint = html.P(view.t("explore.card.empty"), className="small")
    head = html.H2(view.t("explore.starts.title"), className="quiet-head")
    return html.Div([hint, compare_tray(view), head, _starts(view)], className="card-empty")


def _counts(view: View, contents: PlaceContents) -> Sequence[Component]:
    n, outside = len(contents.rows), contents.outside
    if not n and not outside:
        return [html.P(view.t("explore.card.no_clusters"), className="small")]
    found = [html.P(view.t("explore.card.clusters", n=n), className="small")] if n else []
    if outside:
        found.append(html.P(view.t("explore.card.outside", n=outside), className="small"))
    return found


def place_card(view: View) -> Component:
    """The card of ``view.selection.place``, or a hint where none is chosen."""
    contents = place_contents(view.obs, view.selection)
    if contents is None:
        return empty_card(view)
    close = dcc.Link(
        [
            html.Span("×", **aria(hidden=True)),
            html.Span(view.t("explore.card.close"), className="visually-hidden"),
        ],
        href=view.href(selection=view.selection.but(place="", page=view.selection.page)),
        className="close",
    )
    clusters = [_cluster(view, int(row), at) for at, row in enumerate(contents.rows[:MOST])]
    more = len(contents.rows) - MOST
    if more > 0:
        href = view.href("rank", selection=view.selection.but(text=contents.name(view.lang), place=""))
        clusters.append(dcc.Link(view.t("explore.card.more", n=more), href=href, className="more"))
    return html.Div(
        [
            html.Div([html.H2(contents.name(view.lang)), close], className="card-head"),
            html.P(" · ".join(contents.caption(view.lang)), className="caption"),
            *_counts(view, contents),
            compare_tray(view),
            *clusters,
            _region(view, contents, not clusters),
        ],
        className="place-card",
        **data(place=contents.place_id, lon=contents.lon, lat=contents.lat),
    )
