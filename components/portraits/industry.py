"""The portrait of an industry: where it is, how concentrated, clusters, relatives, fields and code."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from components.locale import number
from components.portraits.cluster_parts import cluster_links
from components.portraits.markup import link, tag
from components.portraits.parts import actions, crumbs, facts, links, section, small, sources_of
from components.portraits.world_parts import (
    concentration_section,
    map_section,
    region_name,
    regions_section,
)
from components.prerender import Raw
from components.view import View
from data.catalogue_types import Industry
from data.industry_regions import Rows, industry_clusters, industry_regions, most_specialised
from data.portfolio import related_industries
from data.portraits import unit_of
from data.queries import SECOND_VIEWS
from data.selection import Selection

MOST_CLUSTERS = 24


def _industry(view: View) -> Industry:
    return view.obs.catalogue.industries[str(unit_of(view.obs, "industry", view.slug))]


def code_of(industry: Industry) -> str:
    """The code as it is written: C29, C, C29–30, or the number of a benchmark cluster."""
    code = industry.industry_id.split("-", 1)[1]
    letter = industry.parent_id.removeprefix("isic-") if industry.level in {"division", "range"} else ""
    return f"{letter}{code.replace('-', '–')}"


def exists(view: View) -> bool:
    """Whether there is such an industry."""
    return unit_of(view.obs, "industry", view.slug) is not None


def title(view: View) -> str:
    """Name of the industry."""
    return _industry(view).name.get(view.lang)


def description(view: View) -> str:
    """Name and how many clusters of it are counted."""
    return f"{title(view)}: {_counts(view, industry_clusters(view.obs, _industry(view).industry_id))}"


def _counts(view: View, rows: Rows) -> str:
    if not len(rows):
        traded = _industry(view).traded in view.obs.catalogue.rule.traded
        return view.t("portrait.industry.say.none" if traded else "portrait.industry.say.local")
    frame = view.obs.clusters.frame
    countries = view.t("portrait.countries", n=len(set(frame["iso3"].iloc[rows])))
    counted = bool(frame["counted"].iloc[rows[0]])
    detail = str(frame["granularity"].iloc[rows[0]])
    form = "counted" if counted else f"second_{detail if detail in {'group', 'benchmark'} else 'section'}"
    return view.t(
        f"portrait.industry.say.{form}", n=len(rows), count=number(view.lang, len(rows)), countries=countries
    )


def _summary(view: View, rows: Rows) -> list[Raw]:
    industry, found = _industry(view), industry_regions(view.obs, _industry(view).industry_id)
    said = [_counts(view, rows)]
    persons = found[(found["measure"] == "employment") & found["value"].notna() & (found["value"] > 0)]
    if len(persons):
        first = persons.iloc[0]
        said.append(
            view.t(
                "portrait.industry.say.largest",
                region=region_name(view, int(first["row"])),
                persons=number(view.lang, round(float(first["value"]))),
                year=int(first["year"]),
            )
        )
        special = most_specialised(persons, 1)
        if len(special):
            top = special.iloc[0]
            said.append(
                view.t(
                    "portrait.industry.say.special",
                    region=region_name(view, int(top["row"])),
                    lq=number(view.lang, float(top["lq_home"]), 1),
                )
            )
    return [tag("p", " ".join(said)), tag("p", view.t(f"portrait.industry.traded.{industry.traded}"))]


def _selection(view: View, rows: Rows) -> Selection:
    """What map and ranking must be asked for to show the same clusters."""
    industry, frame = (_industry(view).industry_id,), view.obs.clusters.frame
    if not len(rows) or bool(frame["counted"].iloc[rows[0]]):
        return Selection(industry=industry)
    detail = str(frame["granularity"].iloc[rows[0]])
    second = (detail,) if detail in SECOND_VIEWS else ()
    return Selection(industry=industry, granularity=second, rule=bool(second))


def clusters_section(view: View, rows: Rows, more: Selection, lead: str) -> Raw:
    """The largest clusters by jobs, with a way to all of them."""
    title_ = view.t("portrait.industry.clusters.title")
    if not len(rows):
        return section(title_, small(view.t("portrait.industry.clusters.none")), anchor="clusters")
    rest = None
    if len(rows) > MOST_CLUSTERS:
        text = view.t("portrait.all_in_ranking", n=len(rows), count=number(view.lang, len(rows)))
        rest = tag("p", link(text, view.href("rank", selection=more)), cls="small")
    return section(
        title_, links(cluster_links(view, rows[:MOST_CLUSTERS]), ""), rest, anchor="clusters", lead=lead
    )


def _related(view: View) -> Raw:
    industry, catalogue, lang = _industry(view), view.obs.catalogue, view.lang
    found = related_industries(view.obs, industry.industry_id)
    items = [
        (
            catalogue.industries[name].name.get(lang),
            view.portrait("industry", name),
            view.t("portrait.remark.proximity", value=number(lang, near, 2)),
        )
        for name, near in found
    ]
    reason = "none" if industry.level == "division" else "broad"
    return section(
        view.t("portrait.industry.related.title"),
        links(items, view.t(f"portrait.industry.related.{reason}")),
        anchor="related",
        lead=view.t("portrait.industry.related.lead"),
    )


def _place_in_scheme(view: View) -> Raw:
    """Code, parent, members, and fields with their weights."""
    industry, catalogue, lang = _industry(view), view.obs.catalogue, view.lang
    inside = [
        i for i in catalogue.industries.values() if i.parent_id == industry.industry_id and not i.members
    ]
    members = [catalogue.industries[name] for name in industry.members] or inside
    items = [
        (f"{code_of(i)} {i.name.get(lang)}", view.portrait("industry", i.industry_id), "") for i in members
    ]
    fields = [
        (
            catalogue.fields[name].name.get(lang),
            view.portrait("field", name),
            view.t("portrait.remark.weight", value=number(lang, weight * 100)),
        )
        for name, weight in catalogue.industry_fields.get(industry.industry_id, {}).items()
    ]
    above = [i for i in catalogue.industries.values() if industry.industry_id in i.members]
    wider = [
        (f"{code_of(i)} {i.name.get(lang)}", view.portrait("industry", i.industry_id), "") for i in above
    ]
    body = [
        tag("p", view.t(f"portrait.industry.scheme.{industry.scheme}", code=code_of(industry))),
        tag("p", view.t("portrait.industry.scheme.approximate")) if industry.approximate else None,
        tag("h3", view.t("portrait.industry.scheme.inside")),
        links(items, view.t("portrait.industry.scheme.no_inside")),
        [tag("h3", view.t("portrait.industry.scheme.wider")), links(wider, "")] if wider else None,
        tag("h3", view.t("portrait.industry.scheme.fields")),
        links(fields, view.t("portrait.industry.scheme.no_fields")),
    ]
    return section(view.t("portrait.industry.scheme.title"), *body, anchor="scheme")


def _belongs(view: View) -> Raw:
    industry, catalogue, items = _industry(view), view.obs.catalogue, list[tuple[str, str]]()
    if industry.parent_id:
        parent = catalogue.industries[industry.parent_id]
        items.append(
            (f"{code_of(parent)} {parent.name.get(view.lang)}", view.portrait("industry", parent.industry_id))
        )
    items.append((view.t("portrait.industry.all"), view.href("rank", selection=Selection(unit="industries"))))
    return crumbs(view, items)


def layout(view: View) -> Component:
    """The page."""
    industry, obs = _industry(view), view.obs
    rows, found = industry_clusters(obs, industry.industry_id), industry_regions(obs, industry.industry_id)
    chosen = _selection(view, rows)
    countries = len(set(obs.clusters.frame["iso3"].iloc[rows]))
    known = int((found["value"] > 0).sum())
    numbers = [
        (
            view.t("portrait.industry.facts.code"),
            code_of(industry),
            view.t(f"portrait.industry.level.{industry.level}"),
        ),
        (
            view.t("portrait.industry.facts.clusters"),
            number(view.lang, len(rows)),
            view.t("portrait.countries", n=countries) if countries else "",
        ),
        (view.t("portrait.industry.facts.regions"), number(view.lang, known), ""),
    ]
    ways = [("map", view.href("explore", selection=chosen)), ("rank", view.href("rank", selection=chosen))]
    sources = [str(name) for name in found["source_id"].dropna().unique()]
    return html.Article(
        [
            _belongs(view),
            tag("p", view.t(f"portrait.industry.level.{industry.level}"), cls="eyebrow"),
            tag("h1", title(view)),
            tag("div", *_summary(view, rows), cls="opening"),
            facts(numbers),
            actions([(view.t(f"portrait.to.{name}"), href) for name, href in ways]) if len(rows) else None,
            map_section(view, rows, "industry"),
            regions_section(view, found),
            concentration_section(view, found),
            clusters_section(view, rows, chosen, view.t("portrait.industry.clusters.lead")),
            _related(view),
            _place_in_scheme(view),
            sources_of(view, sources),
        ],
        className="portrait-page",
    )


def structured(view: View) -> dict[str, Any]:
    """The industry as a defined term of its classification."""
    industry = _industry(view)
    scheme = "ISIC Rev. 4" if industry.scheme == "isic" else "US Cluster Mapping, benchmark definitions"
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": title(view),
        "termCode": code_of(industry),
        "inDefinedTermSet": scheme,
        "description": description(view),
    }
