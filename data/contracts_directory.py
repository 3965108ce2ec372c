"""What the tables of initiatives, programmes, actors and links promise."""

from collections.abc import Mapping

import pandas as pd
import pandera.pandas as pa

INITIATIVE_KINDS = (
    "cluster-organisation", "innovation-hub", "science-park", "industrial-district", "special-zone",
    "agglomeration",
)  # fmt: skip
INITIATIVE_STATUSES = ("active", "designated", "proposed", "announced", "ended", "unknown")
PROGRAMME_STATUSES = ("active", "announced", "ended", "unknown")
ACTOR_TYPES = ("education", "facility", "government", "company", "nonprofit", "research")
COORDINATE_BASES = ("city", "city-from-memory", "district", "capital", "source", "approximate")
REGION_BASES = ("outline", "nearest", "code", "name")
FIELD_BASES = ("subject", "name", "programme", "hand", "editor")
RELATIONS = (
    "in-region", "in-field", "in-industry", "under-programme", "near-cluster", "covers-region",
    "covers-cluster",
    "in-country",
)  # fmt: skip
LINK_BASES = (
    *REGION_BASES, "subject", "programme", "hand", "editor", "label", "same-industry", "same-field", "reach",
    "distance", "agency", "member", "initiatives",
)  # fmt: skip
CONFIDENCES = ("A", "B", "C")
EUROPEAN_UNION = "EUE"
"""Country code of programmes of the European Union, reserved for it in ISO 3166."""


def _text(*checks: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column("str", list(checks), nullable=nullable)


def _among(values: tuple[str, ...], *, nullable: bool = False) -> pa.Column:
    return pa.Column("str", pa.Check.isin(list(values)), nullable=nullable)


def _code(values: tuple[str, ...] = ()) -> pa.Column:
    return pa.Column("category", pa.Check.isin(list(values)) if values else None)


def _same_gaps(one: str, other: str) -> pa.Check:
    """Both columns are filled or neither is."""
    return pa.Check(lambda f: f[one].isna() == f[other].isna(), name=f"{one} and {other} go together")


def _year(low: int = 1800) -> pa.Column:
    return pa.Column("Int16", pa.Check.in_range(low, 2100), nullable=True)


_MAYBE, _FILLED = _text(nullable=True), _text(pa.Check.str_matches(r"\S"))
_LON = pa.Column("float64", pa.Check.in_range(-180, 180), nullable=True)
_LAT = pa.Column("float64", pa.Check.in_range(-90, 90), nullable=True)
_ADDRESS = _text(pa.Check.str_matches("^https?://"), nullable=True)
_DATE = _text(pa.Check.str_matches(r"^\d{4}(-\d\d-\d\d)?$"), nullable=True)
_BOTH_OR_NONE = _same_gaps("lon", "lat")
_POINT_HAS_BASIS = pa.Check(
    lambda f: f["lon"].isna() | f["coord_basis"].notna(), name="a point says where it comes from"
)
_COUNTED_IS_SEEN = pa.Check(
    lambda f: ~f["counted"] | (f["verified"] & (f["confidence"] != "C") & f["source_url"].notna()),
    name="what is counted was seen in a source",
)
_REGION_HAS_BASIS = _same_gaps("region_id", "region_basis")

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "initiatives": pa.DataFrameSchema({
        "initiative_id": _text(pa.Check.str_matches(r"^[a-z]{2}-[a-z0-9-]+$")), "name": _FILLED,
        "name_local": _MAYBE,
        "kind": _among(INITIATIVE_KINDS), "iso3": _text(), "region_id": _MAYBE,
        "region_basis": _among(REGION_BASES, nullable=True), "place": _MAYBE, "lon": _LON, "lat": _LAT,
        "coord_basis": _among(COORDINATE_BASES, nullable=True), "subject": _MAYBE, "field_ids": _text(),
        "industry_ids": _text(), "field_basis": _among(FIELD_BASES, nullable=True), "founded": _year(),
        "members": pa.Column("Int32", pa.Check.ge(0), nullable=True), "members_as_of": _year(1990),
        "organisation": _MAYBE, "website": _ADDRESS, "programme_id": _MAYBE, "label": _MAYBE,
        "status": _among(INITIATIVE_STATUSES), "status_year": _year(1990), "last_checked": _DATE,
        "verified": pa.Column(bool), "confidence": _among(CONFIDENCES), "counted": pa.Column(bool),
        "source_url": _ADDRESS, "source_id": _text(),
    },
    checks=[_BOTH_OR_NONE, _POINT_HAS_BASIS, _COUNTED_IS_SEEN, _REGION_HAS_BASIS], unique=["initiative_id"]),
    "programmes": pa.DataFrameSchema({
        "programme_id": _text(pa.Check.str_matches(r"^[a-z]{2}-[a-z0-9-]+$")), "name_en": _FILLED,
        "name_de": _FILLED,
        "iso3": _text(pa.Check.str_matches("^[A-Z]{3}$")), "agency": _MAYBE, "start": _year(), "end": _year(),
        "budget_value": pa.Column("float64", pa.Check.gt(0), nullable=True),
        "budget_currency": _text(pa.Check.str_matches("^[A-Z]{3}$"), nullable=True), "budget_text_en": _MAYBE,
        "budget_text_de": _MAYBE, "instruments": _FILLED, "instruments_en": _FILLED,
        "instruments_de": _FILLED,
        "target_groups": _FILLED, "target_group_en": _FILLED, "target_group_de": _FILLED,
        "status": _among(PROGRAMME_STATUSES), "status_year": _year(1990), "website": _ADDRESS,
        "source_url": _ADDRESS, "verified": pa.Column(bool), "confidence": _among(CONFIDENCES),
        "counted": pa.Column(bool), "source_id": _text(),
    }, checks=[
        _COUNTED_IS_SEEN,
        _same_gaps("budget_value", "budget_currency"), _same_gaps("budget_text_en", "budget_text_de"),
        pa.Check(lambda f: ~(f["end"] < f["start"]).fillna(False).astype(bool), name="start before end"),
    ], unique=["programme_id"]),
    "actors": pa.DataFrameSchema({
        "actor_id": _text(pa.Check.str_matches(r"^(ror|qs|ni)-[a-z0-9-]+$")), "name": _FILLED,
        "type": _code(ACTOR_TYPES), "iso3": _code(), "place": _MAYBE, "lon": _LON, "lat": _LAT,
        "region_id": pa.Column("category", nullable=True), "in_qs": pa.Column(bool),
        "in_nature_index": pa.Column(bool),
        "source_id": _code(),
    }, checks=[_BOTH_OR_NONE], unique=["actor_id"]),
    "links": pa.DataFrameSchema({
        "from_id": _FILLED, "to_id": _FILLED, "relation": _code(RELATIONS),
        "weight": pa.Column("float32", pa.Check.in_range(0, 1)), "basis": _code(LINK_BASES),
    }, unique=["from_id", "to_id", "relation"]),
}  # fmt: skip
"""Schema by table."""

FOREIGN_KEYS = (
    ("initiatives", "iso3", "countries", "iso3"), ("initiatives", "region_id", "regions", "region_id"),
    ("initiatives", "programme_id", "programmes", "programme_id"), ("actors", "iso3", "countries", "iso3"),
    ("actors", "region_id", "regions", "region_id"),
)  # fmt: skip
LISTED_KEYS = (("field_ids", "fields", "field_id"), ("industry_ids", "industries", "industry_id"))
"""Columns of initiatives that hold several ids, with the table and column these are found in."""
LINK_ENDS = {
    "in-region": (("initiatives", "actors"), ("regions",)),
    "in-field": (("initiatives",), ("fields",)),
    "in-industry": (("initiatives",), ("industries",)),
    "under-programme": (("initiatives",), ("programmes",)),
    "near-cluster": (("initiatives",), ("clusters",)),
    "covers-region": (("clusters",), ("regions",)),
    "covers-cluster": (("clusters",), ("clusters",)),
    "in-country": (("programmes",), ("countries",)),
}
"""Tables the two ends of each relation are found in, by the first column of their key."""


def broken_links(links: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Links whose start or end is not in the tables of :data:`LINK_ENDS`."""
    parts = []
    for relation, (starts, ends) in LINK_ENDS.items():
        rows = links[links["relation"] == relation]
        known = [{*pd.concat([tables[t].iloc[:, 0].astype(str) for t in side])} for side in (starts, ends)]
        parts.append(rows[~rows["from_id"].isin(known[0]) | ~rows["to_id"].isin(known[1])])
    return pd.concat(parts)
