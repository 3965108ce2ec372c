"""What lies around a place, counted the same way everywhere on earth.

Distances are great circles on a sphere of 6,371 km. A count of 0 against a worldwide list is an
observed zero; a point without coordinates gets no figure at all. The lists themselves end somewhere
(1,300 ranked universities, 500 institutions, airports of 2017): a zero means none of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.pipeline.harvest import OBSERVATIONS

EARTH_RADIUS_KM = 6371.0
RADIUS_KM = 50.0
AIRPORT_RADIUS_KM = 75.0
METRO_RADIUS_KM = 20.0
# metro areas of two cities: their list point lies at one of them or between
TWO_CITY_METROS = ("Seoul-Incheon", "Busan-Ulsan", "Vienna-Bratislava", "Copenhagen-Malmö")
TWO_CITY_RADIUS_KM = 60.0
_FEWEST_PASSENGERS = 1000  # Pretoria is listed with 11: a unit slip, not a figure

_CHUNK = 512  # points at a time: the distance matrix stays below 100 MB

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Listing:
    """A worldwide list of places: what each adds to the sum within ``radius_km``."""

    indicator_id: str
    year: int
    source_id: str
    radius_km: float
    places: pd.DataFrame  # lon, lat, weight


def unit_vectors(
    lon: Sequence[float] | Floats | pd.Series, lat: Sequence[float] | Floats | pd.Series
) -> Floats:
    """Points on the unit sphere, shape (n, 3), of longitudes and latitudes in degrees."""
    lam = np.radians(np.asarray(lon, dtype=np.float64))
    phi = np.radians(np.asarray(lat, dtype=np.float64))
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def distances_km(here: Floats, there: Floats) -> Floats:
    """Great-circle distances in km between unit vectors, shape (n, m); exact to about 0.1 m."""
    angle: Floats = np.arccos(np.clip(here @ there.T, -1.0, 1.0))
    return EARTH_RADIUS_KM * angle


def sum_within(here: Floats, there: Floats, weight: Floats, radius_km: float) -> Floats:
    """For each point the sum of the weights of all places not farther than ``radius_km``, shape (n,)."""
    total = np.zeros(len(here))
    nearest_cosine = np.cos(radius_km / EARTH_RADIUS_KM)
    for start in range(0, len(here), _CHUNK):
        part = slice(start, start + _CHUNK)
        total[part] = (here[part] @ there.T >= nearest_cosine) @ weight
    return total


def _read(inputs: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(inputs / "global" / name, keep_default_na=False, na_values=[""], low_memory=False)


def _listings(inputs: Path) -> list[_Listing]:
    airports = _read(inputs, "ne_10m_airports.csv")
    research = _read(inputs, "ror_orgs_subset_2022-2026.csv.gz")
    nature = _read(inputs, "nature_index_institutions_2021.csv").rename(columns={"share_2020": "weight"})
    large = airports[airports["type"].str.contains("major")]
    ranked, unicorns = _read(inputs, "qs_universities_2022.csv"), _read(inputs, "unicorns_2025-10.csv")
    return [
        _Listing("qs_universities_50km", 2022, "qs-2022", RADIUS_KM, ranked),
        _Listing("nature_index_share_50km", 2020, "nature-index", RADIUS_KM, nature),
        _Listing("unicorns_50km", 2025, "cb-insights", RADIUS_KM, unicorns),
        _Listing("large_airports_75km", 2017, "natural-earth", AIRPORT_RADIUS_KM, large),
        _Listing("research_organisations_50km", 2026, "ror", RADIUS_KM, research),
    ]


def _frame(
    entity: pd.Series, indicator: str, year: int, value: Floats, status: str, source: str
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"entity_id": entity.to_numpy(), "indicator_id": indicator, "year": year, "value": value}
    )
    frame = frame.assign(status=status, source_id=source)
    return frame[frame["value"].notna()][list(OBSERVATIONS)]


def _sums(points: pd.DataFrame, listings: Sequence[_Listing]) -> list[pd.DataFrame]:
    here = unit_vectors(points["lon"], points["lat"])
    frames = []
    for listing in listings:
        places = listing.places.dropna(subset=["lon", "lat"])
        weight = places["weight"] if "weight" in places else pd.Series(1.0, index=places.index)
        there = unit_vectors(places["lon"], places["lat"])
        total = sum_within(here, there, np.asarray(weight, dtype=np.float64), listing.radius_km).round(4)
        frames.append(
            _frame(
                points["entity_id"], listing.indicator_id, listing.year, total, "observed", listing.source_id
            )
        )
    return frames


def _nearest_airport(points: pd.DataFrame, airports: _Listing) -> pd.DataFrame:
    here = unit_vectors(points["lon"], points["lat"])
    there = unit_vectors(airports.places["lon"], airports.places["lat"])
    nearest = distances_km(here, there).min(axis=1, initial=np.inf).round(1)
    entity, source = points["entity_id"], airports.source_id
    return _frame(entity, "nearest_large_airport_km", airports.year, nearest, "observed", source)


def _per_million(unicorns: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Unicorns within 50 km per million inhabitants of the place; circle and area differ, so estimated."""
    people = pd.to_numeric(points.set_index("entity_id")["population"], errors="coerce")
    people = people.where(people > 0).reindex(unicorns["entity_id"])
    rate = (unicorns["value"].to_numpy() / (people.to_numpy(dtype=np.float64) / 1e6)).round(4)
    return _frame(unicorns["entity_id"], "unicorns_per_million", 2025, rate, "estimated", "cb-insights")


def _metro_figures(points: pd.DataFrame, inputs: Path) -> list[pd.DataFrame]:
    """Figures of the nearest metro area of the list, if its point is near enough to mean the same place."""
    metros = _read(inputs, "brookings_global_metros_2016.csv")
    reach = np.where(metros["metro"].isin(TWO_CITY_METROS), TWO_CITY_RADIUS_KM, METRO_RADIUS_KM)
    here = unit_vectors(points["lon"], points["lat"])
    distance = distances_km(here, unit_vectors(metros["lon"], metros["lat"]))
    near = np.where(distance <= reach, distance, np.inf)
    matched = np.isfinite(near.min(axis=1, initial=np.inf))
    row = metros.iloc[near.argmin(axis=1)[matched]]
    entity = points["entity_id"][matched]
    fdi = row["greenfield_fdi_per_capita_usd_2009_15"].to_numpy(dtype=np.float64)
    passengers = row["aviation_passengers_2014"].where(row["aviation_passengers_2014"] >= _FEWEST_PASSENGERS)
    travel, source = passengers.to_numpy(dtype=np.float64), "brookings-metros"
    return [
        _frame(entity, "greenfield_fdi_per_head", 2015, fdi, "observed", source),
        _frame(entity, "air_passengers", 2014, travel, "observed", source),
    ]


def context(points: pd.DataFrame, inputs: Path, metro_points: pd.DataFrame | None = None) -> pd.DataFrame:
    """Observations around points; raises OSError where an input list is not at hand.

    ``points``: entity_id (unique), lon, lat in degrees, population in persons (NaN where unknown);
    rows without coordinates get no observation. ``metro_points``: entity_id, lon, lat to use instead
    for the match with a metro area (a cluster of several cities is matched by its first city).
    Units: counts; Nature Index share (fractional papers of 2020); km; unicorns per million;
    USD per head (sum of 2009-2015); passengers of 2014.
    """
    located = points.dropna(subset=["lon", "lat"]).reset_index(drop=True)
    listings = _listings(inputs)
    frames = _sums(located, listings)
    frames.append(_nearest_airport(located, next(x for x in listings if x.radius_km == AIRPORT_RADIUS_KM)))
    frames.append(_per_million(frames[2], located))
    centres = located[["entity_id", "lon", "lat"]].set_index("entity_id")
    if metro_points is not None:
        centres = centres.astype({"lon": float, "lat": float})
        centres.update(metro_points.set_index("entity_id"))
    frames.extend(_metro_figures(centres.reset_index(), inputs))
    return pd.concat(frames, ignore_index=True)
