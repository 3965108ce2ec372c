"""Base indicators, the cluster rule and the build's own figures on a hand-made country."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.errors import ContractError
from data.metadata import Catalogue, load_catalogue
from data.pipeline import figures
from data.pipeline.base_indicators import specialise
from data.pipeline.cluster_rule import apply_rule, describe
from data.pipeline.harmonise import harmonise
from data.pipeline.harvest import CELLS, COLUMNS, GROWTH, REFERENCE, REGIONS, TOTALS, Harvest

SOURCE = "statsnz-census"
REGION, OTHER = "nz-region-otago", "nz-region-nelson"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def _regions() -> pd.DataFrame:
    names = {REGION: "Otago", OTHER: "Nelson"}
    rows = [
        (i, "NZL", "region", pd.NA, "2018", "", n, n, pd.NA, 170.0, -45.0, True, pd.NA)
        for i, n in names.items()
    ]
    return pd.DataFrame(rows, columns=list(REGIONS))


def _cell(region: str, industry: str, value: float, share: float = 0.0) -> tuple[object, ...]:
    status = "observed" if value == value else "confidential"
    return region, industry, 2018, "employment", value, "persons", status, share, SOURCE


@pytest.fixture
def harvest() -> Harvest:
    """Otago: 4,000 of 50,000 jobs in wood; the country 8,000 of 250,000, so LQ 2.5 and focus 8 %."""
    cells = [
        _cell(REGION, "isic-16", 4000), _cell(REGION, "isic-10", 1400), _cell(REGION, "isic-47", 20000),
        _cell(OTHER, "isic-16", 900), _cell(OTHER, "isic-10", np.nan), _cell(OTHER, "isic-47", 3000),
    ]  # fmt: skip
    total = [
        (r, "division", 2018, "employment", v, "observed", "", "NZL", SOURCE)
        for r, v in ((REGION, 50000), (OTHER, 10000))
    ]
    sums = {"isic-16": 8000, "isic-10": 5000, "isic-47": 30000, "total": 250000}
    reference = [("NZL", "division", i, 2018, "employment", v, SOURCE) for i, v in sums.items()]
    growth = [
        (REGION, "isic-16", 2013, 2018, 4000, 4000, 10000, 8000, 1.0, "observed", SOURCE),
        (OTHER, "isic-16", 2013, 2018, 500, 900, 10000, 8000, 0.5, "observed", SOURCE),
    ]  # fmt: skip
    return Harvest(
        regions=_regions(),
        cells=pd.DataFrame(cells, columns=list(CELLS)),
        totals=pd.DataFrame(total, columns=list(TOTALS)),
        reference=pd.DataFrame(reference, columns=list(REFERENCE)),
        growth=pd.DataFrame(growth, columns=list(GROWTH)),
    )


def _row(frame: pd.DataFrame, region: str, industry: str) -> pd.Series:
    return frame[(frame["region_id"] == region) & (frame["industry_id"] == industry)].iloc[0]


def test_base_indicators_of_a_cell(harvest: Harvest, catalogue: Catalogue) -> None:
    wood = _row(specialise(harvest, catalogue), REGION, "isic-16")
    assert wood["lq_home"] == pytest.approx(2.5)
    assert wood["focus"] == pytest.approx(8)
    assert wood["national_share"] == pytest.approx(50)
    assert wood["growth"] == pytest.approx(0)
    assert wood["growth_advantage"] == pytest.approx(100 * (1 - 0.8 ** (1 / 5)))
    assert np.isnan(wood["lq_pooled"]), "one country alone is no pool"


def test_withheld_cells_have_no_indicator_and_poorly_matched_growth_is_missing(
    harvest: Harvest, catalogue: Catalogue
) -> None:
    frame = specialise(harvest, catalogue)
    withheld = _row(frame, OTHER, "isic-10")
    assert withheld[["lq_home", "focus", "national_share"]].isna().all()
    assert np.isnan(_row(frame, OTHER, "isic-16")["growth"])


def test_a_range_is_pooled_with_the_members_another_country_has(
    harvest: Harvest, catalogue: Catalogue
) -> None:
    """Vehicles (29-30) here, 29 and 30 apart there: the pool adds all of them."""
    more = pd.DataFrame(
        [("NZL", "division", "isic-29-30", 2018, "employment", 1000, SOURCE)]
        + [("AUS", "division", i, 2018, "employment", v, SOURCE) for i, v in
           (("isic-29", 3000), ("isic-30", 1000), ("total", 750000))],
        columns=list(REFERENCE),
    )  # fmt: skip
    cells = pd.DataFrame([_cell(REGION, "isic-29-30", 500)], columns=list(CELLS))
    abroad = harvest.totals.iloc[[0]].assign(region_id=OTHER, view="section", reference_id="AUS")
    wide = replace(
        harvest, cells=pd.concat([harvest.cells, cells]), reference=pd.concat([harvest.reference, more]),
        totals=pd.concat([harvest.totals, abroad]),
    )  # fmt: skip
    vehicles = _row(specialise(wide, catalogue), REGION, "isic-29-30")
    assert vehicles["lq_pooled"] == pytest.approx((500 / 50000) / (5000 / 1_000_000))


@pytest.mark.parametrize(
    ("value", "share", "industry", "expected"),
    [
        (4000, 0.6, "isic-16", True), (999, 0.0, "isic-16", False), (2399, 0.0, "isic-16", False),
        (2400, 0.0, "isic-16", True), (4000, 0.61, "isic-16", False), (20000, 0.0, "isic-47", False),
    ],
)  # fmt: skip
def test_rule_of_divisions(
    harvest: Harvest, catalogue: Catalogue, value: float, share: float, industry: str, expected: bool
) -> None:
    """At least 1,000 jobs, LQ 1.5 (2,400 of 50,000 against 3.2 %), 60 % estimated at most, not local."""
    cells = harvest.cells[harvest.cells["industry_id"] != industry]
    own = pd.DataFrame([_cell(REGION, industry, value, share)], columns=list(CELLS))
    changed = replace(harvest, cells=pd.concat([cells[cells["region_id"] == REGION], own], ignore_index=True))
    found = apply_rule(specialise(changed, catalogue), harvest.regions, catalogue)
    assert (industry in set(found["industry_id"])) is expected


def test_a_cluster_has_a_stable_id_a_name_and_observations(harvest: Harvest, catalogue: Catalogue) -> None:
    cells = figures.add_stars(figures.add_status(specialise(harvest, catalogue), catalogue.rule))
    found = apply_rule(cells, harvest.regions, catalogue)
    found = found.assign(relatedness_density=np.nan, strong_siblings=figures.count_siblings(found, catalogue))
    clusters = describe(found, harvest.regions, catalogue)
    wood = clusters[clusters["industry_id"] == "isic-16"].iloc[0]
    assert wood["cluster_id"] == "nz-region-otago-isic-16"
    assert wood["name_en"] == f"{catalogue.industries['isic-16'].short.en} – Otago"
    assert bool(wood["counted"])
    own = figures.cluster_observations(found).set_index(["entity_id", "indicator_id"])["value"]
    assert own["nz-region-otago-isic-16", "employment"] == 4000
    assert ("nz-region-otago-isic-16", "relatedness_density") not in own.index


def test_siblings_share_a_field_and_no_cluster_is_its_own(catalogue: Catalogue) -> None:
    found = pd.DataFrame(
        {"cluster_id": ["a", "b", "c"], "region_id": ["r", "r", "s"], "granularity": "division",
         "industry_id": ["isic-29", "isic-30", "isic-29"]}
    )  # fmt: skip
    shared = set(catalogue.industry_fields["isic-29"]) & set(catalogue.industry_fields["isic-30"])
    assert figures.count_siblings(found, catalogue).tolist() == [float(bool(shared))] * 2 + [0.0]


def test_mix_of_industries_is_missing_where_too_little_is_known(
    harvest: Harvest, catalogue: Catalogue
) -> None:
    """The three industries hold 25,400 of Otago's 50,000 jobs: no figure. With fitting totals, one."""
    cells = figures.add_status(specialise(harvest, catalogue), catalogue.rule)
    assert figures.region_observations(cells, catalogue).empty
    known = harvest.totals.assign(value=[25400.0, 3900.0])
    cells = figures.add_status(specialise(replace(harvest, totals=known), catalogue), catalogue.rule)
    found = figures.region_observations(cells, catalogue).set_index(["entity_id", "indicator_id"])
    p = np.array([4000, 1400, 20000]) / 25400
    assert found.loc[(REGION, "industry_diversity"), "value"] == pytest.approx(-(p * np.log(p)).sum())
    q = np.array([8000, 5000, 30000]) / 43000
    assert found.loc[(REGION, "krugman_specialisation"), "value"] == pytest.approx(
        np.abs(p - q).sum(), abs=1e-6
    )
    assert found.loc[(REGION, "krugman_specialisation"), "status"] == "observed"


@pytest.mark.parametrize(
    ("frame", "column", "value", "message"),
    [
        ("cells", "industry_id", "isic-999", "cells.industry_id: 1 unknown ids: isic-999"),
        ("cells", "source_id", "hearsay", "cells.source_id"),
        ("regions", "iso3", "XYZ", "regions.iso3"),
        ("regions", "remark", "unknown-remark", "regions.remark"),
    ],
)
def test_unknown_ids_stop_the_build(
    harvest: Harvest, catalogue: Catalogue, frame: str, column: str, value: str, message: str
) -> None:
    broken = getattr(harvest, frame).copy()
    broken.loc[0, column] = value
    with pytest.raises(ContractError, match=message):
        harmonise(replace(harvest, **{frame: broken}), catalogue, {"NZL"})


def test_a_repeated_key_stops_the_build(harvest: Harvest, catalogue: Catalogue) -> None:
    twice = pd.concat([harvest.cells, harvest.cells.iloc[[0]]], ignore_index=True)
    with pytest.raises(ContractError, match=f"cells: 2 rows share a key, the first is {REGION} isic-16"):
        harmonise(replace(harvest, cells=twice), catalogue, {"NZL"})


def test_every_frame_of_a_harvest_survives_harmonising(harvest: Harvest, catalogue: Catalogue) -> None:
    same = harmonise(harvest, catalogue, {"NZL"})
    for name in COLUMNS:
        assert len(getattr(same, name)) == len(getattr(harvest, name))
