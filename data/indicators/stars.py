"""Three stars of a cluster, after the European Cluster Observatory of 2007.

One star each for size (among the top tenth of regions in the industry), specialisation (location quotient
of 2 or more) and focus (among the top tenth of regions by the industry's part of the own economy). The
floor of 1,000 persons for any star and the reading of the focus star are recalled from the literature:
show the result as modelled on the method, never as its official result.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
TOP_SHARE = 0.1
SPECIALISED = 2.0
FLOOR = 1000.0


def count_stars(
    size: npt.ArrayLike,
    quotient: npt.ArrayLike,
    focus: npt.ArrayLike,
    size_bound: npt.ArrayLike,
    focus_bound: npt.ArrayLike,
) -> Floats:
    """Number of stars, 0 to 3: [size >= bound] + [LQ >= 2] + [focus >= bound], and 0 below 1,000 persons.

    ``size_bound`` and ``focus_bound`` are the 90th percentiles of the industry over its regions. Missing
    where any argument is missing. Example: large and specialised, but not among the most focused.

    >>> count_stars(5000.0, 2.4, 0.02, 4000.0, 0.05).item()
    2.0
    """
    parts = [np.asarray(x, np.float64) for x in (size, quotient, focus, size_bound, focus_bound)]
    e, lq, f, e_top, f_top = np.broadcast_arrays(*parts)
    stars = (e >= e_top).astype(np.float64) + (lq >= SPECIALISED) + (f >= f_top)
    unknown = np.isnan(e) | np.isnan(lq) | np.isnan(f) | np.isnan(e_top) | np.isnan(f_top)
    return np.where(unknown, np.nan, np.where(e >= FLOOR, stars, 0.0))
