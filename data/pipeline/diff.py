"""What changed between two builds: rows added, removed and changed by table and by indicator."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.contracts import SCHEMAS
from data.observatory import read_manifest

BY_PART = {"observations": "indicator_id", "clusters": "granularity", "cells": "source_id"}
"""Tables told apart further, and by which column."""


@dataclass(frozen=True)
class Change:
    """Rows of a table (or of a part of it) that only one build has or whose content differs."""

    table: str
    part: str
    added: int
    removed: int
    changed: int


def diff(before: Path, after: Path) -> list[Change]:
    """Changes of every table both builds know, in the order of the contracts; equal tables are left out.

    Raises :class:`CuratedError` if a folder has no manifest.
    """
    old, new = _listed(before), _listed(after)
    changes: list[Change] = []
    for name in SCHEMAS:
        if old.get(name) == new.get(name):
            continue
        frames = [_read(folder, name, listed) for folder, listed in ((before, old), (after, new))]
        changes.extend(_compare(name, *frames))
    return changes


def _listed(folder: Path) -> dict[str, object]:
    tables = read_manifest(folder)["tables"]
    return {name: entry["sha256"] for name, entry in tables.items()} if isinstance(tables, dict) else {}


def _read(folder: Path, name: str, listed: dict[str, object]) -> pd.DataFrame:
    if name not in listed:
        return pd.DataFrame(columns=list(SCHEMAS[name].columns))
    frame = pd.read_parquet(folder / f"{name}.parquet")
    codes = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(codes, "str"))


def _compare(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    key = list(SCHEMAS[name].unique or [])
    both = before.merge(after, how="outer", on=key, suffixes=(" before", " after"), indicator="side")
    changed = pd.Series(False, index=both.index)
    for column in before.columns.intersection(after.columns).difference(key):
        one, other = both[f"{column} before"], both[f"{column} after"]
        changed |= ~(one.eq(other).fillna(False).astype(bool) | (one.isna() & other.isna()))
    both = both.assign(changed=changed & both["side"].eq("both"))
    if not (both["changed"] | both["side"].ne("both")).any():
        return
    yield _count(name, "", both)
    if name in BY_PART:
        column = BY_PART[name]
        part = both[column] if column in both else both[f"{column} after"].fillna(both[f"{column} before"])
        for label, rows in both.groupby(part):
            if (rows["changed"] | rows["side"].ne("both")).any():
                yield _count(name, str(label), rows)


def _count(name: str, part: str, rows: pd.DataFrame) -> Change:
    side = rows["side"]
    return Change(
        name,
        part,
        int(side.eq("right_only").sum()),
        int(side.eq("left_only").sum()),
        int(rows["changed"].sum()),
    )


def print_changes(changes: list[Change]) -> str:
    """A plain text table; one line if nothing changed."""
    if not changes:
        return "no differences"
    lines = [f"{'table':<42}{'added':>10}{'removed':>10}{'changed':>10}"]
    for change in changes:
        label = f"  {change.part}" if change.part else change.table
        lines.append(f"{label:<42}{change.added:>10}{change.removed:>10}{change.changed:>10}")
    return "\n".join(lines)
