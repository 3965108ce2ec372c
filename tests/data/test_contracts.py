"""The curated tables keep their contracts, and each kind of breach is found and named."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.contracts import SCHEMAS, check_ranges, check_table, check_tables
from data.errors import ContractError, CuratedError
from data.metadata import Catalogue, load_catalogue
from data.pipeline.check import check

CURATED = Path(__file__).resolve().parents[2] / "data" / "curated"
MEGABYTES = 1_000_000


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(CURATED / f"{name}.parquet") for name in SCHEMAS}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_committed_tables_are_whole_and_small() -> None:
    assert set(check(CURATED)) == set(SCHEMAS)
    assert sum(p.stat().st_size for p in CURATED.rglob("*") if p.is_file()) < 25 * MEGABYTES


def _broken(frame: pd.DataFrame, column: str, value: object) -> pd.DataFrame:
    frame = frame.head(50).copy()
    if isinstance(frame[column].dtype, pd.CategoricalDtype):
        frame[column] = frame[column].astype("str")
        frame.loc[0, column] = value
        return frame.astype({column: "category"})
    frame.loc[0, column] = value
    return frame


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("countries", "iso3", "usa"), ("countries", "continent", "atlantis"), ("countries", "lat", 91.0),
        ("regions", "level", "village"), ("regions", "name_de", " "), ("industries", "traded", "maybe"),
        ("cells", "value", -1.0), ("cells", "value", np.nan), ("cells", "status", "guessed"),
        ("cells", "status", "confidential"),
        ("cells", "estimated_share", 1.5), ("clusters", "granularity", "street"), ("clusters", "lon", np.nan),
        ("clusters", "cluster_id", "Not A Slug"), ("specialisations", "national_share", 100.5),
        ("specialisations", "lq_home", -0.1), ("observations", "value", np.nan),
        ("editions", "source_url", "somewhere"), ("industry_fields", "weight", 2.0),
    ],
)  # fmt: skip
def test_a_broken_value_is_found(
    tables: dict[str, pd.DataFrame], table: str, column: str, value: object
) -> None:
    frame = tables[table]
    if table in ("cells", "specialisations"):
        frame = frame[frame["status"].eq("observed")].reset_index(drop=True)
    check_table(table, frame.head(50), SCHEMAS[table])
    with pytest.raises(ContractError, match=f"^{table}: "):
        check_table(table, _broken(frame, column, value), SCHEMAS[table])


def test_a_repeated_key_a_lost_column_and_a_wrong_type_are_found(tables: dict[str, pd.DataFrame]) -> None:
    regions = tables["regions"].head(5)
    for broken in (
        pd.concat([regions, regions.head(1)], ignore_index=True),
        regions.drop(columns="lon"),
        regions.assign(lon="east"),
        regions.assign(extra=1),
    ):
        with pytest.raises(ContractError, match=r"^regions: "):
            check_table("regions", broken, SCHEMAS["regions"])


@pytest.mark.parametrize(
    ("table", "column", "where"),
    [
        ("clusters", "region_id", "clusters.region_id"), ("clusters", "iso3", "clusters.iso3"),
        ("industry_fields", "field_id", "industry_fields.field_id"),
        ("editions", "entity_id", "editions.entity_id"),
        ("editions", "indicator_id", "editions.indicator_id"),
        ("regions", "iso3", "regions.iso3"),
    ],
)  # fmt: skip
def test_a_reference_into_nowhere_is_found(
    tables: dict[str, pd.DataFrame], catalogue: Catalogue, table: str, column: str, where: str
) -> None:
    light = {
        **tables,
        **{name: tables[name].head(2000) for name in ("cells", "specialisations", "observations")},
    }
    frame = tables[table].copy()
    frame.loc[frame[column].first_valid_index(), column] = "XXX"
    with pytest.raises(ContractError, match=f"^{where}: 1 ids are not in "):
        check_tables({**light, table: frame}, catalogue)


def test_a_missing_table_is_found(tables: dict[str, pd.DataFrame], catalogue: Catalogue) -> None:
    with pytest.raises(ContractError, match="countries: table is missing"):
        check_tables({name: f for name, f in tables.items() if name != "countries"}, catalogue)


def test_an_impossible_figure_is_found(tables: dict[str, pd.DataFrame], catalogue: Catalogue) -> None:
    observations = tables["observations"]
    stars = observations[observations["indicator_id"].eq("eco_stars")].head(3)
    with pytest.raises(ContractError, match=r"3 values out of range, the first is eco_stars"):
        check_tables({**tables, "observations": stars.assign(value=5.0).reset_index(drop=True)}, catalogue)
    rows = pd.DataFrame(
        {"entity_id": ["x", "y"], "indicator_id": ["eco_stars", "lq_home"], "value": [4.0, 2.0]}
    )
    with pytest.raises(ContractError, match=r"eco_stars of x: 4\.0"):
        check_ranges(rows)


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    manifest = '{"version": "1", "tables": {"countries": {"sha256": "0", "rows": 1}}}'
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(CuratedError, match=r"countries\.parquet: is missing"):
        check(tmp_path)
    (tmp_path / "countries.parquet").write_bytes(b"x")
    with pytest.raises(CuratedError, match="does not match its checksum"):
        check(tmp_path)


def test_no_figure_is_invented(tables: dict[str, pd.DataFrame]) -> None:
    """Motor vehicles of Braunschweig are withheld by the statistical office: no number, no cluster."""
    cells = tables["cells"]
    cars = cells[cells["region_id"].eq("eu-nuts2-DE91") & cells["industry_id"].eq("isic-29")]
    cars = cars[cars["measure"].eq("employment") & cars["year"].eq(2014)]
    assert cars["status"].tolist() == ["confidential"]
    assert cars["value"].isna().all()
    assert "eu-nuts2-de91-isic-29" not in set(tables["clusters"]["cluster_id"])


@pytest.mark.parametrize(
    ("cluster_id", "employment", "lq"),
    [
        ("eu-nuts2-de11-isic-29", 158012, 5.6), ("eu-nuts2-dk01-isic-21", 24058, 9.8),
        ("eu-nuts2-frj2-isic-30", 32690, 10.9), ("us-msa-48620-usc-1", 27911, 21.1),
        ("us-msa-31080-usc-48", 76597, 9.9),
    ],
)  # fmt: skip
def test_known_clusters_have_their_known_figures(
    tables: dict[str, pd.DataFrame], cluster_id: str, employment: float, lq: float
) -> None:
    """Stuttgart cars, Copenhagen pharmaceuticals, Toulouse and Wichita aircraft, Los Angeles film."""
    rows = tables["observations"][tables["observations"]["entity_id"].eq(cluster_id)]
    values = rows.astype({"indicator_id": "str"}).set_index("indicator_id")["value"]
    assert values["employment"] == pytest.approx(employment, abs=1)
    assert values["lq_home"] == pytest.approx(lq, abs=0.06)
