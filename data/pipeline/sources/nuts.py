"""NUTS 2 regions of all vintages, each place once.

The canonical id is the NUTS 2021 code. A code that was only renamed is merged into its 2021 code;
a region that was really cut up stays as a retired region of vintage 2013 with its successors.
"""

import json
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import REGIONS
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2

NAMES_FILE = Path(__file__).resolve().parents[2] / "catalogue" / "region_names_de_europe.csv"
_ISO2 = {"EL": "GR", "UK": "GB"}  # Eurostat's own country codes

# the same place under the code of NUTS 2006 or 2010; codes whose border moved as well are not listed
_OLDER_CODES = {
    "EL11": "EL51", "EL12": "EL52", "EL13": "EL53", "EL14": "EL61", "EL21": "EL54", "EL22": "EL62",
    "EL23": "EL63", "EL24": "EL64", "EL25": "EL65", "ITD1": "ITH1", "ITD2": "ITH2", "ITD3": "ITH3",
    "ITD4": "ITH4", "ITE1": "ITI1", "ITE2": "ITI2", "ITE4": "ITI4", "FR91": "FRY1", "FR92": "FRY2",
    "FR93": "FRY3", "FR94": "FRY4", "FRA5": "FRY5",
}  # fmt: skip

SUCCESSORS = {
    "HR04": ("HR02", "HR05", "HR06"),
    "HU10": ("HU11", "HU12"),
    "IE01": ("IE04", "IE06"),
    "IE02": ("IE05", "IE06"),
    "LT00": ("LT01", "LT02"),
    "NO01": ("NO08",),
    "NO03": ("NO08", "NO09"),
    "NO04": ("NO09", "NO0A"),
    "NO05": ("NO0A",),
    "PL12": ("PL91", "PL92"),
}
"""Retired regions of NUTS 2013 and the 2021 regions that lie in them; Norway's and Ireland's only in part."""

_REMARKS = {
    "ITC3": "head-office",
    "DE91": "confidential-leader",
    "DED2": "exchanged-in-source",
    "DED4": "exchanged-in-source",
}


def read_table(path: Path) -> pd.DataFrame:
    """A CSV in which ``NA`` is a code and only the empty cell is missing."""
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def spread(frame: pd.DataFrame, index: str | list[str], columns: str) -> pd.DataFrame:
    """Column ``value`` as a wide table; raises ValueError on a doubled cell."""
    return frame.pivot(index=index, columns=columns, values="value")  # noqa: PD010 - pivot_table would average doubled cells


def iso3_of(codes: pd.Series) -> pd.Series:
    """ISO 3166 alpha-3 of NUTS codes or Eurostat country codes, NA where the prefix is no country."""
    return codes.str[:2].replace(_ISO2).map(ISO3_BY_ISO2)


def region_id(codes: pd.Series) -> pd.Series:
    """The observatory's id of NUTS 2 codes."""
    return "eu-nuts2-" + codes


@lru_cache(maxsize=4)
def _points(inputs: Path) -> pd.DataFrame:
    """2021 regions by code: name and label point."""
    layer = json.loads((inputs / "eu" / "nuts2_2021_simplified.geojson").read_text(encoding="utf-8"))
    rows = [f["properties"] for f in layer["features"]]
    frame = pd.DataFrame(rows).rename(columns={"NUTS_ID": "code", "NAME": "name_local"})
    return frame.set_index("code")[["name_local", "lon", "lat"]].sort_index()


@lru_cache(maxsize=4)
def _renames(inputs: Path) -> dict[str, str]:
    table = read_table(inputs / "eu" / "regions_sbs_nuts2013.csv")
    renamed = table[table["mapping"].str.startswith("recoded")]
    return {**dict(zip(renamed["sbs_geo"], renamed["nuts2016"], strict=True)), **_OLDER_CODES}


def canonical_code(inputs: Path, codes: pd.Series) -> pd.Series:
    """The code under which a place is kept: its 2021 code, or its retired 2013 code.

    NA for whatever is no such region: countries, extra-regio territory, codes of other borders.
    """
    renamed = codes.replace(_renames(inputs))
    return renamed.where(renamed.isin(_points(inputs).index) | renamed.isin(list(SUCCESSORS)))


def _latin_names(inputs: Path) -> "pd.Series[str]":
    current = read_table(inputs / "eu" / "nuts_2024_codes.csv").set_index("nuts_id")["name_latin"]
    older = read_table(inputs / "eu" / "regions_sbs_nuts2013.csv").set_index("sbs_geo")["name_latin"]
    names: pd.Series[str] = pd.concat([current, older[~older.index.isin(current.index)]]).str.strip()
    return names


def _all_places(inputs: Path) -> pd.DataFrame:
    """Name and point of every canonical code, 2021 and retired."""
    older = read_table(inputs / "eu" / "regions_sbs_nuts2013.csv").set_index("sbs_geo")
    retired = older.loc[sorted(SUCCESSORS), ["name", "lon", "lat"]].rename(columns={"name": "name_local"})
    return pd.concat([_points(inputs), retired]).rename_axis("code").reset_index()


def _remark(code: str, default: str | None) -> str | None:
    """Key of the remark on a region: its own, that of retired regions, or ``default``."""
    return _REMARKS.get(code, "retired-region" if code in SUCCESSORS else default)


def describe_regions(inputs: Path, codes: set[str], remark: str | None = None) -> pd.DataFrame:
    """Rows of the regions table for canonical ``codes``; names fall back on the Latin NUTS label.

    ``remark`` is the key for regions without a remark of their own.
    """
    places = _all_places(inputs)
    found = places[places["code"].isin(codes)].reset_index(drop=True)
    code = found["code"]
    ids = region_id(code)
    names = read_table(NAMES_FILE).set_index("region_id")
    local = found["name_local"].str.strip()
    latin = code.map(_latin_names(inputs)).fillna(local)
    english = ids.map(names["name_en"]).fillna(latin)
    iso3 = iso3_of(code)
    frame = pd.DataFrame(
        {
            "region_id": ids,
            "iso3": iso3,
            "level": "nuts2",
            "parent_id": iso3,
            "vintage": code.isin(list(SUCCESSORS)).map({True: "2013", False: "2021"}),
            "successor_ids": ["|".join(f"eu-nuts2-{s}" for s in SUCCESSORS.get(c, ())) for c in code],
            "name_en": english,
            "name_de": ids.map(names["name_de"]).fillna(english),
            "name_local": local,
            "lon": found["lon"],
            "lat": found["lat"],
            "has_outline": True,
            "remark": pd.Series([_remark(c, remark) for c in code], dtype="object"),
        }
    )
    return frame[list(REGIONS)].sort_values("region_id", ignore_index=True)
