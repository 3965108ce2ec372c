"""Adding a file: good rows are taken, bad ones refused with every reason, likes offered, all or nothing."""

import os
from pathlib import Path

import pandas as pd
import pytest

from data.errors import InputError
from data.pipeline.__main__ import main
from data.pipeline.additions import add_initiatives, print_outcomes
from data.pipeline.additions_file import COLUMNS, apply_additions, read_additions
from data.pipeline.directory import finish
from data.pipeline.sources import initiatives
from tests.data.directory_inputs import copy_curated, read_tables

GOOD = (
    "name;country;kind;place;lon;lat;subject;members;source_url\n"
    "Wolkenschmiede Nordhang;DE;cluster-organisation;Kassel;9.49;51.31;Rail technology;42;"
    "https://example.org/w\n"
)


@pytest.fixture()
def curated(tmp_path: Path) -> Path:
    return copy_curated(tmp_path)


@pytest.fixture()
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "initiatives.csv"


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "rows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_good_row_is_added_and_reaches_the_table(
    tmp_path: Path, curated: Path, kept: Path, inputs: Path
) -> None:
    [outcome] = add_initiatives(_write(tmp_path, GOOD), curated, kept)
    assert (outcome.verdict, outcome.detail) == ("added", "de-wolkenschmiede-nordhang")
    assert list(read_additions(kept).columns) == list(COLUMNS)
    rows, _ = initiatives.load(inputs)
    table = finish(apply_additions(rows, kept), read_tables()["regions"], inputs)
    new = table.set_index("initiative_id").loc["de-wolkenschmiede-nordhang"]
    assert (new["region_id"], new["field_ids"], new["industry_ids"]) == (
        "eu-nuts2-DE73",
        "mobility",
        "isic-30",
    )
    assert (new["members"], new["source_id"], new["status"]) == (42, "editors", "unknown")
    assert new["counted"]


def test_the_same_file_twice_adds_nothing(tmp_path: Path, curated: Path, kept: Path) -> None:
    path = _write(tmp_path, GOOD)
    add_initiatives(path, curated, kept)
    before = kept.read_bytes()
    [outcome] = add_initiatives(path, curated, kept)
    assert outcome.verdict == "refused"
    assert "looks like de-wolkenschmiede-nordhang" in outcome.detail
    assert kept.read_bytes() == before


def test_a_like_name_in_the_same_place_is_offered(tmp_path: Path, curated: Path, kept: Path) -> None:
    head = "name,country,kind,place,source_url,distinct\n"
    row = "Silicon Saxony,DE,cluster-organisation,Dresden,https://example.org/s,"
    [like] = add_initiatives(_write(tmp_path, head + row + "\n"), curated, kept)
    assert like.verdict == "refused"
    assert "de-silicon-saxony-e-v" in like.detail
    assert not kept.exists()
    [beside] = add_initiatives(_write(tmp_path, head + row + "yes\n"), curated, kept)
    assert (beside.verdict, beside.detail) == ("added", "de-silicon-saxony")


def test_a_correction_changes_only_what_it_states(
    tmp_path: Path, curated: Path, kept: Path, inputs: Path
) -> None:
    text = "replaces,members,field_ids,source_url\nfr-axelera,400,health,https://example.org/a\n"
    [outcome] = add_initiatives(_write(tmp_path, text), curated, kept)
    assert outcome.verdict == "corrected"
    rows, _ = initiatives.load(inputs)
    regions = read_tables()["regions"]
    before = finish(apply_additions(rows, tmp_path / "none.csv"), regions, inputs).set_index("initiative_id")
    after = finish(apply_additions(rows, kept), regions, inputs).set_index("initiative_id")
    one, other = (frame.loc["fr-axelera"].astype("object").fillna("") for frame in (before, after))
    assert set(one.index[one != other]) == {"members", "field_ids", "field_basis", "source_url", "source_id"}
    rest = [i for i in before.index if i != "fr-axelera"]
    pd.testing.assert_frame_equal(before.loc[rest], after.loc[rest])


def test_a_second_correction_joins_the_first(tmp_path: Path, curated: Path, kept: Path) -> None:
    head = "replaces,members,founded,source_url\n"
    add_initiatives(_write(tmp_path, head + "fr-axelera,400,,https://example.org/a\n"), curated, kept)
    add_initiatives(_write(tmp_path, head + "fr-axelera,,2005,https://example.org/b\n"), curated, kept)
    [row] = read_additions(kept).to_dict("records")
    assert (row["members"], row["founded"], row["source_url"]) == ("400", "2005", "https://example.org/b")


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("country", "Germany", "country is 'Germany'"), ("kind", "cluster", "kind is 'cluster'"),
        ("lon", "9,49", "are no point"), ("lon", "", "are no point"), ("lon", "51.31", "lies outside DE"),
        ("founded", "long ago", "founded is"), ("members", "-4", "members is"),
        ("members", "1.5", "members is"),
        ("source_url", "", "source_url is missing"),
        ("website", "javascript:alert(1)", "website is no web address"),
        ("field_ids", "health|magic", "there is no magic"), ("industry_ids", "isic-4", "there is no isic-4"),
        ("programme_id", "de-nothing", "there is no de-nothing"),
        ("replaces", "de-nothing", "there is no de-nothing"),
        ("name", "<b>bold</b>", "bracket"), ("name", "x" * 301, "longer than"),
        ("status", "great", "status is"),
        ("last_checked", "24.11.2026", "last_checked is"), ("verified", "maybe", "verified is"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_reason(
    tmp_path: Path, curated: Path, kept: Path, column: str, value: str, reason: str
) -> None:
    row = {"name": "Wolkenschmiede", "country": "DE", "kind": "innovation-hub", "lon": "9.49", "lat": "51.31",
           "source_url": "https://example.org/w", column: value}  # fmt: skip
    path = tmp_path / "rows.csv"
    pd.DataFrame([row]).to_csv(path, index=False)
    [outcome] = add_initiatives(path, curated, kept)
    assert outcome.verdict == "refused"
    assert reason in outcome.detail
    assert not kept.exists()


def test_good_rows_are_taken_beside_bad_ones(tmp_path: Path, curated: Path, kept: Path) -> None:
    bad = "Nebelwerk;XX;club;;;;;;\n"
    outcomes = add_initiatives(_write(tmp_path, GOOD + bad), curated, kept)
    assert [outcome.verdict for outcome in outcomes] == ["added", "refused"]
    assert len(read_additions(kept)) == 1
    report = print_outcomes(outcomes)
    assert "source_url is missing; kind is 'club'" in report
    assert report.endswith("1 added, 0 corrected, 1 refused")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "source_url is missing"), (b"name,shoe\n", "unknown column 'shoe'"),
        (b"name,name,source_url\n", "stands twice"), (b"name,source_url\n", "no rows"),
        (b"name,source_url\na,b,c\n", "row 2 has 3 cells"), (b"\xff\xfe\x00", "not UTF-8"),
        (b"name,source_url\n\0,\n", "no text file"), (b"source_url\n" + b"x" * 2_000_001, "larger than"),
    ],
)  # fmt: skip
def test_an_unusable_file_is_told_in_one_line(
    tmp_path: Path, curated: Path, kept: Path, content: bytes, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, content)
    arguments = ["add", "initiatives", str(path), "--curated", str(curated), "--additions", str(kept)]
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert reason in error
    assert error.count("\n") == 1
    assert not kept.exists()


def test_exit_codes(tmp_path: Path, curated: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest = ["--curated", str(curated), "--additions", str(kept)]
    path = str(_write(tmp_path, GOOD))
    assert main(["add", "initiatives", path, *rest, "--dry-run"]) == 0
    assert "nothing written" in capsys.readouterr().out
    assert not kept.exists()
    assert main(["add", "initiatives", path, *rest]) == 0
    assert main(["add", "initiatives", path, *rest]) == 3
    assert main(["add", "initiatives", str(tmp_path / "no.csv"), *rest]) == 1


def test_a_failed_write_leaves_the_kept_file(
    tmp_path: Path, curated: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_initiatives(_write(tmp_path, GOOD), curated, kept)
    before = kept.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="nothing was changed"):
        add_initiatives(_write(tmp_path, GOOD.replace("Wolkenschmiede", "Sternwarte")), curated, kept)
    assert kept.read_bytes() == before
    assert [entry.name for entry in kept.parent.iterdir()] == [kept.name]


def test_a_correction_of_what_is_gone_stops_the_build(tmp_path: Path, kept: Path, inputs: Path) -> None:
    kept.parent.mkdir()
    row = dict.fromkeys(COLUMNS, "") | {"initiative_id": "de-gone", "replaces": "de-gone"}
    pd.DataFrame([row]).to_csv(kept, index=False)
    rows, _ = initiatives.load(inputs)
    with pytest.raises(InputError, match="no initiative de-gone"):
        apply_additions(rows, kept)
