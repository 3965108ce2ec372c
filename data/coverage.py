"""How complete the figures are: by indicator and country, the share of counted clusters with a value."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.observatory import Observatory

Years = npt.NDArray[np.int64]


class Coverage(NamedTuple):
    """Blocks of indicators × countries: ``share`` (0–1, NaN where the indicator cannot apply), first, last year."""

    indicators: tuple[str, ...]
    countries: tuple[str, ...]
    """Countries with counted clusters, the one with most first."""
    clusters: tuple[int, ...]
    share: npt.NDArray[np.float64]
    first: Years
    last: Years


def cover(obs: Observatory) -> Coverage:
    """Coverage of every indicator in every country that has counted clusters.

    Only clusters of a kind the indicator exists for count as the whole; a figure inherited from the
    region or the country counts as present. Years are 0 where nothing is known.
    """
    units = obs.clusters
    counted = units.frame["counted"].to_numpy(bool)
    countries = units.frame["iso3"].to_numpy(str)
    kinds = units.frame["kind"].to_numpy(str)
    names, sizes = np.unique(countries[counted], return_counts=True)
    ranked = np.lexsort((names, -sizes))
    names, sizes = names[ranked], sizes[ranked]
    place = {name: column for column, name in enumerate(names)}
    codes = np.array([place.get(country, 0) for country in countries], np.intp)
    blocks = []
    for name, indicator in obs.catalogue.indicators.items():
        fits = counted & np.isin(kinds, indicator.kinds)
        have = fits & ~np.isnan(units.matrix.column(name))
        blocks.append(_row(codes, fits, have, _years(obs, name), len(names)))
    share, first, last = (np.array(block) for block in zip(*blocks, strict=True))
    clusters = tuple(int(size) for size in sizes)
    return Coverage(tuple(obs.catalogue.indicators), tuple(map(str, names)), clusters, share, first, last)


def _row(
    codes: npt.NDArray[np.intp],
    fits: npt.NDArray[np.bool_],
    have: npt.NDArray[np.bool_],
    years: Years,
    n: int,
) -> tuple[npt.NDArray[np.float64], Years, Years]:
    whole = np.bincount(codes[fits], minlength=n).astype(float)
    part = np.bincount(codes[have], minlength=n)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(whole > 0, part / whole, np.nan)
    low, high = np.full(n, 9_999, np.int64), np.zeros(n, np.int64)
    dated = have & (years > 0)
    np.minimum.at(low, codes[dated], years[dated])
    np.maximum.at(high, codes[dated], years[dated])
    return share, np.where(high > 0, low, 0), high


def _years(obs: Observatory, name: str) -> Years:
    matrix = obs.clusters.matrix
    if name not in matrix.indicators:
        return np.zeros(len(matrix.ids), np.int64)
    return matrix.years[:, matrix.indicators.index(name)].astype(np.int64)
