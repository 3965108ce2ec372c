"""The input tables: what must be there, whole, and with which columns.

``inputs.csv`` lists every file a source reads, with the columns of a table (none for outlines). Checking
all of them first turns a broken file into one line that names it, before any work is done.
"""

import csv
import gzip
import hashlib
import zlib
from pathlib import Path

from data.errors import InputError

LIST = Path(__file__).with_name("inputs.csv")
_CHUNK = 1 << 20


def listed_inputs() -> dict[str, tuple[str, ...]]:
    """Columns by path relative to the inputs folder; no columns for a file that is no table."""
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["path"]: tuple(filter(None, row["columns"].split("|"))) for row in rows}


def check_inputs(inputs: Path) -> dict[str, str]:
    """SHA-256 of every listed input by path.

    Raises :class:`InputError` naming the first file that is missing, empty, cut off or lacks a column.
    """
    if not inputs.is_dir():
        raise InputError(f"{inputs}: no such folder")
    return {name: _check_input(inputs / name, columns) for name, columns in listed_inputs().items()}


def _check_input(path: Path, columns: tuple[str, ...]) -> str:
    try:
        size = path.stat().st_size
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    if not size:
        raise InputError(f"{path}: is empty")
    head = _decompress_head(path) if path.suffix == ".gz" else content[:_CHUNK]
    if columns:
        _check_columns(path, head, columns)
    elif path.suffix == ".geojson" and not content.rstrip().endswith(b"}"):
        raise InputError(f"{path}: is cut off, the last bracket is missing")
    return hashlib.sha256(content).hexdigest()


def _decompress_head(path: Path) -> bytes:
    """The beginning of the text, after reading all of it: a cut file shows only at its end."""
    try:
        with gzip.open(path) as file:
            head = file.read(_CHUNK)
            while file.read(_CHUNK):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: is cut off or damaged ({error})") from error
    return head


def _check_columns(path: Path, head: bytes, columns: tuple[str, ...]) -> None:
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    found = next(csv.reader(lines[:1]), [])
    missing = [name for name in columns if name not in found]
    if missing:
        raise InputError(f"{path}: lacks {len(missing)} columns: {', '.join(missing[:8])}")
    if len(lines) < 2:
        raise InputError(f"{path}: has a header but no rows")
