"""Research organisations, universities and companies near clusters: ROR, the QS list and the Nature Index.

ROR is a part of the register only (about two fifths, uneven between countries): a list of who is there,
never a count to compare. Of QS and the Nature Index only names and cities are used. A body of both lists
that stands in ROR, too, is one row.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.context import RADIUS_KM, sum_within, unit_vectors
from data.pipeline.sources.actors_matching import match_names, organisation_key
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2
from data.pipeline.sources.science_technology import slugify

ACTORS = (
    "actor_id", "name", "type", "iso3", "place", "lon", "lat", "region_id", "in_qs", "in_nature_index",
    "source_id",
)  # fmt: skip
TYPES = ("education", "facility", "government", "company", "nonprofit")
"""Types of ROR that are taken, the most telling first: a body of several types gets the first of these."""
UNTYPED = "research"
"""Type of an institution of the Nature Index that ROR does not type."""
_FILES = {
    "ror": "ror_orgs_subset_2022-2026.csv.gz",
    "qs": "qs_universities_2022.csv",
    "nature": "nature_index_institutions_2021.csv",
}
_COUNTRIES = {
    "United States of America (USA)": "USA", "China": "CHN", "Germany": "DEU", "United Kingdom (UK)": "GBR",
    "Japan": "JPN", "Canada": "CAN", "Australia": "AUS", "South Korea": "KOR", "France": "FRA",
    "Netherlands": "NLD", "India": "IND", "Italy": "ITA", "Sweden": "SWE", "Spain": "ESP",
    "Switzerland": "CHE",
    "Israel": "ISR", "Belgium": "BEL", "Russia": "RUS", "Denmark": "DNK", "Taiwan": "TWN", "Austria": "AUT",
    "Finland": "FIN", "Norway": "NOR", "Singapore": "SGP", "Ireland": "IRL", "Czech Republic": "CZE",
    "Poland": "POL", "New Zealand": "NZL", "Saudi Arabia": "SAU", "Brazil": "BRA", "Mexico": "MEX",
    "Portugal": "PRT", "Argentina": "ARG", "Iceland": "ISL", "Slovenia": "SVN",
}  # fmt: skip
# "ETH Zurich - Swiss Federal Institute of Technology", "… (ETH Zurich)": both parts are names of the body
_OTHER_NAMES = (r"^(.+?) [-–] ", r"\(([^()]{3,})\)")
_DECIMALS = 4


def _read(inputs: Path, name: str) -> pd.DataFrame:
    path = inputs / "global" / _FILES[name]
    return pd.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)


def _register(inputs: Path) -> pd.DataFrame:
    """Organisations of ROR of the types taken."""
    rows = _read(inputs, "ror")
    kinds = rows["types"].str.split("|")
    kind = kinds.map(lambda listed: next((t for t in TYPES if t in listed), None))
    rows = rows.assign(
        actor_id="ror-" + rows["ror_id"], type=kind, iso3=rows["country_code"].map(ISO3_BY_ISO2),
        place=rows["city"].str.strip(),
        source_id="ror", in_qs=False, in_nature_index=False,
    )  # fmt: skip
    return rows.dropna(subset=["type", "iso3", "lon", "lat"]).reset_index(drop=True)


def _universities(inputs: Path) -> pd.DataFrame:
    rows = _read(inputs, "qs").rename(columns={"university": "name", "city": "place"})
    return rows.assign(
        listed_name=rows["name"],
        iso3=rows["cc"].map(ISO3_BY_ISO2),
        type="education",
        in_qs=True,
        source_id="qs-names",
    )


def _institutions(inputs: Path) -> pd.DataFrame:
    rows = _read(inputs, "nature").rename(columns={"institution": "name"})
    name = rows["name"].str.replace(r"\s*\([^()]*\)$", "", regex=True)
    university = name.str.contains(
        r"\b(?:Univ|Universi|College|ETH|EPFL|Institute of Technology)", regex=True
    )
    return rows.assign(
        listed_name=rows["name"], name=name, iso3=rows["country"].map(_COUNTRIES), place=None,
        in_nature_index=True,
        source_id="nature-index-names",
        type=np.where(university, "education", UNTYPED),
    )  # fmt: skip


def load(inputs: Path, clusters: pd.DataFrame) -> pd.DataFrame:
    """Actors with the columns :data:`ACTORS` without region_id, sorted by id; NA where a list says nothing.

    Of ROR those within 50 km of a cluster's point (lon, lat in degrees); of the other lists all with a
    country.
    """
    found = _register(inputs)
    found = found.assign(key=found["name"].map(organisation_key))
    listed = ((_universities(inputs), "in_qs", "qs"), (_institutions(inputs), "in_nature_index", "ni"))
    for others, mark, prefix in listed:
        others = others.dropna(subset=["iso3"]).drop_duplicates(["name", "iso3"]).reset_index(drop=True)
        others = others.assign(key=others["name"].map(organisation_key))
        same = match_names(others, found)
        for part in _OTHER_NAMES:
            short = others["listed_name"].str.extract(part, expand=False).fillna("").map(organisation_key)
            same = same.fillna(match_names(others[short != ""].assign(key=short), found))
        found.loc[same.dropna().astype(int).unique(), mark] = True
        new = others[same.isna()]
        new = new.assign(actor_id=prefix + "-" + new["iso3"].str.lower() + "-" + new["name"].map(slugify))
        found = pd.concat([found, new.drop_duplicates("actor_id")], ignore_index=True)
    found = found.reindex(columns=[c for c in ACTORS if c != "region_id"])
    flags = {mark: found[mark].fillna(False).astype(bool) for mark in ("in_qs", "in_nature_index")}
    found = found.assign(**flags)
    found = found[_near_clusters(found, clusters) | found["in_qs"] | found["in_nature_index"]]
    found = found.astype({"place": "str"}).sort_values("actor_id", ignore_index=True)
    return found.assign(lon=found["lon"].round(_DECIMALS), lat=found["lat"].round(_DECIMALS))


def _near_clusters(actors: pd.DataFrame, clusters: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each actor's point lies within 50 km of the point of a cluster."""
    towns = actors[["lon", "lat"]].drop_duplicates().dropna()
    points = clusters[["lon", "lat"]].drop_duplicates().dropna()
    here, there = unit_vectors(towns["lon"], towns["lat"]), unit_vectors(points["lon"], points["lat"])
    near = towns[sum_within(here, there, np.ones(len(there)), RADIUS_KM) > 0]
    places = pd.MultiIndex.from_frame(actors[["lon", "lat"]])
    return pd.Series(places.isin(pd.MultiIndex.from_frame(near)), index=actors.index)
