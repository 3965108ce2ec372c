"""The world list of initiatives, hubs, parks, districts and zones, and its corrections to others."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.sources.initiatives_form import (
    EDIH,
    PAGES,
    ROR,
    count_members,
    find_address,
    full_address,
    in_form,
    read_list,
    split_local,
)  # fmt: skip

FILE = "initiatives/initiatives_world.csv"
ENRICHMENT = "initiatives/enrichment_existing_rows.csv"
_EDIH_DATE, _MIIT_DATE = "2025-05-07", "2024-09-20"
_HAN = r"^([\u3400-\u9fff]{6,})"


def load(inputs: Path) -> pd.DataFrame:
    """977 rows in the common form; confidence is that of the list (A official, B other page, C community)."""
    rows = read_list(inputs / FILE)
    names = split_local(rows["name"])
    of_note = rows["note"].str.extract(_HAN, expand=False).fillna("")
    edih, ror = (
        rows["programme_or_label"].str.startswith("European Digital"),
        rows["source"].str.startswith("ROR"),
    )
    last = rows["status_year"].where(
        rows["status_year"] != "", rows["members_as_of"].str.extract(r"(\d{4})", expand=False)
    )
    last = last.mask(edih, _EDIH_DATE).mask(rows["status"] == "listed 2024", _MIIT_DATE)
    return in_form(
        rows.assign(
            key=rows["id"],
            name=names["name"],
            name_local=names["name_local"].where(names["name_local"] != "", of_note),
            type=rows["kind"],
            place=rows["city"],
            coord_basis=rows["coord_basis"].map(_basis),
            subject=rows["field"],
            members=rows["members"].map(count_members),
            members_as_of=rows["members_as_of"].str.extract(r"(\d{4})", expand=False),
            website=rows["website"].map(full_address),
            label=rows["programme_or_label"],
            state_text=rows["status"],
            last_checked=last,
            verified=True,
            source_url=rows["source"].map(find_address),
            source_id=np.select([edih, ror], [EDIH, ROR], PAGES),
        )
    )


def _basis(text: str) -> str:
    """``capital`` where a city was chosen to stand for a region, else where the point comes from."""
    if " for " in text:
        return "capital"
    if text == "source (approximate)":
        return "approximate"
    return "source" if text == "source" else ("city" if text else "")


def load_corrections(inputs: Path) -> pd.DataFrame:
    """Ten corrections to rows of other lists: country, name as there, and what to write in."""
    rows = read_list(inputs / ENRICHMENT).rename(columns={"name_in_hand": "name", "city": "place"})
    numbers = {column: pd.to_numeric(rows[column].replace("", None)) for column in ("lon", "lat", "founded")}
    found = rows.assign(**numbers, website=rows["website"].map(full_address))
    return found[["country", "name", "place", "lon", "lat", "website", "founded"]]
