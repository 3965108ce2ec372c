"""The portrait of a cluster: what and where, five themes, position, siblings, alike, in reach, sources."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from dash import html
from dash.development.base_component import Component

from components.locale import number
from components.portraits import cluster_sentences as say
from components.portraits.parts import (
    Placed,
    crumbs,
    facts,
    figures,
    links,
    place_figure,
    section,
    show,
    sources_of,
)
from components.view import View
from data.neighbours import alike, in_reach, siblings
from data.observatory import Observatory
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


@lru_cache(maxsize=2)
def _rows(obs: Observatory) -> dict[str, int]:
    return {unit.lower(): row for unit, row in obs.clusters.position.items()}


def _row(view: View) -> int:
    return _rows(view.obs)[view.slug]


def _record(view: View) -> "pd.Series[Any]":
    return view.obs.clusters.frame.iloc[_row(view)]


def exists(view: View) -> bool:
    """Whether there is such a cluster."""
    return view.slug in _rows(view.obs)


def title(view: View) -> str:
    """Name of the cluster."""
    return str(_record(view)[f"name_{view.lang}"])


def description(view: View) -> str:
    """The first sentence of the portrait."""
    return say.opening(view, _row(view))


def _placed(view: View) -> dict[str, list[Placed]]:
    """Known figures of the cluster by theme, each with its place in the group of its kind."""
    row, obs = _row(view), view.obs
    kind = str(obs.clusters.frame["kind"].iloc[row])
    reference = find_reference(obs, "clusters", row, "kind")
    found: dict[str, list[Placed]] = {theme: [] for theme in obs.catalogue.themes}
    for indicator in obs.catalogue.indicators.values():
        figure = obs.clusters.matrix.figure(row, indicator.id)
        if applies(indicator, "clusters", kind) and figure.status != "missing":
            found[indicator.theme].append(place_figure(view, reference, ("clusters", row), indicator, figure))
    return found


def _belongs(view: View) -> Component:
    record, catalogue, lang = _record(view), view.obs.catalogue, view.lang
    items = []
    if isinstance(record["industry_id"], str):
        industry = catalogue.industries[record["industry_id"]]
        items.append((industry.name.get(lang), view.portrait("industry", industry.industry_id)))
    if isinstance(record["region_id"], str):
        items.append((str(record[f"region_name_{lang}"]), view.portrait("region", record["region_id"])))
    items.append((str(record[f"country_name_{lang}"]), view.portrait("country", str(record["iso3"]))))
    return crumbs(view, items)


def _headline(view: View) -> Component:
    row, matrix = _row(view), view.obs.clusters.matrix
    pairs = []
    for name in HEADLINE[str(_record(view)["kind"])]:
        indicator, figure = view.obs.catalogue.indicators[name], matrix.figure(row, name)
        if figure.value is not None:
            mark = "" if figure.status == "observed" else f" · {view.t(f'portrait.status.{figure.status}')}"
            pairs.append(
                (
                    indicator.short_label.get(view.lang),
                    show(view, indicator, figure.value),
                    f"{figure.year}{mark}",
                )
            )
    return facts(pairs)


def _themes(view: View, placed: dict[str, list[Placed]]) -> list[Component]:
    row, obs = _row(view), view.obs
    reference = find_reference(obs, "clusters", row, "kind")
    parts: list[Component] = []
    for theme in profile_themes(obs):
        score = theme_score(obs, reference, ("clusters", row), theme)
        head = obs.catalogue.themes[theme]
        body: list[Component] = [html.P(say.theme(view, score, placed[theme]))]
        if placed[theme]:
            body.append(figures(view, placed[theme]))
        parts.append(
            section(head.label.get(view.lang), *body, anchor=theme, lead=head.description.get(view.lang))
        )
    if placed.get("context"):
        head = obs.catalogue.themes["context"]
        parts.append(section(head.label.get(view.lang), figures(view, placed["context"]), anchor="context",
                             lead=head.description.get(view.lang)))  # fmt: skip
    return parts


def _cluster_links(view: View, rows: npt.NDArray[np.intp]) -> list[tuple[str, str, str]]:
    frame, matrix, lang = view.obs.clusters.frame, view.obs.clusters.matrix, view.lang
    items = []
    for row in rows:
        kind = str(frame["kind"].iloc[row])
        name = "lq_home" if kind == "industry" else "st_rank"
        indicator, figure = view.obs.catalogue.indicators[name], matrix.figure(int(row), name)
        remark = f"{indicator.short_label.get(lang)} {number(lang, figure.value, indicator.decimals)}"
        items.append(
            (
                str(frame[f"name_{lang}"].iloc[row]),
                view.portrait("cluster", str(frame["id"].iloc[row])),
                remark,
            )
        )
    return items


def _related(view: View) -> list[Component]:
    row, obs = _row(view), view.obs
    near = np.concatenate([in_reach(obs, row, "science-technology", 5), in_reach(obs, row, "industry", 8)])
    blocks = (("siblings", siblings(obs, row)), ("alike", alike(obs, row)), ("near", near))
    return [
        section(view.t(f"portrait.cluster.{name}.title"), links(_cluster_links(view, rows), view.t(f"portrait.cluster.{name}.none")),
                anchor=name, lead=view.t(f"portrait.cluster.{name}.lead"))
        for name, rows in blocks
    ]  # fmt: skip


def _actions(view: View) -> Component:
    record = _record(view)
    unit, place = str(record["id"]), str(record["place_id"])
    peers = tuple(str(view.obs.clusters.frame["id"].iloc[r]) for r in alike(view.obs, _row(view), 3))
    chosen = [
        ("compare", view.href("compare", selection=Selection(ids=(unit, *peers)))),
        ("map", view.href("explore", selection=Selection(place=place))),
        ("rank", view.href("rank", selection=_same_industry(record))),
    ]
    return html.P([html.A(view.t(f"portrait.to.{name}"), href=href, className="plain") for name, href in chosen],
                  className="actions")  # fmt: skip


def _same_industry(record: "pd.Series[Any]") -> Selection:
    industry = record["industry_id"]
    return (
        Selection(industry=(industry,))
        if isinstance(industry, str)
        else Selection(kind=(str(record["kind"]),))
    )


def layout(view: View) -> Component:
    """The page."""
    row, obs = _row(view), view.obs
    placed = _placed(view)
    reference = find_reference(obs, "clusters", row, "kind")
    kind = str(_record(view)["kind"])
    sources = [p.figure.source_id for items in placed.values() for p in items]
    group = view.t(
        f"portrait.group.{kind}.{reference.granularity}",
        count=number(view.lang, count_members(obs, reference)),
    )
    return html.Article(
        [
            _belongs(view),
            html.P(view.t(f"controls.kind.{kind}"), className="eyebrow"),
            html.H1(title(view)),
            html.Div([html.P(text) for text in say.summary(view, row)], className="summary"),
            _headline(view),
            _actions(view),
            html.P(view.t("portrait.group.lead", group=group), className="small"),
            *_themes(view, placed),
            *_related(view),
            sources_of(view, sources),
        ],
        className="portrait",
    )


def structured(view: View) -> dict[str, Any]:
    """The cluster as a place with its position."""
    record = _record(view)
    point = {"@type": "GeoCoordinates", "latitude": float(record["lat"]), "longitude": float(record["lon"])}
    return {"@context": "https://schema.org", "@type": "Place", "name": title(view), "description": description(view),
            "geo": point, "identifier": str(record["id"])}  # fmt: skip
