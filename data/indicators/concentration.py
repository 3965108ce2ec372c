"""How concentrated a set of shares is: within a region over industries, or within an industry over regions.

The last axis holds the shares (0 to 1). Missing-value rule: a NaN is left out of the sum; where nothing is
known the result is NaN.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def _sum_known(terms: Floats) -> Floats:
    known = ~np.isnan(terms)
    return np.where(known.any(axis=-1), np.where(known, terms, 0.0).sum(axis=-1), np.nan)


def herfindahl(shares: npt.ArrayLike) -> Floats:
    """Herfindahl index, the sum of squared shares: 1 / n for n equal parts, 1 for a single one.

    After Herfindahl (1950).

    >>> herfindahl([0.5, 0.25, 0.25]).item()
    0.375
    """
    return _sum_known(np.asarray(shares, np.float64) ** 2)


def shannon(shares: npt.ArrayLike) -> Floats:
    """Shannon entropy with the natural logarithm, -sum(p ln p); ln n for n equal parts, 0 for a single one.

    After Shannon (1948). A share of zero adds nothing.

    >>> round(shannon([0.5, 0.25, 0.25]).item(), 4)
    1.0397
    """
    p = np.asarray(shares, np.float64)
    logs = np.log(p, out=np.zeros_like(p), where=p > 0)
    return _sum_known(np.where(np.isnan(p), np.nan, -p * logs)) + 0.0


def krugman(shares: npt.ArrayLike, reference: npt.ArrayLike) -> Floats:
    """Krugman specialisation index, sum |p - q|: 0 for the same mix as the reference, 2 for no overlap.

    After Krugman (1991). Both arguments must add up to 1 over the same industries for that range to hold;
    an industry missing on either side is left out.

    >>> round(krugman([0.5, 0.5, 0.0], [0.25, 0.25, 0.5]).item(), 4)
    1.0
    """
    return _sum_known(np.abs(np.asarray(shares, np.float64) - np.asarray(reference, np.float64)))


def ellison_glaeser_g(industry_shares: npt.ArrayLike, area_shares: npt.ArrayLike) -> Floats:
    """Raw geographic concentration G = sum_r (s_r - x_r)^2 of an industry.

    After Ellison and Glaeser (1997). ``industry_shares``: s_r = e_rc / E_c; ``area_shares``: x_r = e_r / E.
    Without plant sizes the index gamma cannot be computed; G does not correct for few large plants.

    >>> ellison_glaeser_g([1.0, 0.0], [0.5, 0.5]).item()
    0.5
    """
    return _sum_known((np.asarray(industry_shares, np.float64) - np.asarray(area_shares, np.float64)) ** 2)
