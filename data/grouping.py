"""Rows of a long table by the value of a column, found without looking through the table again."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.observatory import Observatory

Rows = npt.NDArray[np.intp]


class Groups(NamedTuple):
    """``rows[starts[i]:starts[i + 1]]`` are the rows of the i-th of ``names``, in the order of the table."""

    names: dict[str, int]
    rows: Rows
    starts: Rows


@lru_cache(maxsize=16)
def _groups(obs: Observatory, table: str, column: str) -> Groups:
    values = obs.tables[table][column].astype("category").cat
    codes = values.codes.to_numpy()
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(values.categories) + 1))
    return Groups({str(name): i for i, name in enumerate(values.categories)}, order, starts.astype(np.intp))


def rows_where(obs: Observatory, table: str, column: str, value: str) -> Rows:
    """Rows of a table whose column holds ``value``, in the order of the table; empty for an unknown value."""
    groups = _groups(obs, table, column)
    at = groups.names.get(value)
    return np.zeros(0, np.intp) if at is None else groups.rows[groups.starts[at] : groups.starts[at + 1]]


@lru_cache(maxsize=32)
def texts(obs: Observatory, table: str, column: str) -> npt.NDArray[np.object_]:
    """A column of texts as plain strings, every value stored once; ``None`` where missing."""
    values = obs.tables[table][column].astype("category").cat
    names = np.array([*(str(name) for name in values.categories), None], object)
    return np.asarray(names[values.codes.to_numpy()], object)


@lru_cache(maxsize=8)
def plain_table(obs: Observatory, table: str) -> pd.DataFrame:
    """A whole table with plain strings in the place of categories: quick to cut rows out of."""
    frame = obs.tables[table]
    kinds = [name for name in frame.columns if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    return frame.assign(
        **{name: pd.Series(texts(obs, table, name), frame.index, dtype=object) for name in kinds}
    )
