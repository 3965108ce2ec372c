"""Cluster organisations and labelled initiatives of 14 countries of Europe."""

from pathlib import Path

import pandas as pd

from data.pipeline.sources.initiatives_form import (
    PAGES,
    count_members,
    find_address,
    full_address,
    in_form,
    rate_sources,
    read_list,
)  # fmt: skip

FILE = "eu/cluster_organisations_europe.csv"


def load(inputs: Path) -> pd.DataFrame:
    """201 rows in the common form, in the order of the table; all were seen in a page named in the row."""
    rows = read_list(inputs / FILE)
    year = pd.to_numeric(rows["status_year"], errors="coerce")
    of_members = pd.to_numeric(rows["members_as_of"], errors="coerce")
    address = rows["source"].map(find_address)
    website = rows["website"].map(full_address)
    located = rows["lat"] != ""
    return in_form(
        rows.assign(
            key=[f"EU-{number:03d}" for number in range(1, len(rows) + 1)],
            type="cluster organisation",
            place=rows["city"],
            coord_basis=located.map({True: "city", False: ""}),
            subject=rows["field"],
            members=rows["members"].map(count_members),
            members_as_of=of_members,
            website=website,
            label=rows["programme_or_label"],
            state_text=rows["programme_or_label"],
            status_year=year,
            # the source of a label speaks of the year of the label or of the members, whichever is later
            last_checked=pd.concat([year, of_members], axis=1)
            .max(axis=1)
            .map(lambda y: "" if pd.isna(y) else str(int(y))),
            verified=True,
            confidence=rate_sources(address, website),
            source_url=address,
            source_id=PAGES,
        )
    )
