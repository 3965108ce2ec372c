"""Canada: published totals, traps of the tables, and a second implementation by plain loops."""

import csv
import math
from collections import defaultdict
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources.canada import APPROXIMATE, GROUP_OF, SECTIONS, load
from tests.data.measured import agree, check_harvest, measure, measure_growth

SOURCES = {"statcan-lfs", "statcan-gdp", "statcan-census", "oecd-regions"}
MAKES = {
    "isic-A": ["111-112, 1100, 1151-1152"],
    "isic-B": ["21, 113-114, 1153, 2100"],
    "isic-C": ["31-33"],
    "isic-D-E": ["22"],
    "isic-F": ["23"],
    "isic-G": ["41, 44-45"],
    "isic-H": ["48-49"],
    "isic-I": ["72"],
    "isic-J-R": ["51, 71"],
    "isic-K-L": ["52-53"],
    "isic-M": ["54"],
    "isic-N": ["55-56"],
    "isic-O": ["91"],
    "isic-P": ["61"],
    "isic-Q": ["62"],
    "isic-S": ["81"],
}
MAKES_GROUP = {
    "isic-A": MAKES["isic-A"],
    "isic-B-E": ["21, 113-114, 1153, 2100", "31-33", "22"],
    "isic-F": ["23"],
    "isic-G-I": ["41, 44-45", "48-49", "72"],
    "isic-J": ["51, 71"],
    "isic-M-N": ["54", "55-56"],
    "isic-O-Q": ["91", "61", "62"],
    "isic-R-U": ["81"],
}
HIDDEN = ["111-112, 1100, 1151-1152", "21, 113-114, 1153, 2100", "22"]


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return load(inputs)


def read(inputs: Path) -> dict[tuple[str, int], dict[str, float | None]]:
    table: dict[tuple[str, int], dict[str, float | None]] = defaultdict(dict)
    with (inputs / "asia_ca" / "ca_cma_industry_employment.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if " part, " in row["cma"]:
                continue
            value = float(row["employment"]) if row["employment"] else None
            assert row["naics"] not in table[row["cma_code"], int(row["year"])]
            table[row["cma_code"], int(row["year"])][row["naics"]] = value
    return table


def fill(table: dict, year: int) -> dict[str, dict[str, float]]:
    """Published cells, and for suppressed ones their part of what goods-production leaves."""
    areas = sorted({code for code, y in table if y == year})
    weight = {h: sum(table[a, year][h] or 0 for a in areas) for h in HIDDEN}
    filled = {}
    for area in areas:
        row = dict(table[area, year])
        gaps = [h for h in HIDDEN if row[h] is None]
        known = sum(row[h] or 0 for h in HIDDEN) + row["23"] + row["31-33"]
        left = max(0.0, row["GOODS"] - known)
        for h in gaps:
            row[h] = left * weight[h] / sum(weight[g] for g in gaps)
        filled[area] = row
    return filled


def test_contract(harvest: Harvest) -> None:
    check_harvest(harvest, SOURCES)


def test_a_whole_area_is_counted_once(harvest: Harvest, inputs: Path) -> None:
    areas = harvest.regions.loc[harvest.regions["level"].eq("cma")]
    assert len(areas) == 33
    assert areas["region_id"].eq("ca-cma-505").sum() == 1
    with (inputs / "asia_ca" / "ca_cma_industry_employment.csv").open(encoding="utf-8") as file:
        whole = [r for r in csv.DictReader(file) if r["cma_code"] == "505" and " part, " not in r["cma"]]
    total = next(float(r["employment"]) for r in whole if r["naics"] == "TOTAL" and r["year"] == "2019")
    ours = harvest.totals.set_index(["region_id", "view"])["value"]
    assert ours["ca-cma-505", "section"] == total


def test_goods_and_services_make_the_total(inputs: Path) -> None:
    for row in read(inputs).values():
        assert abs(row["GOODS"] + row["SERVICES"] - row["TOTAL"]) <= 100.5


def test_suppressed_cells_stay_confidential(harvest: Harvest, inputs: Path) -> None:
    cells = harvest.cells.loc[harvest.cells["source_id"].eq("statcan-lfs")]
    sections = cells.loc[cells["industry_id"].isin(MAKES)]
    withheld = {
        ("ca-cma-" + area, industry, year)
        for (area, year), row in read(inputs).items()
        for industry, (part,) in MAKES.items()
        if row[part] is None
    }
    confidential = sections.loc[sections["status"].eq("confidential")]
    keys = zip(confidential["region_id"], confidential["industry_id"], confidential["year"], strict=True)
    assert set(keys) == withheld
    assert len(withheld) == 1054


def test_a_group_with_a_withheld_service_is_withheld(harvest: Harvest, inputs: Path) -> None:
    value = harvest.cells.set_index(["region_id", "industry_id", "year"])["value"]
    for (area, year), row in read(inputs).items():
        for group in ("isic-G-I", "isic-J", "isic-M-N", "isic-O-Q", "isic-R-U"):
            parts = [row[p] for p in MAKES_GROUP[group]]
            ours = value["ca-cma-" + area, group, year]
            if None in parts:
                assert math.isnan(ours)
            else:
                assert ours == sum(parts)


def test_two_implementations_agree(harvest: Harvest, inputs: Path) -> None:
    table = read(inputs)
    filled = {year: fill(table, year) for year in (2014, 2019)}
    total = {a: row["TOTAL"] for a, row in filled[2019].items()}
    whole = sum(total.values())
    figures, growth = {}, {}
    for view, makes in (("section", MAKES), ("group", MAKES_GROUP)):
        for industry, parts in makes.items():
            sums = {y: {a: sum(row[p] for p in parts) for a, row in filled[y].items()} for y in filled}
            nation = {y: sum(sums[y].values()) for y in filled}
            for area in total:
                shown = len(parts) > 1 or all(table[area, 2019][p] is not None for p in parts)
                if shown:
                    value = sums[2019][area]
                    lq = value / total[area] / (nation[2019] / whole)
                    figures["ca-cma-" + area, view, industry] = (value, lq, value / nation[2019])
                before = len(parts) > 1 or all(table[area, 2014][p] is not None for p in parts)
                if shown and before and sums[2014][area] > 0:
                    growth["ca-cma-" + area, industry, 2014, 2019] = (
                        (sums[2019][area] / sums[2014][area]) ** 0.2 - 1,
                        (nation[2019] / nation[2014]) ** 0.2 - 1,
                    )
    ours = {key: value for key, value in measure(harvest).items() if key[0].startswith("ca-cma")}
    agree(ours, figures)
    agree({k: v for k, v in measure_growth(harvest).items() if k[0].startswith("ca-cma")}, growth)


def test_provinces_equal_the_published_totals(harvest: Harvest) -> None:
    current = harvest.cells.loc[harvest.cells["unit"].eq("CAD million") & harvest.cells["year"].eq(2021)]
    nation = current.groupby("industry_id")["value"].sum()
    assert nation.sum() == pytest.approx(2_365_607, abs=2)
    published = {
        "isic-A": 40522.0,
        "isic-C": 234678.2,
        "isic-F": 183262.8,
        "isic-L": 306773.6,
        "isic-K": 168209.3,
        "isic-P-Q": 307376.3,
    }
    for industry, value in published.items():
        assert nation[industry] == pytest.approx(value, abs=1), industry
    assert nation["isic-B"] + nation["isic-D-E"] == pytest.approx(216338.1, abs=1)
    assert nation["isic-G"] + nation["isic-H"] == pytest.approx(344425.1, abs=1)


def test_provinces_by_plain_loops(harvest: Harvest, inputs: Path) -> None:
    """Groups of 2019 in chained dollars: quotient and share."""
    groups = {
        "isic-A": ["11"],
        "isic-B-E": ["21", "22", "31-33"],
        "isic-F": ["23"],
        "isic-G-I": ["41", "44-45", "48-49", "72"],
        "isic-J": ["51"],
        "isic-K": ["52"],
        "isic-L": ["53"],
        "isic-M-N": ["54", "55", "56"],
        "isic-O-Q": ["61", "62", "91"],
        "isic-R-U": ["71", "81"],
    }
    rows: dict[tuple[int, str, str], float] = {}
    with (inputs / "asia_ca" / "ca_province_industry_gdp_1997_2019.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if r["gdp_chained2012_cad_million"]:
                rows[int(r["year"]), r["iso_3166_2"], r["naics"]] = float(r["gdp_chained2012_cad_million"])
    provinces = sorted({key[1] for key in rows})
    sums = {
        (y, p, g): sum(rows[y, p, n] for n in parts)
        for y in (2019,)
        for p in provinces
        for g, parts in groups.items()
        if all((y, p, n) in rows for n in parts)
    }
    total = {p: sum(v for (y, q, _), v in sums.items() if y == 2019 and p == q) for p in provinces}
    figures = {}
    for (year, p, g), value in sums.items():
        nation = sum(v for (y, _, h), v in sums.items() if y == 2019 and h == g)
        if year == 2019:
            lq = value / total[p] / (nation / sum(total.values()))
            figures["ca-prov-" + p[3:], "group", g] = (value, lq, value / nation)
    ours = {k: v for k, v in measure(harvest).items() if k[0].startswith("ca-prov") and k[1] == "group"}
    agree(ours, figures)


def test_figures_of_areas(harvest: Harvest) -> None:
    value = harvest.observations.set_index(["entity_id", "indicator_id"])["value"]
    assert value["ca-cma-535", "population"] == 6_202_225
    assert value["ca-cma-535", "population_growth"] == pytest.approx(
        100 * ((6202225 / 5928040) ** 0.2 - 1), abs=1e-9
    )
    people = value.xs("population", level=1)
    assert people[people.index.str.startswith("ca-prov")].sum() == 36_991_981
    nation = 2_365_607 / 36_991_981
    assert value["ca-prov-AB", "gdp_per_head_national_ratio"] == pytest.approx(
        366736.1 / 4262635 / nation, rel=1e-5
    )


def test_mappings_are_whole() -> None:
    assert len(SECTIONS) == len(set(SECTIONS.values())) == 16
    assert set(SECTIONS.values()) - set(GROUP_OF) == {"isic-K-L"}
    assert {"isic-J", "isic-J-R", "isic-B", "isic-M"} <= set(APPROXIMATE)
