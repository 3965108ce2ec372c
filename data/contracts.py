"""What every curated table promises: columns and types, unique keys, ranges, vocabularies, foreign keys.

The build ends with these checks and ``check`` repeats them; a table that breaks its promise is never
swapped in.
"""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from data import contracts_directory as of_directory
from data.errors import ContractError
from data.metadata import Catalogue

STATUSES = ("observed", "estimated", "provisional", "confidential", "missing")
WITHOUT_VALUE = ("confidential", "missing")
LEVELS = (
    "country", "state", "metro", "micro", "nuts2", "prefecture", "municipality", "cma", "province", "lga",
    "region",
)  # fmt: skip
KINDS = ("science-technology", "industry")
GRANULARITIES = ("division", "section", "group", "benchmark", "none")
VIEWS = ("division", "section", "group", "benchmark-traded", "benchmark-local")
MEASURES = ("employment", "establishments", "wages", "gross_value_added")
CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america", "oceania")
INCOME_GROUPS = ("HI", "UM", "LM", "LO")
TRADED = ("traded", "mixed", "local")
INDICATOR_RANGES: dict[str, tuple[float | None, float | None]] = {
    "employment": (0, None), "establishments": (0, None), "lq_home": (0, None), "lq_pooled": (0, None),
    "focus": (0, None), "national_share": (0, 100), "relative_wage": (0, None), "eco_stars": (0, 3),
    "strong_siblings": (0, None), "relatedness_density": (0, 100), "employment_growth": (-100, None),
    "industry_diversity": (0, 6), "krugman_specialisation": (0, 2), "population": (0, None),
    "gdp_per_head_ppp": (0, None), "tertiary_share": (0, 100), "unemployment_rate": (0, 100),
    "hightech_employment_share": (0, 100), "rd_intensity": (0, None), "unicorns_50km": (0, None),
    "qs_universities_50km": (0, None), "large_airports_75km": (0, None), "st_rank": (1, 100),
    "st_intensity_rank": (1, 100), "pct_share": (0, 100), "publication_share": (0, 100),
    "patent_publication_balance": (-1, 1), "gii_score": (0, 100),
}  # fmt: skip
"""Least and greatest possible value of an indicator; ``None``: no bound on that side."""

_LON, _LAT = pa.Check.in_range(-180, 180), pa.Check.in_range(-90, 90)
_NOT_NEGATIVE = pa.Check.ge(0)


def _text(
    *, nullable: bool = False, unique: bool = False, pattern: str = "", among: Collection[str] = ()
) -> pa.Column:
    checks = [pa.Check.str_matches(pattern)] if pattern else []
    if among:
        checks.append(pa.Check.isin(list(among)))
    return pa.Column("str", checks, nullable=nullable, unique=unique)


def _code(*, nullable: bool = False, among: Collection[str] = ()) -> pa.Column:
    """A categorical column."""
    return pa.Column("category", pa.Check.isin(list(among)) if among else None, nullable=nullable)


def _number(*checks: pa.Check, dtype: str = "float64", nullable: bool = False) -> pa.Column:
    return pa.Column(dtype, list(checks), nullable=nullable)


def _ratio(*checks: pa.Check) -> pa.Column:
    return _number(*(checks or (_NOT_NEGATIVE,)), dtype="float32", nullable=True)


def _year(*, nullable: bool = False) -> pa.Column:
    return _number(pa.Check.in_range(1990, 2100), dtype="Int16" if nullable else "int16", nullable=nullable)


def _status_agrees(frame: pd.DataFrame) -> Any:
    """A withheld figure has no value, and every other one has."""
    return frame["value"].isna() == frame["status"].isin(WITHOUT_VALUE)


def _schema(columns: dict[str, pa.Column], key: list[str], *checks: pa.Check) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, checks=list(checks), unique=key)


_AGREES = pa.Check(_status_agrees, name="a value stands beside every status but confidential and missing")
_NAMES = {"name_en": _text(pattern=r"\S"), "name_de": _text(pattern=r"\S")}
_SHORT = {"short_en": _text(pattern=r"\S"), "short_de": _text(pattern=r"\S")}

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "countries": _schema({
        "iso3": _text(pattern="^[A-Z]{3}$"), "iso2": _text(pattern="^[A-Z]{2}$"), **_NAMES,
        "continent": _text(among=CONTINENTS), "un_region": _text(),
        "income_group": _text(among=INCOME_GROUPS, nullable=True), "lon": _number(_LON), "lat": _number(_LAT),
    }, ["iso3"]),
    "regions": _schema({
        "region_id": _text(pattern=r"^[a-z]{2}-[a-z0-9]+-[\w-]+$"), "iso3": _text(),
        "level": _text(among=LEVELS), "parent_id": _text(nullable=True), "vintage": _text(),
        "successor_ids": _text(), **_NAMES, "name_local": _text(nullable=True), "lon": _number(_LON),
        "lat": _number(_LAT),
        "has_outline": pa.Column(bool), "remark": _text(nullable=True),
    }, ["region_id"]),
    "industries": _schema({
        "industry_id": _text(pattern="^(isic|usc)-"), "scheme": _text(among=("isic", "usc")),
        "level": _text(), "parent_id": _text(nullable=True), **_NAMES, **_SHORT,
        "traded": _text(among=TRADED), "members": _text(), "approximate": pa.Column(bool),
    }, ["industry_id"]),
    "fields": _schema({"field_id": _text(), **_NAMES, **_SHORT}, ["field_id"]),
    "industry_fields": _schema({
        "industry_id": _text(), "field_id": _text(), "weight": _number(pa.Check.in_range(0, 1)),
    }, ["industry_id", "field_id"]),
    "cells": _schema({
        "region_id": _code(), "industry_id": _code(), "year": _year(), "measure": _code(among=MEASURES),
        "value": _number(_NOT_NEGATIVE, nullable=True), "unit": _code(), "status": _code(among=STATUSES),
        "estimated_share": _ratio(pa.Check.in_range(0, 1)), "source_id": _code(),
    }, ["region_id", "industry_id", "year", "measure"], _AGREES),
    "specialisations": _schema({
        "region_id": _code(), "industry_id": _code(), "view": _code(among=VIEWS),
        "granularity": _code(among=GRANULARITIES), "year": _year(), "measure": _code(among=MEASURES),
        "value": _number(_NOT_NEGATIVE, nullable=True), "unit": _code(), "status": _code(among=STATUSES),
        "estimated_share": _ratio(pa.Check.in_range(0, 1)), "lq_home": _ratio(), "lq_pooled": _ratio(),
        "focus": _ratio(), "national_share": _ratio(pa.Check.in_range(0, 100)),
        "growth": _ratio(pa.Check.ge(-100)), "growth_advantage": _ratio(pa.Check.ge(-10_000)),
        "growth_year": _year(nullable=True), "reference_id": _code(), "source_id": _code(),
    }, ["region_id", "industry_id", "view"], _AGREES),
    "clusters": _schema({
        "cluster_id": _text(pattern="^[a-z0-9-]+$"), "kind": _text(among=KINDS),
        "region_id": _text(nullable=True), "industry_id": _text(nullable=True), "iso3": _text(),
        "iso3_all": _text(pattern=r"^[A-Z]{3}(\|[A-Z]{3})*$"),
        **_NAMES, "lon": _number(_LON), "lat": _number(_LAT), "granularity": _text(among=GRANULARITIES),
        "counted": pa.Column(bool), "rule": _text(pattern=r"\S"),
    }, ["cluster_id"]),
    "observations": _schema({
        "entity_id": _code(), "indicator_id": _code(), "year": _year(), "value": _number(nullable=True),
        "status": _code(among=STATUSES), "source_id": _code(),
    }, ["entity_id", "indicator_id", "year"], _AGREES),
    "editions": _schema({
        "entity_id": _text(), "indicator_id": _text(), "edition": _year(), "value": _number(),
        "source_url": _text(pattern="^https?://"),
    }, ["entity_id", "indicator_id", "edition"]),
    "left_out": _schema(
        {"entity": _text(), "reason_key": _text(pattern="^[a-z0-9-]+$"), "detail": _text(nullable=True)},
        ["entity", "reason_key", "detail"],
    ),
    **of_directory.SCHEMAS,
}  # fmt: skip
"""Schema by table. A table that comes with a later step gets its entry here and its keys below."""

FOREIGN_KEYS = (
    ("regions", "iso3", "countries", "iso3"), ("cells", "region_id", "regions", "region_id"),
    ("cells", "industry_id", "industries", "industry_id"),
    ("specialisations", "region_id", "regions", "region_id"),
    ("specialisations", "industry_id", "industries", "industry_id"),
    ("industry_fields", "industry_id", "industries", "industry_id"),
    ("industry_fields", "field_id", "fields", "field_id"),
    ("industries", "parent_id", "industries", "industry_id"),
    ("clusters", "region_id", "regions", "region_id"),
    ("clusters", "industry_id", "industries", "industry_id"),
    ("clusters", "iso3", "countries", "iso3"), ("editions", "entity_id", "clusters", "cluster_id"),
    *of_directory.FOREIGN_KEYS,
)  # fmt: skip


def check_tables(tables: Mapping[str, pd.DataFrame], catalogue: Catalogue) -> None:
    """Raise :class:`ContractError` naming table, column and the first offending value."""
    for name, schema in SCHEMAS.items():
        if name not in tables:
            raise ContractError(f"{name}: table is missing")
        check_table(name, tables[name], schema)
    for table, column, other, key in FOREIGN_KEYS:
        _require(tables[table][column], set(tables[other][key]), f"{table}.{column}", other)
    entities = {
        *tables["regions"]["region_id"],
        *tables["clusters"]["cluster_id"],
        *tables["countries"]["iso3"],
    }
    _require(
        tables["observations"]["entity_id"],
        entities,
        "observations.entity_id",
        "regions, clusters or countries",
    )
    for table in ("observations", "editions"):
        _require(
            tables[table]["indicator_id"], set(catalogue.indicators), f"{table}.indicator_id", "the catalogue"
        )
    for table in ("cells", "specialisations", "observations"):
        _require(tables[table]["source_id"], set(catalogue.sources), f"{table}.source_id", "the catalogue")
    check_ranges(tables["observations"])
    check_directory(tables, catalogue)


def check_directory(tables: Mapping[str, pd.DataFrame], catalogue: Catalogue) -> None:
    """Lists of ids, sources and both ends of every link name what is there."""
    for column, other, key in of_directory.LISTED_KEYS:
        ids = tables["initiatives"][column].str.split("|").explode()
        _require(ids[ids != ""], set(tables[other][key]), f"initiatives.{column}", other)
    for table in ("initiatives", "programmes", "actors"):
        _require(tables[table]["source_id"], set(catalogue.sources), f"{table}.source_id", "the catalogue")
    broken = of_directory.broken_links(tables["links"], tables)
    if not broken.empty:
        first = broken.iloc[0]
        raise ContractError(
            f"links: {len(broken)} links lead nowhere, the first is {first['from_id']} "
            f"{first['relation']} {first['to_id']}"
        )


def check_table(name: str, frame: pd.DataFrame, schema: pa.DataFrameSchema) -> None:
    """Check one table against its schema alone."""
    if list(frame.columns) != list(schema.columns):
        raise ContractError(f"{name}: columns {list(frame.columns)}, expected {list(schema.columns)}")
    try:
        schema.validate(frame)
    except pa.errors.SchemaError as error:
        reason = str(error).split("\n", 1)[0][:300]
        raise ContractError(f"{name}: {reason}") from error


def check_ranges(observations: pd.DataFrame) -> None:
    """Every indicator with a natural bound keeps it."""
    bounds = pd.DataFrame.from_dict(INDICATOR_RANGES, orient="index", columns=["low", "high"]).astype(float)
    rows = observations.astype({"indicator_id": "str"}).join(bounds, on="indicator_id")
    outside = (rows["value"] < rows["low"]) | (rows["value"] > rows["high"])
    if outside.any():
        first = rows[outside].iloc[0]
        raise ContractError(
            f"observations: {int(outside.sum())} values out of range, the first is {first['indicator_id']} "
            f"of {first['entity_id']}: {first['value']}"
        )


def _require(values: pd.Series, known: set[str], where: str, other: str) -> None:
    unknown = sorted(set(values.dropna().unique()) - known)
    if unknown:
        raise ContractError(f"{where}: {len(unknown)} ids are not in {other}, the first is {unknown[0]}")
