"""Units near a cluster: in its region, like it, and around it. Every answer is rows of the clusters."""

import numpy as np
import numpy.typing as npt

from data.counted_levels import current_regions
from data.observatory import Observatory
from data.reference import find_reference, member_percentiles, reference_mask

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
EARTH_KM = 6371.0
REACH_KM = 50.0
LIKENESS = ("employment", "lq_home", "focus", "mean_establishment_size", "relative_wage", "gdp_per_head_ppp")
"""What makes industry clusters alike, each on its percentile within industry clusters of the same detail."""
SCIENCE_LIKENESS = ("pct_applications", "publications", "pct_per_million", "publications_per_million")


def great_circle_km(lon: float, lat: float, lons: npt.ArrayLike, lats: npt.ArrayLike) -> Floats:
    """Distance on the sphere (haversine, radius 6,371 km) from one point to many, in km.

    >>> great_circle_km(13.4, 52.5, [2.35], [48.86]).round().tolist()
    [876.0]
    """
    x, y = np.radians(np.asarray(lons, np.float64)), np.radians(np.asarray(lats, np.float64))
    x0, y0 = np.radians(lon), np.radians(lat)
    h = np.sin((y - y0) / 2) ** 2 + np.cos(y0) * np.cos(y) * np.sin((x - x0) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(h)), np.float64)


def siblings(obs: Observatory, row: int) -> Rows:
    """Other clusters of the same region and detail, the most specialised first."""
    frame = obs.clusters.frame
    region = frame["region_id"].iloc[row]
    if not isinstance(region, str):
        return np.array([], np.intp)
    same = (frame["region_id"] == region) & (frame["granularity"] == frame["granularity"].iloc[row])
    mask = same.fillna(False).to_numpy(bool).copy()
    mask[row] = False
    return _ordered(obs, mask, "lq_home")


def in_reach(obs: Observatory, row: int, kind: str, most: int = 12) -> Rows:
    """Counted clusters of a kind within 50 km of a cluster, in another region, the nearest first."""
    frame = obs.clusters.frame
    here = frame.iloc[row]
    mask = (frame["counted"] & (frame["kind"] == kind) & (frame["place_id"] != here["place_id"])).to_numpy(
        bool
    )
    rows = np.flatnonzero(mask)
    lon, lat = frame["lon"].to_numpy(float)[rows], frame["lat"].to_numpy(float)[rows]
    distance = great_circle_km(float(here["lon"]), float(here["lat"]), lon, lat)
    near = np.flatnonzero(distance <= REACH_KM)
    return rows[near[np.argsort(distance[near], kind="stable")]][:most]


def _likeness(obs: Observatory, row: int) -> tuple[Rows, Floats]:
    """Members of the kind's group and their percentiles in what makes clusters alike."""
    reference = find_reference(obs, "clusters", row, "kind")
    names = SCIENCE_LIKENESS if reference.kind == "science-technology" else LIKENESS
    members = np.flatnonzero(reference_mask(obs, "clusters", row, "kind"))
    return members, np.column_stack([member_percentiles(obs, reference, name) for name in names])


def alike(obs: Observatory, row: int, most: int = 6) -> Rows:
    """Clusters most like this one: same industry (or kind), nearest in percentiles of size, specialisation,
    focus, establishment size, pay and income.

    The distance is the mean absolute difference over the figures both have; at least half must be shared.
    """
    members, block = _likeness(obs, row)
    frame = obs.clusters.frame
    at = int(np.searchsorted(members, row))
    if at >= len(members) or members[at] != row:
        return np.array([], np.intp)
    gap = np.abs(block - block[at])
    shared = (~np.isnan(gap)).sum(axis=1)
    enough = shared * 2 >= (~np.isnan(block[at])).sum()
    with np.errstate(invalid="ignore"):
        distance = np.nansum(gap, axis=1) / np.maximum(shared, 1)
    industry = frame["industry_id"].astype("object").iloc[members].to_numpy()
    if isinstance(industry[at], str):
        enough &= industry == industry[at]
    enough[at] = False
    found = np.flatnonzero(enough)
    return members[found[np.argsort(distance[found], kind="stable")]][:most]


def _ordered(obs: Observatory, mask: npt.NDArray[np.bool_], indicator: str) -> Rows:
    rows = np.flatnonzero(mask)
    values = obs.clusters.matrix.column(indicator)[rows]
    return rows[np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")]


def nearest_regions(obs: Observatory, row: int, most: int = 6) -> list[tuple[int, float]]:
    """(row of the regions, distance of the points in km) of the nearest regions of the same level."""
    frame = obs.regions.frame
    same = (frame["kind"] == frame["kind"].iloc[row]).to_numpy(bool) & current_regions(obs)
    same[row] = False
    rows = np.flatnonzero(same)
    lon, lat = frame["lon"].to_numpy(float), frame["lat"].to_numpy(float)
    distance = great_circle_km(lon[row], lat[row], lon[rows], lat[rows])
    best = np.argsort(np.where(np.isnan(distance), np.inf, distance), kind="stable")[:most]
    return [(int(rows[i]), float(distance[i])) for i in best if not np.isnan(distance[i])]


def clusters_at(obs: Observatory, region_id: str) -> Rows:
    """Clusters of a region: counted ones first, then by location quotient."""
    frame = obs.clusters.frame
    rows = np.flatnonzero((frame["region_id"] == region_id).fillna(False).to_numpy(bool))
    quotient = obs.clusters.matrix.column("lq_home")[rows]
    counted = frame["counted"].to_numpy(bool)[rows]
    return rows[np.lexsort((np.where(np.isnan(quotient), np.inf, -quotient), ~counted))]


def clusters_around(obs: Observatory, lon: float, lat: float, kind: str, most: int = 8) -> Rows:
    """Counted clusters of a kind within 50 km of a point, the nearest first."""
    frame = obs.clusters.frame
    rows = np.flatnonzero((frame["counted"] & (frame["kind"] == kind)).to_numpy(bool))
    distance = great_circle_km(
        lon, lat, frame["lon"].to_numpy(float)[rows], frame["lat"].to_numpy(float)[rows]
    )
    near = np.flatnonzero(distance <= REACH_KM)
    return rows[near[np.argsort(distance[near], kind="stable")]][:most]
