"""Parts of a region's portrait: its clusters, neighbours and peers, and what we do not have on it."""

from typing import Any

import numpy as np
import pandas as pd

from components.figures.svg_locator import has_outline
from components.locale import number
from components.portraits.cluster_parts import cluster_links
from components.portraits.markup import tag
from components.portraits.parts import join_names, links, section, small
from components.portraits.region_sentences import rule_applies
from components.prerender import Raw
from components.view import View
from data.neighbours import clusters_around, clusters_at, nearest_regions
from data.portfolio import portfolio_peers
from data.portraits import record_of
from data.profiles import profile_indicators, profile_themes


def clusters_sections(view: View, row: int, own_industries: pd.DataFrame) -> list[Raw]:
    """Clusters of the region, and science and technology clusters around it."""
    obs = view.obs
    record = record_of(obs, "regions", row)
    rows = clusters_at(obs, str(record["id"]))
    counted = obs.clusters.frame["counted"].to_numpy(bool)[rows]
    detail = obs.clusters.frame["granularity"].to_numpy(str)[rows]
    own = rows[counted] if counted.any() else rows[detail == "section"]
    second = [r for r in rows if r not in set(own.tolist())]
    applied = own_industries.empty or rule_applies(view, own_industries)
    reason = view.t(f"portrait.region.clusters.{'none' if applied else 'no_rule'}")
    parts: list[Any] = [links(cluster_links(view, own), reason)]
    if second:
        summary = tag("summary", view.t("portrait.region.clusters.second", n=len(second)), cls="quiet")
        parts.append(tag("details", summary, links(cluster_links(view, np.array(second)), "")))
    near = clusters_around(obs, float(record["lon"]), float(record["lat"]), "science-technology")
    science = links(cluster_links(view, near), view.t("portrait.region.science.none"))
    return [
        section(view.t("portrait.region.clusters.title"), *parts, anchor="clusters",
                lead=view.t("portrait.region.clusters.lead")),
        section(view.t("portrait.region.science.title"), science, anchor="science"),
    ]  # fmt: skip


def _region_links(
    view: View, home: int, found: list[tuple[int, float]], remark: str
) -> list[tuple[str, str, str]]:
    items, own = [], record_of(view.obs, "regions", home)["iso3"]
    for row, value in found:
        record = record_of(view.obs, "regions", row)
        shown = number(view.lang, value, 0 if remark == "km" else 2)
        name = str(record[f"name_{view.lang}"])
        if record["iso3"] != own:
            name = view.t("portrait.named_in", name=name, country=record[f"country_name_{view.lang}"])
        items.append(
            (
                name,
                view.portrait("region", str(record["id"])),
                view.t(f"portrait.remark.{remark}", value=shown),
            )
        )
    return items


def around(view: View, row: int, own: pd.DataFrame) -> list[Raw]:
    obs = view.obs
    near = links(
        _region_links(view, row, nearest_regions(obs, row), "km"), view.t("portrait.region.neighbours.none")
    )
    parts = [section(view.t("portrait.region.neighbours.title"), near, anchor="neighbours",
                     lead=view.t("portrait.region.neighbours.lead"))]  # fmt: skip
    home, abroad = (portfolio_peers(obs, row, 6, abroad=far) for far in (False, True))
    reason = "unmeasured" if own.empty else "sections" if own["view"].iloc[0] != "division" else "none"
    body = [
        tag("h3", view.t("portrait.region.peers.home")),
        links(_region_links(view, row, home, "likeness"), view.t("portrait.region.peers.none_home")),
        tag("h3", view.t("portrait.region.peers.abroad")),
        links(_region_links(view, row, abroad, "likeness"), view.t(f"portrait.region.peers.{reason}")),
    ]
    if own.empty:
        body = [small(view.t("portrait.region.peers.unmeasured"))]
    parts.append(
        section(
            view.t("portrait.region.peers.title"),
            *body,
            anchor="peers",
            lead=view.t("portrait.region.peers.lead"),
        )
    )
    return parts


def gaps(view: View, row: int, own: pd.DataFrame) -> Raw:
    """What we do not have on this region."""
    obs, record = view.obs, record_of(view.obs, "regions", row)
    said = []
    if own.empty:
        said.append(view.t("portrait.gaps.industries"))
    elif own["growth"].notna().sum() == 0:
        said.append(view.t("portrait.gaps.growth"))
    if len(own) and own["view"].iloc[0] != "division":
        said.append(view.t(f"portrait.gaps.{own['view'].iloc[0]}"))
    hidden = int((own["status"] == "confidential").sum()) if len(own) else 0
    estimated = int((own["status"] == "estimated").sum()) if len(own) else 0
    said += [
        view.t(f"portrait.gaps.{key}", n=n)
        for key, n in (("confidential", hidden), ("estimated", estimated))
        if n
    ]
    if not has_outline(obs, str(record["id"])):
        said.append(view.t("portrait.gaps.outline"))
    lost = [
        i.label.get(view.lang)
        for name in profile_themes(obs)
        for i in profile_indicators(obs, "regions", str(record["kind"]), name)
        if obs.regions.matrix.figure(row, i.id).value is None
    ]
    if lost:
        said.append(view.t("portrait.gaps.figures", n=len(lost), names=join_names(view, lost)))
    body = (
        tag("ul", *(tag("li", text) for text in said), cls="gaps")
        if said
        else small(view.t("portrait.gaps.none"))
    )
    return section(view.t("portrait.gaps.title"), body, anchor="gaps")
