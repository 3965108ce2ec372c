"""From figures on different scales to ranks, percentiles, themes and a composite.

Missing-value rule: a missing figure has no rank and no percentile and counts for nobody else; a theme or
composite with too little behind it is missing, never zero.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
THEME_COVERAGE = 0.5
COMPOSITE_COVERAGE = 0.6
_ROUNDING = 1e-9


def _oriented(values: npt.ArrayLike, direction: int) -> pd.Series:
    if direction not in (-1, 0, 1):
        raise ValueError(f"direction must be -1, 0 or 1, not {direction}")
    series = pd.Series(np.asarray(values, np.float64))
    return -series if direction < 0 else series


def percentiles(values: npt.ArrayLike, direction: int = 1) -> Floats:
    """Mid-rank percentile within the group given, 0 to 100, (rank - 0.5) / n x 100; ties share their mean.

    ``direction`` 1: higher is better; -1: lower is better, so the smallest value gets the highest
    percentile; 0: no valuation, read like 1. Raises ValueError for any other direction.

    >>> percentiles([10.0, 20.0, 20.0, float("nan"), 30.0]).tolist()
    [12.5, 50.0, 50.0, nan, 87.5]
    >>> percentiles([10.0, 30.0], direction=-1).tolist()
    [75.0, 25.0]
    """
    series = _oriented(values, direction)
    count = series.notna().sum()
    return np.asarray((series.rank(method="average") - 0.5) / max(count, 1) * 100, np.float64)


def ranks(values: npt.ArrayLike, direction: int = 1) -> Floats:
    """Rank within the group given, 1 is best; ties share the best rank and the next one skips.

    >>> ranks([10.0, 30.0, 30.0, float("nan")]).tolist()
    [3.0, 1.0, 1.0, nan]
    """
    return np.asarray(_oriented(values, direction).rank(method="min", ascending=False), np.float64)


def weighted_mean(scores: npt.ArrayLike, weights: npt.ArrayLike, coverage: float) -> Floats:
    """Weighted mean over the last axis of what is known; NaN below ``coverage`` of the weight.

    >>> weighted_mean([[80.0, float("nan"), 20.0]], [2.0, 1.0, 1.0], 0.6).tolist()
    [60.0]
    """
    x = np.asarray(scores, np.float64)
    w = np.broadcast_to(np.asarray(weights, np.float64), x.shape)
    known = ~np.isnan(x)
    weight, whole = np.where(known, w, 0.0).sum(axis=-1), w.sum(axis=-1)
    total = np.where(known, x, 0.0) * w
    enough = (weight > 0) & (weight >= coverage * whole - _ROUNDING)
    mean = np.full(weight.shape, np.nan)
    np.divide(total.sum(axis=-1), weight, out=mean, where=enough)
    return mean


def theme_scores(scores: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Theme of each unit: weighted mean of its percentiles, missing if less than half of the weight is known.

    ``scores``: units x indicators; ``weights``: one an indicator.

    >>> theme_scores([[90.0, 50.0], [90.0, float("nan")], [float("nan")] * 2], [1.0, 1.0]).tolist()
    [70.0, 90.0, nan]
    """
    return weighted_mean(scores, weights, THEME_COVERAGE)


def coverage_counts(scores: npt.ArrayLike) -> Ints:
    """How many of the indicators of a theme are known for each unit.

    >>> coverage_counts([[90.0, 50.0], [90.0, float("nan")]]).tolist()
    [2, 1]
    """
    return np.asarray((~np.isnan(np.asarray(scores, np.float64))).sum(axis=-1), np.int64)


def composite_scores(themes: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weighted mean of the themes of each unit, missing if less than 60 % of the weight is known.

    >>> composite_scores([[90.0, 50.0, 40.0], [90.0, float("nan"), float("nan")]], [1, 1, 1]).tolist()
    [60.0, nan]
    """
    return weighted_mean(themes, weights, COMPOSITE_COVERAGE)
