"""Which regions stand for their country: one level a country, so that no place counts twice."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from data.metadata import Catalogue
from data.observatory import Observatory

Mask = npt.NDArray[np.bool_]


@lru_cache(maxsize=4096)
def _is_counted(catalogue: Catalogue, iso3: str, level: str) -> bool:
    named = [entry for entry in catalogue.rule.levels if iso3 in entry.countries]
    fitting = named or [entry for entry in catalogue.rule.levels if "*" in entry.countries]
    return any(entry.counted and entry.level == level for entry in fitting)


@lru_cache(maxsize=8)
def counted_regions(obs: Observatory) -> Mask:
    """Over all regions: those at the level the cluster rule counts in their country, but no retired ones."""
    frame = obs.regions.frame
    pairs = zip(frame["iso3"].astype(str), frame["kind"].astype(str), strict=True)
    counted = np.array([_is_counted(obs.catalogue, iso3, level) for iso3, level in pairs], bool)
    return np.asarray(counted & current_regions(obs), bool)


@lru_cache(maxsize=8)
def current_regions(obs: Observatory) -> Mask:
    """Over all regions: those that exist today."""
    return (obs.regions.frame["successor_ids"].fillna("") == "").to_numpy(bool)
