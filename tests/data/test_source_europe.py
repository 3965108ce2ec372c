"""European regions: published anchors, confidentiality, and each place once."""

import csv
import gzip
import re
from pathlib import Path

import pandas as pd
import pytest

from data.pipeline.harvest import Harvest, join
from data.pipeline.sources import europe, great_britain, switzerland, turkey
from data.pipeline.sources.europe_business import fill_remainders
from tests.data.quotients import measured


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return europe.load(inputs)


@pytest.fixture(scope="module")
def continent(inputs: Path, harvest: Harvest) -> Harvest:
    return join([harvest, great_britain.load(inputs), turkey.load(inputs), switzerland.load(inputs)])


@pytest.fixture(scope="module")
def divisions(harvest: Harvest) -> pd.DataFrame:
    return measured(harvest, "division", r"isic-\d\d").set_index(["region_id", "industry_id"])


@pytest.mark.parametrize(
    ("code", "industry_id", "lq", "digits"),
    [
        ("DE11", "isic-29", 5.6, 1),
        ("DK01", "isic-21", 9.8, 1),
        ("FRJ2", "isic-30", 10.9, 1),
        ("ITC3", "isic-50", 44, 0),
    ],
)
def test_published_quotients(
    divisions: pd.DataFrame, code: str, industry_id: str, lq: float, digits: int
) -> None:
    assert round(divisions.loc[(f"eu-nuts2-{code}", industry_id), "lq"], digits) == lq


def test_stuttgart_motor_vehicles_count_as_published(divisions: pd.DataFrame) -> None:
    row = divisions.loc[("eu-nuts2-DE11", "isic-29")]
    assert (row["value"], row["year"], row["unit"], row["status"]) == (158_012, 2014, "persons", "observed")


def test_braunschweig_motor_vehicles_are_confidential_not_zero(harvest: Harvest) -> None:
    cells = harvest.cells.query("region_id == 'eu-nuts2-DE91' and industry_id == 'isic-29'")
    jobs = cells[cells["measure"] == "employment"]
    assert set(jobs["year"]) >= {2013, 2014, 2015}
    assert jobs["value"].isna().all()
    assert set(jobs["status"]) == {"confidential"}


def test_liguria_carries_the_remark_on_head_offices(harvest: Harvest) -> None:
    regions = harvest.regions.set_index("region_id")
    assert regions.loc["eu-nuts2-ITC3", "remark"] == "head-office"
    assert regions.loc["eu-nuts2-DE91", "remark"] == "confidential-leader"


def test_a_cell_without_value_is_confidential_and_the_reverse(continent: Harvest) -> None:
    cells = continent.cells
    assert (cells["value"].isna() == (cells["status"] == "confidential")).all()
    assert (cells["value"].dropna() >= 0).all()


def test_only_exact_remainders_are_estimated(harvest: Harvest) -> None:
    estimated = harvest.cells[harvest.cells["status"] == "estimated"]
    assert len(estimated) == 20
    assert (estimated["year"] < 2014).all(), "no cell of the base years can be derived exactly"
    assert (estimated["estimated_share"] == 1).all()


def test_a_single_gap_is_the_remainder_and_two_gaps_stay_closed() -> None:
    columns = ["geo", "nace", "year", "measure", "value", "status"]
    rows = [
        ("XX01", "J", 2014, "employment", 100.0, "observed"),
        ("XX01", "J58", 2014, "employment", 60.0, "observed"),
        ("XX01", "J59", 2014, "employment", float("nan"), "confidential"),
        ("XX02", "J", 2014, "employment", 100.0, "observed"),
        ("XX02", "J58", 2014, "employment", float("nan"), "confidential"),
        ("XX02", "J59", 2014, "employment", float("nan"), "confidential"),
        ("XX03", "J", 2014, "employment", 50.0, "observed"),
        ("XX03", "J58", 2014, "employment", 60.0, "observed"),
        ("XX03", "J59", 2014, "employment", float("nan"), "confidential"),
    ]
    sections = pd.DataFrame({"nace": ["J58", "J59"], "section": ["J", "J"]})
    filled = fill_remainders(pd.DataFrame(rows, columns=columns), sections)
    assert filled["value"].iloc[2] == 40
    assert filled["status"].iloc[2] == "estimated"
    assert filled["value"].iloc[[4, 5, 8]].isna().all()
    assert set(filled["status"].iloc[[4, 5, 8]]) == {"confidential"}


def test_ardeco_sums_are_those_of_its_producer(harvest: Harvest) -> None:
    reference = harvest.reference.query("view == 'group' and industry_id == 'total'")
    million = (reference.set_index("reference_id")["value"] / 1e6).round(2)
    expected = {"DEU": 45.28, "FRA": 27.87, "ITA": 25.5, "POL": 16.4, "GBR": 32.79, "SRB": 2.91}
    assert {iso3: million[iso3] for iso3 in expected} == expected


def test_every_place_stands_once(continent: Harvest) -> None:
    regions = continent.regions.set_index("region_id")
    assert regions.index.is_unique
    counted = set(continent.totals.query("view == 'division'")["region_id"])
    for region_id, successors in regions["successor_ids"].items():
        heirs = set(filter(None, successors.split("|")))
        assert heirs <= set(regions.index)
        assert not (region_id in counted and heirs & counted)
    grouped = set(continent.totals.query("view == 'group'")["region_id"])
    retired = set(regions.index[regions["vintage"] == "2013"])
    assert len(retired) == 10
    assert not retired & grouped
    old_style = re.compile(r"eu-nuts2-(FR[2-9]\d|PL11|PL3\d|EL[12]\d|ITD|ITE|UKI[12]|UKM[23])")
    assert not [r for r in regions.index if old_style.match(r)]


def test_keys_are_unique_and_point_to_regions(continent: Harvest) -> None:
    known = set(continent.regions["region_id"])
    keys = {
        "cells": ["region_id", "industry_id", "year", "measure"],
        "totals": ["region_id", "view"],
        "growth": ["region_id", "industry_id"],
        "wage": ["region_id", "industry_id"],
        "observations": ["entity_id", "indicator_id", "year"],
    }
    for name, key in keys.items():
        frame = getattr(continent, name)
        assert not frame.duplicated(key).any(), name
        assert set(frame[key[0]]) <= known, name
    assert not continent.reference.duplicated(["reference_id", "view", "industry_id"]).any()


def test_missing_parts_are_named(harvest: Harvest) -> None:
    totals = harvest.totals.query("view == 'division'").set_index("region_id")
    assert totals.loc["eu-nuts2-DE11", "missing_parts"] == "D|E"
    assert totals.loc["eu-nuts2-DK01", "missing_parts"] == ""
    berlin = totals.loc["eu-nuts2-DE30"]
    assert "C" in berlin["missing_parts"].split("|")
    assert berlin["value"] > 1_000_000, "the published divisions of a closed section still count"


def test_figures_of_places_renamed_since_are_found(harvest: Harvest) -> None:
    regions = harvest.regions.set_index("region_id")
    assert regions.loc["eu-nuts2-FRJ2", "name_en"] == "Midi-Pyrénées"
    assert regions.loc["eu-nuts2-ITC4", "name_de"] == "Lombardei"
    assert regions.loc["eu-nuts2-EL30", "name_local"] != regions.loc["eu-nuts2-EL30", "name_en"]
    growth = harvest.growth.set_index(["region_id", "industry_id"])
    assert growth.loc[("eu-nuts2-ITH3", "isic-28"), "year_from"] == 2010  # ITD3 until 2010


def test_context_equals_the_published_figures(harvest: Harvest) -> None:
    seen = harvest.observations.set_index(["entity_id", "indicator_id", "year"])["value"]
    assert seen[("eu-nuts2-DE91", "rd_intensity", 2015)] == 10.36
    assert seen[("eu-nuts2-DE11", "rd_intensity", 2015)] == 6.17
    population = 4_148_820
    assert seen[("eu-nuts2-DE11", "population", 2019)] == population
    assert harvest.observations["value"].notna().all()
    one_region = seen[("eu-nuts2-EE00", "patents_per_million_relative", 2012)]
    assert one_region == pytest.approx(100)
    assert seen[("eu-nuts2-LU00", "gdp_per_head_national_ratio", 2019)] == pytest.approx(1)


def test_relative_wages_rest_on_published_cells(inputs: Path, harvest: Harvest) -> None:
    with gzip.open(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz", "rt", encoding="utf-8") as lines:
        raw = {
            r["geo"]: (float(r["wages_meur"]), float(r["persons_employed"]))
            for r in csv.DictReader(lines)
            if r["geo"] in ("DE11", "DE") and r["nace"] == "C29" and r["year"] == "2014"
        }
    row = harvest.wage.set_index(["region_id", "industry_id"]).loc[("eu-nuts2-DE11", "isic-29")]
    ours = (row["wages"] / row["employment"]) / (row["ref_wages"] / row["ref_employment"])
    assert ours == pytest.approx((raw["DE11"][0] / raw["DE11"][1]) / (raw["DE"][0] / raw["DE"][1]))
    assert row["unit"] == "EUR million"
    columns = ["wages", "employment", "ref_wages", "ref_employment"]
    assert harvest.wage[columns].notna().all(axis=None)
