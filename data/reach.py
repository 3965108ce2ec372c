"""Initiatives, programmes and actors that belong to a cluster, a region, a field or a country.

Only what is counted is named: seen in a source and not doubtful. The others are numbered as ``unchecked``, so
that nothing is hidden. Every answer is empty where the observatory has no such table.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from data.catalogue_files import read_yaml
from data.catalogue_types import Text
from data.grouping import rows_where, texts
from data.neighbours import REACH_KM, great_circle_km
from data.observatory import Observatory

Record = Mapping[str, Any]
ROR = "https://ror.org/"
TYPES = ("education", "research", "facility", "government", "nonprofit", "company")
"""Types of actors in the order in which they are named."""


class Reach(NamedTuple):
    """Counted initiatives, the nearest or closest first, and how many unchecked ones there are beside."""

    initiatives: tuple[Record, ...]
    unchecked: int


class Actors(NamedTuple):
    """Number of organisations by type, and the best known of them."""

    types: dict[str, int]
    named: tuple[Record, ...]


@lru_cache(maxsize=8)
def _records(obs: Observatory, table: str) -> tuple[Record, ...]:
    frame = obs.tables[table].astype("object")
    rows = frame.where(frame.notna(), None).to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)


@lru_cache(maxsize=8)
def _by_id(obs: Observatory, table: str, key: str) -> dict[str, Record]:
    return {str(record[key]): record for record in _records(obs, table)} if table in obs.tables else {}


@lru_cache(maxsize=8)
def initiative_words(obs: Observatory) -> dict[str, Text]:
    """Kinds and states of initiatives in both languages, by ``kind.<id>`` and ``status.<id>``."""
    path = obs.catalogue.folder / "initiative_kinds.yaml"
    content = read_yaml(path, path.parent / "schemas" / "initiative_kinds.json")
    found = {f"kind.{name}": Text(**entry["label"]) for name, entry in content["kinds"].items()}
    found |= {f"status.{name}": Text(**entry["label"]) for name, entry in content["statuses"].items()}
    return found


def _links_to(obs: Observatory, unit_id: str, relation: str) -> list[str]:
    """What is linked to a unit, the strongest link first."""
    if "links" not in obs.tables or not len(obs.tables["links"]):
        return []
    rows = rows_where(obs, "links", "to_id", unit_id)
    rows = rows[texts(obs, "links", "relation")[rows] == relation]
    weights = obs.tables["links"]["weight"].to_numpy(float)[rows]
    return [str(name) for name in texts(obs, "links", "from_id")[rows[np.argsort(-weights, kind="stable")]]]


def _reach(obs: Observatory, ids: Iterable[str]) -> Reach:
    known = _by_id(obs, "initiatives", "initiative_id")
    found = [known[name] for name in ids if name in known]
    counted = tuple(record for record in found if record["counted"])
    return Reach(counted, len(found) - len(counted))


def initiatives_of(obs: Observatory, kind: str, unit_id: str) -> Reach:
    """Initiatives near a ``cluster``, in a ``region``, in a ``field``, or of a ``country``."""
    if kind == "country":
        own = (
            [r for r in _records(obs, "initiatives") if r["iso3"] == unit_id]
            if "initiatives" in obs.tables
            else []
        )
        return _reach(
            obs, (str(r["initiative_id"]) for r in sorted(own, key=lambda r: str(r["name"]).casefold()))
        )
    relation = {"cluster": "near-cluster", "region": "in-region", "field": "in-field"}[kind]
    return _reach(obs, _links_to(obs, unit_id, relation))


def programmes_of(obs: Observatory, iso3: str) -> tuple[Record, ...]:
    """Counted support programmes of a country, its own first, then those it takes part in."""
    known = _by_id(obs, "programmes", "programme_id")
    own = [r for r in known.values() if r["iso3"] == iso3]
    linked = [known[name] for name in _links_to(obs, iso3, "in-country") if name in known]
    found = {str(r["programme_id"]): r for r in (*own, *linked) if r["counted"]}
    return tuple(found.values())


def _best_known(found: list[Record], most: int) -> tuple[Record, ...]:
    def order(record: Record) -> tuple[int, int, str]:
        listed = bool(record["in_nature_index"]) + bool(record["in_qs"])
        kind = str(record["type"])
        return -listed, TYPES.index(kind) if kind in TYPES else len(TYPES), str(record["name"])

    return tuple(sorted(found, key=order)[:most])


def _gather(found: list[Record], most: int) -> Actors:
    types: dict[str, int] = {}
    for record in found:
        types[str(record["type"])] = types.get(str(record["type"]), 0) + 1
    return Actors(types, _best_known(found, most))


def actors_in(obs: Observatory, region_id: str, most: int = 12) -> Actors:
    """Organisations in a region."""
    known = _by_id(obs, "actors", "actor_id")
    return _gather([known[name] for name in _links_to(obs, region_id, "in-region") if name in known], most)


def actors_around(obs: Observatory, lon: float, lat: float, most: int = 12) -> Actors:
    """Organisations within 50 km of a point."""
    if "actors" not in obs.tables or not len(obs.tables["actors"]):
        return Actors({}, ())
    table = obs.tables["actors"]
    distance = great_circle_km(lon, lat, table["lon"].to_numpy(float), table["lat"].to_numpy(float))
    records = _records(obs, "actors")
    return _gather([records[row] for row in np.flatnonzero(distance <= REACH_KM)], most)


def address_of(record: Record) -> str:
    """Where an initiative, programme or actor can be met: its website, else its entry or source; "" for none.

    Only http and https are given out.
    """
    actor = str(record.get("actor_id") or "")
    ror = ROR + actor.removeprefix("ror-") if actor.startswith("ror-") else ""
    for url in (record.get("website"), ror, record.get("source_url")):
        if isinstance(url, str) and url.startswith(("https://", "http://")):
            return url
    return ""
