"""``add initiatives FILE``: take up rows an editor adds or corrects, and say of every row what became of
it.

All rows are judged before anything is written; what was taken goes into the kept file in one step, and the
next build reads it. A refused row never hinders the others.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import InputError
from data.metadata import load_catalogue
from data.pipeline.additions_checks import Known, country_code, find_faults
from data.pipeline.additions_file import ADDITIONS, COLUMNS, read_additions
from data.pipeline.sources.initiatives import make_ids
from data.pipeline.sources.initiatives_duplicates import LIKE, likeness, name_key, same_place

FORM_COLUMNS = ("distinct", *(column for column in COLUMNS if column != "initiative_id"))
"""Columns a file may have; those it lacks are empty. ``distinct`` = yes adds a row despite a like name."""
MOST_LIKE = 3
"""At most so many initiatives of a like name are offered."""
LARGEST = 2_000_000
"""Bytes of the largest file that is read."""
_ISO2 = "country"


@dataclass(frozen=True)
class Outcome:
    """What became of a row: its line in the file, its name, a verdict, and the id given or the reasons."""

    line: int
    name: str
    verdict: str
    detail: str


def read_form(path: Path) -> list[dict[str, str]]:
    """The rows of an editor's file: UTF-8, commas or semicolons; :class:`InputError` says what is wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than {LARGEST // 1_000_000} MB")
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8; save it as CSV UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    if "\0" in text:
        raise InputError(f"{path}: is no text file")
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: is not CSV ({error})") from error
    return list(_as_form(path, rows))


def _as_form(path: Path, rows: list[list[str]]) -> Iterator[dict[str, str]]:
    """Rows as mappings with all columns of the form; InputError for a heading or a row that does not fit."""
    names = [name.strip() for name in rows[0]] if rows else []
    odd = [name for name in names if name not in FORM_COLUMNS]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if odd or twice or "source_url" not in names:
        reason = f"unknown column {odd[0]!r}" if odd else f"column {twice[0]!r} stands twice" if twice else ""
        raise InputError(f"{path}: {reason or 'column source_url is missing'}")
    if len(rows) < 2:
        raise InputError(f"{path}: has a heading but no rows")
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise InputError(f"{path}: row {number} has {len(cells)} cells, the heading {len(names)}")
        given = dict(zip(names, (cell.strip() for cell in cells), strict=True))
        yield {**dict.fromkeys(FORM_COLUMNS, ""), **given, "line": str(number)}


def read_known(curated: Path, kept: pd.DataFrame) -> tuple[Known, pd.DataFrame]:
    """What rows may refer to, and the initiatives there are, with id, name, country, place, lon, lat."""
    try:
        table = pd.read_parquet(curated / "initiatives.parquet")
        offers = pd.read_parquet(curated / "programmes.parquet", columns=["programme_id"])
        outlines = gpd.read_file(curated / "geometry" / "countries_50m.geojson").set_index("id").geometry
        codes = pd.read_parquet(curated / "countries.parquet", columns=["iso3", "iso2"]).set_index("iso3")[
            "iso2"
        ]
    except (OSError, ValueError) as error:
        raise InputError(f"{curated}: the built tables cannot be read; build them first ({error})") from error
    new = kept[(kept["replaces"] == "") & ~kept["initiative_id"].isin(table["initiative_id"])]
    new = new.assign(lon=pd.to_numeric(new["lon"]), lat=pd.to_numeric(new["lat"]))
    table = table.assign(country=table["iso3"].map(codes), place=table["place"].fillna(""))
    columns = ["initiative_id", "name", _ISO2, "place", "lon", "lat"]
    there = pd.concat([table[columns], new[columns]], ignore_index=True).astype({"lon": float, "lat": float})
    catalogue = load_catalogue()
    divisions = [i.industry_id for i in catalogue.industries.values() if i.level in ("division", "section")]
    known = Known(
        frozenset(there["initiative_id"]), frozenset(offers["programme_id"]), frozenset(catalogue.fields),
        frozenset(divisions), outlines,
    )  # fmt: skip
    return known, there


def add_initiatives(
    file: Path, curated: Path, additions: Path = ADDITIONS, *, dry_run: bool = False
) -> list[Outcome]:
    """Judge all rows of a file and keep those that can be taken; the outcomes in the order of the file.

    ``curated`` holds the built tables to compare with. Raises :class:`InputError` if the file cannot be
    used or the kept file cannot be written; then nothing has changed. With ``dry_run`` nothing is written
    in any case.
    """
    rows, kept = read_form(file), read_additions(additions)
    known, there = read_known(curated, kept)
    outcomes = []
    for row in rows:
        outcome, kept, there = _take(row, known, kept, there)
        outcomes.append(outcome)
    if not dry_run and any(outcome.verdict != "refused" for outcome in outcomes):
        write_additions(kept, additions)
    return outcomes


def _take(
    row: dict[str, str], known: Known, kept: pd.DataFrame, there: pd.DataFrame
) -> tuple[Outcome, pd.DataFrame, pd.DataFrame]:
    """The outcome of one row, and the kept rows and known initiatives after it."""
    line, name = int(row.pop("line")), row["name"] or row["replaces"]
    if faults := find_faults(row, known):
        return Outcome(line, name, "refused", "; ".join(faults)), kept, there
    distinct = row.pop("distinct")
    row["country"] = country_code(row["country"])
    if row["replaces"]:
        return Outcome(line, name, "corrected", row["replaces"]), _correct(row, kept), there
    new = pd.DataFrame([{**row, "key": str(line), "initiative_id": ""}])
    new = new.assign(lon=pd.to_numeric(new["lon"]), lat=pd.to_numeric(new["lat"]))
    if distinct != "yes" and (like := _find_like(new, there)):
        return Outcome(line, name, "refused", like), kept, there
    identifier = make_ids(pd.concat([there.assign(key=""), new], ignore_index=True)).iloc[-1]
    if identifier in set(there["initiative_id"]):
        return Outcome(line, name, "refused", f"{identifier} is there already"), kept, there
    kept = pd.concat([kept, pd.DataFrame([{**row, "initiative_id": identifier}])], ignore_index=True)
    there = pd.concat([there, new.assign(initiative_id=identifier)[there.columns]], ignore_index=True)
    return Outcome(line, name, "added", identifier), kept[list(COLUMNS)], there


def _find_like(new: pd.DataFrame, there: pd.DataFrame) -> str:
    """A reason naming the initiatives of a like name in the same place, '' if there is none."""
    others = there[there["country"] == new["country"].iloc[0]]
    if others.empty:
        return ""
    alike = likeness(new["name"].map(name_key), others["name"].map(name_key))[0]
    alike = alike * same_place(new, others)[0]
    if alike.max() < LIKE:
        return ""
    best = others.assign(like=alike).nlargest(MOST_LIKE, "like", keep="all")
    best = best[best["like"] >= LIKE].head(MOST_LIKE)
    offers = ", ".join(f"{row['initiative_id']} ({row['name']})" for row in best.to_dict("records"))
    return (
        f"looks like {offers}; put an id into replaces to correct that one, or yes into distinct to add this"
    )


def _correct(row: dict[str, str], kept: pd.DataFrame) -> pd.DataFrame:
    """Kept rows with a correction: written into the kept row of that initiative, else as a row of its own."""
    target = row["replaces"]
    same = kept["initiative_id"].eq(target) | kept["replaces"].eq(target)
    if not same.any():
        return pd.concat([kept, pd.DataFrame([{**row, "initiative_id": target}])], ignore_index=True)[
            list(COLUMNS)
        ]
    stated = {column: text for column, text in row.items() if text and column != "replaces"}
    kept = kept.copy()
    kept.loc[same, list(stated)] = list(stated.values())
    return kept


def write_additions(kept: pd.DataFrame, path: Path) -> None:
    """Write the kept file in one step; :class:`InputError` if that fails, and then the old one stays."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept[list(COLUMNS)].to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; nothing was changed") from error
    finally:
        beside.unlink(missing_ok=True)


def print_outcomes(outcomes: Sequence[Outcome], *, dry_run: bool = False) -> str:
    """One line a row, and a sum at the end."""
    lines = [f"row {o.line:>4}  {o.verdict:<10}{o.name[:40]:<42}{o.detail}" for o in outcomes]
    count = Counter(outcome.verdict for outcome in outcomes)
    total = ", ".join(f"{count[verdict]} {verdict}" for verdict in ("added", "corrected", "refused"))
    return "\n".join([*lines, f"{total}{'; nothing written (dry run)' if dry_run else ''}"])
