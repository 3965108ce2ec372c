"""Search that forgives typing errors, over names in both languages and codes.

Names are split into words; every word of the query is compared with every different word of the index
(optimal string alignment, and the same against beginnings of words, as people type them), and a name is as
good as the mean over the words of the query of its best word each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from data.names import fold
from data.observatory import Observatory
from data.places import place_index

GROUPS = ("place", "cluster", "industry", "country")
SURE, WORTH = 0.62, 0.7
"""Least likeness of one word, and of a whole name, to count as found."""
MOST_WORDS = 6
MOST_TYPED = 60
SHORT = 3
"""Words up to this length, and codes, must begin alike: forgiving two letters of three finds everything."""


class Entry(NamedTuple):
    """A thing that can be found. ``point`` is where the map goes, empty where it is filtered instead."""

    group: str
    id: str
    names: dict[str, str]
    details: dict[str, str]
    place_id: str
    terms: tuple[str, ...]
    weight: float


class Hit(NamedTuple):
    """A found entry with its likeness (0 to 1)."""

    entry: Entry
    score: float


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """Words of all entries: ``words`` are different, ``of_name`` lists word numbers name by name."""

    entries: tuple[Entry, ...]
    words: tuple[str, ...]
    of_name: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    lengths: npt.NDArray[np.intp]
    entry_of_name: npt.NDArray[np.intp]


def _texts(frame: pd.DataFrame, columns: list[str]) -> Iterator[list[str]]:
    """Rows of text columns as lists of texts; missing is empty."""
    table = frame[columns].astype("object")
    yield from table.where(table.notna(), "").astype(str).to_numpy().tolist()


def _regions(obs: Observatory) -> Iterator[Entry]:
    frame, index = obs.regions.frame, place_index(obs)
    counts = np.bincount(index.code, minlength=len(index.frame))
    weights = dict(zip(index.frame["place_id"], counts.tolist(), strict=True))
    columns = ["id", "name_en", "name_de", "name_local", "country_name_en", "country_name_de"]
    for name, en, de, local, country_en, country_de in _texts(frame, columns):
        details = {"en": country_en, "de": country_de}
        terms = (en, de, local, name.rpartition("-")[2], name)
        yield Entry("place", name, {"en": en, "de": de}, details, name, terms, 1 + weights.get(name, 0))


def _clusters(obs: Observatory) -> Iterator[Entry]:
    frame = obs.clusters.frame[obs.clusters.frame["counted"].to_numpy(bool)]
    columns = ["id", "place_id", "name_en", "name_de", "kind", "country_name_en", "country_name_de"]
    for name, place, en, de, kind, country_en, country_de in _texts(frame, columns):
        details = {"en": country_en, "de": country_de}
        weight = 3 if kind == "science-technology" else 1
        yield Entry("cluster", name, {"en": en, "de": de}, details, place, (en, de), weight)


def _industries(obs: Observatory) -> Iterator[Entry]:
    present = set(obs.clusters.frame["industry_id"].dropna().astype(str))
    for item in obs.catalogue.industries.values():
        if item.scheme != "isic" or (item.level != "section" and item.industry_id not in present):
            continue
        code = item.industry_id.removeprefix("isic-")
        letter = item.parent_id.removeprefix("isic-") if item.level == "division" else ""
        names, shown = {"en": item.name.en, "de": item.name.de}, f"{letter}{code}"
        terms = (*names.values(), item.short.en, item.short.de, shown, code)
        yield Entry("industry", item.industry_id, names, {"en": shown, "de": shown}, "", terms, 4)


def _countries(obs: Observatory) -> Iterator[Entry]:
    present = set(obs.clusters.frame["iso3"].dropna().astype(str))
    for iso3, iso2, en, de in _texts(obs.countries, ["iso3", "iso2", "name_en", "name_de"]):
        if iso3 in present:
            terms = (en, de, iso3, iso2)
            yield Entry("country", iso3, {"en": en, "de": de}, {"en": iso3, "de": iso3}, "", terms, 6)


def build_index(entries: Iterable[Entry]) -> SearchIndex:
    """Number the words of all names of all entries; names that fold to the same are kept once an entry."""
    kept, numbers = tuple(entries), dict[str, int]()
    of_name, lengths, owner = list[int](), list[int](), list[int]()
    for at, entry in enumerate(kept):
        for term in dict.fromkeys(fold(term) for term in entry.terms if term):
            words = [w for w in term.replace(",", " ").replace("(", " ").replace(")", " ").split() if w]
            if words:
                of_name += [numbers.setdefault(word, len(numbers)) for word in words]
                lengths.append(len(words))
                owner.append(at)
    sizes = np.asarray(lengths, np.intp)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp) if len(sizes) else sizes
    return SearchIndex(
        kept, tuple(numbers), np.asarray(of_name, np.intp), starts, sizes, np.asarray(owner, np.intp)
    )


@lru_cache(maxsize=2)
def search_index(obs: Observatory) -> SearchIndex:
    """The index of everything the observatory can show on the map."""
    return build_index([*_regions(obs), *_clusters(obs), *_industries(obs), *_countries(obs)])


def _likeness(index: SearchIndex, word: str) -> npt.NDArray[np.float64]:
    """How like every word of the index is to one typed word, 0 to 1."""
    if len(word) <= SHORT or any(c.isdigit() for c in word):
        return np.array([1.0 if w == word else 0.9 if w.startswith(word) else 0.0 for w in index.words])
    whole = cdist([word], index.words, scorer=OSA.normalized_similarity, dtype=np.float64)[0]
    begun = [w[: len(word)] for w in index.words]
    begins = cdist([word], begun, scorer=OSA.normalized_similarity, dtype=np.float64)[0]
    return np.asarray(np.maximum(whole, begins * 0.96), np.float64)


def _score_names(index: SearchIndex, words: list[str]) -> npt.NDArray[np.float64]:
    """Likeness of every name; a name must have something like every typed word."""
    total, found = np.zeros(len(index.starts)), np.ones(len(index.starts), bool)
    for word in words:
        best = np.maximum.reduceat(_likeness(index, word)[index.of_name], index.starts)
        found &= best >= SURE
        total += best
    spare = np.clip(index.lengths - len(words), 0, 8)
    return np.where(found, total / len(words) - 0.012 * spare, 0.0)


def search(obs: Observatory, text: object, most: int = 5) -> dict[str, list[Hit]]:
    """The best hits by group, the group with the best hit first; empty for a text without letters.

    Anything but a string counts as empty. At most ``most`` hits a group.
    """
    words = fold(text[:MOST_TYPED]).split()[:MOST_WORDS] if isinstance(text, str) else []
    index = search_index(obs)
    if not words or not len(index.starts):
        return {}
    names = _score_names(index, words)
    scores = np.zeros(len(index.entries))
    np.maximum.at(scores, index.entry_of_name, names)
    likely = np.flatnonzero(scores >= WORTH)
    weights = np.array([index.entries[at].weight for at in likely], float)
    # among equally good names the weightier comes first: places with more clusters, countries
    ranked = likely[np.argsort(-(scores[likely] + 0.004 * np.log1p(weights)), kind="stable")]
    groups: dict[str, list[Hit]] = {}
    for at in ranked:
        entry = index.entries[at]
        hits = groups.setdefault(entry.group, [])
        if len(hits) < most:
            hits.append(Hit(entry, float(scores[at])))
    return groups
