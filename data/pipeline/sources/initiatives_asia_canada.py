"""Clusters, parks, zones and projects of Canada, India and Japan, and industrial agglomerations of Asia."""

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
    split_local,
)  # fmt: skip

FILE = "asia_ca/clusters_ca_in_jp.csv"
AGGLOMERATIONS = "asia_ca/agglomerations_asia.csv"
_BASES = {
    "Natural Earth 10m populated place": "city",
    "district centroid": "district",
    "prefecture capital": "capital",
    "source (Wikipedia)": "source",
}
# the site of a ministry or of a whole programme is not the site of one of its initiatives
_SHARED_SITES = ("www.psa.gov.in/st-clusters",)


def load(inputs: Path) -> pd.DataFrame:
    """202 rows in the common form. The last year a text about the state names is the year of that state."""
    rows = read_list(inputs / FILE)
    address = rows["source"].map(find_address)
    website = rows["url"].map(full_address).mask(rows["url"].str.endswith(_SHARED_SITES), "")
    bracket = rows["source"].str.extract(r"(\([^)]*\))\s*$", expand=False).fillna("")
    named = (rows["status"].str.replace("mid-2000s", "2005") + " " + bracket).str.findall(r"(?:19|20)\d\d")
    year = named.map(lambda years: max(years, default=""))
    year = year.where(year != "", rows["members_as_of"].str.removesuffix(".0"))
    started = rows["year_started"].str.removesuffix(".0")
    return in_form(
        rows.assign(
            key=rows["id"],
            **split_local(rows["name"]),
            region_code=rows["iso_3166_2"],
            coord_basis=rows["coord_basis"].map(_BASES).fillna(""),
            subject=rows["field"],
            founded=started,
            members=rows["members"].map(count_members),
            members_as_of=rows["members_as_of"],
            website=website,
            label=rows["type"],
            state_text=rows["status"],
            status_year=year,
            last_checked=year,
            verified=True,
            confidence=rate_sources(address, website),
            source_url=address,
            source_id=PAGES,
        )
    )


def load_agglomerations(inputs: Path) -> pd.DataFrame:
    """35 industrial cities in the common form: named by one compiler whose references were not opened."""
    rows = read_list(inputs / AGGLOMERATIONS)
    return in_form(
        rows.assign(
            key=[f"AG-{number:02d}" for number in range(1, len(rows) + 1)],
            # the list names cities, several of them for two industries
            name=rows["name"] + " (" + rows["industry"] + ")",
            type="industrial agglomeration",
            place=rows["name"],
            coord_basis="approximate",
            subject=rows["industry"],
            verified=False,
            confidence="C",
            source_url=rows["primary_reference"].map(find_address),
            source_id=PAGES,
        )
    )
