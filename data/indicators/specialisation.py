"""How strongly a place is specialised in an industry.

Notation: e_rc is the employment (or another size) of region r in industry c; e_r, E_c and E are its totals
over industries, over regions and over both. All functions work element by element on anything NumPy can
broadcast. Missing-value rule: whatever is computed with a NaN is NaN, and a denominator of zero gives NaN,
never zero or infinity.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def divide(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Floats:
    """Quotient with NaN where the denominator is zero or missing.

    >>> divide([1.0, 2.0], [4.0, 0.0]).tolist()
    [0.25, nan]
    """
    top, bottom = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    top, bottom = np.broadcast_arrays(top, bottom)
    out = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=out, where=~np.isnan(bottom) & (bottom != 0))
    return out


def share(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """Share of a part in a whole, 0 to 1: e_rc / E_c (share of the industry) or e_rc / e_r (focus).

    >>> share(50.0, 200.0).item()
    0.25
    """
    return divide(part, whole)


def focus(size: npt.ArrayLike, region_total: npt.ArrayLike) -> Floats:
    """Part of the region's own economy that the industry makes up, e_rc / e_r, 0 to 1.

    >>> focus(12_000.0, 400_000.0).item()
    0.03
    """
    return share(size, region_total)


def location_quotient(
    size: npt.ArrayLike, region_total: npt.ArrayLike, reference: npt.ArrayLike, reference_total: npt.ArrayLike
) -> Floats:
    """Location quotient LQ = (e_rc / e_r) / (E_c / E); 1 is the average of the reference area.

    After Florence (1939) and Isard (1960). Example: 10 % of a region's jobs in an industry that holds 4 %
    of the country's jobs.

    >>> round(location_quotient(10.0, 100.0, 40.0, 1000.0).item(), 6)
    2.5
    """
    return divide(focus(size, region_total), share(reference, reference_total))


def symmetric_quotient(quotient: npt.ArrayLike) -> Floats:
    """Symmetric form of the location quotient, (LQ - 1) / (LQ + 1), from -1 to below 1; 0 is the average.

    After Dalum, Laursen and Villumsen (1998).

    >>> symmetric_quotient([0.0, 1.0, 3.0]).tolist()
    [-1.0, 0.0, 0.5]
    """
    lq = np.asarray(quotient, np.float64)
    return divide(lq - 1, lq + 1)
