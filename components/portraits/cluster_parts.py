"""Parts of a cluster's portrait: radar, development and place, positions, clusters related to it."""

import numpy as np
import numpy.typing as npt

from components.figures.svg_line import line
from components.figures.svg_locator import has_outline, locator
from components.figures.svg_radar import radar
from components.locale import MISSING, number
from components.portraits.cluster_sentences import ranking
from components.portraits.markup import Column, link, table, tag
from components.portraits.parts import (
    figure_of,
    join_names,
    join_years,
    links,
    section,
    show,
    small,
    source_link,
)
from components.prerender import Raw
from components.view import View
from data.neighbours import alike, in_reach, siblings
from data.portraits import record_of
from data.profiles import ThemeScore, profile_themes, theme_score
from data.reference import UnitKey, find_reference
from data.selection import Selection
from data.series import Series, industry_series

GROUPS = ("kind", "industry", "field", "country", "continent")
POSITIONED = {
    "industry": ("employment", "gross_value_added", "lq_home", "national_share"),
    "science-technology": ("pct_applications", "publications", "st_total_share", "pct_per_million"),
}
MOST_SIBLINGS = 18


def radar_of(view: View, unit: str, row: int, reason: str) -> Raw:
    """The five themes of a unit; with fewer than three known scores the reason why nothing is drawn."""
    obs = view.obs
    reference = find_reference(obs, unit, row, "kind")
    key: UnitKey = (unit, row)
    scores = {name: theme_score(obs, reference, key, name) for name in profile_themes(obs)}
    labels = {name: obs.catalogue.themes[name].label.get(view.lang) for name in scores}
    if sum(s.score is not None for s in scores.values()) < 3:
        return tag("figure", small(reason), cls="drawing radar")
    said = ", ".join(
        f"{labels[name]} {number(view.lang, s.score) if s.score is not None else MISSING}"
        for name, s in scores.items()
    )
    caption = " ".join([view.t("portrait.radar.caption"), *_not_drawn(view, labels, scores)])
    drawn = radar(
        view.lang,
        [(labels[name], s.score) for name, s in scores.items()],
        view.t("portrait.radar.label", scores=said),
        view.t("portrait.radar.median"),
    )
    return figure_of(drawn, caption, "radar")


def _not_drawn(view: View, labels: dict[str, str], scores: dict[str, ThemeScore]) -> list[str]:
    """Why themes are missing in a radar: too little known, or nothing defined for this kind of unit."""
    said = []
    for key, kept in (("missing", True), ("undefined", False)):
        names = [labels[n] for n, s in scores.items() if s.score is None and bool(s.possible) is kept]
        if names:
            said.append(view.t(f"portrait.radar.{key}", themes=join_names(view, names)))
    return said


def profile_radar(view: View, row: int) -> Raw:
    """The cluster's radar."""
    return radar_of(view, "clusters", row, view.t("portrait.radar.none"))


def trend_caption(view: View, series: Series, label: str) -> list[str | Raw]:
    """What the line shows, from when to when, with gaps and breaks, and its source."""
    (first, start), (last, end) = series.known[0], series.known[-1]
    unit = view.t(f"portrait.unit.{series.measure}") if series.measure in {"employment"} else series.unit
    gaps = join_years(
        [year for year, value in zip(series.years, series.values, strict=True) if value is None]
    )
    said = [
        view.t(
            "portrait.trend.caption",
            label=label,
            unit=unit,
            first=first,
            last=last,
            start=number(view.lang, start),
            end=number(view.lang, end),
        )
    ]
    if gaps:
        said.append(view.t("portrait.trend.gaps", years=join_names(view, gaps)))
    if series.breaks:
        said.append(view.t("portrait.trend.breaks", years=join_names(view, [str(y) for y in series.breaks])))
    if series.measure == "gross_value_added" and "prices" not in series.unit:
        said.append(view.t("portrait.trend.nominal"))
    return [" ".join(said), " ", source_link(view, series.source_id)]


def _trend(view: View, row: int) -> Raw:
    record = record_of(view.obs, "clusters", row)
    if not record["industry_id"]:
        return small(view.t("portrait.trend.science"))
    series = industry_series(view.obs, str(record["region_id"]), str(record["industry_id"]))
    if series is None:
        return small(view.t("portrait.trend.none"))
    label = view.obs.catalogue.indicators[series.measure].label.get(view.lang)
    said = view.t("portrait.trend.label", label=label, first=series.years[0], last=series.years[-1])
    return figure_of(line(view.lang, series, said), trend_caption(view, series, label))


def locate(view: View, place: tuple[str, str], point: tuple[float, float], iso3: str) -> Raw:
    """Small map of a place, given as (region id or "", name)."""
    region, name = place
    outlined = bool(region) and has_outline(view.obs, region)
    caption = view.t("portrait.locator.outline" if outlined else "portrait.locator.circle", name=name)
    return figure_of(locator(view.obs, region, point, iso3, caption), caption)


def development(view: View, row: int) -> Raw:
    """Size over the years beside where the cluster lies."""
    record = record_of(view.obs, "clusters", row)
    name = str(record.get(f"region_name_{view.lang}") or record[f"name_{view.lang}"])
    place = locate(
        view,
        (str(record["region_id"] or ""), name),
        (float(record["lon"]), float(record["lat"])),
        str(record["iso3"]),
    )
    pair = tag("div", tag("div", _trend(view, row)), place, cls="pair")
    return section(view.t("portrait.trend.title"), pair, anchor="development")


def _group_name(view: View, row: int, group: str) -> str | Raw:
    record, catalogue, lang = record_of(view.obs, "clusters", row), view.obs.catalogue, view.lang
    if group == "industry":
        industry = catalogue.industries[str(record["industry_id"])]
        return link(industry.name.get(lang), view.portrait("industry", industry.industry_id))
    if group == "field":
        names = [
            catalogue.fields[f].short.get(lang) for f in catalogue.industry_fields[str(record["industry_id"])]
        ]
        return view.t("portrait.positions.field", fields=join_names(view, names))
    if group == "country":
        return link(record[f"country_name_{lang}"], view.portrait("country", str(record["iso3"])))
    if group == "continent":
        return view.t(f"controls.continent.{record['continent']}")
    return view.t("portrait.positions.world")


def positions(view: View, row: int) -> Raw:
    """Ranks in the world, the industry, the field, the country and the continent."""
    record, catalogue, lang = record_of(view.obs, "clusters", row), view.obs.catalogue, view.lang
    names = [
        n
        for n in POSITIONED[str(record["kind"])]
        if view.obs.clusters.matrix.figure(row, n).value is not None
    ]
    rows = []
    for group in GROUPS:
        found = [ranking(view, row, name, group) for name in names]
        if any(found):
            cells = [
                view.t("portrait.rank", rank=number(lang, f[0]), n=number(lang, f[1])) if f else MISSING
                for f in found
            ]
            rows.append([_group_name(view, row, group), *cells])
    head = view.t("portrait.positions.title")
    if not rows:
        return section(head, small(view.t("portrait.positions.none")), anchor="positions")
    columns = [Column(view.t("portrait.positions.among"))]
    columns += [Column(catalogue.indicators[name].label.get(lang), numeric=True) for name in names]
    return section(
        head, table(columns, rows, head, "ranks"), anchor="positions", lead=view.t("portrait.positions.lead")
    )


def cluster_links(
    view: View, rows: npt.NDArray[np.intp], indicator_id: str = "lq_home"
) -> list[tuple[str, str, str]]:
    """(name, address, remark) of clusters: a figure of an industry cluster, the rank of the others."""
    matrix, lang, items = view.obs.clusters.matrix, view.lang, []
    for row in rows.tolist():
        record = record_of(view.obs, "clusters", row)
        name = indicator_id if record["kind"] == "industry" else "st_rank"
        indicator, figure = view.obs.catalogue.indicators[name], matrix.figure(row, name)
        if name == "lq_home":
            remark = view.t("portrait.remark.lq", value=number(lang, figure.value, 1))
        elif name == "st_rank":
            remark = f"{indicator.short_label.get(lang)} {number(lang, figure.value)}"
        else:
            remark = show(view, indicator, figure.value)
        items.append((str(record[f"name_{lang}"]), view.portrait("cluster", str(record["id"])), remark))
    return items


def related(view: View, row: int) -> list[Raw]:
    """Sections of the clusters of the same region, alike, and around."""
    obs = view.obs
    near = np.concatenate([in_reach(obs, row, "science-technology", 5), in_reach(obs, row, "industry", 8)])
    own = siblings(obs, row)
    blocks = (("siblings", own[:MOST_SIBLINGS]), ("alike", alike(obs, row)), ("near", near))
    parts = []
    for name, rows in blocks:
        text = view.t(f"portrait.cluster.{name}.none")
        rest = []
        if name == "siblings" and len(own) > MOST_SIBLINGS:
            place = str(record_of(obs, "clusters", row)["place_id"])
            more = view.t("portrait.more", n=len(own) - MOST_SIBLINGS)
            rest = [tag("p", link(more, view.href("explore", selection=Selection(place=place))), cls="small")]
        parts.append(
            section(
                view.t(f"portrait.cluster.{name}.title"),
                links(cluster_links(view, rows), text),
                *rest,
                anchor=name,
                lead=view.t(f"portrait.cluster.{name}.lead"),
            )
        )
    return parts
