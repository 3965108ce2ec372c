"""The directory's tables as committed, and a small folder an addition can be tried in."""

import shutil
from pathlib import Path

import pandas as pd

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
NAMES = (
    "initiatives", "programmes", "actors", "links", "regions", "clusters", "countries", "industries",
    "fields", "industry_fields",
)  # fmt: skip


def read_tables() -> dict[str, pd.DataFrame]:
    """Curated tables the directory's tests look at."""
    return {name: pd.read_parquet(CURATED / f"{name}.parquet") for name in NAMES}


def copy_curated(folder: Path) -> Path:
    """What ``add`` compares with, copied to where a test may change it."""
    target = folder / "curated"
    (target / "geometry").mkdir(parents=True)
    for name in ("initiatives.parquet", "programmes.parquet", "countries.parquet"):
        shutil.copy(CURATED / name, target / name)
    outlines = "countries_50m.geojson"
    shutil.copy(CURATED / "geometry" / outlines, target / "geometry" / outlines)
    return target
