"""A build that is killed or runs out of room leaves the old tables or the new ones, never a mixture."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.observatory import load_observatory, read_manifest
from data.pipeline.writing import hash_file
from tests.conftest import ROOT

CURATED = ROOT / "data" / "curated"
KILLS = int(os.environ.get("GCO_KILLS", "3"))
LONGEST_BUILD = 45.0


def _assert_whole(folder: Path) -> str:
    """Every listed file is there with its checksum, and no other; returns the version."""
    manifest = read_manifest(folder)
    tables, geometry = manifest["tables"], manifest["geometry"]
    assert isinstance(tables, dict)
    assert isinstance(geometry, dict)
    for name, entry in tables.items():
        assert hash_file(folder / f"{name}.parquet") == entry["sha256"], name
    for name, digest in geometry.items():
        assert hash_file(folder / "geometry" / name) == digest, name
    assert {path.stem for path in folder.glob("*.parquet")} == set(tables)
    return str(manifest["version"])


def _start(target: Path, *more: str, room: int | None = None) -> subprocess.Popen[str]:
    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "tests.faults.rewriting", str(CURATED), str(target), *more]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit
    )


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "curated"
    shutil.copytree(CURATED, folder)
    return folder


def test_a_build_killed_at_a_random_point_leaves_whole_tables(target: Path) -> None:
    chance = random.Random(20261124)
    for _ in range(KILLS):
        process = _start(target)
        assert process.stdout is not None
        started = time.monotonic()
        process.stdout.readline()
        time.sleep(chance.uniform(0, 1.5) * (time.monotonic() - started))
        process.kill()
        process.communicate()
        assert _assert_whole(target).startswith("round-")
        load_observatory(target)
    ended = _start(target, "1")
    assert ended.wait(120) == 0
    assert _assert_whole(target) == "round-0"
    assert [path.name for path in target.parent.iterdir()] == ["curated"], "nothing half written is left"


@pytest.mark.skipif("GCO_KILLS" not in os.environ, reason="takes minutes: part of `make fuzz`")
def test_the_real_build_killed_at_a_random_point_leaves_whole_tables(target: Path, inputs: Path) -> None:
    before, chance, ends = _assert_whole(target), random.Random(7), []
    command = [sys.executable, "-m", "data.pipeline", "build", "--quiet", "--inputs", str(inputs)]
    for _ in range(KILLS):
        process = subprocess.Popen([*command, "--out", str(target)], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            ends.append(process.wait(chance.uniform(1, LONGEST_BUILD)))
        except subprocess.TimeoutExpired:
            process.kill()
            ends.append(process.wait())
        assert _assert_whole(target) == before
        load_observatory(target)
    assert ends.count(-signal.SIGKILL) > KILLS // 2
    assert {path.name for path in target.parent.iterdir()} <= {"curated", ".curated.new"}


def test_a_full_disk_is_told_in_one_line_and_changes_nothing(target: Path) -> None:
    before = _assert_whole(target)
    ended = _start(target, "1", room=100_000)
    _, told = ended.communicate(timeout=120)
    assert ended.returncode == 1
    assert len(told.strip().splitlines()) == 1, told
    assert "the tables there are unchanged" in told
    assert _assert_whole(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["curated"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_small_disk_runs_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in CURATED.rglob("*") if path.is_file())
    mount = ["mount", "-t", "tmpfs", "-o", f"size={int(size * 1.4)}", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copytree(CURATED, disk / "curated")
        ended = _start(disk / "curated", "1")
        _, told = ended.communicate(timeout=120)
        assert ended.returncode == 1
        assert "No space left on device; the tables there are unchanged" in told
        assert len(told.strip().splitlines()) == 1, told
        _assert_whole(disk / "curated")
        assert [path.name for path in disk.iterdir()] == ["curated"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
