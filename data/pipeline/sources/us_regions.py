"""Regions of the United States: 917 metropolitan and micropolitan areas, 50 states and the capital."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
from shapely.geometry import shape

from data.pipeline.sources.view_frames import make_left_out, make_regions, read_table

HYPHENATED = ("Winston-Salem", "Wilkes-Barre", "Arden-Arcade")
"""Places whose own name has a hyphen; every other hyphen joins the names of several places."""
GARBLED = {"15860": "Cañon City, CO", "21580": "Española, NM"}
"""Names whose letters beyond ASCII are lost in the input."""
WITHOUT_POSTAL_CODE = {"District of Columbia": "DC"}
"""States whose county names in the input lack the postal code."""
GERMAN_NAMES = {"us-state-CA": "Kalifornien"}


def msa_id(codes: pd.Series) -> pd.Series:
    """Region ids of CBSA codes."""
    return "us-msa-" + codes


def join_places(name: str) -> str:
    """The name of an area with dashes between its places and states.

    >>> join_places("San Jose-Sunnyvale-Santa Clara, CA")
    'San Jose–Sunnyvale–Santa Clara, CA'
    >>> join_places("Scranton-Wilkes-Barre-Hazleton, PA")
    'Scranton–Wilkes-Barre–Hazleton, PA'
    """
    keep = "|".join(HYPHENATED)
    return re.sub(f"({keep})|-", lambda match: match.group(1) or "–", name)


def read_areas(inputs: Path) -> pd.DataFrame:
    """The context table of the areas, indexed by region id."""
    areas = read_table(inputs / "us" / "us_msa_context.csv", dtype={"msa_code": str, "state_fips": str})
    names = areas["msa_code"].map(GARBLED).fillna(areas["name"])
    return areas.assign(name=names, region_id=msa_id(areas["msa_code"])).set_index("region_id")


def read_counties(inputs: Path) -> pd.DataFrame:
    """The table of counties and their areas."""
    return read_table(
        inputs / "us" / "us_counties.csv", dtype={"fips": str, "state_fips": str, "msa_code": str}
    )


def read_states(inputs: Path) -> pd.DataFrame:
    """The context table of the states, indexed by region id; the postal code comes from the county names."""
    states = read_table(inputs / "us" / "us_state_context.csv", dtype={"state_fips": str})
    counties = read_counties(inputs)
    postal = counties["name_cmp"].str.extract(r", ([A-Z]{2})$")[0].groupby(counties["state_fips"]).first()
    codes = states["state_fips"].map(postal).fillna(states["state"].map(WITHOUT_POSTAL_CODE))
    return states.assign(region_id="us-state-" + codes).set_index("region_id")


def load_regions(inputs: Path) -> pd.DataFrame:
    """Regions frame of the areas and the states."""
    return pd.concat([_areas(inputs), _states(inputs)], ignore_index=True)


def _areas(inputs: Path) -> pd.DataFrame:
    areas = read_areas(inputs)
    outlines = _outlines(inputs / "us" / "us_msa_boundaries.geojson")
    names = areas["name"].map(join_places)
    rows = pd.DataFrame(
        {
            "region_id": areas.index,
            "level": areas["area_type"].map({"Metropolitan": "metro", "Micropolitan": "micro"}),
            "parent_id": "us-state-" + areas["name"].str.extract(r", ([A-Z]{2})")[0],
            "name_en": names,
            "name_de": names,
            "lon": areas["longitude"],
            "lat": areas["latitude"],
            "has_outline": areas["msa_code"].isin(outlines.keys()),
            # Counties of these areas were redrawn: their figures of inhabitants end in 2019.
            "remark": areas["pop_2020"].isna().map({True: "borders-changed", False: pd.NA}),
        }
    )
    return make_regions(rows, iso3="USA", vintage="CBSA 2015")


def _states(inputs: Path) -> pd.DataFrame:
    states = read_states(inputs)
    outlines = _outlines(inputs / "us" / "us_state_boundaries.geojson")
    points = states["state_fips"].map(lambda code: _inner_point(outlines[code]))
    rows = pd.DataFrame(
        {
            "region_id": states.index,
            "name_en": states["state"],
            "name_de": states.index.to_series().map(GERMAN_NAMES).fillna(states["state"]),
            "lon": points.str[0],
            "lat": points.str[1],
            "has_outline": states["state_fips"].isin(outlines.keys()),
        }
    )
    return make_regions(rows, iso3="USA", level="state", vintage="FIPS 2019")


def _outlines(path: Path) -> dict[str, Any]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {feature["id"]: feature["geometry"] for feature in collection["features"]}


def _inner_point(geometry: Any) -> tuple[float, float]:
    """Longitude and latitude of the centroid of the largest part, or of a point inside if it lies outside."""
    outline = shape(geometry)
    largest = max(getattr(outline, "geoms", [outline]), key=lambda part: part.area)
    point = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    return round(point.x, 4), round(point.y, 4)


def list_left_out(jobs: pd.Series) -> pd.DataFrame:
    """What the USA does not show. *jobs*: employment of the areas without outline, by CBSA code."""
    rows = {f"us-msa-{code}": ("no-outline-left-out", f"{int(n)}") for code, n in jobs.sort_index().items()}
    rows["us-cbp-2019: isic-A, isic-01"] = ("parts-missing", "NAICS 111, 112")
    rows["us-cbp-2019: isic-49, isic-53, isic-65"] = ("parts-missing", "NAICS 482, 491, 525")
    rows["us-cbp-2019, us-qcew: isic-O, isic-84"] = ("parts-missing", "NAICS 92")
    # Schools and hospitals of the public sector are outside both sources.
    rows["us-cbp-2019, us-qcew: isic-P, isic-Q"] = ("parts-missing", "NAICS 61, 62")
    rows["us-cbp-county: usc-48"] = ("classification-break", "NAICS 512110, 512120, 512132, 512191, 512199")
    return make_left_out(rows)
