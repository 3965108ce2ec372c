"""The tables of initiatives, programmes, actors and links, from their lists and the tables already built."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.metadata import Catalogue
from data.names import fold
from data.pipeline.additions_file import ADDITIONS, apply_additions
from data.pipeline.fields_of_initiatives import assign_fields, check_field_rules, load_field_rules
from data.pipeline.links import links
from data.pipeline.programme_labels import find_programmes
from data.pipeline.regions_of_points import find_regions
from data.pipeline.sources import actors, initiatives, programmes

INITIATIVES = (
    "initiative_id", "name", "name_local", "kind", "iso3", "region_id", "region_basis", "place", "lon", "lat",
    "coord_basis", "subject", "field_ids", "industry_ids", "field_basis", "founded", "members",
    "members_as_of",
    "organisation", "website", "programme_id", "label", "status", "status_year", "last_checked", "verified",
    "confidence", "counted", "source_url", "source_id",
)  # fmt: skip
_CODED_REGIONS = {"IN": "in-state-", "JP": "jp-pref-", "CA": "ca-prov-"}


def directory(
    tables: Mapping[str, pd.DataFrame], catalogue: Catalogue, inputs: Path, additions: Path = ADDITIONS
) -> dict[str, pd.DataFrame]:
    """The four tables, sorted by their keys; ``tables`` has countries, regions, clusters, industries and
    industry_fields.

    Raises :class:`InputError` for a list that contradicts the catalogue, :class:`CatalogueError` for a rule
    that names what the catalogue does not have, OSError where a list is missing.
    """
    check_field_rules(load_field_rules(), catalogue)
    offers = programmes.load(inputs)
    rows, _ = initiatives.load(inputs)
    table = finish(apply_additions(rows, additions), tables["regions"], inputs)
    bodies = actors.load(inputs, tables["clusters"])
    # a few stand in overseas areas that the table of countries counts to their country
    bodies = bodies[bodies["iso3"].isin(tables["countries"]["iso3"])].reset_index(drop=True)
    places = find_regions(bodies, tables["regions"], inputs)
    bodies = bodies.assign(region_id=places["region_id"].astype("str"))[list(actors.ACTORS)]
    found = {"initiatives": table, "programmes": offers, "actors": bodies}
    return {**found, "links": links(found, tables, places["region_basis"])}


def finish(rows: pd.DataFrame, regions: pd.DataFrame, inputs: Path) -> pd.DataFrame:
    """Initiatives of the common form with region, programme, fields and whether they count; columns
    INITIATIVES.

    Counted is a row that was seen in a source with an address, has not confidence C, and is no mere
    proposal.
    """
    rows = rows.reset_index(drop=True)
    found = find_regions(rows, regions, inputs)
    found = found.fillna(_named_regions(rows, regions))
    rows = rows.assign(**found, programme_id=find_programmes(rows, programmes.load_texts()))
    rows = _state_own(rows.assign(programme_id=_prefer(rows["own_programme_id"], rows["programme_id"])))
    seen = rows["verified"] & (rows["confidence"] != "C") & (rows["source_url"] != "")
    rows = rows.assign(counted=seen & (rows["status"] != "proposed"))
    years = dict.fromkeys(("founded", "members_as_of", "status_year"), "Int16")
    rows = (
        rows[list(INITIATIVES)]
        .astype({**years, "members": "Int32"})
        .sort_values("initiative_id", ignore_index=True)
    )
    texts = [
        c for c in rows.columns if rows[c].dtype.kind not in "bfi" and c not in ("field_ids", "industry_ids")
    ]
    return rows.assign(**{c: rows[c].replace("", None).astype("str") for c in texts})


def _prefer(stated: pd.Series, found: pd.Series) -> pd.Series:
    """What an editor states, else what was found."""
    return found.where(stated == "", stated)


def _state_own(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with their fields and industries by the rules, and those an editor states instead."""
    found = assign_fields(rows)
    own = (rows["own_field_ids"] != "") | (rows["own_industry_ids"] != "")
    return rows.assign(
        field_ids=_prefer(rows["own_field_ids"], found["field_ids"]),
        industry_ids=_prefer(rows["own_industry_ids"], found["industry_ids"]),
        field_basis=found["field_basis"].mask(own, "editor"),
    )


def _named_regions(rows: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Region and basis of rows that state a code, or a name only one region of the country has."""
    known = set(regions["region_id"])
    coded = rows["country"].map(_CODED_REGIONS) + rows["region_code"].str[3:]
    coded = coded.where(coded.isin(known))
    names = pd.concat([regions[["iso3", c]].set_axis(["iso3", "name"], axis=1).assign(id=regions["region_id"])
                       for c in ("name_local", "name_en")]).dropna()  # fmt: skip
    names = names.assign(name=names["name"].map(fold)).drop_duplicates()
    names = names[~names.duplicated(["iso3", "name"], keep=False)]
    of_name = names.set_index(["iso3", "name"])["id"].to_dict()
    pairs = zip(rows["iso3"], rows["region"].map(fold), strict=True)
    named = pd.Series([of_name.get(pair) for pair in pairs], index=rows.index, dtype="object")
    basis = (
        pd.Series(None, index=rows.index, dtype="object")
        .mask(named.notna(), "name")
        .mask(coded.notna(), "code")
    )
    return pd.DataFrame({"region_id": coded.fillna(named), "region_basis": basis}, index=rows.index)
