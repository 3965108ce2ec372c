"""Which measured clusters an initiative stands in or near: of the same industry or field, within reach."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.pipeline.context import RADIUS_KM, distances_km, unit_vectors

FIELD_SHARE = 0.25
"""An industry speaks for a field if at least this share of it belongs there."""


def near_clusters(
    initiatives: pd.DataFrame, clusters: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Links initiative → cluster: counted clusters in the same region or within 50 km that share an
    industry or field, and science & technology clusters within 50 km whatever the field.

    ``tables`` has industries (members of ranges) and industry_fields. An initiative without a point and
    without a region has no links.
    """
    places = clusters[clusters["counted"]].dropna(subset=["lon", "lat"]).reset_index(drop=True)
    rows = initiatives.reset_index(drop=True)
    located = rows["lon"].notna().to_numpy()
    apart = np.full((len(rows), len(places)), np.inf)
    here, there = (
        unit_vectors(rows["lon"][located], rows["lat"][located]),
        unit_vectors(places["lon"], places["lat"]),
    )
    apart[located] = distances_km(here, there)
    region = pd.Index([*rows["region_id"].fillna("-"), *places["region_id"].fillna("+")]).factorize()[0]
    inside = region[: len(rows), None] == region[None, len(rows) :]
    industry = _shared(rows["industry_ids"], _divisions(places, tables["industries"]))
    field = _shared(rows["field_ids"], _fields(places, tables["industry_fields"]))
    science = (places["kind"] == "science-technology").to_numpy()[None, :] & (apart <= RADIUS_KM)
    linked = ((apart <= RADIUS_KM) | inside) & (industry | field) | science
    one, other = np.nonzero(linked)
    weight = np.where(inside, 1.0, np.round(1.0 - np.minimum(apart, RADIUS_KM) / RADIUS_KM, 2))
    basis = np.select([industry[one, other], field[one, other]], ["same-industry", "same-field"], "reach")
    return pd.DataFrame(
        {"from_id": rows["initiative_id"].to_numpy()[one], "to_id": places["cluster_id"].to_numpy()[other],
         "relation": "near-cluster", "weight": weight[one, other], "basis": basis}
    )  # fmt: skip


def _divisions(clusters: pd.DataFrame, industries: pd.DataFrame) -> pd.Series:
    """'|'-joined divisions of each cluster's industry: itself, or the members of a range of divisions."""
    ranges = industries[industries["members"] != ""].set_index("industry_id")["members"]
    own = clusters["industry_id"]
    return own.map(ranges).fillna(own).fillna("").where(clusters["granularity"] == "division", "")


def _fields(clusters: pd.DataFrame, industry_fields: pd.DataFrame) -> pd.Series:
    """'|'-joined fields that at least a quarter of each cluster's industry belongs to."""
    strong = industry_fields[industry_fields["weight"] >= FIELD_SHARE]
    joined = strong.groupby("industry_id")["field_id"].agg("|".join)
    return clusters["industry_id"].map(joined).fillna("")


def _shared(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Whether each pair of '|'-joined lists has an id in common, shape (n, m)."""
    flags = pd.concat([one, other], ignore_index=True).str.get_dummies("|")
    # an empty list gives a column of its own, and two empty lists have nothing in common
    both = flags.drop(columns="", errors="ignore").to_numpy(np.float32)
    shared: np.ndarray = both[: len(one)] @ both[len(one) :].T > 0
    return shared
