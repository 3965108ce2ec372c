"""The same organisation under two spellings: by name, or by likeness near by."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from data.names import fold
from data.pipeline.context import distances_km, unit_vectors

LIKE = 92.0
NEAR_KM = 60.0
_SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "at",
        "in",
        "de",
        "di",
        "da",
        "do",
        "du",
        "la",
        "le",
        "des",
        "degli",
        "studi",
        "dela",
        "del",
        "zu",
        "e",
        "y",
    ]
)
_UNIVERSITY = frozenset(
    [
        "universitat",
        "universitaet",
        "universite",
        "universita",
        "universidad",
        "universidade",
        "universiteit",
        "universitet",
        "universitetet",
        "universiti",
        "universitas",
        "universitesi",
        "uniwersytet",
        "univerzita",
        "univerzitet",
    ]
)
_BRACKET = re.compile(r"\([^)]*\)")


def organisation_key(name: str) -> str:
    """Folded words of a name without brackets and small words, the word university in English."""
    words = re.sub(r"[^\w\s]", " ", fold(_BRACKET.sub(" ", name))).split()
    return " ".join(
        "university" if word in _UNIVERSITY else word for word in words if word not in _SMALL_WORDS
    )


def match_names(names: pd.DataFrame, among: pd.DataFrame) -> pd.Series:
    """For each row of ``names`` the row label in ``among`` of the same organisation, NA if there is none.

    Both have key (see :func:`organisation_key`), iso3, lon, lat. A key that one row of the country alone has is
    enough, wherever the lists put it: they place some bodies in a namesake of their town. A likeness of 92 or
    more needs both points within 60 km. Numbers must agree: Rennes 1 is not Rennes 2.
    """
    answer = pd.Series(pd.NA, index=names.index, dtype="Int64")
    groups = dict(tuple(among.groupby("iso3")))
    for iso3, rows in names.groupby("iso3"):
        if iso3 in groups:
            answer.loc[rows.index] = _match(rows, groups[iso3])
    return answer


def _match(rows: pd.DataFrame, others: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    like = cdist(rows["key"].tolist(), others["key"].tolist(), scorer=token_sort_ratio, score_cutoff=LIKE)
    apart = distances_km(
        unit_vectors(rows["lon"].fillna(0.0), rows["lat"].fillna(0.0)),
        unit_vectors(others["lon"].fillna(0.0), others["lat"].fillna(0.0)),
    )
    alone = (~others["key"].duplicated(keep=False)).to_numpy()[None, :]
    equal = rows["key"].to_numpy()[:, None] == others["key"].to_numpy()[None, :]
    like = np.where(_numbers(rows)[:, None] == _numbers(others)[None, :], like, 0.0)
    fits = np.where((apart <= NEAR_KM) | (alone & equal), like, 0.0)
    best = fits.argmax(axis=1)
    found = fits[np.arange(len(fits)), best] > 0
    labels: pd.api.extensions.ExtensionArray = pd.array(others.index.to_numpy()[best], dtype="Int64")
    labels[~found] = pd.NA
    return labels


def _numbers(frame: pd.DataFrame) -> NDArray[np.str_]:
    """The digits of each key."""
    return frame["key"].str.replace(r"\D", "", regex=True).to_numpy(dtype=np.str_)
