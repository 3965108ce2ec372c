"""The building blocks of every portrait: sections, tables of figures with their place in a group, lists of links."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.locale import number
from components.view import View
from data.catalogue_types import Indicator
from data.matrix import Figure
from data.reference import Reference, UnitKey, member_percentiles, member_ranks, position_of


class Placed(NamedTuple):
    """A figure of a unit and where it stands in a reference group."""

    indicator: Indicator
    figure: Figure
    percentile: float | None
    rank: int | None
    ranked: int


def place_figure(
    view: View, reference: Reference, key: UnitKey, indicator: Indicator, figure: Figure
) -> Placed:
    """The figure with its percentile and rank; a neutral or unrankable figure has neither."""
    if figure.value is None or not indicator.direction or not indicator.rankable:
        return Placed(indicator, figure, None, None, 0)
    at = position_of(view.obs, reference, key)
    share = member_percentiles(view.obs, reference, indicator.id)
    rank = float(member_ranks(view.obs, reference, indicator.id)[at])
    if np.isnan(share[at]):
        return Placed(indicator, figure, None, None, 0)
    return Placed(indicator, figure, float(share[at]), int(rank), int((~np.isnan(share)).sum()))


def show(view: View, indicator: Indicator, value: float | None) -> str:
    """A value with its unit, in the form of the language; a dash for what is missing."""
    text, unit = number(view.lang, value, indicator.decimals), indicator.unit_short.get(view.lang)
    return f"{text}\u00a0{unit}" if unit and value is not None else text


def section(title: str, *body: Any, anchor: str = "", lead: str = "") -> Component:
    """A part of a portrait under its heading."""
    heading = html.H2(title, id=anchor) if anchor else html.H2(title)
    return html.Section([heading, html.P(lead, className="small") if lead else None, *body], className="part")


def bar(view: View, percentile: float | None) -> Component:
    """A line from 0 to 100 with the median marked and a dot where the unit stands."""
    if percentile is None:
        return html.Span("")
    label = view.t("portrait.percentile", value=number(view.lang, percentile))
    dot = html.Span("", style={"left": f"{percentile:.1f}%"})
    return html.Span(dot, className="strip", title=label, role="img", **aria(label=label))


def source_link(view: View, source_id: str | None) -> Component | str:
    """The source of a figure, leading to its entry."""
    if not source_id:
        return ""
    source = view.obs.catalogue.sources[source_id]
    return html.A(
        source.title.get(view.lang), href=f"/{view.lang}/sources#source-{source_id}", className="source"
    )


def _note(view: View, figure: Figure) -> str:
    """What must be said beside the figure: how it was come by, and whose it is."""
    said = [] if figure.status in {"observed", "missing"} else [view.t(f"portrait.status.{figure.status}")]
    if figure.value is not None and figure.origin in {"around", "country"}:
        said.append(view.t(f"portrait.origin.{figure.origin}"))
    return ", ".join(said)


def _row(view: View, placed: Placed) -> Component:
    indicator, figure = placed.indicator, placed.figure
    rank = view.t("portrait.rank", rank=placed.rank, n=placed.ranked) if placed.rank else ""
    name = html.A(indicator.label.get(view.lang), href=f"/{view.lang}/sources#{indicator.id}", className="quiet-link",
                  title=indicator.description.get(view.lang))  # fmt: skip
    note = _note(view, figure)
    value = [show(view, indicator, figure.value), html.Small(note, className="estimate") if note else None]
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(value, className="number"),
            html.Td(str(figure.year or ""), className="number"),
            html.Td(bar(view, placed.percentile), className="strip-cell"),
            html.Td(rank, className="number"),
            html.Td(source_link(view, figure.source_id), className="source-cell"),
        ]
    )


def figures(view: View, placed: Sequence[Placed]) -> Component:
    """Figures with year, place in the group, rank and source."""
    names = ("figure", "value", "year", "place", "rank_head", "source")
    heads = [
        html.Th(
            view.t(f"portrait.{n}"),
            scope="col",
            className="number" if n in {"value", "year", "rank_head"} else "",
        )
        for n in names
    ]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_row(view, p) for p in placed])], className="figures placed"
    )
    return html.Div(
        table, className="scroll", tabIndex="0", role="region", **aria(label=view.t("portrait.figures"))
    )


def facts(pairs: Iterable[tuple[str, Any, str]]) -> Component:
    """The few figures that matter most, large: (label, value, what stands below)."""
    items = [
        html.Div([html.Dt(label), html.Dd([value, html.Small(below) if below else None])])
        for label, value, below in pairs
    ]
    return html.Dl(items, className="key-facts")


def links(items: Sequence[tuple[str, str, str]], empty: str) -> Component:
    """A list of (text, address, remark); where there is nothing, the reason."""
    if not items:
        return html.P(empty, className="small")
    rows = [
        html.Li([html.A(text, href=address), html.Span(remark, className="remark") if remark else None])
        for text, address, remark in items
    ]
    return html.Ul(rows, className="link-list")


def crumbs(view: View, items: Sequence[tuple[str, str]]) -> Component:
    """Where the unit belongs: links to what is around it."""
    rows = [html.Li(html.A(text, href=address)) for text, address in items]
    return html.Nav(html.Ul(rows), className="crumbs", **aria(label=view.t("portrait.belongs")))


def sources_of(view: View, ids: Iterable[str | None]) -> Component:
    """The sources of everything on the page, each with the credit it asks for."""
    found = sorted({i for i in ids if i})
    catalogue = view.obs.catalogue.sources
    rows = [
        html.Li([source_link(view, i), html.Span(catalogue[i].credit, className="remark")]) for i in found
    ]
    version = html.P(view.t("portrait.version", version=view.obs.version), className="small")
    return section(
        view.t("portrait.sources"), html.Ul(rows, className="link-list"), version, anchor="sources"
    )
