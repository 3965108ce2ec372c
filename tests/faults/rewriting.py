"""A program that writes the curated tables anew, again and again, until it is killed.

``python -m tests.faults.rewriting <tables to copy> <target> [times]``; every round has its own data version,
so that a mixture of two rounds would show, and is told when it is done.
"""

import shutil
import sys
from pathlib import Path

import pandas as pd

from data.errors import ObservatoryError
from data.observatory import read_manifest
from data.pipeline.writing import describe_table, hash_file, staged, write_manifest, write_table

SMALL = ("clusters", "countries", "editions", "fields", "industries", "observations", "regions")


def rewrite(source: Path, target: Path, version: str) -> None:
    """One round: the tables of ``source`` under another version, whole or not at all."""
    manifest = read_manifest(source)
    listed = manifest["tables"]
    assert isinstance(listed, dict)
    with staged(target) as folder:
        for name in listed:
            path = folder / f"{name}.parquet"
            if name in SMALL:
                frame = pd.read_parquet(source / f"{name}.parquet")
                frame.attrs["version"] = version
                write_table(frame, path)
                listed[name] = describe_table(frame, path)
            else:
                shutil.copy(source / path.name, path)
        shutil.copytree(source / "geometry", folder / "geometry")
        geometry = {path.name: hash_file(path) for path in sorted((folder / "geometry").iterdir())}
        write_manifest(folder, {**manifest, "version": version, "tables": listed, "geometry": geometry})


def main() -> None:
    """Rewrite until killed, or as often as said."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    try:
        for number in range(times):
            rewrite(source, target, f"round-{number}")
            print(number, flush=True)
    except ObservatoryError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
