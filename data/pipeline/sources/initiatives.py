"""All lists of initiatives as one: ids, kinds, states, corrections, and one row for what stands twice."""

from pathlib import Path

import pandas as pd

from data.errors import InputError
from data.pipeline.sources import (
    initiatives_asia_canada,
    initiatives_europe,
    initiatives_usa,
    initiatives_world,
)  # fmt: skip
from data.pipeline.sources.initiatives_duplicates import find_pairs, merge_pairs
from data.pipeline.sources.initiatives_form import load_rules, state_of
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2
from data.pipeline.sources.science_technology import slugify

_LONGEST = 64


def load(inputs: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All initiatives in the common form with initiative_id, iso3, kind and status; and the pairs merged.

    Ids are the country's alpha-2 code and the name in plain letters; a second row of the same name gets its
    place added, a third its number in the lists. The pairs have the columns kept, merged and basis.
    """
    lists = [
        initiatives_europe.load(inputs),
        initiatives_usa.load(inputs),
        initiatives_asia_canada.load(inputs),
        initiatives_asia_canada.load_agglomerations(inputs),
        initiatives_world.load(inputs),
    ]
    rows = code_rows(pd.concat(lists, ignore_index=True))
    rows = correct(rows, initiatives_world.load_corrections(inputs))
    pairs = find_pairs(rows)
    return merge_pairs(rows, pairs), pairs


def code_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the common form with initiative_id, iso3, kind and status; InputError for an unknown type."""
    kind = rows["type"].map(load_rules()["types"])
    if kind.isna().any():
        raise InputError(f"initiatives: unknown type {rows.loc[kind.isna(), 'type'].iloc[0]}")
    iso3 = rows["country"].map(ISO3_BY_ISO2)
    if iso3.isna().any():
        raise InputError(f"initiatives: unknown country {rows.loc[iso3.isna(), 'country'].iloc[0]}")
    return rows.assign(
        initiative_id=make_ids(rows), iso3=iso3, kind=kind, status=rows["state_text"].map(state_of)
    )


def _shorten(slug: str) -> str:
    return slug if len(slug) <= _LONGEST else slug[:_LONGEST].rpartition("-")[0]


def make_ids(rows: pd.DataFrame) -> pd.Series:
    """Unique ids of rows with country, name, place and key, in the order of the rows."""
    plain = rows["country"].str.lower() + "-" + rows["name"].map(slugify).map(_shorten)
    placed = plain + "-" + rows["place"].map(slugify)
    ids = plain.mask(plain.duplicated() & (rows["place"] != ""), placed)
    return ids.mask(ids.duplicated(), ids + "-" + rows["key"].map(slugify))


def correct(rows: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Write corrections into the rows of the same country and name; InputError if there is no such row."""
    rows = rows.copy()
    for change in corrections.to_dict("records"):
        hit = (rows["country"] == change["country"]) & (rows["name"] == change["name"])
        if hit.sum() != 1:
            raise InputError(f"initiatives: {hit.sum()} rows for the correction of {change['name']}")
        for column in ("place", "website", "founded"):
            if pd.notna(change[column]) and change[column] != "":
                rows.loc[hit, column] = change[column]
        if pd.notna(change["lon"]):
            rows.loc[hit, ["lon", "lat"]] = [change["lon"], change["lat"]]
            rows.loc[hit, "coord_basis"] = "city"
    return rows
