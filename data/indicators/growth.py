"""Growth between two years. Missing-value rule: NaN in, NaN out; growth from zero is not defined."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def cagr(first: npt.ArrayLike, last: npt.ArrayLike, years: npt.ArrayLike) -> Floats:
    """Compound annual growth rate in percent, ((last / first)^(1 / years) - 1) x 100.

    NaN where ``first`` is not positive, ``last`` is negative or ``years`` is not positive. Down to zero is
    a growth of -100 %.

    >>> round(cagr(100.0, 121.0, 2).item(), 6)
    10.0
    """
    a, b, n = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in (first, last, years)))
    defined = (a > 0) & (b >= 0) & (n > 0)
    ratio = np.divide(b, a, out=np.full(a.shape, np.nan), where=defined)
    exponent = np.divide(1.0, n, out=np.full(n.shape, np.nan), where=defined)
    return np.asarray((ratio**exponent - 1) * 100, np.float64)


def growth_advantage(
    first: npt.ArrayLike,
    last: npt.ArrayLike,
    reference_first: npt.ArrayLike,
    reference_last: npt.ArrayLike,
    years: npt.ArrayLike,
) -> Floats:
    """Percentage points a year by which something grew faster than its reference over the same years.

    CAGR(e_rc) - CAGR(E_c): the regional part of a shift-share decomposition, as a rate and therefore
    comparable between periods of different length. Example: 10 % a year against 4 %.

    >>> round(growth_advantage(100.0, 121.0, 1000.0, 1081.6, 2).item(), 6)
    6.0
    """
    return cagr(first, last, years) - cagr(reference_first, reference_last, years)
