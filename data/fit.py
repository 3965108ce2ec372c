"""Whether curated tables fit this version of the application: told at the start, without reading them whole.

The contracts (:mod:`data.contracts`) check every value when tables are built. Here it is only asked whether
the tables at hand are whole, of the expected columns and not empty, since tables of another version would
else fail somewhere inside a page. A test holds the columns below against the contracts.
"""

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import CuratedError
from data.observatory import read_manifest

COLUMNS: dict[str, str] = {
    "countries": "iso3 iso2 name_en name_de continent un_region income_group lon lat",
    "regions": """region_id iso3 level parent_id vintage successor_ids name_en name_de name_local lon lat
        has_outline""",
    "industries": """industry_id scheme level parent_id name_en name_de short_en short_de traded members
        approximate""",
    "fields": "field_id name_en name_de short_en short_de",
    "industry_fields": "industry_id field_id weight",
    "cells": "region_id industry_id year measure value unit status estimated_share source_id",
    "specialisations": """region_id industry_id view granularity year measure value unit status
        estimated_share lq_home lq_pooled focus national_share growth growth_advantage growth_year
        reference_id source_id""",
    "clusters": """cluster_id kind region_id industry_id iso3 iso3_all name_en name_de lon lat granularity
        counted rule""",
    "observations": "entity_id indicator_id year value status source_id",
    "editions": "entity_id indicator_id edition value source_url",
    "left_out": "entity reason_key detail",
}
"""Columns the application reads, by table; a table may have more."""
NUMBERS = {
    "lon", "lat", "year", "value", "estimated_share", "weight", "lq_home", "lq_pooled", "focus",
    "national_share", "growth", "growth_advantage", "growth_year", "edition",
}  # fmt: skip
FLAGS = {"has_outline", "counted", "approximate"}
AGAIN = "build the tables again with `make data`"


def kind(column: str) -> str:
    """What a column holds: ``number``, ``flag`` or ``text``."""
    return "number" if column in NUMBERS else "flag" if column in FLAGS else "text"


def _kind_on_disk(found: pa.DataType) -> str:
    if pa.types.is_boolean(found):
        return "flag"
    return "number" if pa.types.is_integer(found) or pa.types.is_floating(found) else "text"


def check_fit(folder: Path) -> None:
    """Raise :class:`CuratedError` in one line for a table or outline that this application cannot serve."""
    manifest = read_manifest(folder)
    tables, outlines = manifest["tables"], manifest.get("geometry")
    if not isinstance(tables, dict) or not isinstance(outlines, dict) or not outlines:
        raise CuratedError(f"{folder / 'manifest.json'}: lists no tables or no geometry; {AGAIN}")
    for table, entry in tables.items():
        _check_file(folder / f"{table}.parquet", entry.get("sha256") if isinstance(entry, dict) else None)
    for name, digest in outlines.items():
        _check_file(folder / "geometry" / name, digest)
    for table, columns in COLUMNS.items():
        if table not in tables:
            raise CuratedError(f"{folder / 'manifest.json'}: does not list the table {table}; {AGAIN}")
        _check_table(folder / f"{table}.parquet", columns.split())


def _check_table(path: Path, columns: list[str]) -> None:
    try:
        head = pq.read_metadata(path)
        schema = head.schema.to_arrow_schema()
    except (pa.ArrowException, OSError) as error:
        raise CuratedError(f"{path}: is no whole Parquet file; {AGAIN}") from error
    if head.num_rows == 0:
        raise CuratedError(f"{path}: has no rows; {AGAIN}")
    for column in columns:
        if column not in schema.names:
            raise CuratedError(f"{path}: has no column {column}, it is of another version; {AGAIN}")
        found = _kind_on_disk(schema.field(column).type)
        if found != kind(column):
            raise CuratedError(f"{path}: column {column} holds {found}, not {kind(column)}; {AGAIN}")


def _check_file(path: Path, digest: object) -> None:
    if not path.is_file():
        raise CuratedError(f"{path}: not found, though the manifest lists it; {AGAIN}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        raise CuratedError(f"{path}: does not match its checksum in the manifest; {AGAIN}")
