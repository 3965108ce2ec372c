"""Sources and methods: the cluster rule, every indicator, every source, and how complete the figures are."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.locale import number
from components.prerender import StandIns
from components.view import View
from data.coverage import Coverage, cover
from data.metadata import Indicator, Source
from data.observatory import Observatory

PARTS = ("rule", "indicators", "coverage", "sources", "citation")


def title(view: View) -> str:
    """Heading."""
    return view.t("sources.title")


def description(view: View) -> str:
    """One sentence."""
    return view.t("sources.lead")


@lru_cache(maxsize=2)
def _coverage(obs: Observatory) -> Coverage:
    return cover(obs)


def _terms(pairs: Sequence[tuple[str, Any]]) -> Component:
    rows: list[Component] = []
    for term, text in pairs:
        if text:
            rows += [html.Dt(term), html.Dd(text)]
    return html.Dl(rows, className="terms")


def _section(view: View, part: str, *children: Any) -> Component:
    heading = html.H2(view.t(f"sources.{part}.title"), id=part)
    return html.Section([heading, *children], className="part", **aria(labelledby=part))


def _rule(view: View) -> Component:
    rule, lang = view.obs.catalogue.rule, view.lang
    levels = [
        html.Tr(
            [
                html.Td(level.label.get(lang)),
                html.Td(view.t(f"controls.granularity.{level.granularity}")),
                html.Td(view.t("sources.rule.counted" if level.counted else "sources.rule.not_counted")),
            ]
        )
        for level in rule.levels
    ]
    heads = (view.t("sources.rule.regions"), view.t("controls.granularity.title"), view.t("sources.rule.use"))
    table = html.Table(
        [html.Thead(html.Tr([html.Th(h, scope="col") for h in heads])), html.Tbody(levels)],
        className="figures",
    )
    return _section(
        view,
        "rule",
        html.P(rule.description.get(lang)),
        html.Ul([html.Li(x.description.get(lang)) for x in rule.thresholds]),
        html.P(view.t("sources.rule.science")),
        html.Details([html.Summary(view.t("sources.rule.levels")), html.Div(table, className="scroll")]),
    )


def _source_links(view: View, ids: Sequence[str]) -> list[Any]:
    links: list[Any] = []
    for name in ids:
        links += [", "] if links else []
        links.append(html.A(view.obs.catalogue.sources[name].title.get(view.lang), href=f"#source-{name}"))
    return links


def _indicator(view: View, item: Indicator) -> Component:
    lang = view.lang
    direction = {1: "higher", 0: "neither", -1: "lower"}[item.direction]
    body = _terms(
        [
            (view.t("sources.unit"), item.unit.get(lang)),
            (view.t("sources.direction"), view.t(f"sources.{direction}")),
            (view.t("sources.level"), view.t(f"sources.levels.{item.level}")),
            (view.t("sources.formula"), html.Code(item.formula) if item.formula else ""),
            (view.t("sources.method"), item.method.get(lang)),
            (view.t("sources.caveats"), item.caveats.get(lang)),
            (view.t("sources.years"), item.years.get(lang)),
            (view.t("sources.from"), _source_links(view, item.sources)),
        ]
    )
    summary = html.Summary(
        [html.Strong(item.label.get(lang)), html.Span(item.description.get(lang), className="gist")]
    )
    return html.Details([summary, body], id=item.id, className="entry")


def _indicators(view: View) -> Component:
    catalogue, groups = view.obs.catalogue, []
    for theme in catalogue.themes.values():
        items = [_indicator(view, i) for i in catalogue.indicators.values() if i.theme == theme.id]
        groups += [
            html.H3(theme.label.get(view.lang)),
            html.P(theme.description.get(view.lang), className="small"),
            *items,
        ]
    return _section(
        view, "indicators", html.P(view.t("sources.indicators.lead", n=len(catalogue.indicators))), *groups
    )


def _source(view: View, item: Source) -> Component:
    lang = view.lang
    licence = [html.A(item.licence_in.name.get(lang), href=item.licence_in.url, rel="external")]
    out = item.licence_out.name.get(lang)
    body = _terms(
        [
            (view.t("sources.producer"), item.producer),
            (view.t("sources.cite"), item.citation),
            (view.t("sources.address"), html.A(item.url, href=item.url, rel="external") if item.url else ""),
            (view.t("sources.years"), item.years),
            (view.t("sources.retrieved"), item.retrieved.get(lang)),
            (view.t("sources.licence_in"), licence),
            (view.t("sources.licence_out"), out),
            (view.t("sources.credit"), item.credit),
            (view.t("sources.note"), item.note.get(lang)),
        ]
    )
    summary = html.Summary([html.Strong(item.title.get(lang)), html.Span(item.producer, className="gist")])
    return html.Details([summary, body], id=f"source-{item.id}", className="entry")


def _sources(view: View) -> Component:
    items = view.obs.catalogue.sources.values()
    return _section(
        view,
        "sources",
        html.P(view.t("sources.sources.lead", n=len(items))),
        *(_source(view, s) for s in items),
    )


def _cell(view: View, coverage: Coverage, row: int, column: int) -> Component:
    share = float(coverage.share[row, column])
    if math.isnan(share):
        return html.Td("", className="cov none")
    first, last = int(coverage.first[row, column]), int(coverage.last[row, column])
    years = "" if not last else f" ({last})" if first == last else f" ({first}–{last})"
    step = 0 if share == 0 else min(4, 1 + int(share * 3.999))
    label = number(view.lang, round(100 * share))
    return html.Td(label, className=f"cov c{step}", title=f"{coverage.countries[column]}{years}")


def _coverage_table(view: View) -> Component:
    coverage, catalogue = _coverage(view.obs), view.obs.catalogue
    names = view.obs.countries[f"name_{view.lang}"].to_dict()
    heads = [html.Th(html.Abbr(c, title=str(names.get(c, c))), scope="col") for c in coverage.countries]
    rows = []
    for row, indicator in enumerate(coverage.indicators):
        label = html.A(catalogue.indicators[indicator].short_label.get(view.lang), href=f"#{indicator}")
        cells = [_cell(view, coverage, row, column) for column in range(len(coverage.countries))]
        rows.append(html.Tr([html.Th(label, scope="row"), *cells]))
    counts = [html.Td(number(view.lang, n)) for n in coverage.clusters]
    first = html.Tr([html.Th(view.t("sources.coverage.clusters"), scope="row"), *counts], className="counts")
    table = html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody([first, *rows])], className="coverage"
    )
    return html.Div(
        table, className="scroll", tabIndex="0", role="region", **aria(label=view.t("sources.coverage.title"))
    )


def _left_out(view: View) -> Component:
    table = view.obs.tables["left_out"]
    if table.empty:
        return html.Div()
    remarks = view.obs.catalogue.remarks
    items = [
        html.Li(
            [html.Strong(f"{row.entity} "), remarks[str(row.reason_key)].get(view.lang), f" ({row.detail})"]
        )
        for row in table.itertuples()
    ]
    return html.Details([html.Summary(view.t("sources.coverage.left_out", n=len(items))), html.Ul(items)])


def layout(view: View) -> Component:
    """The page."""
    toc = html.Ul([html.Li(html.A(view.t(f"sources.{part}.title"), href=f"#{part}")) for part in PARTS])
    version = view.obs.version
    return html.Div(
        [
            html.H1(title(view)),
            html.P(view.t("sources.lead"), className="lead"),
            html.Nav(toc, className="toc", **aria(label=view.t("sources.contents"))),
            _rule(view),
            _indicators(view),
            _section(
                view,
                "coverage",
                html.P(view.t("sources.coverage.lead")),
                _coverage_table(view),
                _left_out(view),
            ),
            _sources(view),
            _section(
                view,
                "citation",
                html.P(view.t("sources.citation.lead")),
                html.P(view.t("sources.citation.text", version=version), className="quote"),
            ),
        ]
    )


def stand_ins(view: View) -> StandIns:
    """Everything here is plain HTML."""
    return {}
