"""Whether the curated tables are those the manifest names, and keep their contracts."""

from pathlib import Path

import pandas as pd

from data.contracts import SCHEMAS, check_tables
from data.errors import CuratedError
from data.metadata import load_catalogue
from data.observatory import read_manifest
from data.pipeline.writing import hash_file


def check(folder: Path) -> dict[str, int]:
    """Verify checksums and contracts; return the number of rows by table.

    Raises :class:`CuratedError` for a file that is missing or changed, :class:`ContractError` for content.
    """
    manifest = read_manifest(folder)
    tables = manifest["tables"]
    geometry = manifest.get("geometry", {})
    if not isinstance(tables, dict) or not isinstance(geometry, dict):
        raise CuratedError(f"{folder / 'manifest.json'}: has no list of tables and outlines")
    for name, entry in tables.items():
        _compare(folder / f"{name}.parquet", entry["sha256"])
    for name, expected in geometry.items():
        _compare(folder / "geometry" / name, expected)
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in tables if name in SCHEMAS}
    check_tables(frames, load_catalogue())
    return {name: len(frame) for name, frame in frames.items()}


def _compare(path: Path, expected: str) -> None:
    if not path.is_file():
        raise CuratedError(f"{path}: is missing though the manifest lists it")
    if hash_file(path) != expected:
        raise CuratedError(f"{path}: does not match its checksum in the manifest")
