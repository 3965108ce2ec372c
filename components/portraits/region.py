"""The portrait of a region: profile, portfolio, clusters, related strengths, neighbours, peers, gaps."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from components.figures.svg_line import line
from components.portraits import region_sentences as say
from components.portraits.cluster_parts import locate, radar_of, trend_caption
from components.portraits.cluster_sentences import known_sentence, theme
from components.portraits.markup import link, tag
from components.portraits.parts import (
    Placed,
    actions,
    crumbs,
    facts,
    figure_of,
    figures,
    place_figure,
    section,
    show,
    small,
    sources_of,
)
from components.portraits.reach import actors_section, directory_sources, initiatives_section
from components.portraits.region_parts import around, clusters_sections, gaps
from components.portraits.region_portfolio import (
    fields_section,
    portfolio_section,
    strengths_section,
)
from components.prerender import Raw
from components.view import View
from data.neighbours import clusters_at
from data.portfolio import portfolio, portfolio_peers
from data.portraits import Record, record_of, unit_of
from data.profiles import applies, coverage, profile_themes, theme_score
from data.reference import find_reference
from data.selection import Selection
from data.series import figure_series

HEADLINE = (
    "population",
    "gdp_per_head_ppp",
    "employed_total",
    "rd_intensity",
    "tertiary_share",
    "industry_diversity",
)
TRENDS = ("gdp_mio_eur", "patents", "gdp_mio_chf", "population", "rd_intensity", "unemployment_rate")
MOST_TRENDS = 2


def _row(view: View) -> int:
    return view.obs.regions.position[str(unit_of(view.obs, "region", view.slug))]


def _record(view: View) -> Record:
    return record_of(view.obs, "regions", _row(view))


def _portfolio(view: View) -> pd.DataFrame:
    return portfolio(view.obs, str(_record(view)["id"]))


def exists(view: View) -> bool:
    """Whether there is such a region."""
    return unit_of(view.obs, "region", view.slug) is not None


def title(view: View) -> str:
    """Name of the region."""
    return str(_record(view)[f"name_{view.lang}"])


def description(view: View) -> str:
    """Name and what it is."""
    return f"{title(view)}: {say.opening(view, _row(view))}"


def _belongs(view: View) -> Raw:
    record, items = _record(view), []
    if record["parent_id"] in view.obs.regions.position:
        parent = record_of(view.obs, "regions", view.obs.regions.position[record["parent_id"]])
        items.append((str(parent[f"name_{view.lang}"]), view.portrait("region", str(parent["id"]))))
    items.append((str(record[f"country_name_{view.lang}"]), view.portrait("country", str(record["iso3"]))))
    return crumbs(view, items)


def _placed(view: View) -> dict[str, list[Placed]]:
    """The region's own figures by theme, within the regions of its level."""
    row, obs = _row(view), view.obs
    reference = find_reference(obs, "regions", row, "kind")
    found: dict[str, list[Placed]] = {name: [] for name in obs.catalogue.themes}
    for indicator in obs.catalogue.indicators.values():
        figure = obs.regions.matrix.figure(row, indicator.id)
        if applies(indicator, "regions", "") and figure.status != "missing" and figure.origin != "country":
            found[indicator.theme].append(place_figure(view, reference, ("regions", row), indicator, figure))
    return found


def _headline(view: View) -> Raw | None:
    row, pairs = _row(view), list[tuple[str, str, str]]()
    for name in HEADLINE:
        indicator, figure = view.obs.catalogue.indicators[name], view.obs.regions.matrix.figure(row, name)
        if figure.value is not None and figure.origin == "own" and len(pairs) < 4:
            mark = "" if figure.status == "observed" else f" · {view.t(f'portrait.status.{figure.status}')}"
            pairs.append(
                (
                    indicator.short_label.get(view.lang),
                    show(view, indicator, figure.value),
                    f"{figure.year}{mark}",
                )
            )
    return facts(pairs)


def _notes(view: View) -> list[Raw]:
    """What must be known before reading: a remark, and where a retired region lives on."""
    record, catalogue, notes = _record(view), view.obs.catalogue, []
    if record.get("remark") in catalogue.remarks and not record["successor_ids"]:
        notes.append(tag("p", catalogue.remarks[str(record["remark"])].get(view.lang), cls="note"))
    heirs = [
        name for name in str(record["successor_ids"] or "").split("|") if name in view.obs.regions.position
    ]
    if heirs:
        named = [
            link(
                record_of(view.obs, "regions", view.obs.regions.position[h])[f"name_{view.lang}"],
                view.portrait("region", h),
            )
            for h in heirs
        ]
        listed = [part for i, item in enumerate(named) for part in ((", ", item) if i else (item,))]
        notes.append(tag("p", view.t("portrait.region.successors"), " ", *listed, cls="note"))
    return notes


def _themes(view: View, placed: dict[str, list[Placed]]) -> list[Raw]:
    row, obs, parts = _row(view), view.obs, []
    reference = find_reference(obs, "regions", row, "kind")
    for name in (*profile_themes(obs), "context"):
        head, found = obs.catalogue.themes[name], placed[name]
        if not found:
            continue
        score = theme_score(obs, reference, ("regions", row), name) if head.in_profile else None
        said = tag("p", theme(view, score, found)) if score and score.possible else None
        parts.append(tag("h3", head.label.get(view.lang), id=name))
        parts += [part for part in (said, figures(view, found)) if part is not None]
    have, possible = coverage(obs, reference, ("regions", row))
    lead = view.t("portrait.region.group", group=say.level_group(view, row))
    text = small(known_sentence(view, have, possible, placed))
    title_ = view.t("portrait.region.profile.title")
    if not parts:
        return [section(title_, small(view.t("portrait.region.profile.none")), anchor="profile")]
    return [section(title_, text, *parts, anchor="profile", lead=lead)]


def _development(view: View) -> Raw:
    record, drawn = _record(view), list[Raw]()
    for name in TRENDS:
        series = figure_series(view.obs, str(record["id"]), name) if len(drawn) < MOST_TRENDS else None
        if series is not None:
            indicator = view.obs.catalogue.indicators[name]
            label = indicator.label.get(view.lang)
            series = type(series)(
                series.source_id,
                name,
                indicator.unit.get(view.lang),
                series.years,
                series.values,
                series.breaks,
                series.estimated,
            )
            said = view.t("portrait.trend.label", label=label, first=series.years[0], last=series.years[-1])
            drawn.append(
                figure_of(
                    line(view.lang, series, said, indicator.decimals), trend_caption(view, series, label)
                )
            )
    place = locate(
        view,
        (str(record["id"]), title(view)),
        (float(record["lon"]), float(record["lat"])),
        str(record["iso3"]),
    )
    trends = tag("div", *(drawn or [small(view.t("portrait.region.no_trend"))]))
    return section(
        view.t("portrait.trend.title"), tag("div", trends, place, cls="pair"), anchor="development"
    )


def _next(view: View) -> Raw:
    record, row = _record(view), _row(view)
    peers = tuple(str(view.obs.regions.matrix.ids[r]) for r, _ in portfolio_peers(view.obs, row, 3))
    chosen = [
        ("compare_regions", view.href("compare", selection=Selection(ids=(str(record["id"]), *peers)))),
        ("map", view.href("explore", selection=Selection(place=str(record["id"])))),
        (
            "rank_regions",
            view.href("rank", selection=Selection(unit="regions", country=(str(record["iso3"]),))),
        ),
    ]
    return actions([(view.t(f"portrait.to.{name}"), href) for name, href in chosen])


def _led_by(view: View) -> list[str]:
    """Industries of the counted clusters of the region, else of all its clusters in its own detail."""
    frame = view.obs.clusters.frame
    rows = clusters_at(view.obs, str(_record(view)["id"]))
    counted = frame["counted"].to_numpy(bool)[rows]
    detail = frame["granularity"].to_numpy(str)[rows]
    chosen = rows[counted] if counted.any() else rows[detail == "section"]
    return [str(i) for i in frame["industry_id"].iloc[chosen]]


def layout(view: View) -> Component:
    """The page."""
    row, own, record = _row(view), _portfolio(view), _record(view)
    placed = _placed(view)
    sources = [p.figure.source_id for items in placed.values() for p in items]
    sources += [str(name) for name in own["source_id"].dropna().unique()] if len(own) else []
    text = [tag("p", paragraph) for paragraph in say.summary(view, row, own, _led_by(view)) if paragraph]
    left = tag("div", tag("div", *text, cls="opening"), *_notes(view), _headline(view), _next(view))
    radar = radar_of(view, "regions", row, view.t("portrait.radar.none_region"))
    return html.Article(
        [
            _belongs(view),
            tag("p", view.t(f"portrait.level.name.{record['kind']}"), cls="eyebrow"),
            tag("h1", title(view)),
            tag("div", left, radar, cls="portrait-head"),
            _development(view),
            portfolio_section(view, own),
            fields_section(view, str(record["id"]), own),
            *clusters_sections(view, row, own),
            initiatives_section(view, "region", str(record["id"])),
            actors_section(view, str(record["id"])),
            strengths_section(view, str(record["id"]), own),
            *_themes(view, placed),
            *around(view, row, own),
            gaps(view, row, own),
            sources_of(view, [*sources, *directory_sources(view.obs)]),
        ],
        className="portrait-page",
    )


def structured(view: View) -> dict[str, Any]:
    """The region as an administrative area with its position."""
    record = _record(view)
    point = {"@type": "GeoCoordinates", "latitude": float(record["lat"]), "longitude": float(record["lon"])}
    return {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": title(view),
        "description": description(view),
        "geo": point,
        "identifier": str(record["id"]),
    }
