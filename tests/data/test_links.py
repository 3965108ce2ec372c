"""Links: both ends exist, each has a basis, and reach means 50 km or the same region."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.contracts_directory import LINK_ENDS, RELATIONS, broken_links
from data.metadata import load_catalogue
from data.pipeline.context import distances_km, unit_vectors
from data.pipeline.directory import directory
from data.pipeline.links_nearby import near_clusters
from tests.data.directory_inputs import CURATED, read_tables


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return read_tables()


@pytest.fixture(scope="module")
def links(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return tables["links"]


def test_no_link_leads_nowhere(tables: dict[str, pd.DataFrame], links: pd.DataFrame) -> None:
    assert broken_links(links, tables).empty
    broken = pd.concat([links.head(1).assign(to_id="eu-nuts2-XX99"), links.tail(1)]).astype({"relation": str})
    assert len(broken_links(broken, tables)) == 1


def test_every_relation_is_there(links: pd.DataFrame) -> None:
    assert set(links["relation"].cat.categories) == set(RELATIONS) == set(LINK_ENDS)
    assert not links.duplicated(["from_id", "to_id", "relation"]).any()
    assert (CURATED / "links.parquet").stat().st_size < 4_000_000


def test_reach_is_fifty_km_or_the_same_region(tables: dict[str, pd.DataFrame], links: pd.DataFrame) -> None:
    near = links[links["relation"] == "near-cluster"]
    starts = tables["initiatives"].set_index("initiative_id").loc[near["from_id"]]
    ends = tables["clusters"].set_index("cluster_id").loc[near["to_id"]]
    located = starts["lon"].notna().to_numpy()
    inside = starts["region_id"].to_numpy() == ends["region_id"].to_numpy()
    one = unit_vectors(starts["lon"].fillna(0), starts["lat"].fillna(0))
    other = unit_vectors(ends["lon"], ends["lat"])
    km = 6371 * np.arccos((one * other).sum(axis=1).clip(-1, 1))
    assert ((km <= 50.01) & located | inside).all()
    assert ends["counted"].all()
    assert (near["weight"].to_numpy()[inside] == 1).all()
    beside = ~inside & located
    assert abs(50 * (1 - near["weight"].to_numpy()[beside]) - km[beside]).max() < 0.3


def test_initiatives_stand_in_the_clusters_of_their_industry(links: pd.DataFrame) -> None:
    near = links[links["relation"] == "near-cluster"].set_index(["from_id", "to_id"])["basis"]
    assert near["de-arena2036", "eu-nuts2-de11-isic-29"] == "same-industry"
    assert near["de-silicon-saxony-e-v", "eu-nuts2-ded2-isic-27"] == "same-field"
    own = links[links["from_id"] == "de-silicon-saxony-e-v"]
    assert set(own.loc[own["relation"] == "in-field", "to_id"]) == {"digital", "electronics"}


def test_field_and_industry_decide_what_is_near() -> None:
    initiatives = pd.DataFrame(
        {"initiative_id": ["de-cars", "de-none"], "lon": [9.2, 9.2], "lat": [48.8, 48.8],
         "region_id": ["r1", None],
         "field_ids": ["mobility", ""], "industry_ids": ["isic-29", ""]}
    )  # fmt: skip
    clusters = pd.DataFrame(
        {"cluster_id": ["far-but-same-region", "cars", "logistics", "food", "uncounted", "st"],
         "kind": ["industry"] * 5 + ["science-technology"], "counted": [True] * 4 + [False, True],
         "region_id": ["r1", "r2", "r2", "r2", "r2", None], "granularity": ["division"] * 5 + ["none"],
         "industry_id": ["isic-29", "isic-29-30", "isic-52", "isic-10", "isic-29", None],
         "lon": [15.0, 9.3, 9.3, 9.3, 9.3, 9.2], "lat": [48.8] * 6}
    )  # fmt: skip
    industries = pd.DataFrame({"industry_id": ["isic-29-30", "isic-29"], "members": ["isic-29|isic-30", ""]})
    fields = pd.DataFrame(
        {"industry_id": ["isic-29", "isic-52", "isic-10"], "field_id": ["mobility", "mobility", "agri-food"],
         "weight": [1.0, 1.0, 1.0]}
    )  # fmt: skip
    found = near_clusters(initiatives, clusters, {"industries": industries, "industry_fields": fields})
    rows = {(row.from_id, row.to_id): (row.basis, row.weight) for row in found.itertuples()}
    assert rows[("de-cars", "far-but-same-region")] == ("same-industry", 1.0)
    assert rows[("de-cars", "cars")] == ("same-industry", 0.85)
    assert rows[("de-cars", "logistics")][0] == "same-field"
    assert rows[("de-none", "st")] == ("reach", 1.0)
    assert len(rows) == 5


def test_science_clusters_cover_what_lies_in_fifty_km(
    tables: dict[str, pd.DataFrame], links: pd.DataFrame
) -> None:
    covered = links[(links["relation"] == "covers-region") & (links["from_id"] == "st-munich")]["to_id"]
    assert "eu-nuts2-DE21" in set(covered)
    point = tables["clusters"].set_index("cluster_id").loc[["st-munich"]]
    regions = tables["regions"].set_index("region_id").loc[covered]
    apart = distances_km(
        unit_vectors(point["lon"], point["lat"]), unit_vectors(regions["lon"], regions["lat"])
    )
    assert apart.max() <= 50.01


def test_programmes_reach_their_countries(links: pd.DataFrame) -> None:
    country = links[links["relation"] == "in-country"].set_index(["from_id", "to_id"])["basis"]
    assert country["fr-poles-de-competitivite", "FRA"] == "agency"
    assert country["eu-european-digital-innovation-hubs", "DEU"] == "member"
    assert country["eu-european-digital-innovation-hubs", "TUR"] == "initiatives"


def test_the_step_is_deterministic_and_gives_the_committed_tables(
    inputs: Path, tables: dict[str, pd.DataFrame]
) -> None:
    found = directory(tables, load_catalogue(), inputs)
    again = directory(tables, load_catalogue(), inputs)
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame, again[name])
        committed = tables[name].astype(dict.fromkeys(tables[name].select_dtypes("category").columns, "str"))
        pd.testing.assert_frame_equal(
            frame.reset_index(drop=True), committed, check_dtype=False, check_categorical=False
        )
