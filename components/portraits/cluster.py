"""The portrait of a cluster: what and where, five themes, position, siblings, alike, in reach, sources."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from components.locale import number
from components.portraits import cluster_sentences as say
from components.portraits.cluster_parts import development, positions, profile_radar, related
from components.portraits.markup import tag
from components.portraits.parts import (
    Placed,
    actions,
    crumbs,
    facts,
    figures,
    place_figure,
    section,
    show,
    small,
    sources_of,
)
from components.portraits.reach import actors_near, directory_sources, initiatives_section
from components.prerender import Raw
from components.view import View
from data.neighbours import alike
from data.portraits import Record, record_of, unit_of
from data.profiles import applies, profile_themes, theme_score
from data.reference import count_members, find_reference
from data.selection import Selection

HEADLINE = {
    "industry": ("employment", "gross_value_added", "lq_home", "national_share", "growth_advantage"),
    "science-technology": (
        "st_rank",
        "pct_applications",
        "publications",
        "pct_per_million",
        "st_rank_change",
    ),
}

NOTABLE = 0.3
"""Least weight of an industry in a field that is named at the head."""


def _row(view: View) -> int:
    return view.obs.clusters.position[str(unit_of(view.obs, "cluster", view.slug))]


def _record(view: View) -> Record:
    return record_of(view.obs, "clusters", _row(view))


def exists(view: View) -> bool:
    """Whether there is such a cluster."""
    return unit_of(view.obs, "cluster", view.slug) is not None


def title(view: View) -> str:
    """Name of the cluster."""
    return str(_record(view)[f"name_{view.lang}"])


def description(view: View) -> str:
    """The first sentence of the portrait."""
    return say.opening(view, _row(view))


def placed_figures(view: View, row: int) -> dict[str, list[Placed]]:
    """Known figures of the cluster by theme, each with its place in the group of its kind.

    Figures of the whole country stand here only where they are part of the profile; the others stand in the
    portrait of the country.
    """
    obs = view.obs
    kind = str(record_of(obs, "clusters", row)["kind"])
    reference = find_reference(obs, "clusters", row, "kind")
    found: dict[str, list[Placed]] = {theme: [] for theme in obs.catalogue.themes}
    for indicator in obs.catalogue.indicators.values():
        figure = obs.clusters.matrix.figure(row, indicator.id)
        if not applies(indicator, "clusters", kind) or figure.status == "missing":
            continue
        if figure.origin == "country" and not indicator.in_profile:
            continue
        found[indicator.theme].append(place_figure(view, reference, ("clusters", row), indicator, figure))
    return found


def _belongs(view: View) -> Raw:
    record, catalogue, lang = _record(view), view.obs.catalogue, view.lang
    items = []
    if record["industry_id"]:
        industry = catalogue.industries[record["industry_id"]]
        items.append((industry.name.get(lang), view.portrait("industry", industry.industry_id)))
    if record["region_id"]:
        items.append((str(record[f"region_name_{lang}"]), view.portrait("region", record["region_id"])))
    items.append((str(record[f"country_name_{lang}"]), view.portrait("country", str(record["iso3"]))))
    for field, weight in catalogue.industry_fields.get(str(record["industry_id"]), {}).items():
        if weight < NOTABLE:
            continue
        items.append((catalogue.fields[field].name.get(lang), view.portrait("field", field)))
    return crumbs(view, items)


def _headline(view: View) -> Raw | None:
    row, matrix = _row(view), view.obs.clusters.matrix
    pairs = list[tuple[str, str, str]]()
    for name in HEADLINE[str(_record(view)["kind"])]:
        indicator, figure = view.obs.catalogue.indicators[name], matrix.figure(row, name)
        if name == "gross_value_added" and pairs:
            continue  # only where there are no jobs to tell the size by
        if figure.value is not None:
            mark = "" if figure.status == "observed" else f" · {view.t(f'portrait.status.{figure.status}')}"
            label = indicator.short_label.get(view.lang)
            pairs.append((label, show(view, indicator, figure.value), f"{figure.year}{mark}"))
    return facts(pairs)


def _themes(view: View, placed: dict[str, list[Placed]]) -> list[Raw]:
    row, obs = _row(view), view.obs
    reference = find_reference(obs, "clusters", row, "kind")
    parts: list[Raw] = []
    for theme in profile_themes(obs):
        score = theme_score(obs, reference, ("clusters", row), theme)
        head = obs.catalogue.themes[theme]
        body: list[Any] = [tag("p", say.theme(view, score, placed[theme]))]
        if placed[theme]:
            body.append(figures(view, placed[theme]))
        parts.append(
            section(head.label.get(view.lang), *body, anchor=theme, lead=head.description.get(view.lang))
        )
    if placed.get("context"):
        head = obs.catalogue.themes["context"]
        note = small(view.t("portrait.cluster.context_note"))
        parts.append(
            section(head.label.get(view.lang), figures(view, placed["context"]), note, anchor="context")
        )
    return parts


def _next(view: View) -> Raw:
    record = _record(view)
    unit, place = str(record["id"]), str(record["place_id"])
    peers = tuple(str(view.obs.clusters.matrix.ids[r]) for r in alike(view.obs, _row(view), 3))
    industry = record["industry_id"]
    same = Selection(industry=(industry,)) if industry else Selection(kind=(str(record["kind"]),))
    chosen = [
        ("compare", view.href("compare", selection=Selection(ids=(unit, *peers)))),
        ("map", view.href("explore", selection=Selection(place=place))),
        ("rank", view.href("rank", selection=same)),
    ]
    return actions([(view.t(f"portrait.to.{name}"), href) for name, href in chosen])


def _group(view: View) -> str:
    record, obs = _record(view), view.obs
    reference = find_reference(obs, "clusters", _row(view), "kind")
    count = number(view.lang, count_members(obs, reference))
    group = view.t(f"portrait.group.{record['kind']}.{reference.granularity}", count=count)
    return view.t("portrait.group.lead", group=group)


def layout(view: View) -> Component:
    """The page."""
    row = _row(view)
    placed = placed_figures(view, row)
    record = _record(view)
    sources = [p.figure.source_id for items in placed.values() for p in items]
    text = [tag("p", sentence) for sentence in say.summary(view, row)]
    status = "" if record["counted"] else view.t(f"portrait.cluster.uncounted.{record['granularity']}")
    left = tag(
        "div",
        tag("div", *text, cls="opening"),
        small(status) if status else None,
        _headline(view),
        _next(view),
    )
    head = tag("div", left, profile_radar(view, row), cls="portrait-head")
    return html.Article(
        [
            _belongs(view),
            tag("p", view.t(f"controls.kind.{record['kind']}"), cls="eyebrow"),
            tag("h1", title(view)),
            head,
            development(view, row),
            positions(view, row),
            tag("p", " ".join([_group(view), say.known(view, row, placed)]), cls="small"),
            *_themes(view, placed),
            initiatives_section(view, "cluster", str(record["id"])),
            actors_near(view, float(record["lon"]), float(record["lat"])),
            *related(view, row),
            sources_of(view, [*sources, *directory_sources(view.obs)]),
        ],
        className="portrait-page",
    )


def structured(view: View) -> dict[str, Any]:
    """The cluster as a place with its position."""
    record = _record(view)
    point = {"@type": "GeoCoordinates", "latitude": float(record["lat"]), "longitude": float(record["lon"])}
    return {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": title(view),
        "description": description(view),
        "geo": point,
        "identifier": str(record["id"]),
    }
