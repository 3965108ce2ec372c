"""Which industries go together, and how well an industry fits into its region.

After Hidalgo, Klinger, Barabási and Hausmann (2007). A place is *strong* in an industry if its location
quotient is at least 1. Missing-value rule: an unknown quotient leaves the strength unknown (NaN); a pair of
industries is compared only over places where both are known, a density only over industries known in the
place.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
STRONG = 1.0
ENOUGH = 0.5
"""Least part of an industry's neighbourhood that must be known in a place."""


def strengths(quotients: npt.ArrayLike, threshold: float = STRONG) -> Floats:
    """Matrix M of places x industries: 1 where LQ reaches the threshold, else 0, NaN where unknown.

    >>> strengths([[1.2, 0.4, float("nan")]]).tolist()
    [[1.0, 0.0, nan]]
    """
    lq = np.asarray(quotients, np.float64)
    return np.where(np.isnan(lq), np.nan, lq >= threshold).astype(np.float64)


def proximity(strong: npt.ArrayLike) -> Floats:
    """Symmetric matrix phi of industries x industries, 0 to 1, with a diagonal of zero.

    phi_cd = sum_r M_rc M_rd / max(sum_r M_rc, sum_r M_rd), all sums over places where both are known: the
    smaller of the two conditional probabilities of being strong in one given the other. NaN where no place
    is strong in either. Example: both strong in 1 place, c in 2 and d in 1.

    >>> proximity([[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]).tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    m = np.asarray(strong, np.float64)
    known = (~np.isnan(m)).astype(np.float64)
    ones = np.nan_to_num(m)
    together = ones.T @ ones
    own = ones.T @ known  # strong in c, over the places where d is known too
    larger = np.maximum(own, own.T)
    phi = np.full(together.shape, np.nan)
    np.divide(together, larger, out=phi, where=larger > 0)
    np.fill_diagonal(phi, 0.0)
    return phi


def density(strong: npt.ArrayLike, phi: npt.ArrayLike, enough: float = ENOUGH) -> Floats:
    """Relatedness density of places x industries, 0 to 1.

    omega_rc = sum_{d != c} phi_cd M_rd / sum_{d != c} phi_cd over the industries d known in r; NaN where
    they hold less than ``enough`` of the industry's total proximity. Example: of two neighbours with
    proximity 0.6 and 0.2 the place is strong in the first.

    >>> near = [[0.0, 0.6, 0.2], [0.6, 0.0, 0.1], [0.2, 0.1, 0.0]]
    >>> round(density([[0.0, 1.0, 0.0]], near)[0, 0].item(), 4)
    0.75
    """
    m = np.asarray(strong, np.float64)
    near = np.nan_to_num(np.asarray(phi, np.float64))
    np.fill_diagonal(near, 0.0)
    known = (~np.isnan(m)).astype(np.float64)
    hits, weight = np.nan_to_num(m) @ near, known @ near
    usable = (weight > 0) & (weight >= enough * near.sum(axis=0))
    omega = np.full(hits.shape, np.nan)
    np.divide(hits, weight, out=omega, where=usable)
    return omega
