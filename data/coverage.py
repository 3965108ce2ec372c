"""How complete the figures are: by indicator and country, the share of counted clusters with a value."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from data.observatory import Observatory


class Coverage(NamedTuple):
    """``share`` (0–1, NaN where the indicator cannot apply), ``first`` and ``last`` year; indicators × countries."""

    share: pd.DataFrame
    first: pd.DataFrame
    last: pd.DataFrame
    clusters: pd.Series
    """Number of counted clusters by country, largest first."""


def cover(obs: Observatory) -> Coverage:
    """Coverage of every indicator in every country that has counted clusters.

    Only clusters of a kind the indicator exists for count as the whole; a figure inherited from the
    region or the country counts as present.
    """
    units = obs.clusters
    counted = units.frame["counted"].to_numpy(bool)
    countries = units.frame["iso3"].astype(str).to_numpy()
    kinds = units.frame["kind"].astype(str).to_numpy()
    sizes = pd.Series(countries[counted]).value_counts()
    codes = pd.Index(sizes.index).get_indexer(pd.Index(countries))
    n = len(sizes)
    share, first, last = {}, {}, {}
    for name, indicator in obs.catalogue.indicators.items():
        values, years = units.matrix.column(name), _years(obs, name)
        fits = counted & np.isin(kinds, indicator.kinds)
        have = fits & ~np.isnan(values)
        whole = np.bincount(codes[fits], minlength=n).astype(float)
        part = np.bincount(codes[have], minlength=n)
        with np.errstate(invalid="ignore", divide="ignore"):
            share[name] = np.where(whole > 0, part / whole, np.nan)
        low, high = np.full(n, 9_999), np.zeros(n, int)
        dated = have & (years > 0)
        np.minimum.at(low, codes[dated], years[dated])
        np.maximum.at(high, codes[dated], years[dated])
        first[name], last[name] = np.where(high > 0, low, 0), high
    frames = (pd.DataFrame(block, index=sizes.index).T for block in (share, first, last))
    return Coverage(*frames, clusters=sizes)


def _years(obs: Observatory, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    matrix = obs.clusters.matrix
    if name not in matrix.indicators:
        return np.zeros(len(matrix.ids), np.int64)
    return matrix.years[:, matrix.indicators.index(name)].astype(np.int64)
