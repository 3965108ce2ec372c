"""Comparisons worth opening, worked out from the data at hand: the way into an empty page."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from data.observatory import Observatory
from data.reference import Rows

SIZE = 4
INDUSTRIES = ("isic-29", "isic-21", "isic-30", "isic-26", "isic-20")
"""Industries tried in this order: motor vehicles, pharmaceuticals, other transport equipment …"""


class Example(NamedTuple):
    """``key`` names the sentence; ``industry_id`` fills it where there is one."""

    key: str
    industry_id: str
    ids: tuple[str, ...]


def _spread(obs: Observatory, rows: Rows, indicator_id: str, best_low: bool) -> Rows:
    """The best units by an indicator, at most one a country."""
    values = obs.clusters.matrix.column(indicator_id)[rows]
    known = rows[~np.isnan(values)]
    keys = obs.clusters.matrix.column(indicator_id)[known] * (1 if best_low else -1)
    ranked = known[np.argsort(keys, kind="stable")]
    countries = obs.clusters.frame["iso3"].astype("object").iloc[ranked].to_numpy()
    first = np.sort(np.unique(countries.astype(str), return_index=True)[1])
    return ranked[first][:SIZE]


@lru_cache(maxsize=2)
def find_examples(obs: Observatory) -> tuple[Example, ...]:
    """Up to three comparisons of units that are alike; fewer where the data do not bear them."""
    frame, ids, found = obs.clusters.frame, obs.clusters.matrix.ids, list[Example]()
    science = np.flatnonzero((frame["kind"] == "science-technology").to_numpy(bool))
    best = _spread(obs, science, "st_rank", True)
    if len(best) > 1:
        found.append(Example("science", "", tuple(ids[best].astype(str))))
    division = (frame["counted"] & (frame["granularity"] == "division")).to_numpy(bool)
    for industry in INDUSTRIES:
        if len(found) == 3:
            break
        rows = np.flatnonzero(division & (frame["industry_id"] == industry).fillna(False).to_numpy(bool))
        best = _spread(obs, rows, "employment", False)
        if len(best) > 1:
            found.append(Example("industry", industry, tuple(ids[best].astype(str))))
    return tuple(found)
