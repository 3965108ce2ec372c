"""The portrait of a country: its clusters and their industries, its regions, its index figures, our gaps."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from dash import html
from dash.development.base_component import Component

from components.figures.svg_locator import country_map
from components.locale import number
from components.portraits.cluster_parts import cluster_links
from components.portraits.country_sentences import held_section, summary
from components.portraits.markup import Column, link, table, tag
from components.portraits.parts import (
    Placed,
    actions,
    crumbs,
    facts,
    figure_of,
    figures,
    links,
    rounded,
    section,
    small,
    sources_of,
)
from components.portraits.reach import directory_sources, initiatives_section, programmes_section
from components.portraits.world_parts import marks, size_of
from components.prerender import Raw
from components.view import View
from data.country_profile import country_clusters, country_placed, country_regions, science_clusters
from data.portraits import name_of, record_of, unit_of
from data.selection import Selection

Rows = npt.NDArray[np.intp]
LISTED = 10
SHORT = 5


def _iso3(view: View) -> str:
    return str(unit_of(view.obs, "country", view.slug))


def exists(view: View) -> bool:
    """Whether anything is known of such a country."""
    return unit_of(view.obs, "country", view.slug) is not None


def title(view: View) -> str:
    """Name of the country."""
    return name_of(view.obs, "country", _iso3(view), view.lang)


def description(view: View) -> str:
    """Name and what is counted there."""
    return f"{title(view)}: {summary(view, _iso3(view))[0]}"


def _ordered(view: View, rows: Rows, name: str) -> Rows:
    values = view.obs.clusters.matrix.column(name)[rows]
    order = np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")
    return rows[order][: int((~np.isnan(values)).sum())]


def _strongest(view: View, rows: Rows) -> Raw:
    heading, lang, matrix = view.t("portrait.country.strongest.title"), view.lang, view.obs.clusters.matrix
    if not len(rows):
        return section(heading, small(view.t("portrait.country.strongest.none")), anchor="clusters")
    size = size_of(view, rows)
    names = (size, "lq_home", "national_share", "growth_advantage")
    indicators = [view.obs.catalogue.indicators[name] for name in names]
    lines = []
    for row in _ordered(view, rows, size)[:LISTED].tolist():
        record = record_of(view.obs, "clusters", row)
        cells: list[Any] = [
            link(record[f"name_{lang}"], view.portrait("cluster", str(record["id"])), "quiet-link")
        ]
        cells += [rounded(lang, matrix.figure(row, i.id).value, i.decimals) for i in indicators]
        lines.append(cells)
    heads = [(i.label.get(lang), i.unit_short.get(lang)) for i in indicators]
    columns = [Column(view.t("portrait.country.cluster"))]
    columns += [Column(f"{label} ({unit})" if unit else label, numeric=True) for label, unit in heads]
    lists = []
    for name in ("lq_home", "national_share"):
        best = _ordered(view, rows, name)[:SHORT]
        lists.append(
            tag(
                "div",
                tag("h3", view.t(f"portrait.country.strongest.{name}")),
                links(cluster_links(view, best, name), ""),
            )
        )
    more = view.t("portrait.all_in_ranking", n=len(rows), count=number(lang, len(rows)))
    every = tag("p", link(more, view.href("rank", selection=Selection(country=(_iso3(view),)))), cls="small")
    return section(
        heading,
        tag("h3", view.t(f"portrait.country.strongest.{size}")),
        table(columns, lines, heading),
        tag("div", *lists, cls="pair even"),
        every,
        anchor="clusters",
    )


def _portfolio(view: View, rows: Rows) -> Raw:
    """The industries with most clusters."""
    heading, frame = view.t("portrait.country.portfolio.title"), view.obs.clusters.frame
    if not len(rows):
        return section(heading, small(view.t("portrait.country.portfolio.none")), anchor="portfolio")
    counts = frame["industry_id"].iloc[rows].value_counts()
    top = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:12]
    most, lines = max(counts), []
    for name, n in top:
        industry = view.obs.catalogue.industries[str(name)]
        width = f"width:{n / most * 100:.0f}%"
        lines.append(
            [
                link(industry.name.get(view.lang), view.portrait("industry", str(name)), "quiet-link"),
                number(view.lang, n),
                tag("span", tag("span", style=width), cls="share-bar", aria_hidden="true"),
            ]
        )
    columns = [
        Column(view.t("portrait.portfolio.industry")),
        Column(view.t("portrait.country.portfolio.count"), numeric=True),
        Column("", cls="strip-cell"),
    ]
    lead = view.t("portrait.country.portfolio.lead", n=len(counts))
    return section(heading, table(columns, lines, heading), anchor="portfolio", lead=lead)


def _map(view: View, rows: Rows, science: Rows) -> Raw:
    heading = view.t("portrait.country.map.title")
    every = np.concatenate([rows, science])
    said = view.t("portrait.country.map.label", n=len(every))
    found = country_map(view.obs, _iso3(view), marks(view, every), said)
    if found is None:
        return section(heading, small(view.t("portrait.country.map.none")), anchor="map")
    drawing, outside = found
    caption = view.t(f"portrait.country.map.{size_of(view, every) if len(every) else 'empty'}")
    if outside:
        caption = f"{caption} {view.t('portrait.country.map.outside', n=outside)}"
    return section(heading, figure_of(drawing, caption, "country"), anchor="map")


def _science(view: View, rows: Rows) -> Raw:
    reason = view.t("portrait.country.science.none")
    ranked = rows[np.argsort(view.obs.clusters.matrix.column("st_rank")[rows], kind="stable")]
    return section(
        view.t("portrait.country.science.title"), links(cluster_links(view, ranked), reason), anchor="science"
    )


def _index(view: View) -> Raw:
    """The Global Innovation Index and the like: figures of the whole country."""
    heading = view.t("portrait.country.index.title")
    found = country_placed(view.obs, _iso3(view))
    if not found:
        return section(heading, small(view.t("portrait.country.index.none")), anchor="index")
    placed = [
        Placed(view.obs.catalogue.indicators[f.indicator_id], f.figure, f.percentile, f.rank, f.ranked)
        for f in found
    ]
    return section(heading, figures(view, placed), anchor="index", lead=view.t("portrait.country.index.lead"))


@lru_cache(maxsize=512)
def _region_items(view: View, iso3: str) -> tuple[tuple[str, Raw], ...]:
    """(level, list of links) of all regions of a country, the level that is counted first."""
    parts = []
    for level, rows in country_regions(view.obs, iso3):
        items = []
        for row in rows:
            record = record_of(view.obs, "regions", row)
            retired = f" {view.t('portrait.country.regions.retired')}" if record["successor_ids"] else ""
            items.append(
                tag(
                    "li",
                    link(record[f"name_{view.lang}"], view.portrait("region", str(record["id"]))),
                    retired,
                )
            )
        parts.append((level, tag("ul", *items, cls="name-list")))
    return tuple(parts)


def _regions(view: View) -> Raw:
    heading, body = view.t("portrait.country.regions.title"), list[Any]()
    for level, listed in _region_items(view, _iso3(view)):
        n = listed.count("<li>")
        label = (
            view.t(f"portrait.level.of.{level}", count=number(view.lang, n))
            if n > 1
            else view.t(f"portrait.level.name.{level}")
        )
        folded = tag("details", tag("summary", label, cls="quiet"), listed)
        body.append(folded if n > 60 else [tag("h3", label), listed])
    if not body:
        body = [small(view.t("portrait.country.regions.none"))]
    return section(heading, *body, anchor="regions")


def layout(view: View) -> Component:
    """The page."""
    obs, iso3 = view.obs, _iso3(view)
    rows, science = country_clusters(obs, iso3), science_clusters(obs, iso3)
    record = obs.countries.loc[iso3]
    chosen = Selection(country=(iso3,))
    numbers = [
        (view.t("portrait.country.facts.industry"), number(view.lang, len(rows)), ""),
        (view.t("portrait.country.facts.science"), number(view.lang, len(science)), ""),
        (
            view.t("portrait.country.facts.regions"),
            number(view.lang, sum(len(r) for _, r in country_regions(obs, iso3))),
            "",
        ),
    ]
    ways = [("map", view.href("explore", selection=chosen)), ("rank", view.href("rank", selection=chosen))]
    sources = {f.figure.source_id for f in country_placed(obs, iso3)}
    sources |= {obs.clusters.matrix.figure(int(r), "lq_home").source_id for r in rows}
    sources |= {obs.clusters.matrix.figure(int(r), "st_rank").source_id for r in science}
    eyebrow = view.t("portrait.country.name", continent=view.t(f"controls.continent.{record['continent']}"))
    return html.Article(
        [
            tag("p", eyebrow, cls="eyebrow"),
            tag("h1", title(view)),
            tag("div", *(tag("p", text) for text in summary(view, iso3)), cls="opening"),
            facts(numbers),
            actions([(view.t(f"portrait.to.{name}"), href) for name, href in ways])
            if len(rows) + len(science)
            else None,
            _map(view, rows, science),
            _strongest(view, rows),
            _portfolio(view, rows),
            _science(view, science),
            initiatives_section(view, "country", iso3),
            programmes_section(view, iso3),
            _index(view),
            held_section(view, iso3),
            _regions(view),
            section(view.t("portrait.country.others"), _others(view), anchor="others"),
            sources_of(view, [*sources, *directory_sources(view.obs)[:1]]),
        ],
        className="portrait-page",
    )


def _others(view: View) -> Raw:
    """Countries of the same continent with clusters."""
    obs, iso3 = view.obs, _iso3(view)
    here = obs.countries.at[iso3, "continent"]
    frame = obs.clusters.frame
    near = sorted(set(frame.loc[(frame["continent"] == here).to_numpy(bool), "iso3"]) - {iso3})
    items = sorted(
        (name_of(obs, "country", name, view.lang), view.portrait("country", name)) for name in near
    )
    return crumbs(view, items) if items else small(view.t("portrait.country.no_others"))


def structured(view: View) -> dict[str, Any]:
    """The country with its code."""
    return {
        "@context": "https://schema.org",
        "@type": "Country",
        "name": title(view),
        "identifier": _iso3(view),
        "description": description(view),
    }
