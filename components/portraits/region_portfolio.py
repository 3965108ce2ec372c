"""The economy of a region: bubbles of specialisation, growth and size, the same as a table, and by field."""

import math
from typing import Any

import pandas as pd

from components.figures.svg_bubble import Axes, Bubble, bubbles
from components.locale import MISSING, number
from components.portraits.markup import Column, link, table, tag
from components.portraits.parts import figure_of, join_names, rounded, section, small
from components.prerender import Raw
from components.view import View
from data.field_sums import field_portfolio
from data.portfolio import related_strengths
from data.portraits import unit_of

SHOWN = 15
DRAWN_LEAST = 3


def _value(row: Any, name: str) -> float | None:
    value = getattr(row, name)
    return None if value is None or value is pd.NA or value != value else float(value)


def _bubbles(view: View, own: pd.DataFrame, rising: bool) -> list[Bubble]:
    names, lang, found = view.obs.catalogue.industries, view.lang, []
    clusters = set(cluster_ids(view, own))
    for row in own.itertuples():
        size, lq = _value(row, "value"), _value(row, "lq_home")
        up = _value(row, "growth" if rising else "focus")
        if not size or not lq or up is None:
            continue
        industry = names[str(row.industry_id)]
        title = view.t(
            "portrait.portfolio.bubble",
            name=industry.name.get(lang),
            size=number(lang, round(size)),
            unit=_unit(view, row),
            lq=number(lang, lq, 2),
            up=rounded(lang, up, 1),
        )
        found.append(
            Bubble(
                industry.short.get(lang),
                title,
                lq,
                up,
                size,
                str(row.industry_id) in clusters,
                str(row.status) == "estimated",
            )
        )
    return found


def _unit(view: View, row: Any) -> str:
    return view.t("portrait.unit.employment") if row.measure == "employment" else str(row.unit)


def cluster_ids(view: View, own: pd.DataFrame) -> dict[str, str]:
    """Cluster by industry of a portfolio, for the industries that form one."""
    if own.empty:
        return {}
    tail = "-group" if own["view"].iloc[0] == "group" else ""
    region = str(own.attrs.get("region_id", "")).lower()
    found = {}
    for industry in own["industry_id"]:
        unit = unit_of(view.obs, "cluster", f"{region}-{str(industry).lower()}{tail}")
        if unit:
            found[str(industry)] = unit
    return found


def drawing(view: View, own: pd.DataFrame) -> Raw | None:
    """The bubbles, with growth upwards where most industries have it, else with their share of the region."""
    rising = int(own["growth"].notna().sum()) * 2 >= int(own["value"].notna().sum())
    found = _bubbles(view, own, rising)
    if len(found) < DRAWN_LEAST:
        return None
    words = "growth" if rising else "share"
    axes = Axes(
        view.t("portrait.portfolio.across"),
        view.t(f"portrait.portfolio.up_{words}"),
        view.t("portrait.portfolio.label", n=len(found)),
    )
    years = [int(y) for y in own["growth_year"].dropna()]
    caption = view.t(f"portrait.portfolio.caption_{words}", year=max(years) if rising and years else "")
    return figure_of(bubbles(view.lang, found, axes), caption, "wide")


def _cells(view: View, row: Any, clusters: dict[str, str]) -> list[Any]:
    lang, industry = view.lang, view.obs.catalogue.industries[str(row.industry_id)]
    name: list[Any] = [
        link(industry.name.get(lang), view.portrait("industry", industry.industry_id), "quiet-link")
    ]
    if str(row.industry_id) in clusters:
        name += [
            " ",
            link(
                view.t("portrait.portfolio.cluster"),
                view.portrait("cluster", clusters[str(row.industry_id)]),
                "cluster-badge",
            ),
        ]
    note = ""
    if row.status in {"estimated", "confidential"}:
        note = view.t(f"portrait.status.{row.status}")
    size = _value(row, "value")
    shown = number(lang, round(size)) if size is not None else MISSING
    cells: list[Any] = [name, [shown, tag("small", note, cls="estimate") if note else None]]
    for column, places in (
        ("focus", 1),
        ("lq_home", 2),
        ("national_share", 1),
        ("growth", 1),
        ("growth_advantage", 1),
    ):
        cells.append(rounded(lang, _value(row, column), places))
    return cells


def industry_table(view: View, own: pd.DataFrame) -> list[Raw]:
    """The largest industries, the others behind a fold."""
    clusters = cluster_ids(view, own)
    first = own.iloc[0]
    unit = _unit(view, first)
    heads = [view.t("portrait.portfolio.industry"), view.t("portrait.portfolio.size", unit=unit)]
    heads += [
        view.t(f"portrait.portfolio.{name}") for name in ("focus", "lq", "national", "growth", "advantage")
    ]
    columns = [Column(head, numeric=bool(i)) for i, head in enumerate(heads)]
    rows = [_cells(view, row, clusters) for row in own.itertuples()]
    label = view.t("portrait.portfolio.title")
    parts = [table(columns, rows[:SHOWN], label, "portfolio")]
    if len(rows) > SHOWN:
        more = tag("summary", view.t("portrait.portfolio.rest", n=len(rows) - SHOWN), cls="quiet")
        parts.append(tag("details", more, table(columns, rows[SHOWN:], label, "portfolio")))
    return parts


def portfolio_section(view: View, own: pd.DataFrame) -> Raw:
    """All of it under one heading."""
    title = view.t("portrait.portfolio.title")
    if own.empty:
        return section(title, small(view.t("portrait.portfolio.none")), anchor="portfolio")
    view_name = str(own["view"].iloc[0])
    lead = view.t(f"portrait.portfolio.lead_{view_name}", year=int(own["year"].max()))
    drawn = drawing(view, own)
    chart = drawn if drawn is not None else small(view.t("portrait.portfolio.no_chart"))
    return section(title, chart, *industry_table(view, own), anchor="portfolio", lead=lead)


def fields_section(view: View, region_id: str, own: pd.DataFrame) -> Raw:
    """The region by thematic field."""
    title, lang = view.t("portrait.fields.title"), view.lang
    found = field_portfolio(view.obs, region_id)
    if found.empty:
        reason = "value_added" if len(own) and own["measure"].iloc[0] != "employment" else "broad"
        return section(title, small(view.t(f"portrait.fields.none_{reason}")), anchor="fields")
    rows = []
    for row in found.to_dict("records"):
        field = view.obs.catalogue.fields[str(row["field_id"])]
        note = view.t("portrait.fields.hidden", n=int(row["hidden"])) if row["hidden"] else ""
        name = [
            link(field.name.get(lang), view.portrait("field", field.field_id), "quiet-link"),
            tag("small", note, cls="beside") if note else None,
        ]
        strip = _lq_strip(view, float(row["lq"]))
        rows.append(
            [
                name,
                number(lang, round(float(row["jobs"]))),
                number(lang, float(row["focus"]), 1),
                number(lang, float(row["lq"]), 2),
                strip,
            ]
        )
    columns = [
        Column(view.t("portrait.fields.field")),
        Column(view.t("portrait.fields.jobs"), numeric=True),
        Column(view.t("portrait.portfolio.focus"), numeric=True),
        Column(view.t("portrait.portfolio.lq"), numeric=True),
        Column(view.t("portrait.fields.strip"), cls="strip-cell"),
    ]
    return section(title, table(columns, rows, title), anchor="fields", lead=view.t("portrait.fields.lead"))


def _lq_strip(view: View, quotient: float) -> Raw | str:
    """A quotient between a quarter and four times the average, 1 in the middle."""
    if not quotient > 0 or math.isnan(quotient):
        return ""
    place = min(max(50 + 25 * math.log2(quotient), 0.0), 100.0)
    label = view.t("portrait.remark.lq", value=number(view.lang, quotient, 2))
    return tag(
        "span",
        tag("span", style=f"left:{place:.1f}%"),
        cls="strip",
        title=label,
        role="img",
        aria_label=label,
    )


def strengths_section(view: View, region_id: str, own: pd.DataFrame) -> Raw:
    """Industries below the average that fit to what the region is strong in."""
    title, lang = view.t("portrait.related.title"), view.lang
    found = related_strengths(view.obs, region_id)
    if not found:
        reason = "none" if len(own) and own["view"].iloc[0] == "division" else "broad"
        return section(title, small(view.t(f"portrait.related.{reason}")), anchor="related")
    rows = []
    for industry_id, near, quotient in found:
        industry = view.obs.catalogue.industries[industry_id]
        name = link(industry.name.get(lang), view.portrait("industry", industry_id), "quiet-link")
        rows.append([name, number(lang, near, 0), number(lang, quotient, 2)])
    columns = [
        Column(view.t("portrait.portfolio.industry")),
        Column(view.t("portrait.related.density"), numeric=True),
        Column(view.t("portrait.portfolio.lq"), numeric=True),
    ]
    names = join_names(view, [view.obs.catalogue.industries[i].short.get(lang) for i, _, _ in found[:3]])
    said = tag("p", view.t("portrait.related.say", names=names))
    return section(
        title,
        said,
        table(columns, rows, title, "narrow"),
        anchor="related",
        lead=view.t("portrait.related.lead"),
    )
