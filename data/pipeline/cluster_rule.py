"""Which cells are industry clusters: the rule of ``data/catalogue/cluster_rule.yaml`` applied to all."""

from typing import Any

import pandas as pd

from data.metadata import Catalogue, Rule, Thresholds
from data.pipeline.harvest import CLUSTERS

KIND = "industry"


def apply_rule(specialisations: pd.DataFrame, regions: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The rows that meet the rule, with cluster_id, counted and the columns they had.

    ``specialisations`` as from :func:`data.pipeline.base_indicators.specialise`. A cell with an unknown
    size, LQ or share does not meet a threshold on it.
    """
    known = regions.set_index("region_id")
    frame = specialisations.assign(
        iso3=specialisations["region_id"].map(known["iso3"]),
        level=specialisations["region_id"].map(known["level"]),
    )
    traded = {name for name, item in catalogue.industries.items() if item.traded in catalogue.rule.traded}
    frame = frame[frame["industry_id"].isin(traded)]
    frame = _with_levels(frame, catalogue.rule)
    parts = [
        _meeting(part, catalogue.rule, str(granularity), str(measure))
        for (granularity, measure), part in frame.groupby(["granularity", "measure"])
    ]
    found = pd.concat(parts).sort_index()
    found["cluster_id"] = cluster_ids(found)
    return found.reset_index(drop=True)


def _with_levels(frame: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Rows of the region levels the rule names, with ``counted``; too small regions are left out."""
    rows: list[dict[str, Any]] = []
    for iso3, level, granularity in (
        frame[["iso3", "level", "granularity"]].drop_duplicates().itertuples(index=False)
    ):
        entry = rule.find_level(iso3, level, granularity)
        if entry is not None:
            rows.append(
                {"iso3": iso3, "level": level, "granularity": granularity, "measure": entry.measure,
                 "counted": entry.counted, "min_total": entry.min_total or 0.0}
            )  # fmt: skip
    keys = ["iso3", "level", "granularity", "measure"]
    found = frame.merge(pd.DataFrame(rows, columns=[*keys, "counted", "min_total"]), on=keys)
    return found[found["region_total"] >= found["min_total"]].drop(columns="min_total")


def _meeting(frame: pd.DataFrame, rule: Rule, granularity: str, measure: str) -> pd.DataFrame:
    bounds = rule.find_thresholds(granularity, measure)
    return frame.iloc[:0] if bounds is None else frame[_meets(frame, bounds)]


def _meets(frame: pd.DataFrame, bounds: Thresholds) -> pd.Series:
    mask = (frame["lq_home"] >= bounds.min_lq) & (frame["estimated_share"] <= bounds.max_estimated_share)
    for column, bound in (
        ("value", bounds.min_size), ("focus", bounds.min_focus), ("national_share", bounds.min_national_share)
    ):  # fmt: skip
        if bound is not None:
            mask &= frame[column] >= bound
    return mask


def cluster_ids(frame: pd.DataFrame) -> pd.Series:
    """Stable slugs ``<region>-<industry>``; the common groups end in ``-group``.

    A section that is a common group of its own (construction) would otherwise have the same slug twice.
    """
    slug = frame["region_id"].str.lower() + "-" + frame["industry_id"].str.lower()
    return slug.where(frame["granularity"] != "group", slug + "-group")


def describe(found: pd.DataFrame, regions: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Clusters table of the rows found; the name is the industry's short name and the region's name."""
    place = regions.set_index("region_id").reindex(found["region_id"]).reset_index()
    found = found.reset_index(drop=True)
    items = [catalogue.industries[name] for name in found["industry_id"]]
    frame = found.assign(
        kind=KIND,
        iso3_all=found["iso3"],
        name_en=[f"{item.short.en} – {name}" for item, name in zip(items, place["name_en"], strict=True)],
        name_de=[f"{item.short.de} – {name}" for item, name in zip(items, place["name_de"], strict=True)],
        lon=place["lon"],
        lat=place["lat"],
        rule=f"gco-{catalogue.rule.version}-" + found["granularity"],
    )
    return frame[list(CLUSTERS)]
