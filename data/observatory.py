"""The only holder of frames: curated tables, catalogue and what is derived from both at start.

Everything here is read-only; frames are handed out as they are and pandas' copy-on-write keeps
a caller's changes to itself.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow

from data.column_names import EXTRA_COLUMNS
from data.errors import CuratedError
from data.matrix import Matrix, build_matrix, latest
from data.metadata import Catalogue, load_catalogue
from data.selection import Vocabulary

TABLES = (
    "countries", "regions", "industries", "fields", "industry_fields", "cells", "specialisations",
    "clusters", "observations", "editions", "left_out", "initiatives", "programmes", "actors", "links",
)  # fmt: skip
NAMES = ("name_en", "name_de")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of a curated folder; :class:`CuratedError` if it is absent or unreadable."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CuratedError(f"{path}: not found; build the tables with `make data`") from None
    except ValueError as error:
        raise CuratedError(f"{path}: not valid JSON ({error})") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("tables"), dict):
        raise CuratedError(f"{path}: has no list of tables")
    return manifest


def _read_table(folder: Path, name: str, listed: Mapping[str, object]) -> pd.DataFrame:
    path, entry = folder / f"{name}.parquet", listed.get(name)
    if not isinstance(entry, dict):
        raise CuratedError(f"{folder / 'manifest.json'}: does not list the table {name}")
    if not path.is_file():
        raise CuratedError(f"{path}: not found, though the manifest lists it")
    if _sha256(path) != entry.get("sha256"):
        raise CuratedError(f"{path}: does not match its checksum in the manifest; build the tables again")
    return pd.read_parquet(path)


@dataclass(frozen=True, eq=False)
class Units:
    """Things that can be filtered, ranked and compared, with their figures.

    ``frame`` has one row a unit in the order of ``matrix.ids`` and at least: id, name_en, name_de,
    kind, iso3, continent, income_group, region_id, industry_id, granularity, counted, lon, lat,
    place_id.
    """

    frame: pd.DataFrame
    matrix: Matrix

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def position(self) -> dict[str, int]:
        """Row number by id."""
        return {str(unit): row for row, unit in enumerate(self.matrix.ids)}


@dataclass(frozen=True, eq=False)
class Observatory:
    """Curated tables, catalogue, and the units of the pages. Compared and hashed by identity, so caches can hold it."""

    tables: Mapping[str, pd.DataFrame]
    catalogue: Catalogue
    version: str
    folder: Path

    @cached_property
    def countries(self) -> pd.DataFrame:
        """Countries by iso3."""
        return self.tables["countries"].set_index("iso3", drop=False)

    @cached_property
    def _newest(self) -> pd.DataFrame:
        return latest(self.tables["observations"])

    def _matrix(self, ids: pd.Series) -> Matrix:
        names, sources = tuple(self.catalogue.indicators), tuple(self.catalogue.sources)
        return build_matrix(self._newest, list(ids.astype(str)), names, sources)

    def _with_country(self, frame: pd.DataFrame) -> pd.DataFrame:
        known = self.countries[["continent", "income_group", *NAMES]]
        known = known.rename(columns={name: f"country_{name}" for name in NAMES})
        return frame.join(known, on="iso3")

    @cached_property
    def _country_matrix(self) -> Matrix:
        return self._matrix(self.countries["iso3"])

    @cached_property
    def regions(self) -> Units:
        """All regions with their figures; what one lacks comes from the region around it, then its country."""
        frame = self.tables["regions"].rename(columns={"region_id": "id", "level": "kind"})
        frame = self._with_country(frame).assign(
            region_id=frame["id"], place_id=frame["id"], industry_id=None, granularity="", counted=True
        )
        own = self._matrix(frame["id"])
        own = own.inherit(self._rows(frame["parent_id"], own), own, "around")
        return Units(frame, self._with_country_figures(frame, own))

    @cached_property
    def clusters(self) -> Units:
        """All clusters with their figures; what a cluster lacks comes from its region, then its country."""
        frame = self.tables["clusters"].rename(columns={"cluster_id": "id"})
        region = frame["region_id"].astype("object")
        frame = self._with_country(frame).assign(place_id=region.where(region.notna(), frame["id"]))
        names = self.tables["regions"].set_index("region_id")[list(NAMES)]
        frame = frame.join(names.rename(columns={n: f"region_{n}" for n in NAMES}), on="region_id")
        parent, own = self.regions.matrix, self._matrix(frame["id"])
        own = own.inherit(self._rows(region, parent), parent, "region")
        return Units(frame, self._with_country_figures(frame, own))

    def _with_country_figures(self, frame: pd.DataFrame, own: Matrix) -> Matrix:
        return own.inherit(self._rows(frame["iso3"], self._country_matrix), self._country_matrix, "country")

    @staticmethod
    def _rows(keys: pd.Series, parent: Matrix) -> npt.NDArray[np.intp]:
        return parent.ids.get_indexer(pd.Index(keys.astype("object").fillna("").astype(str)))

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """Names of the region outlines at hand, as files of the geometry folder."""
        return tuple(sorted(p.stem for p in (self.folder / "geometry").glob("*.geojson")))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every id an address may name."""
        clusters, regions, indicators = self.clusters.frame, self.regions.frame, self.catalogue.indicators
        return Vocabulary(
            kinds=frozenset(clusters["kind"].astype(str)),
            granularities=frozenset(clusters["granularity"].astype(str)),
            countries=frozenset(self.countries.index),
            continents=frozenset(self.countries["continent"].dropna().astype(str)),
            fields=frozenset(self.tables["fields"]["field_id"].astype(str)),
            industries=frozenset(self.tables["industries"]["industry_id"].astype(str)),
            indicators=frozenset(indicators),
            layers=frozenset(self.layers),
            units=frozenset(clusters["id"].astype(str)) | frozenset(regions["id"].astype(str)),
            places=frozenset(clusters["place_id"].astype(str)) | frozenset(regions["id"].astype(str)),
            columns=frozenset(indicators) | EXTRA_COLUMNS,
        )


def load_observatory(folder: Path) -> Observatory:
    """Read and verify the curated tables. Raises :class:`CuratedError` naming what is wrong."""
    manifest = read_manifest(folder)
    listed = manifest["tables"]
    assert isinstance(listed, dict)
    # Arrow's own pool keeps what reading has freed: 50 MB more a process, for no gain afterwards.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    tables = {name: _read_table(folder, name, listed) for name in TABLES}
    pyarrow.default_memory_pool().release_unused()
    return Observatory(tables, load_catalogue(), str(manifest.get("version", "")), folder)
