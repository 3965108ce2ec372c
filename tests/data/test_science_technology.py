"""WIPO's clusters come through as WIPO prints them."""

from pathlib import Path

import pandas as pd
import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources import science_technology
from data.pipeline.sources.science_technology import slugify, translate_name


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return science_technology.load(inputs)


@pytest.fixture(scope="module")
def wide(harvest: Harvest) -> pd.DataFrame:
    return harvest.observations.pivot_table(index="entity_id", columns="indicator_id", values="value")


def test_hundred_clusters_with_ranks_1_to_100(harvest: Harvest, wide: pd.DataFrame) -> None:
    assert harvest.clusters["cluster_id"].is_unique
    assert sorted(wide["st_rank"]) == list(range(1, 101))
    assert set(harvest.clusters["cluster_id"]) == set(wide.index)
    assert harvest.clusters["counted"].all()
    assert set(harvest.clusters["granularity"]) == {"none"}


def test_china_and_the_usa_have_21_first_cities_each(harvest: Harvest) -> None:
    count = harvest.clusters["iso3"].value_counts()
    assert count["CHN"] == 21
    assert count["USA"] == 21


@pytest.mark.parametrize(
    ("cluster_id", "rank", "pct", "publications", "pct_share", "pub_share"),
    [
        ("st-tokyo-yokohama", 1, 122526, 112890, 10.679, 1.5923),
        ("st-shenzhen-hong-kong-guangzhou", 2, 94340, 133327, 8.2181, 1.8805),
        ("st-stuttgart", 28, 9086, 14604, None, None),
        ("st-lanzhou", 100, 200, 20669, None, None),
    ],
)
def test_figures_are_wipos(
    wide: pd.DataFrame,
    cluster_id: str,
    rank: int,
    pct: int,
    publications: int,
    pct_share: float | None,
    pub_share: float | None,
) -> None:
    row = wide.loc[cluster_id]
    assert (row["st_rank"], row["pct_applications"], row["publications"]) == (rank, pct, publications)
    if pct_share is not None and pub_share is not None:
        assert row["pct_share"] == pct_share
        assert row["publication_share"] == pub_share
        balance = (pct_share - pub_share) / (pct_share + pub_share)
        assert row["patent_publication_balance"] == pytest.approx(balance)


def test_every_figure_equals_its_cell_in_the_table(inputs: Path, wide: pd.DataFrame) -> None:
    raw = pd.read_csv(inputs / "global" / "gii_clusters_2022.csv", keep_default_na=False, na_values=[""])
    by_rank = wide.set_index("st_rank").sort_index()
    columns = {
        "pct_applications": "pct_applications",
        "publications": "publications",
        "pct_share": "pct_share_pct",
        "publication_share": "pub_share_pct",
        "pct_per_million": "pct_per_million",
        "publications_per_million": "publications_per_million",
        "st_intensity_rank": "intensity_rank",
        "st_rank_change": "rank_change",
        "population": "est_population",
    }
    for indicator, column in columns.items():
        assert by_rank[indicator].tolist() == raw.sort_values("rank")[column].tolist(), indicator
    printed_total = raw.sort_values("rank")["total_share_sum_pct"].to_numpy()
    assert abs(by_rank["st_total_share"].to_numpy() - printed_total).max() <= 0.0501


def test_positive_rank_change_means_improved(inputs: Path, wide: pd.DataFrame) -> None:
    nanjing = wide.loc["st-nanjing"]
    assert nanjing["st_rank"] == 13
    assert nanjing["st_rank_change"] == 2  # 15th before, by WIPO's recomputation


def test_economies_follow_the_first_city(harvest: Harvest) -> None:
    economies = harvest.clusters.set_index("cluster_id")["iso3_all"]
    assert economies["st-shenzhen-hong-kong-guangzhou"] == "CHN|HKG"
    assert economies["st-taipei-hsinchu"] == "TWN"
    assert economies["st-eindhoven"] == "NLD|BEL"
    assert economies["st-basel"] == "CHE|DEU|FRA"


def test_names_in_german() -> None:
    assert translate_name("Tokyo–Yokohama") == "Tokio–Yokohama"
    assert translate_name("Shenzhen–Hong Kong–Guangzhou") == "Shenzhen–Hongkong–Guangzhou"
    assert translate_name("Washington, DC–Baltimore, MD") == "Washington, DC–Baltimore, MD"
    assert translate_name("Munich") == "München"


def test_slugs_are_plain_ascii() -> None:
    assert slugify("Xi’an") == "xian"
    assert slugify("São Paulo") == "sao-paulo"
    assert slugify("San Jose–San Francisco, CA") == "san-jose-san-francisco-ca"


def test_xiamen_does_not_lie_at_xian(harvest: Harvest) -> None:
    points = harvest.clusters.set_index("cluster_id")[["lon", "lat"]]
    assert not points.duplicated().any()
    assert tuple(points.loc["st-xiamen"].round(1)) == (118.1, 24.5)


def test_other_editions_are_kept_apart_with_their_address(harvest: Harvest) -> None:
    editions = harvest.editions
    assert not editions.duplicated(["entity_id", "indicator_id", "edition"]).any()
    assert editions["source_url"].str.match(r"https?://[^ ]+$").all()
    assert 2022 not in set(editions["edition"])
    assert set(editions["entity_id"]) <= set(harvest.clusters["cluster_id"])
    assert set(harvest.observations["year"]) == {2020, 2022}
    assert len(editions) + len(harvest.left_out) == 166


def test_income_ratio_of_a_state_is_its_product_per_head_over_the_nations(wide: pd.DataFrame) -> None:
    ratio = wide["gdp_per_head_national_ratio"]
    assert ratio["st-san-diego-ca"] == pytest.approx(2770172 / 39499738 / (19123813 / 331501080), abs=1e-4)
    assert ratio.notna().sum() == 65
    assert pd.isna(ratio["st-brussels"])  # Flanders is missing in the list, so Belgium has no national mean
