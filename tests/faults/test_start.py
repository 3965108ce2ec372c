"""A start on broken, missing or older tables ends with one clear line, and changes nothing."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import app
from data.contracts import SCHEMAS
from data.fit import COLUMNS, kind
from tests.conftest import ROOT

CURATED = ROOT / "data" / "curated"
Change = Callable[[Path], None]


def _cut(name: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return change


def _flip(name: str) -> Change:
    def change(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 0xFF
        (folder / name).write_bytes(content)

    return change


def _manifest(edit: Callable[[dict[str, Any]], object]) -> Change:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        edit(manifest)
        path.write_text(json.dumps(manifest), "utf-8")

    return change


def _relisted(name: str, edit: Callable[[pd.DataFrame], pd.DataFrame]) -> Change:
    """A table of another version, whole in itself and listed with its checksum."""

    def change(folder: Path) -> None:
        path = folder / f"{name}.parquet"
        edit(pd.read_parquet(path)).to_parquet(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        _manifest(lambda m: m["tables"][name].update(sha256=digest))(folder)

    return change


def _rubbish(folder: Path) -> None:
    (folder / "clusters.parquet").write_bytes(b"no table")
    digest = hashlib.sha256(b"no table").hexdigest()
    _manifest(lambda m: m["tables"]["clusters"].update(sha256=digest))(folder)


BROKEN: dict[str, tuple[Change, str]] = {
    "table truncated": (_cut("observations.parquet"), "observations.parquet"),
    "table corrupt": (_flip("cells.parquet"), "cells.parquet"),
    "table missing": (lambda folder: (folder / "clusters.parquet").unlink(), "clusters.parquet"),
    "table is rubbish though listed": (_rubbish, "clusters.parquet"),
    "outlines missing": (lambda folder: shutil.rmtree(folder / "geometry"), "geometry"),
    "outline truncated": (_cut("geometry/countries.geojson"), "countries.geojson"),
    "manifest missing": (lambda folder: (folder / "manifest.json").unlink(), "manifest.json"),
    "manifest truncated": (_cut("manifest.json"), "manifest.json"),
    "manifest not text": (lambda folder: _write(folder, b"\xff\xfe{"), "manifest.json"),
    "manifest is a list": (lambda folder: _write(folder, b"[]"), "manifest.json"),
    "manifest without checksums": (
        _manifest(lambda m: m.update(tables=dict.fromkeys(m["tables"]))),
        "countries",
    ),
    "folder missing": (shutil.rmtree, "manifest.json"),
    "older: without a table": (_manifest(lambda m: m["tables"].pop("specialisations")), "specialisations"),
    "older: without a column": (_relisted("clusters", lambda f: f.drop(columns="counted")), "clusters"),
    "older: another type": (_relisted("clusters", lambda f: f.assign(lon=f["lon"].astype(str))), "clusters"),
    "older: without rows": (_relisted("clusters", lambda frame: frame.iloc[:0]), "clusters"),
}
"""What is done to the tables, and the word by which the line says where."""


def _write(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)


def _state(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).digest() for path in files}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "curated"
    shutil.copytree(CURATED, folder)
    return folder


@pytest.fixture
def start(tables: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], object]]:
    """Starts the application on the copy, as far as handing it to the server."""
    monkeypatch.setenv("GCO_CURATED", str(tables))
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    app.build.cache_clear()
    yield app.main
    app.build.cache_clear()


def test_whole_tables_start(start: Callable[[], object]) -> None:
    start()


@pytest.mark.parametrize("name", BROKEN)
def test_broken_tables_are_told_in_one_line(name: str, tables: Path, start: Callable[[], object]) -> None:
    change, word = BROKEN[name]
    change(tables)
    before = _state(tables)
    with pytest.raises(SystemExit) as stopped:
        start()
    message = str(stopped.value.code)
    assert message.startswith("error: ")
    assert "\n" not in message
    assert word in message.replace(str(tables), ""), "the line says where"
    assert len(message) < 500
    assert _state(tables) == before, "nothing is written"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_process_ends_with_one_line_and_code_1(tables: Path, workers: str) -> None:
    BROKEN["table truncated"][0](tables)
    environment = {**os.environ, "GCO_CURATED": str(tables), "GCO_WORKERS": workers, "GCO_PORT": "0"}
    run = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1
    assert "observations.parquet" in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize(("setting", "value"), [("GCO_PORT", "x"), ("GCO_WORKERS", "-1")])
def test_a_wrong_setting_is_told_in_one_line(
    setting: str, value: str, start: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(SystemExit) as stopped:
        start()
    assert str(stopped.value.code).startswith("error: ")
    assert setting in str(stopped.value.code)


def test_the_expected_columns_are_those_of_the_contracts() -> None:
    kinds = {"float64": "number", "float32": "number", "int16": "number", "Int16": "number", "bool": "flag"}
    for table, columns in COLUMNS.items():
        contract = {
            name: kinds.get(str(column.dtype), "text") for name, column in SCHEMAS[table].columns.items()
        }
        assert {name: kind(name) for name in columns.split()}.items() <= contract.items(), table
