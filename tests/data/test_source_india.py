"""India: published totals, traps of the tables, and a second implementation by plain loops."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources.india import GROUPS, SECTIONS, load
from tests.data.measured import agree, check_harvest, measure, measure_growth

SOURCES = {"in-mospi-gsva", "in-gsdp", "in-census-2011"}
MAKES = {
    "isic-A": ["1"],
    "isic-B": ["2"],
    "isic-C": ["3"],
    "isic-D-E": ["4"],
    "isic-F": ["5"],
    "isic-G": ["6.1"],
    "isic-H": ["7", "-7.7"],
    "isic-I": ["6.2"],
    "isic-J": ["7.7"],
    "isic-K": ["8"],
    "isic-L-N": ["9"],
    "isic-O": ["10"],
    "isic-P-U": ["11"],
}
MAKES_GROUP = {
    "isic-A": ["1"],
    "isic-B-E": ["2", "3", "4"],
    "isic-F": ["5"],
    "isic-G-I": ["6", "7", "-7.7"],
    "isic-J": ["7.7"],
    "isic-K": ["8"],
    "isic-O-Q": ["10", "11"],
}


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return load(inputs)


def read(inputs: Path) -> dict[tuple[str, int], dict[str, float]]:
    table: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    with (inputs / "asia_ca" / "in_state_industry_gsva.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["gsva_current_inr_lakh"]:
                item = row["item_no"] or "total"
                table[row["iso_3166_2"], int(row["start_year"])][item] = float(row["gsva_current_inr_lakh"])
    return table


def combine(row: dict[str, float], items: list[str]) -> float | None:
    value = 0.0
    for item in items:
        name = item.removeprefix("-")
        if name not in row:
            if name == "2" and len(items) > 1:
                continue
            return None
        value += -row[name] if item.startswith("-") else row[name]
    return value


def test_contract(harvest: Harvest) -> None:
    check_harvest(harvest, SOURCES)


def test_states_and_totals(harvest: Harvest, inputs: Path) -> None:
    assert len(harvest.regions) == 31
    assert "in-state-WB" not in set(harvest.regions["region_id"])
    assert {"in-state-CG", "in-state-OD", "in-state-TS", "in-state-UK"} <= set(harvest.regions["region_id"])
    totals = harvest.totals.loc[harvest.totals["view"].eq("section")].set_index("region_id")["value"]
    for (state, year), row in read(inputs).items():
        sectors = sum(row.get(str(n), 0) for n in range(1, 12))
        assert sectors == pytest.approx(row["total"], rel=1e-5)
        if year == 2014:
            assert totals["in-state-" + state[3:]] == sectors


def test_value_added_in_lakh_of_the_fiscal_year(harvest: Harvest) -> None:
    assert set(harvest.cells["measure"]) == {"gross_value_added"}
    assert set(harvest.cells["unit"]) == {"INR lakh"}
    assert set(harvest.totals["year"]) == {2014}
    states = (
        harvest.cells.loc[harvest.cells["industry_id"].eq("isic-C")].groupby("year")["region_id"].nunique()
    )
    assert states.to_dict() == {2011: 31, 2012: 31, 2013: 31, 2014: 31, 2015: 23, 2016: 10}


def test_two_states_share_an_outline(harvest: Harvest) -> None:
    remark = harvest.regions.set_index("region_id")["remark"]
    assert remark["in-state-AP"] == remark["in-state-TS"] == "outline-shared"
    assert remark.eq("outline-shared").sum() == 2


def test_two_implementations_agree(harvest: Harvest, inputs: Path) -> None:
    table = read(inputs)
    states = sorted({state for state, _ in table})
    total = {s: sum(table[s, 2014].get(str(n), 0) for n in range(1, 12)) for s in states}
    figures, growth = {}, {}
    for view, makes in (("section", MAKES), ("group", MAKES_GROUP)):
        for industry, items in makes.items():
            values = {(s, y): combine(table[s, y], items) for s in states for y in (2011, 2014)}
            nation = {y: sum(values[s, y] or 0 for s in states) for y in (2011, 2014)}
            for s in states:
                region, value = "in-state-" + s[3:], values[s, 2014]
                if value is None:
                    continue
                lq = value / total[s] / (nation[2014] / sum(total.values()))
                figures[region, view, industry] = (value, lq, value / nation[2014])
                if values[s, 2011]:
                    growth[region, industry, 2011, 2014] = (
                        (value / values[s, 2011]) ** (1 / 3) - 1,
                        (nation[2014] / nation[2011]) ** (1 / 3) - 1,
                    )
    agree(measure(harvest), figures)
    agree(measure_growth(harvest), growth)


def test_population_of_todays_states(harvest: Harvest, inputs: Path) -> None:
    value = harvest.observations.set_index(["entity_id", "indicator_id", "year"])
    people = value.xs(("population", 2011), level=(1, 2))
    missing = {"19": 0, "25": 0, "26": 0, "31": 0, "35": 0}
    nation = 0
    with (inputs / "asia_ca" / "in_district_census2011.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            nation += int(row["population"])
            if row["state_code_2011"] in missing:
                missing[row["state_code_2011"]] += int(row["population"])
    assert nation == 1_210_854_977
    assert people["value"].sum() == nation - sum(missing.values())
    assert people.loc["in-state-TS", "value"] == 35_193_978
    assert people.loc["in-state-TS", "status"] == people.loc["in-state-AP", "status"] == "estimated"
    assert people.loc["in-state-KA", "status"] == "observed"


def test_product_per_head_against_the_covered_states(harvest: Harvest) -> None:
    value = harvest.observations.set_index(["entity_id", "indicator_id"])["value"]
    assert value["in-state-DL", "gdp_per_head_national_ratio"] == pytest.approx(2.80, abs=0.005)
    assert value["in-state-BR", "gdp_per_head_national_ratio"] == pytest.approx(0.317, abs=0.001)
    assert "gdp_growth_real" not in set(harvest.observations["indicator_id"])


def test_mappings_use_every_sector_once() -> None:
    """Trade and hotels make sector 6; what is taken out of sector 7 stands on its own."""
    for mapping, dropped in ((SECTIONS, set()), (GROUPS, {"9"})):
        plus = [item for items, _ in mapping.values() for item in items]
        minus = [item for _, items in mapping.values() for item in items]
        whole = [item for item in plus if item not in minus and item != "6.2"]
        sectors = sorted((item.removesuffix(".1") for item in whole), key=int)
        assert sectors == [str(n) for n in range(1, 12) if str(n) not in dropped]
