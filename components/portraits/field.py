"""The portrait of a thematic field: its industries, where it is concentrated, its clusters."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from components.locale import number
from components.portraits.industry import clusters_section, code_of
from components.portraits.markup import Column, link, table, tag
from components.portraits.parts import actions, crumbs, facts, section, sources_of
from components.portraits.reach import directory_sources, initiatives_section
from components.portraits.world_parts import concentration_section, map_section, region_name, regions_section
from components.prerender import Raw
from components.view import View
from data.catalogue_types import Field
from data.field_sums import field_regions
from data.industry_regions import field_clusters, most_specialised
from data.portraits import unit_of
from data.selection import Selection

SOURCES = ("eurostat-sbs", "ons-bres", "us-cbp-2019", "abs-lfs", "statsnz-census", "gco")
"""Where the sums over regions come from."""


def _field(view: View) -> Field:
    return view.obs.catalogue.fields[str(unit_of(view.obs, "field", view.slug))]


def exists(view: View) -> bool:
    """Whether there is such a field."""
    return unit_of(view.obs, "field", view.slug) is not None


def title(view: View) -> str:
    """Name of the field."""
    return _field(view).name.get(view.lang)


def description(view: View) -> str:
    """What belongs to the field."""
    return _field(view).description.get(view.lang)


def _industries(view: View) -> list[tuple[str, float]]:
    field_id = _field(view).field_id
    found = [(name, w[field_id]) for name, w in view.obs.catalogue.industry_fields.items() if field_id in w]
    isic = [item for item in found if view.obs.catalogue.industries[item[0]].level == "division"]
    return sorted(isic, key=lambda item: (-item[1], item[0]))


def _makeup(view: View) -> Raw:
    lang, catalogue, rows = view.lang, view.obs.catalogue, []
    frame = view.obs.clusters.frame
    counts = frame.loc[frame["counted"].to_numpy(bool), "industry_id"].value_counts()
    for name, weight in _industries(view):
        industry = catalogue.industries[name]
        text = f"{code_of(industry)} {industry.name.get(lang)}"
        rows.append(
            [
                link(text, view.portrait("industry", name), "quiet-link"),
                f"{number(lang, weight * 100)} %",
                number(lang, int(counts.get(name, 0))),
            ]
        )
    columns = [
        Column(view.t("portrait.portfolio.industry")),
        Column(view.t("portrait.field.weight"), numeric=True),
        Column(view.t("portrait.field.clusters"), numeric=True),
    ]
    heading = view.t("portrait.field.makeup")
    return section(
        heading, table(columns, rows, heading), anchor="industries", lead=view.t("portrait.field.makeup_lead")
    )


def _summary(view: View, n: int, countries: int) -> list[Raw]:
    said = [
        view.t(
            "portrait.field.say.clusters",
            n=n,
            count=number(view.lang, n),
            countries=view.t("portrait.countries", n=countries),
        )
    ]
    found = field_regions(view.obs, _field(view).field_id)
    if len(found):
        first, top = found.iloc[0], most_specialised(found, 1)
        said.append(
            view.t(
                "portrait.field.say.largest",
                region=region_name(view, int(first["row"])),
                persons=number(view.lang, round(float(first["value"]))),
            )
        )
        if len(top):
            special = top.iloc[0]
            said.append(
                view.t(
                    "portrait.industry.say.special",
                    region=region_name(view, int(special["row"])),
                    lq=number(view.lang, float(special["lq_home"]), 1),
                )
            )
    return [tag("p", _field(view).description.get(view.lang)), tag("p", " ".join(said))]


def layout(view: View) -> Component:
    """The page."""
    field, obs = _field(view), view.obs
    rows, found = field_clusters(obs, field.field_id), field_regions(obs, field.field_id)
    chosen = Selection(field=(field.field_id,))
    countries = len(set(obs.clusters.frame["iso3"].iloc[rows]))
    numbers = [
        (
            view.t("portrait.industry.facts.clusters"),
            number(view.lang, len(rows)),
            view.t("portrait.countries", n=countries),
        ),
        (view.t("portrait.field.industries"), number(view.lang, len(_industries(view))), ""),
        (view.t("portrait.industry.facts.regions"), number(view.lang, len(found)), ""),
    ]
    ways = [("map", view.href("explore", selection=chosen)), ("rank", view.href("rank", selection=chosen))]
    others = [
        (f.short.get(view.lang), view.portrait("field", f.field_id))
        for f in obs.catalogue.fields.values()
        if f != field
    ]
    return html.Article(
        [
            tag("p", view.t("portrait.field.name"), cls="eyebrow"),
            tag("h1", title(view)),
            tag("div", *_summary(view, len(rows), countries), cls="opening"),
            facts(numbers),
            actions([(view.t(f"portrait.to.{name}"), href) for name, href in ways]),
            map_section(view, rows, "field"),
            regions_section(view, found),
            concentration_section(view, found),
            _makeup(view),
            clusters_section(view, rows, chosen, view.t("portrait.field.clusters_lead")),
            initiatives_section(view, "field", field.field_id),
            section(view.t("portrait.field.others"), crumbs(view, others), anchor="others"),
            sources_of(
                view,
                [
                    "eurostat-sbs",
                    "ons-bres",
                    "us-cbp-2019",
                    "abs-lfs",
                    "statsnz-census",
                    "gco",
                    *directory_sources(view.obs)[:1],
                ],
            ),
        ],
        className="portrait-page",
    )


def structured(view: View) -> dict[str, Any]:
    """The field as a defined term."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": title(view),
        "inDefinedTermSet": "EU industrial ecosystems",
        "description": description(view),
    }
