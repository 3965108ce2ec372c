"""The same initiative in two lists: by country, name and place, or by hand where a name misleads."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio
from rapidfuzz.process import cdist

from data.names import fold
from data.pipeline.context import distances_km, unit_vectors
from data.pipeline.sources.initiatives_form import FORM, load_rules

LIKE = 90.0
"""Least likeness (0 to 100) of two names to mean the same thing, if the places agree."""
NEAR_KM = 25.0
GENERIC = frozenset(
    [
        "cluster",
        "clusters",
        "klaster",
        "pole",
        "hub",
        "park",
        "science",
        "technology",
        "technologie",
        "tech",
        "innovation",
        "digital",
        "european",
        "edih",
        "dih",
        "the",
        "of",
        "and",
        "for",
        "de",
        "la",
        "du",
        "des",
        "e",
        "v",
        "ev",
        "gmbh",
        "initiative",
        "network",
        "zone",
        "special",
        "economic",
        "industrial",
        "district",
        "national",
        "high",
        "development",
        "center",
        "centre",
        "regional",
        "project",
        "area",
        "stpi",
        "sez",
    ]
)
"""Words that many initiatives share: they do not make two names alike."""


def name_key(name: str) -> str:
    """What is particular in a name: folded words without the generic ones; all words if none remains."""
    words = fold(name).replace("(", " ").replace(")", " ").replace(",", " ").replace("/", " ").split()
    return " ".join(w for w in words if w not in GENERIC) or " ".join(words)


def likeness(keys: pd.Series, others: pd.Series) -> NDArray[np.float64]:
    """Likeness 0–100 of all pairs of name keys, shape (n, m): words in any order, subsets a little less."""
    one, other = keys.tolist(), others.tolist()
    whole, part = (cdist(one, other, scorer=scorer) for scorer in (token_sort_ratio, token_set_ratio))
    like: NDArray[np.float64] = np.maximum(whole, 0.95 * part)
    return like


def same_place(one: pd.DataFrame, other: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each pair may share a place: the same town, within 25 km, or unknown for one of both."""
    towns = one["place"].map(fold).to_numpy()[:, None], other["place"].map(fold).to_numpy()[None, :]
    apart = distances_km(
        unit_vectors(one["lon"].fillna(0.0), one["lat"].fillna(0.0)),
        unit_vectors(other["lon"].fillna(0.0), other["lat"].fillna(0.0)),
    )
    located = one["lon"].notna().to_numpy()[:, None] & other["lon"].notna().to_numpy()[None, :]
    may: NDArray[np.bool_] = ~located | (apart <= NEAR_KM) | ((towns[0] == towns[1]) & (towns[0] != ""))
    return may


def find_pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns kept, merged (ids) and basis (name or hand): a later row that means an earlier one.

    Compared are rows of the same country and kind; the catalogue names pairs that are the same although their
    names differ, and pairs that are distinct although their names are alike.
    """
    rules = load_rules()
    distinct = {frozenset(pair) for pair in rules["distinct"]}
    known = set(rows["initiative_id"])
    found = [(one, other, "hand") for one, other in rules["same"] if {one, other} <= known]
    keyed = rows.assign(name_key=rows["name"].map(name_key))
    for _, group in keyed.groupby(["country", "kind"], sort=True):
        if len(group) == 1:
            continue
        alike = (likeness(group["name_key"], group["name_key"]) >= LIKE) & same_place(group, group)
        ids = group["initiative_id"].to_numpy()
        like = [(ids[i], ids[j]) for i, j in np.argwhere(np.triu(alike, 1))]
        found.extend((one, other, "name") for one, other in like if frozenset((one, other)) not in distinct)
    pairs = pd.DataFrame(found, columns=["kept", "merged", "basis"])
    return pairs.drop_duplicates("merged").reset_index(drop=True)


def merge_pairs(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a pair: the earlier one, its empty cells filled from the other; a verified source wins."""
    rows = rows.set_index("initiative_id", drop=False)
    texts = [
        column for column in FORM if rows[column].dtype.kind not in "fb" and column not in ("key", "country")
    ]
    for pair in pairs.to_dict("records"):
        kept, other = rows.loc[pair["kept"]].copy(), rows.loc[pair["merged"]]
        if not kept["verified"] and other["verified"]:
            sourced = [
                "verified",
                "confidence",
                "source_url",
                "source_id",
                "last_checked",
                "status",
                "status_year",
            ]
            kept[sourced] = other[sourced]
        if pd.isna(kept["lon"]):
            kept[["lon", "lat", "coord_basis"]] = other[["lon", "lat", "coord_basis"]]
        for column in [*texts, "founded", "members", "members_as_of"]:
            if column != "coord_basis" and (pd.isna(kept[column]) or kept[column] == ""):
                kept[column] = other[column]
        rows.loc[pair["kept"]] = kept
    return rows[~rows.index.isin(pairs["merged"])].reset_index(drop=True)
