"""Rows an editor has added or corrected: where they are kept, and how the build takes them up."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data.errors import InputError
from data.pipeline.sources.initiatives_form import FORM, in_form
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2

ADDITIONS = Path(__file__).resolve().parents[1] / "curated_additions" / "initiatives.csv"
COLUMNS = (
    "initiative_id", "replaces", "name", "name_local", "country", "kind", "region", "place", "lon", "lat",
    "subject", "field_ids", "industry_ids", "founded", "members", "members_as_of", "organisation", "website",
    "label", "programme_id", "status", "status_year", "last_checked", "verified", "confidence", "source_url",
)  # fmt: skip
"""Columns of the kept file: the form an editor fills in, and the id given when a row was taken."""
SOURCE = "editors"
_OWN = ("field_ids", "industry_ids", "programme_id")
OVERRIDES = tuple(f"own_{column}" for column in _OWN)
"""What an editor states of fields, industries and programme, kept apart from what the rules find."""


def read_additions(path: Path = ADDITIONS) -> pd.DataFrame:
    """The kept rows, all text, '' where empty; no rows if there is no file. Raises :class:`InputError`."""
    if not path.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}") from error
    if list(rows.columns) != list(COLUMNS):
        raise InputError(f"{path}: columns are {', '.join(rows.columns)}; expected {', '.join(COLUMNS)}")
    return rows


def apply_additions(rows: pd.DataFrame, path: Path = ADDITIONS) -> pd.DataFrame:
    """Initiatives of the lists with the kept corrections written in and the kept new rows at the end.

    A correction changes only what it states; one whose initiative is gone raises :class:`InputError`.
    """
    kept = read_additions(path)
    rows = rows.assign(**dict.fromkeys(OVERRIDES, ""))
    if kept.empty:
        return rows
    coded = _code(kept)
    gone = coded[(coded["replaces"] != "") & ~coded["replaces"].isin(rows["initiative_id"])]
    if not gone.empty:
        raise InputError(f"{path}: there is no initiative {gone['replaces'].iloc[0]} to correct")
    rows = rows.set_index("initiative_id", drop=False)
    changes = zip(coded.to_dict("records"), kept.to_dict("records"), strict=True)
    for change, stated in changes:
        if not change["replaces"]:
            continue
        fields = [column for column in rows.columns if _is_stated(stated, column)]
        rows.loc[change["replaces"], [*fields, "source_id"]] = [*(change[f] for f in fields), SOURCE]
    new = coded[coded["replaces"] == ""]
    return pd.concat([rows.reset_index(drop=True), new[rows.columns]], ignore_index=True)


def _is_stated(row: Mapping[Hashable, Any], column: str) -> bool:
    """Whether a kept row fills a column of the table; a point brings its basis, a country its code."""
    named = {"iso3": "country", "coord_basis": "lon"}.get(column, column.removeprefix("own_"))
    return column not in ("initiative_id", "key", "type") and named in row and row[named] != ""


def _code(kept: pd.DataFrame) -> pd.DataFrame:
    """Kept rows in the common form with id, iso3, kind, status and the editor's own fields and programme."""
    located = kept["lon"] != ""
    form = in_form(
        kept.assign(
            key=[f"ED-{number}" for number in range(1, len(kept) + 1)],
            coord_basis=located.map({True: "source", False: ""}),
            verified=kept["verified"] != "no",
            source_id=SOURCE,
        )[[c for c in FORM if c in kept or c in ("key", "coord_basis", "source_id")]]
    )
    own = {f"own_{column}": kept[column].to_numpy() for column in _OWN}
    return form.assign(
        initiative_id=kept["initiative_id"], replaces=kept["replaces"],
        iso3=kept["country"].map(ISO3_BY_ISO2),
        kind=kept["kind"], status=kept["status"].replace("", "unknown"), **own,
    )  # fmt: skip
