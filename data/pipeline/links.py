"""How the units of the observatory hang together: one row a relation, with its weight and the basis of it.

===============  =========================  ============================================================
relation         from → to                  basis
===============  =========================  ============================================================
in-region        initiative, actor → region  outline, nearest (beside an outline or near a metro's point),
                                             code or name (stated by the source)
in-field         initiative → field         subject, name, hand, editor; programme with weight 0.5
in-industry      initiative → industry      subject, name, hand, editor
under-programme  initiative → programme     label
near-cluster     initiative → cluster       same-industry, same-field, reach (science & technology clusters)
covers-region    S&T cluster → region       distance
covers-cluster   S&T cluster → cluster      distance
in-country       programme → country        agency, member (of the EU), initiatives (it has some there)
===============  =========================  ============================================================

Reach is 50 km between points or the same region. The weight is 1, or for a distance 1 − km / 50, so that the
distance can be read back; an initiative and a cluster of the same region have weight 1.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.contracts_directory import EUROPEAN_UNION
from data.pipeline.context import RADIUS_KM, distances_km, unit_vectors
from data.pipeline.links_nearby import near_clusters

LINKS = ("from_id", "to_id", "relation", "weight", "basis")
EU_MEMBERS = (
    "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN", "IRL",
    "ITA",
    "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
)  # fmt: skip
_COVERED_LEVELS = ("metro", "micro", "nuts2", "prefecture", "municipality", "cma", "lga", "region", "state")


def links(
    directory: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame], actor_basis: pd.Series
) -> pd.DataFrame:
    """All links, sorted; columns :data:`LINKS`, codes as categories, weight float32.

    ``directory`` has initiatives, programmes and actors; ``tables`` regions, clusters, industries and
    industry_fields; ``actor_basis`` says how the region of each actor was found.
    """
    initiatives, clusters = directory["initiatives"], tables["clusters"]
    actors = directory["actors"]
    science = clusters[clusters["kind"] == "science-technology"]
    parts = [
        _column_links(initiatives, "initiative_id", "region_id", "in-region", initiatives["region_basis"]),
        _column_links(actors, "actor_id", "region_id", "in-region", actor_basis),
        _list_links(initiatives, "field_ids", "in-field"),
        _list_links(initiatives, "industry_ids", "in-industry"),
        _column_links(initiatives, "initiative_id", "programme_id", "under-programme", "label"),
        near_clusters(initiatives, clusters, tables),
        _covered_regions(science, tables["regions"]),
        _covered_clusters(science, clusters),
        _countries(directory["programmes"], initiatives, set(tables["countries"]["iso3"])),
    ]
    whole = pd.concat(parts, ignore_index=True)[list(LINKS)]
    whole = whole.sort_values(["relation", "from_id", "to_id"], ignore_index=True)
    return whole.astype({"weight": "float32"})


def _frame(start: object, end: object, relation: str, weight: object, basis: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"from_id": start, "to_id": end, "relation": relation, "weight": weight, "basis": basis}
    )


def _column_links(
    rows: pd.DataFrame, key: str, column: str, relation: str, basis: pd.Series | str
) -> pd.DataFrame:
    """A link from each row to what a column of it names."""
    whole = _frame(rows[key], rows[column], relation, 1.0, basis)
    return whole.dropna(subset=["to_id"])


def _list_links(initiatives: pd.DataFrame, column: str, relation: str) -> pd.DataFrame:
    """A link to every id of a '|'-joined column, of half weight where the programme says so."""
    rows = initiatives[initiatives[column] != ""]
    weight = np.where(rows["field_basis"] == "programme", 0.5, 1.0)
    whole = _frame(rows["initiative_id"], rows[column].str.split("|"), relation, weight, rows["field_basis"])
    return whole.explode("to_id", ignore_index=True)


def closeness(km: np.ndarray) -> np.ndarray:
    """1 at the same point, 0 at 50 km, in steps of 0.01 (half a kilometre)."""
    return np.round(1.0 - km / RADIUS_KM, 2)


def _near(one: pd.DataFrame, other: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row numbers of all pairs within 50 km, and their closeness."""
    apart = distances_km(unit_vectors(one["lon"], one["lat"]), unit_vectors(other["lon"], other["lat"]))
    first, second = np.nonzero(apart <= RADIUS_KM)
    return first, second, closeness(apart[first, second])


def _covered_regions(science: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Regions whose point lies within 50 km of a science & technology cluster."""
    places = regions[regions["level"].isin(_COVERED_LEVELS)].dropna(subset=["lon", "lat"])
    one, other, weight = _near(science, places)
    return _frame(
        science["cluster_id"].to_numpy()[one],
        places["region_id"].to_numpy()[other],
        "covers-region",
        weight,
        "distance",
    )


def _covered_clusters(science: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Counted industry clusters within 50 km of a science & technology cluster."""
    industry = clusters[(clusters["kind"] == "industry") & clusters["counted"]].dropna(subset=["lon", "lat"])
    one, other, weight = _near(science, industry)
    ids = science["cluster_id"].to_numpy()[one], industry["cluster_id"].to_numpy()[other]
    return _frame(*ids, "covers-cluster", weight, "distance")


def _countries(programmes: pd.DataFrame, initiatives: pd.DataFrame, known: set[str]) -> pd.DataFrame:
    """Countries of a programme: its agency's; for the EU its members and where it has initiatives."""
    own = programmes[programmes["iso3"] != EUROPEAN_UNION]
    union = programmes.loc[programmes["iso3"] == EUROPEAN_UNION, "programme_id"]
    members = pd.MultiIndex.from_product([union, EU_MEMBERS]).to_frame(index=False, name=["from", "to"])
    used = initiatives.dropna(subset=["programme_id"])[["programme_id", "iso3"]].drop_duplicates()
    used = used[used["programme_id"].isin(union)]
    whole = pd.concat(
        [
            _frame(own["programme_id"], own["iso3"], "in-country", 1.0, "agency"),
            _frame(members["from"], members["to"], "in-country", 1.0, "member"),
            _frame(used["programme_id"], used["iso3"], "in-country", 1.0, "initiatives"),
        ],
        ignore_index=True,
    )
    return whole[whole["to_id"].isin(known)].drop_duplicates(["from_id", "to_id"])
