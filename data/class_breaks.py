"""Class limits for maps: where one colour ends and the next begins.

Limits depend on all units of the world, never on the present filter, so that a colour keeps its meaning.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.observatory import Observatory

CLASSES = 7
MIDDLES = {
    "lq_home": 1.0,
    "lq_pooled": 1.0,
    "relative_wage": 100.0,
    "patents_per_million_relative": 100.0,
    "gdp_per_head_national_ratio": 1.0,
    "growth_advantage": 0.0,
}
"""Indicators with a value that means "as everywhere"; only these get a diverging scale."""
BELOW = 0.02
"""Least share of values below the middle for a scale with two sides."""
RATIOS = (0.25, 0.5, 0.8, 1.25, 2.0, 4.0)
DIFFERENCES = (-5.0, -2.0, -0.5, 0.5, 2.0, 5.0)

Floats = npt.NDArray[np.float64]


class Scale(NamedTuple):
    """Rising limits between the classes, and whether they lie around a meaningful middle."""

    limits: tuple[float, ...]
    diverging: bool

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1


def round_limits(values: Floats, classes: int = CLASSES) -> tuple[float, ...]:
    """At most ``classes - 1`` rising limits with about as many values between each two; two digits.

    Missing values are left out; few distinct values give fewer limits, none at all gives none.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return ()
    raw = np.quantile(known, np.arange(1, classes) / classes)
    rounded = sorted({float(f"{limit:.2g}") for limit in raw})
    return tuple(limit for limit in rounded if known.min() < limit <= known.max())


def find_scale(values: Floats, indicator_id: str) -> Scale:
    """The scale of an indicator: fixed around its middle if ``values`` lie on both sides, else by spread.

    Where hardly any value lies below the middle (counted clusters are specialised by definition) a scale with
    two sides would leave one of them empty.
    """
    middle, known = MIDDLES.get(indicator_id), values[~np.isnan(values)]
    if middle is None or not len(known) or np.mean(known < middle) < BELOW:
        return Scale(round_limits(values), False)
    return Scale(DIFFERENCES if middle == 0 else tuple(middle * ratio for ratio in RATIOS), True)


@lru_cache(maxsize=256)
def cluster_scale(obs: Observatory, indicator_id: str) -> Scale:
    """The scale of an indicator over all clusters."""
    return find_scale(obs.clusters.matrix.column(indicator_id), indicator_id)


@lru_cache(maxsize=256)
def cluster_span(obs: Observatory, indicator_id: str) -> tuple[float, float]:
    """Nearly lowest and highest value (2nd and 98th percentile) over all clusters; (0, 1) without any."""
    values = obs.clusters.matrix.column(indicator_id)
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 1.0
    low, high = np.quantile(known, (0.02, 0.98))
    return min(float(low), 0.0), float(high) if high > low else float(low) + 1.0


def classify(values: Floats, limits: tuple[float, ...]) -> npt.NDArray[np.int64]:
    """Class of every value, counted from 0; -1 where it is missing. A value on a limit lies above it."""
    found = np.searchsorted(np.asarray(limits, float), values, side="right")
    return np.where(np.isnan(values), -1, found).astype(np.int64)
