"""The building blocks of every portrait: sections, tables of figures with their place, lists of links."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from components.locale import number
from components.portraits.markup import Column, link, table, tag
from components.prerender import Raw
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


def rounded(lang: str, value: float | None, places: int) -> str:
    """A number with so many places; what rounds to zero has no sign."""
    return number(lang, None if value is None or value != value else round(value, places) + 0.0, places)


def join_years(years: Sequence[int]) -> list[str]:
    """Years as texts, neighbours as a span: 2015, 2016, 2017 as ``2015–2017``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def show(view: View, indicator: Indicator, value: float | None) -> str:
    """A value with its unit, in the form of the language; a dash for what is missing."""
    text, unit = rounded(view.lang, value, indicator.decimals), indicator.unit_short.get(view.lang)
    return f"{text}\u00a0{unit}" if unit and value is not None else text


def section(title: str, *body: Any, anchor: str = "", lead: str = "") -> Raw:
    """A part of a portrait under its heading."""
    return tag(
        "section",
        tag("h2", title, id=anchor),
        tag("p", lead, cls="small") if lead else None,
        *body,
        cls="part",
    )


def small(text: str) -> Raw:
    """A note or a reason."""
    return tag("p", text, cls="small")


def figure_of(drawing: Raw, caption: Any, cls: str = "") -> Raw:
    """A drawing with what it shows."""
    return tag("figure", drawing, tag("figcaption", caption), cls=f"drawing {cls}".strip())


def bar(view: View, percentile: float | None) -> Raw | str:
    """A line from 0 to 100 with the median marked and a dot where the unit stands."""
    if percentile is None:
        return ""
    label = view.t("portrait.percentile", value=number(view.lang, percentile))
    dot = tag("span", style=f"left:{percentile:.1f}%")
    return tag("span", dot, cls="strip", title=label, role="img", aria_label=label)


def source_link(view: View, source_id: str | None) -> Raw | str:
    """The source of a figure, leading to its entry."""
    if not source_id:
        return ""
    source = view.obs.catalogue.sources[source_id]
    return link(source.title.get(view.lang), f"/{view.lang}/sources#source-{source_id}", "source")


def _note(view: View, figure: Figure) -> str:
    """What must be said beside the figure: how it was come by, and whose it is."""
    said = [] if figure.status in {"observed", "missing"} else [view.t(f"portrait.status.{figure.status}")]
    if figure.value is not None and figure.origin in {"around", "country"}:
        said.append(view.t(f"portrait.origin.{figure.origin}"))
    return ", ".join(said)


def _row(view: View, placed: Placed) -> tuple[Any, ...]:
    indicator, figure = placed.indicator, placed.figure
    rank = ""
    if placed.rank:
        counts = (number(view.lang, n) for n in (placed.rank, placed.ranked))
        rank = view.t("portrait.rank", rank=next(counts), n=next(counts))
    name = tag(
        "a",
        indicator.label.get(view.lang),
        href=f"/{view.lang}/sources#{indicator.id}",
        cls="quiet-link",
        title=indicator.description.get(view.lang),
    )
    note = _note(view, figure)
    value = [show(view, indicator, figure.value), tag("small", note, cls="estimate") if note else None]
    year = str(figure.year or "")
    return name, value, year, bar(view, placed.percentile), rank, source_link(view, figure.source_id)


def figures(view: View, placed: Sequence[Placed]) -> Raw:
    """Figures with year, place in the group, rank and source."""
    columns = [
        Column(view.t("portrait.figure")),
        Column(view.t("portrait.value"), numeric=True),
        Column(view.t("portrait.year"), numeric=True),
        Column(view.t("portrait.place"), cls="strip-cell"),
        Column(view.t("portrait.rank_head"), numeric=True),
        Column(view.t("portrait.source"), cls="source-cell"),
    ]
    return table(columns, [_row(view, p) for p in placed], view.t("portrait.figures"), "placed")


def facts(pairs: Iterable[tuple[str, Any, str]]) -> Raw | None:
    """The few figures that matter most, large: (label, value, what stands below)."""
    items = [
        tag("div", tag("dt", label), tag("dd", value, tag("small", below) if below else None))
        for label, value, below in pairs
    ]
    return tag("dl", *items, cls="key-facts") if items else None


def links(items: Sequence[tuple[str, str, str]], empty: str) -> Raw:
    """A list of (text, address, remark); where there is nothing, the reason."""
    if not items:
        return small(empty)
    rows = [
        tag("li", link(text, address), tag("span", remark, cls="remark") if remark else None)
        for text, address, remark in items
    ]
    return tag("ul", *rows, cls="link-list")


def crumbs(view: View, items: Sequence[tuple[str, str]]) -> Raw:
    """Where the unit belongs: links to what is around it."""
    rows = [tag("li", link(text, address)) for text, address in items]
    return tag("nav", tag("ul", *rows), cls="crumbs", aria_label=view.t("portrait.belongs"))


def actions(items: Sequence[tuple[str, str]]) -> Raw:
    """What one can do next, as buttons that are links."""
    return tag("p", *(link(text, address, "plain") for text, address in items), cls="actions")


def join_names(view: View, names: Sequence[str]) -> str:
    """Names as a list in words: ``a, b and c``; with semicolons where a name holds a comma or an "and"."""
    if len(names) < 2:
        return "".join(names)
    if any(sign in name for name in names for sign in (",", " and ", " und ")):
        return "; ".join(names)
    return view.t("portrait.say.and", first=", ".join(names[:-1]), last=names[-1])


def sources_of(view: View, ids: Iterable[str | None]) -> Raw:
    """The sources of everything on the page, each with its credit; version and address for print."""
    found = sorted({i for i in ids if i})
    catalogue = view.obs.catalogue.sources
    rows = [tag("li", source_link(view, i), tag("span", catalogue[i].credit, cls="remark")) for i in found]
    version = small(view.t("portrait.version", version=view.obs.version))
    listed = tag("ul", *rows, cls="link-list") if rows else small(view.t("portrait.no_sources"))
    address = tag("p", view.href(), cls="small print-only")
    return section(view.t("portrait.sources"), listed, version, address, anchor="sources")
