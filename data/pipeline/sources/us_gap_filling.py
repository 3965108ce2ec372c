"""Withheld counts of a classification tree, filled from what is published above and beside them.

A withheld child gets its share of (parent − published children), in proportion to the national count of the
withheld children, and only where the parent has more establishments than its published children; otherwise
the child is certainly empty. Filled counts are estimates and are marked as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.pipeline.sources.us_naics import parent_code

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SLACK = 1e-9
"""Differences of establishments below this are rounding, not establishments."""


@dataclass(frozen=True)
class Counts:
    """Employment and establishments, regions × codes; NaN where withheld."""

    employment: Floats
    establishments: Floats


@dataclass(frozen=True)
class Filled:
    """Counts of six-digit codes without gaps.

    *employment_filled*, *establishments_filled*: which counts are estimates. *origin*: number of the nearest
    published code at or above (an estimate is a part of that code's published count).
    """

    regions: pd.Index
    leaves: pd.Index
    counts: Counts
    employment_filled: Flags
    establishments_filled: Flags
    origin: Ints


def fill_level(parent: Counts, child: Counts, parent_of: Ints, weight: Counts) -> Counts:
    """Fill the withheld children of one level.

    *parent*: regions × parents without gaps. *child*: regions × children, NaN where withheld. *parent_of*:
    position of each child's parent. *weight*: national counts of the children (1 × children, above zero).

    >>> row = lambda *numbers: np.array([numbers], dtype=float)
    >>> filled = fill_level(
    ...     Counts(row(100), row(9)), Counts(row(60, np.nan, np.nan), row(5, np.nan, np.nan)),
    ...     np.array([0, 0, 0]), Counts(row(1, 3, 1), row(1, 1, 1)))
    >>> filled.employment.tolist(), filled.establishments.tolist()
    ([[60.0, 30.0, 10.0]], [[5.0, 2.0, 2.0]])
    """
    belongs = np.zeros((parent.employment.shape[1], child.employment.shape[1]))
    belongs[parent_of, np.arange(len(parent_of))] = 1
    withheld = np.isnan(child.establishments)
    left = parent.establishments - np.nan_to_num(child.establishments) @ belongs.T
    room = left > SLACK

    def share_out(above: Floats, published: Floats, national: Floats) -> Floats:
        rest = np.clip(above - np.nan_to_num(published) @ belongs.T, 0, None)
        base = (withheld * national) @ belongs.T
        rate = np.divide(rest, base, out=np.zeros_like(rest), where=room & (base > 0))
        return np.where(withheld, rate[:, parent_of] * national, published)

    return Counts(
        share_out(parent.employment, child.employment, weight.employment),
        share_out(parent.establishments, child.establishments, weight.establishments),
    )


def fill_tree(published: pd.DataFrame, levels: Sequence[pd.Index], national: pd.DataFrame) -> Filled:
    """Fill from the total (published for every region) down to the six-digit codes.

    *published*: index (region, naics), columns employment and establishments, only published cells.
    *levels*: codes of each level from the top. *national*: index six-digit code, the same two columns.
    """
    regions = pd.Index(sorted(published.index.get_level_values(0).unique()), name="region_id")
    upper = _level_counts(published, regions, levels[0])
    withheld = np.isnan(upper.employment)
    origin = np.zeros(withheld.shape, dtype=np.int64)
    first = 1
    for above, codes, weight in zip(levels, levels[1:], _add_up_weights(levels, national)[1:], strict=False):
        parent_of = above.get_indexer(pd.Index([parent_code(code) for code in codes]))
        counts = _level_counts(published, regions, codes)
        withheld = np.isnan(counts.employment)
        upper = fill_level(upper, counts, parent_of, weight)
        origin = np.where(withheld, origin[:, parent_of], first + np.arange(len(codes)))
        first += len(codes)
    return Filled(regions, levels[-1], upper, withheld, withheld, origin)


def _level_counts(published: pd.DataFrame, regions: pd.Index, codes: pd.Index) -> Counts:
    here = published.loc[published.index.get_level_values(1).isin(codes)]
    tables = []
    for measure in ("employment", "establishments"):
        table = np.full((len(regions), len(codes)), np.nan)
        row, column = (
            at.get_indexer(here.index.get_level_values(i)) for i, at in enumerate((regions, codes))
        )
        table[row, column] = here[measure]
        tables.append(table)
    return Counts(*tables)


def _add_up_weights(levels: Sequence[pd.Index], national: pd.DataFrame) -> list[Counts]:
    """National counts of the codes of each level, from their six-digit codes; one where none is known."""
    table = national.reindex(levels[-1], fill_value=0.0)
    tables: list[pd.DataFrame] = []
    for codes in reversed(levels):
        table = table.reindex(codes, fill_value=0.0)
        tables.insert(0, table)
        table = table.groupby([parent_code(code) for code in table.index]).sum()
    wide = [[t[[m]].T.to_numpy(dtype=float) for m in ("employment", "establishments")] for t in tables]
    return [Counts(*(np.where(numbers > 0, numbers, 1.0) for numbers in pair)) for pair in wide]


def lengthen(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same regions × industries as columns of one frame with region_id and industry_id."""
    shape = next(iter(tables.values()))
    keys = {
        "region_id": shape.index.repeat(shape.shape[1]),
        "industry_id": shape.columns[np.tile(np.arange(shape.shape[1]), shape.shape[0])],
    }
    return pd.DataFrame({**keys, **{name: table.to_numpy().ravel() for name, table in tables.items()}})


def find_uncertain(filled: Filled, weights: pd.DataFrame) -> Flags:
    """Which estimated six-digit counts (regions × leaves) are uncertain for industries with these *weights*.

    What is shared out below one published code among children that all belong whole to the same industry is
    known exactly for that industry; only where the children belong to different industries it is an estimate.
    """
    part = weights.reindex(filled.leaves, fill_value=0.0).to_numpy()
    # A whole code has its industry's number, a code of no industry the next one, a split code its own.
    target = np.where(part.max(axis=1) == 1, part.argmax(axis=1), part.shape[1])
    split = (part.max(axis=1) < 1) & (part.sum(axis=1) > 0)
    target = np.where(split, part.shape[1] + 1 + np.arange(len(target)), target)
    estimate = filled.employment_filled & (
        (filled.counts.employment > 0) | (filled.counts.establishments > 0)
    )
    row, leaf = np.nonzero(estimate)
    width = int(filled.origin.max()) + 1
    key = row * width + filled.origin[row, leaf]
    low = np.full(len(filled.regions) * width, np.iinfo(np.int64).max)
    high = np.full(len(low), -1)
    np.minimum.at(low, key, target[leaf])
    np.maximum.at(high, key, target[leaf])
    uncertain = np.zeros_like(estimate)
    uncertain[row, leaf] = low[key] != high[key]
    return uncertain
