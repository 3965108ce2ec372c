"""New Zealand: published totals, traps of the table, and a second implementation by plain loops."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources.new_zealand import load
from tests.data.measured import agree, check_harvest, measure
from tests.data.test_source_australia import GROUP, section, split

SOURCES = {"statsnz-census", "oecd-regions"}


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return load(inputs)


def read(inputs: Path) -> list[dict[str, str]]:
    with (inputs / "world_regions" / "nz_region_anzsic_subdivision_2018.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_contract(harvest: Harvest) -> None:
    check_harvest(harvest, SOURCES)


def test_published_totals(harvest: Harvest, inputs: Path) -> None:
    rows = read(inputs)
    total_row = sum(int(r["employed"]) for r in rows if r["anzsic_subdivision"] == "Total people")
    assert total_row == 2_444_649
    reference = harvest.reference.set_index(["view", "industry_id"])["value"]
    # The row of totals is no industry: with it every sum would double.
    assert reference["section", "total"] == reference["group", "total"] == 2_444_730
    assert len(harvest.regions) == 16
    assert all(int(r["employed"]) % 3 == 0 for r in rows)


def test_one_year_and_no_growth(harvest: Harvest) -> None:
    assert set(harvest.cells["year"]) == {2018}
    assert harvest.growth.empty


def test_two_implementations_agree(harvest: Harvest, inputs: Path) -> None:
    cells: dict[tuple[str, str, str], float] = defaultdict(float)
    total: dict[tuple[str, str], float] = defaultdict(float)
    for row in read(inputs):
        if row["anzsic_subdivision"] == "Total people":
            continue
        name = row["region"].removesuffix(" Region").replace("Wanganui", "Whanganui").replace("'", "")
        region = "nz-region-" + name.lower().replace(" ", "-")
        division, letter = split(row["isic_approx"])
        for view, industry in (
            ("division", division),
            ("section", section(letter)),
            ("group", GROUP[letter]),
        ):
            cells[region, view, industry] += float(row["employed"])
            if view != "division" or letter in "BCDEFGHIJLMN" or division == "isic-33-95":
                total[region, view] += float(row["employed"])
    nation: dict[tuple[str, str], float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for (_, view, industry), value in cells.items():
        nation[view, industry] += value
    for (_, view), value in total.items():
        whole[view] += value
    figures = {
        (region, view, industry): (
            value,
            value / total[region, view] / (nation[view, industry] / whole[view]),
            value / nation[view, industry],
        )
        for (region, view, industry), value in cells.items()
        if nation[view, industry] > 0
    }
    agree(measure(harvest), figures)


def test_wine_of_marlborough(harvest: Harvest) -> None:
    value, quotient, _ = measure(harvest)["nz-region-marlborough", "division", "isic-11-12"]
    assert value == 1389
    assert quotient == pytest.approx(16.9, abs=0.1)


def test_three_regions_share_a_figure(harvest: Harvest) -> None:
    value = harvest.observations.set_index(["entity_id", "indicator_id"])
    joint = [f"nz-region-{name}" for name in ("tasman", "nelson", "marlborough")]
    ratios = {value.loc[(name, "gdp_per_head_national_ratio"), "value"] for name in joint}
    assert len(ratios) == 1
    assert all((name, "population") not in value.index for name in joint)
    assert set(value["status"]) == {"estimated"}
    for name in ("hawkes-bay", "west-coast"):
        assert not harvest.observations["entity_id"].eq(f"nz-region-{name}").any()
