"""Rows of a long table by the value of a column, found without looking through the table again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.observatory import Observatory

Rows = npt.NDArray[np.intp]


class Groups(NamedTuple):
    """``rows[starts[i]:starts[i + 1]]`` are the rows of the i-th of ``names``, in the order of the table."""

    names: dict[str, int]
    rows: npt.NDArray[np.int32]
    starts: Rows


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of texts that gives plain strings for the rows asked for, ``None`` where missing.

    It holds the codes of the table itself; a million references to strings would take four times the memory.
    """

    names: npt.NDArray[np.object_]
    codes: npt.NDArray[np.integer[Any]]

    def __getitem__(self, rows: Any) -> Any:
        """The text of one row, or an array of texts for many (an array of rows or a slice)."""
        return self.names[self.codes[rows]]


@lru_cache(maxsize=16)
def _groups(obs: Observatory, table: str, column: str) -> Groups:
    values = obs.tables[table][column].astype("category").cat
    codes = values.codes.to_numpy()
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(values.categories) + 1))
    names = {str(name): i for i, name in enumerate(values.categories)}
    return Groups(names, order.astype(np.int32), starts.astype(np.intp))


def rows_where(obs: Observatory, table: str, column: str, value: str) -> Rows:
    """Rows of a table whose column holds ``value``, in the order of the table; empty for an unknown value."""
    groups = _groups(obs, table, column)
    at = groups.names.get(value)
    if at is None:
        return np.zeros(0, np.intp)
    return groups.rows[groups.starts[at] : groups.starts[at + 1]].astype(np.intp)


@lru_cache(maxsize=32)
def texts(obs: Observatory, table: str, column: str) -> Texts:
    """A column of texts, every value stored once."""
    values = obs.tables[table][column].astype("category").cat
    names = np.array([*(str(name) for name in values.categories), None], object)
    return Texts(names, values.codes.to_numpy())


def plain_rows(obs: Observatory, table: str, rows: Rows, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of a table (all columns or some) with plain strings in the place of categories."""
    whole = obs.tables[table]
    found = whole[list(columns or whole.columns)].iloc[rows]
    kinds = [name for name in found.columns if isinstance(found[name].dtype, pd.CategoricalDtype)]
    plain = {name: pd.Series(texts(obs, table, name)[rows], found.index, dtype=object) for name in kinds}
    return found.assign(**plain)
