"""The build as a whole: same bytes twice, clear errors, old tables kept whatever happens."""

import errno
import filecmp
import fnmatch
import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.errors import CuratedError, InputError
from data.pipeline import build as building
from data.pipeline.__main__ import main
from data.pipeline.build import build
from data.pipeline.check import check
from data.pipeline.diff import Change, diff, print_changes
from data.pipeline.inputs import check_inputs, listed_inputs
from data.pipeline.writing import describe_table, recover, staged, write_manifest, write_table

ROOT = Path(__file__).resolve().parents[2]
FEW = tuple(
    f"data.pipeline.sources.{name}" for name in ("science_technology", "countries", "turkey", "new_zealand")
)
READERS = ("context", "income", "outlines", "geometry", "world_outline")
"""Modules beside the sources that read inputs."""


@pytest.fixture(scope="module")
def built(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build from few sources."""
    out = tmp_path_factory.mktemp("build") / "curated"
    build(inputs, out, FEW, quiet=True)
    return out


@pytest.fixture
def linked(inputs: Path, tmp_path: Path) -> Path:
    """All listed inputs as links, so that one of them can be broken."""
    folder = tmp_path / "inputs"
    for name in listed_inputs():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to((inputs / name).resolve())
    return folder


def test_two_builds_have_the_same_bytes(built: Path, inputs: Path, tmp_path: Path) -> None:
    """The second one in another process, with another seed for the order of sets."""
    code = (
        "from pathlib import Path; from data.pipeline.build import build\n"
        f"build(Path({str(inputs)!r}), Path('again'), {FEW!r}, quiet=True)"
    )
    run = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=run, check=True)
    names = sorted(str(p.relative_to(built)) for p in built.rglob("*") if p.is_file())
    _, differ, errors = filecmp.cmpfiles(built, tmp_path / "again", names, shallow=False)
    assert (differ, errors) == ([], [])
    assert "manifest.json" in names


def test_a_build_leaves_nothing_beside_its_tables_and_passes_its_own_check(built: Path) -> None:
    assert [p.name for p in built.parent.iterdir()] == ["curated"]
    assert check(built)["clusters"] > 100
    tables = pd.read_parquet(built / "clusters.parquet")
    assert set(tables["iso3"]) >= {"TUR", "NZL", "DEU"}


def test_an_older_build_is_replaced_as_a_whole(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "curated"
    target.mkdir()
    (target / "stale.parquet").write_text("old")
    with staged(target) as folder:
        shutil.copytree(built, folder, dirs_exist_ok=True)
        assert (target / "stale.parquet").exists()
    assert not (target / "stale.parquet").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["curated"]


def test_all_files_the_sources_name_are_listed() -> None:
    listed = {Path(name).name for name in listed_inputs()}
    folder = ROOT / "data" / "pipeline"
    readers = [*(folder / "sources").glob("*.py"), *(folder / f"{name}.py" for name in READERS)]
    text = "".join(path.read_text("utf-8") for path in readers)
    named = {word for word in text.split('"') if word.endswith((".csv", ".csv.gz")) and "/" not in word}
    ours = {*(path.name for path in (ROOT / "data" / "catalogue").glob("*.csv"))}
    patterns = (word.replace("{year}", "*") for word in named - ours)
    assert [word for word in patterns if not fnmatch.filter(listed, word)] == []


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def _rename_column(path: Path) -> None:
    text = path.read_text("utf-8").replace("region", "area", 1)
    path.unlink()
    path.write_text(text, encoding="utf-8")


def _header_only(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header = file.readline()
    path.unlink()
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(header)


@pytest.mark.parametrize(
    ("name", "spoil", "reason"),
    [
        ("us/us_cbp_msa_naics_2019.csv.gz", _missing, "No such file"),
        ("us/us_cbp_msa_naics_2019.csv.gz", _empty, "is empty"),
        ("us/us_cbp_msa_naics_2019.csv.gz", _cut, "cut off or damaged"),
        ("us/us_cbp_msa_naics_2019.csv.gz", _header_only, "no rows"),
        ("world_regions/nz_region_anzsic_subdivision_2018.csv", _rename_column, "lacks 1 columns: region"),
        ("us/us_msa_boundaries.geojson", _cut, "is cut off"),
    ],
)
def test_a_broken_input_is_named_in_one_line(
    linked: Path, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    name: str, spoil: Callable[[Path], None], reason: str,
) -> None:  # fmt: skip
    out = tmp_path / "curated"
    shutil.copytree(built, out)
    spoil(linked / name)
    assert main(["build", "--inputs", str(linked), "--out", str(out), "--quiet"]) == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert name in message
    assert reason in message
    assert check(out)


def test_whole_inputs_pass_and_a_missing_folder_is_named(linked: Path, tmp_path: Path) -> None:
    assert set(check_inputs(linked)) == set(listed_inputs())
    with pytest.raises(InputError, match="nowhere: no such folder"):
        check_inputs(tmp_path / "nowhere")


def test_a_source_that_cannot_be_read_is_named(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise KeyError("employed")

    monkeypatch.setattr("data.pipeline.sources.turkey.load", fail)
    with pytest.raises(InputError, match="source turkey: KeyError: 'employed'"):
        build(inputs, tmp_path / "curated", FEW, quiet=True)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_old_tables(
    inputs: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills while the outlines are written; that is not the fault of an input."""
    out = tmp_path / "curated"
    shutil.copytree(built, out)

    def fill(folder: Path, out: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(out))

    monkeypatch.setattr(building, "build_layers", fill)
    with pytest.raises(CuratedError, match=r"No space left on device; the tables there are unchanged"):
        build(inputs, out, FEW[1:], quiet=True)
    assert check(out)
    assert [p.name for p in tmp_path.iterdir()] == ["curated"]


def test_a_killed_build_keeps_the_old_tables_and_the_next_one_cleans_up(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "curated"
    shutil.copytree(built, out)
    code = (
        "import os, signal; from pathlib import Path; from data.pipeline.writing import staged\n"
        f"with staged(Path({str(out)!r})) as folder:\n"
        "    (folder / 'half.parquet').write_text('x'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", code], env=run, cwd=tmp_path, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (tmp_path / ".curated.new" / "half.parquet").exists()
    assert check(out)
    recover(out)
    assert [p.name for p in tmp_path.iterdir()] == ["curated"]


def test_tables_moved_aside_by_a_killed_swap_come_back(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / ".curated.old")
    recover(tmp_path / "curated")
    assert check(tmp_path / "curated")


def test_folders_are_swapped_where_the_system_cannot_exchange_them(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.pipeline.writing._exchange", lambda one, other: False)
    (tmp_path / "curated").mkdir()
    with staged(tmp_path / "curated") as folder:
        shutil.copytree(built, folder, dirs_exist_ok=True)
    assert check(tmp_path / "curated")
    assert [p.name for p in tmp_path.iterdir()] == ["curated"]


def test_diff_counts_rows_by_table_and_indicator(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(built, other)
    rows = pd.read_parquet(built / "observations.parquet")
    ranks = rows.index[rows["indicator_id"] == "st_rank"]
    changed = rows.drop(ranks[0]).reset_index(drop=True)
    changed.loc[changed["indicator_id"] == "st_rank", "value"] += 1
    write_table(changed, other / "observations.parquet")
    write_manifest(other, {"version": "x", "tables": {
        p.stem: describe_table(pd.read_parquet(p), p) for p in sorted(other.glob("*.parquet"))
    }})  # fmt: skip
    assert diff(built, built) == []
    assert diff(built, other) == [
        Change("observations", "", 0, 1, 99),
        Change("observations", "st_rank", 0, 1, 99),
    ]
    assert "st_rank" in print_changes(diff(built, other))


def test_the_command_line_checks_and_compares(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--curated", str(built)]) == 0
    assert main(["diff", str(built), str(built)]) == 0
    assert "no differences" in capsys.readouterr().out
    assert main(["check", "--curated", str(built / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err
