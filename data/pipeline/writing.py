"""Curated tables on disk: the same bytes for the same frames, and swapped in as a whole.

A new build grows in a folder beside the target and takes its place in one step, so that whoever reads finds
either the old tables or the new ones. What an interrupted build left behind goes with the next one.
"""

import ctypes
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import CuratedError

COMPRESSION_LEVEL = 15
ROW_GROUP = 1 << 20
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as Parquet; the bytes depend on the frame alone."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(
        table, path, compression="zstd", compression_level=COMPRESSION_LEVEL, row_group_size=ROW_GROUP
    )


def describe_table(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    """What the manifest says about a table: checksum, rows and columns."""
    return {"sha256": hash_file(path), "rows": len(frame), "columns": list(frame.columns)}


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write ``manifest.json``, keys in the order given."""
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _beside(target: Path, mark: str) -> Path:
    return target.with_name(f".{target.name}.{mark}")


def recover(target: Path) -> None:
    """Undo what a killed build left: bring back tables that had been moved aside, drop half-built ones."""
    aside = _beside(target, "old")
    if aside.exists() and not target.exists():
        aside.rename(target)
    for rest in (aside, _beside(target, "new")):
        shutil.rmtree(rest, ignore_errors=True)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``target`` when the block ends well; else the old one stays.

    Raises :class:`CuratedError` in one line if the disk is full or the place cannot be written.
    """
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        recover(target)
        new = _beside(target, "new")
        new.mkdir()
        yield new
        _swap(new, target)
    except OSError as error:
        raise CuratedError(f"{target}: {error.strerror or error}; the tables there are unchanged") from error
    finally:
        shutil.rmtree(_beside(target, "new"), ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        aside = _beside(target, "old")
        target.rename(aside)
        new.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot do that."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)
