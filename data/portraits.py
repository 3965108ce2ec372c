"""Which units have a portrait, under which slug, and what to offer where a slug is unknown.

A slug is the unit's id in lower case, the same in both languages.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from data.catalogue_types import LANGUAGES
from data.names import fold
from data.observatory import Observatory, Units
from data.search import search

KINDS = ("cluster", "region", "industry", "field", "country")
GROUPS = {"cluster": "cluster", "place": "region", "industry": "industry", "country": "country"}
"""Kinds of portrait by group of the search."""
MOST_LIKE = 8
LEAST_LIKENESS = 75.0

Record = Mapping[str, Any]


@lru_cache(maxsize=8)
def _records(obs: Observatory, name: str) -> tuple[Record, ...]:
    units: Units = obs.regions if name == "regions" else obs.clusters
    frame = units.frame.astype("object")
    rows = frame.where(frame.notna(), None).to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)


def record_of(obs: Observatory, name: str, row: int) -> Record:
    """A row of the ``clusters`` or ``regions`` as a plain mapping; missing texts are ``None``."""
    return _records(obs, name)[row]


def _countries(obs: Observatory) -> list[str]:
    """Countries of which anything is known: a cluster, a region or a figure."""
    known = set(obs.clusters.frame["iso3"]) | set(obs.regions.frame["iso3"])
    entities = obs.tables["observations"]["entity_id"].astype("category").cat.categories
    known |= set(entities) & set(obs.countries.index)
    return sorted(str(name) for name in known if isinstance(name, str) and name in obs.countries.index)


@lru_cache(maxsize=16)
def slugs(obs: Observatory, kind: str) -> Mapping[str, str]:
    """Id by slug of all units of a kind that have a portrait; empty for any other kind."""
    found: dict[str, list[str]] = {
        "cluster": [str(name) for name in obs.clusters.matrix.ids],
        "region": [str(name) for name in obs.regions.matrix.ids],
        "industry": list(obs.catalogue.industries),
        "field": list(obs.catalogue.fields),
        "country": _countries(obs) if kind == "country" else [],
    }
    return {name.lower(): name for name in found.get(kind, ())}


def unit_of(obs: Observatory, kind: str, slug: str) -> str | None:
    """The id behind a slug, ``None`` where there is no such unit."""
    return slugs(obs, kind).get(slug)


def lower_address(path: str) -> str | None:
    """The same address in lower case where a portrait's address is not, else ``None``.

    >>> lower_address("/en/Region/EU-nuts2-DE11")
    '/en/region/eu-nuts2-de11'
    >>> lower_address("/en/region/eu-nuts2-de11")
    """
    parts = path.strip("/").split("/")
    if len(parts) != 3 or not path.isascii():
        return None
    lang, kind, _ = small = [part.lower() for part in parts]
    known = lang in LANGUAGES and kind in {*KINDS, "initiative", "programme"}
    # built from its parts, so that it never leaves the site (an address may begin with two slashes)
    return "/" + "/".join(small) if known and small != parts else None


def _name(obs: Observatory, kind: str, unit: str, lang: str) -> str:
    if kind == "industry":
        return obs.catalogue.industries[unit].name.get(lang)
    if kind == "field":
        return obs.catalogue.fields[unit].name.get(lang)
    if kind == "country":
        return str(obs.countries.at[unit, f"name_{lang}"])
    name = "regions" if kind == "region" else "clusters"
    units = obs.regions if kind == "region" else obs.clusters
    return str(record_of(obs, name, units.position[unit])[f"name_{lang}"])


def name_of(obs: Observatory, kind: str, unit: str, lang: str) -> str:
    """Name of a unit as the heading of its portrait has it."""
    return _name(obs, kind, unit, lang)


def near_matches(obs: Observatory, kind: str, slug: str, lang: str) -> list[tuple[str, str, str]]:
    """Up to eight (kind, id, name) most like an unknown slug: slugs of the kind first, then names.

    Empty for an unknown kind or where nothing is like it.
    """
    typed = slug[:80].lower()
    close = process.extract(
        typed, list(slugs(obs, kind)), scorer=fuzz.ratio, limit=MOST_LIKE, score_cutoff=LEAST_LIKENESS
    )
    found = [(kind, slugs(obs, kind)[str(match[0])]) for match in close]
    for group, hits in search(obs, fold(typed.replace("_", " "))).items():
        found += [(GROUPS[group], hit.entry.id) for hit in hits if group in GROUPS]
    unique = list(dict.fromkeys(found))[:MOST_LIKE]
    return [(name, unit, _name(obs, name, unit, lang)) for name, unit in unique]
