"""Which outline belongs to which region: the boundary files and the ids their features stand for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.pipeline.sources.countries import canonical_code
from data.pipeline.sources.switzerland import CANTONS

# drawn with their neighbour's outline: the file is older than the division of Andhra Pradesh
SAME_OUTLINE = {"in-state-TS": "in-state-AP"}

# disputed areas without an ISO code are drawn with the country the United Nations count them to
_DRAWN_WITH = {"CYN": "CYP", "SOL": "SOM"}
# NUTS 2013 areas that were split or merged later and still carry figures of 2014 and 2015
RETIRED_NUTS = (
    "HR04", "HU10", "IE01", "IE02", "LT00", "NO01", "NO03", "NO04", "NO05", "PL12", "UKM2", "UKM3",
)  # fmt: skip
_INDIAN_CODES = {"CT": "CG", "OR": "OD", "UT": "UK", "DN": "DH", "DD": "DH"}  # HASC -> ISO 3166-2 of 2023
_AUSTRALIAN_CODES = {"NSW", "VIC", "QLD", "SA", "WA", "TAS", "NT", "ACT"}
_TERRITORIES = {"Puerto Rico": "PR", "U.S. Virgin Islands": "VI"}  # Natural Earth has them as countries


@dataclass(frozen=True)
class Layer:
    """One file of outlines; tolerance in degrees, smallest part in square degrees.

    ``former``: outlines of retired areas, which lie over those of today and are not simplified with them.
    """

    file: str
    read: Callable[[Path], gpd.GeoSeries]
    tolerance: float
    smallest: float = 0.0
    former: Callable[[Path], gpd.GeoSeries] | None = None


def _shapes(frame: gpd.GeoDataFrame, identifier: pd.Series) -> gpd.GeoSeries:
    """The frame's geometry indexed by ``identifier``; rows without one are left out."""
    known = identifier.notna()
    return gpd.GeoSeries(frame.geometry[known].to_numpy(), index=pd.Index(identifier[known], name="id"))


def _countries(name: str) -> Callable[[Path], gpd.GeoSeries]:
    def read(inputs: Path) -> gpd.GeoSeries:
        world = gpd.read_file(inputs / "global" / name)
        return _shapes(world, canonical_code(world["ADM0_A3"].replace(_DRAWN_WITH)))

    return read


def _metros(inputs: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(inputs / "us" / "us_msa_boundaries.geojson")
    return _shapes(frame, "us-msa-" + frame["code"])


def _states(inputs: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(inputs / "us" / "us_state_boundaries.geojson")
    admin1 = gpd.read_file(inputs / "global" / "ne_50m_admin1_9countries.geojson", ignore_geometry=True)
    american = admin1[admin1["adm0_a3"] == "USA"].set_index("name")["iso_3166_2"].str[3:]
    return _shapes(frame, "us-state-" + frame["name"].map({**american.to_dict(), **_TERRITORIES}))


def _nuts(inputs: Path) -> gpd.GeoSeries:
    present = gpd.read_file(inputs / "eu" / "nuts2_2021_simplified.geojson")
    return _shapes(present, "eu-nuts2-" + present["NUTS_ID"])


def _retired_nuts(inputs: Path) -> gpd.GeoSeries:
    former = gpd.read_file(inputs / "eu" / "nuts2_2013_sbs_60M.geojson")
    former = former[former["NUTS_ID"].isin(RETIRED_NUTS)]
    return _shapes(former, "eu-nuts2-" + former["NUTS_ID"])


def _prefectures(inputs: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(inputs / "asia_ca" / "jp_prefectures.geojson")
    return _shapes(frame, "jp-pref-" + frame["pref_code"].astype(int).astype(str).str.zfill(2))


def _provinces(inputs: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(inputs / "asia_ca" / "ca_provinces_ne50m.geojson")
    return _shapes(frame, "ca-prov-" + frame["postal"])


def _admin1(inputs: Path, iso3: str) -> gpd.GeoDataFrame:
    path = inputs / "global" / "admin1_world_simplified.geojson"
    return gpd.read_file(path, where=f"adm0_a3 = '{iso3}'")


def _indian_states(inputs: Path) -> gpd.GeoSeries:
    frame = _admin1(inputs, "IND")
    return _shapes(frame, "in-state-" + frame["hasc"].str[3:].replace(_INDIAN_CODES))


def _australian_states(inputs: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(inputs / "global" / "ne_50m_admin1_9countries.geojson")
    code = frame["iso_3166_2"].str[3:].where(frame["adm0_a3"] == "AUS")
    return _shapes(frame, "au-state-" + code.where(code.isin(_AUSTRALIAN_CODES)))


def _new_zealand_regions(inputs: Path) -> gpd.GeoSeries:
    frame = _admin1(inputs, "NZL")
    name = frame["name"].str.replace(r" (?:District|City)$", "", regex=True)
    slug = name.str.casefold().str.replace("'", "").str.replace("wanganui", "whanganui")
    mainland = frame["hasc"].str.len().eq(5) & ~name.str.contains("Islands")
    return _shapes(frame, "nz-region-" + slug.str.replace(" ", "-").where(mainland))


def _cantons(inputs: Path) -> gpd.GeoSeries:
    frame = _admin1(inputs, "CHE")
    # Zürich and Ticino are a canton and a NUTS 2 region at once and carry that region's id
    ids = {hasc: f"ch-canton-{slug}" if slug else f"eu-nuts2-{code}" for slug, code, hasc in CANTONS.values()}
    return _shapes(frame, frame["hasc"].map(ids))


LAYERS = (
    Layer("countries.geojson", _countries("ne_110m_countries.geojson"), 0.0),
    Layer("countries_50m.geojson", _countries("ne_50m_countries.geojson"), 0.2, 0.05),
    Layer("us-metros.geojson", _metros, 0.03, 0.002),
    Layer("us-states.geojson", _states, 0.03, 0.01),
    Layer("nuts2.geojson", _nuts, 0.05, 0.02, former=_retired_nuts),
    Layer("jp-prefectures.geojson", _prefectures, 0.03, 0.003),
    Layer("ca-provinces.geojson", _provinces, 0.1, 0.05),
    Layer("in-states.geojson", _indian_states, 0.03, 0.003),
    Layer("au-states.geojson", _australian_states, 0.03, 0.01),
    Layer("nz-regions.geojson", _new_zealand_regions, 0.03, 0.003),
    Layer("ch-cantons.geojson", _cantons, 0.01, 0.0),
)
