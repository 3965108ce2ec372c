"""Tech hubs, engines, institutes and clusters of five federal programmes of the United States."""

from pathlib import Path

import pandas as pd

from data.pipeline.sources.initiatives_form import PAGES, find_address, in_form, rate_sources, read_list

FILE = "us/us_cluster_initiatives.csv"
_PROGRAMME_SITES = (
    "www.sba.gov", "/regional-innovation-engines", "/build-back-better",
    "/regional-technology-and-innovation-hubs",
)  # fmt: skip


def load(inputs: Path) -> pd.DataFrame:
    """94 rows in the common form; those written from memory are marked as not verified.

    The website of a row is kept only where it is its own: several rows name the page of their programme.
    """
    rows = read_list(inputs / FILE)
    remembered = rows["verification"].str.startswith("FROM MEMORY")
    pairs = zip(rows["source"], rows["web"], strict=True)
    address = pd.Series([find_address(source, web) for source, web in pairs], index=rows.index)
    address = address.mask(remembered, "")
    own_site = rows["web"].mask(rows["web"].str.rstrip("/").str.endswith(_PROGRAMME_SITES), "")
    typed = rows["verification"].str.contains("(?:city|location)[^;]*from memory", regex=True) | remembered
    last = (
        (rows["status"] + " " + rows["award_note"])
        .str.findall(r"20\d\d")
        .map(lambda years: max(years, default=""))
    )
    return in_form(
        rows.assign(
            key=rows["id"],
            country="US",
            type=rows["programme"],
            region=rows["states"],
            place=rows["lead_city"],
            coord_basis=typed.map({True: "city-from-memory", False: "city"}),
            subject=rows["focus"],
            organisation=rows["lead_org"],
            website=own_site,
            label=rows["programme"],
            state_text=rows["status"],
            status_year=rows["year"],
            last_checked=last.where(last != "", rows["year"]).mask(remembered, ""),
            verified=~remembered,
            confidence=rate_sources(address, own_site),
            source_url=address,
            source_id=PAGES,
        )
    )
