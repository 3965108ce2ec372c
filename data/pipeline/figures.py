"""Observations the build computes itself: figures of clusters, and the mix of industries of regions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.indicators.concentration import krugman, shannon
from data.indicators.stars import TOP_SHARE, count_stars
from data.metadata import Catalogue, Rule
from data.pipeline.harvest import OBSERVATIONS

PREFERRED_VIEWS = ("division", "section")
ENOUGH_KNOWN = 0.8
"""Least part of a region's total that must be known for a figure on its mix of industries."""
WELL_KNOWN = 0.98
_DECIMALS = 6


@dataclass(frozen=True)
class Column:
    """Which columns hold an indicator's value, year, status and source."""

    value: str
    year: str = "year"
    status: str = "own_status"
    source: str = "source_id"


COLUMNS = {
    "employment": Column("employment"),
    "establishments": Column("establishments", status="establishments_status"),
    "gross_value_added": Column(
        "gross_value_added", status="gross_value_added_status", source="gross_value_added_source"
    ),
    "national_share": Column("national_share", status="share_status"),
    "focus": Column("focus", status="relative_status"),
    "lq_home": Column("lq_home", status="relative_status"),
    "lq_pooled": Column("lq_pooled", status="relative_status"),
    "mean_establishment_size": Column("mean_establishment_size", status="size_status"),
    "relative_wage": Column("relative_wage", "wage_year", "wage_status", "wage_source"),
    "employment_growth": Column("growth", "growth_year", "growth_status", "growth_source"),
    "growth_advantage": Column("growth_advantage", "growth_year", "growth_status", "growth_source"),
    "relatedness_density": Column("relatedness_density", status="relative_status"),
    "eco_stars": Column("eco_stars", status="relative_status"),
    "strong_siblings": Column("strong_siblings", status="relative_status"),
}
ESTIMATED = "estimated"


def add_status(frame: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """The frame with own_status of the size itself, relative_status of what is divided by the region's total,
    share_status of the national share and size_status of the mean establishment size.

    A figure is estimated if more than the rule's share of it is.
    """
    unsure = frame["estimated_share"].fillna(0.0) > rule.estimated_from
    own = frame["status"].mask(unsure, ESTIMATED)
    return frame.assign(
        own_status=own,
        relative_status=own.mask(frame["total_status"].eq(ESTIMATED), ESTIMATED),
        share_status=own.mask(frame["share_apart"], ESTIMATED),
        size_status=own.mask(frame["establishments_status"].eq(ESTIMATED), ESTIMATED),
    )


def add_stars(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells with their stars; bounds over the regions of the same reference with jobs in the industry.

    Employment only: stars are not defined for value added.
    """
    jobs = frame["measure"].eq("employment") & frame["value"].gt(0)
    by = [frame[key] for key in ("reference_id", "view", "industry_id")]
    bounds = [
        frame[column].where(jobs).groupby(by).transform("quantile", 1 - TOP_SHARE)
        for column in ("value", "focus")
    ]
    stars = count_stars(frame["value"], frame["lq_home"], frame["focus"], bounds[0], bounds[1])
    return frame.assign(eco_stars=np.where(frame["measure"].eq("employment"), stars, np.nan))


def count_siblings(clusters: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """Other clusters of the same region and granularity that share a field.

    NaN for an industry without fields, and for the common groups, of which no two share a field.
    """
    fields = pd.DataFrame(
        [(i, f) for i, weights in catalogue.industry_fields.items() for f in weights],
        columns=["industry_id", "field_id"],
    )
    rows = clusters.loc[
        clusters["granularity"] != "group", ["cluster_id", "region_id", "granularity", "industry_id"]
    ].merge(fields, on="industry_id")
    place = ["region_id", "granularity", "field_id"]
    pairs = rows.merge(rows, on=place, suffixes=("", "_other"))[["cluster_id", "cluster_id_other"]]
    # every industry with a field meets itself once
    count = pairs.drop_duplicates().groupby("cluster_id").size() - 1
    return clusters["cluster_id"].map(count).astype("float64")


def cluster_observations(found: pd.DataFrame) -> pd.DataFrame:
    """Long observations of the clusters; an indicator without a value gives no row."""
    found = found.assign(employment=found["value"].where(found["measure"].eq("employment")))
    parts = []
    for indicator_id, column in COLUMNS.items():
        rows = found[found[column.value].notna()]
        parts.append(
            pd.DataFrame(
                {
                    "entity_id": rows["cluster_id"], "indicator_id": indicator_id,
                    "year": rows[column.year].astype("int64"),
                    "value": rows[column.value].astype("float64").round(_DECIMALS),
                    "status": rows[column.status], "source_id": rows[column.source],
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)[list(OBSERVATIONS)]


def region_observations(specialisations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Industrial diversity (Shannon) and Krugman index of every region, over divisions or else sections.

    Shares are taken over the industries known on both sides, so each side adds up to 1; missing where they
    hold less than :data:`ENOUGH_KNOWN` of the region, estimated below :data:`WELL_KNOWN`.
    """
    rows = _preferred(specialisations, catalogue)
    rows = rows[rows["value"].notna() & rows["ref_value"].notna()]
    groups = rows.groupby("region_id", sort=True)
    own = rows["value"] / groups["value"].transform("sum")
    reference = rows["ref_value"] / groups["ref_value"].transform("sum")
    position = groups.cumcount()
    wide = rows.assign(own=own, reference=reference, position=position).pivot(  # noqa: PD010
        index="region_id", columns="position", values=["own", "reference"]
    )
    first = groups[["year", "status", "source_id", "region_total", "total_status"]].first()
    known = groups["value"].sum() / first["region_total"]
    unsure = known.lt(WELL_KNOWN) | first["total_status"].eq(ESTIMATED)
    figures = {
        "industry_diversity": shannon(wide["own"]),
        "krugman_specialisation": krugman(wide["own"], wide["reference"]),
    }
    parts = [
        pd.DataFrame(
            {
                "entity_id": wide.index, "indicator_id": indicator_id, "year": first["year"].to_numpy(),
                "value": np.where(known.to_numpy() >= ENOUGH_KNOWN, values.round(_DECIMALS), np.nan),
                "status": np.where(unsure, ESTIMATED, "observed"), "source_id": first["source_id"].to_numpy(),
            }
        )
        for indicator_id, values in figures.items()
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True).dropna(subset=["value"])[list(OBSERVATIONS)]


def _preferred(specialisations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of each region's finest view, of the industries that make up the region's total."""
    rank = {view: place for place, view in enumerate(PREFERRED_VIEWS)}
    place = specialisations["view"].map(rank)
    best = place.groupby(specialisations["region_id"]).transform("min")
    rows = specialisations[place.eq(best) & place.notna()]
    inside = {name for name in rows["industry_id"].unique() if in_business_economy(name, catalogue)}
    return rows[rows["view"].ne("division") | rows["industry_id"].isin(inside)]


def in_business_economy(industry_id: str, catalogue: Catalogue) -> bool:
    """Whether a division or range belongs to NACE B-J, L-N or S95, as all its members must."""
    item = catalogue.industries[industry_id]
    if item.members:
        return all(in_business_economy(member, catalogue) for member in item.members)
    sections = {f"isic-{letter}" for letter in "BCDEFGHIJLMN"}
    return industry_id == "isic-95" or item.parent_id in sections
