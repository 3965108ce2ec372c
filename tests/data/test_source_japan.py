"""Japan: published totals, traps of the tables, and a second implementation by plain loops."""

import csv
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point

from data.pipeline.harvest import Harvest
from data.pipeline.sources.japan import GROUPS, SECTIONS, load
from tests.data.measured import agree, check_harvest, measure, measure_growth

SOURCES = {"jp-economic-census", "jp-ssdse", "jp-cabinet-gdp", "oecd-regions"}
MAKES = {
    "isic-A": "AB",
    "isic-B": "C",
    "isic-C": "E",
    "isic-D-E": "F",
    "isic-F": "D",
    "isic-G": "I",
    "isic-H": "H",
    "isic-I": "M",
    "isic-J": "G",
    "isic-K": "J",
    "isic-L": "K",
    "isic-M": "L",
    "isic-N": "R",
    "isic-P": "O",
    "isic-Q": "P",
    "isic-R-S": "N",
    "isic-H-S": "Q",
}
MAKES_GROUP = {
    "isic-A": "AB",
    "isic-B-E": "CEF",
    "isic-F": "D",
    "isic-G-I": "HIM",
    "isic-J": "G",
    "isic-K": "J",
    "isic-L": "K",
    "isic-M-N": "LR",
    "isic-O-Q": "OP",
    "isic-R-U": "NQ",
}


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return load(inputs)


def read(inputs: Path, year: int) -> dict[str, dict[str, int]]:
    """Employees by place (municipality code, and prefecture code of two digits) and JSIC section."""
    table: dict[str, dict[str, int]] = {}
    path = inputs / "asia_ca" / f"jp_municipality_industry_{year}.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table[row["muni_code"]] = {s: int(row["emp_" + s]) for s in "ABCDEFGHIJKLMNOPQR"}
    with (inputs / "asia_ca" / "jp_prefecture_industry.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["year"]) == year:
                place = table.setdefault(row["pref_code"].zfill(2), {})
                place[row["jsic_section"]] = int(row["employees"])
    return table


def test_contract(harvest: Harvest) -> None:
    check_harvest(harvest, SOURCES)


def test_prefectures_add_up_to_the_published_totals(harvest: Harvest) -> None:
    cells = harvest.cells.loc[harvest.cells["region_id"].str.startswith("jp-pref")]
    for measure_name, year, published, missing in (
        ("establishments", 2014, 5_689_366, 0),
        ("employment", 2014, 61_788_853, 0),
        ("establishments", 2016, 5_340_783, 0.0003),
        ("employment", 2016, 56_872_826, 0.0005),
        ("establishments", 2021, 5_156_063, 0.0003),
        ("employment", 2021, 57_949_915, 0.0005),
    ):
        chosen = cells["measure"].eq(measure_name) & cells["year"].eq(year)
        sections = cells.loc[chosen & cells["industry_id"].isin(SECTIONS.values()), "value"].sum()
        assert published * (1 - missing) <= sections <= published, (measure_name, year)


def test_the_public_sector_of_2014_is_history_only(harvest: Harvest) -> None:
    assert set(harvest.growth["year_from"]) == {2016}
    assert set(harvest.totals["year"]) == set(harvest.reference["year"]) == {2021}
    assert set(harvest.totals["missing_parts"]) == {"O"}
    government = harvest.cells.loc[harvest.cells["industry_id"].eq("isic-O")]
    assert set(government["year"]) == {2014}
    prefectures = harvest.regions.loc[harvest.regions["level"].eq("prefecture")]
    assert prefectures["remark"].notna().all()


def test_only_large_municipalities_are_shipped(harvest: Harvest, inputs: Path) -> None:
    shipped = harvest.regions.loc[harvest.regions["level"].eq("municipality"), "region_id"]
    large = {
        "jp-muni-" + code
        for code, row in read(inputs, 2021).items()
        if len(code) == 5 and sum(row.values()) >= 50_000
    }
    assert set(shipped) == large
    assert len(large) == 229
    assert len(harvest.regions) == 229 + 47


def test_sums_of_sections_are_near_the_published_row_totals(inputs: Path) -> None:
    for year in (2016, 2021):
        table = read(inputs, year)
        with (inputs / "asia_ca" / f"jp_municipality_industry_{year}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                assert abs(sum(table[row["muni_code"]].values()) - int(row["emp_T"])) <= 173


def test_every_municipality_lies_in_its_prefecture(harvest: Harvest, inputs: Path) -> None:
    """The table of points took places of the same name elsewhere for Toda, Bunkyō and Suginami."""
    outlines = gpd.read_file(inputs / "asia_ca" / "jp_prefectures.geojson").set_index("pref_code").geometry
    for row in harvest.regions.loc[harvest.regions["level"].eq("municipality")].itertuples():
        home = outlines[int(row.parent_id[-2:])]
        assert home.distance(Point(row.lon, row.lat)) < 0.01, row.name_en


def test_names(harvest: Harvest) -> None:
    regions = harvest.regions.set_index("region_id")
    assert regions.loc["jp-muni-11224", "name_en"] == "Toda"
    assert regions.loc["jp-muni-13111", "name_en"] == "Ōta (Tokyo)"
    assert regions.loc["jp-muni-13111", "name_de"] == "Ōta (Tokio)"
    assert regions.loc["jp-muni-10205", "name_en"] == "Ōta (Gunma)"
    assert regions.loc["jp-muni-23211", "name_local"] == "豊田市"
    assert regions.loc["jp-pref-13", "name_de"] == "Tokio"
    towns = regions.loc[regions["level"].eq("municipality"), "name_en"]
    assert towns.is_unique


def test_two_implementations_agree(harvest: Harvest, inputs: Path) -> None:
    tables = {year: read(inputs, year) for year in (2016, 2021)}
    shipped = set(harvest.regions["region_id"])
    figures, growth = {}, {}
    whole = sum(sum(r.values()) for code, r in tables[2021].items() if len(code) == 5)
    for view, makes in (("section", MAKES), ("group", MAKES_GROUP)):
        for industry, letters in makes.items():
            nation = {
                year: sum(row[s] for code, row in table.items() if len(code) == 5 for s in letters)
                for year, table in tables.items()
            }
            for code, row in tables[2021].items():
                region = ("jp-muni-" if len(code) == 5 else "jp-pref-") + code
                if region not in shipped:
                    continue
                value = sum(row[s] for s in letters)
                lq = value / sum(row.values()) / (nation[2021] / whole)
                figures[region, view, industry] = (value, lq, value / nation[2021])
                before = sum(tables[2016][code][s] for s in letters)
                if before > 0:
                    growth[region, industry, 2016, 2021] = (
                        (value / before) ** 0.2 - 1,
                        (nation[2021] / nation[2016]) ** 0.2 - 1,
                    )
    agree(measure(harvest), figures)
    agree(measure_growth(harvest), growth)


def test_regional_figures(harvest: Harvest, inputs: Path) -> None:
    value = harvest.observations.set_index(["entity_id", "indicator_id"])["value"]
    assert value["jp-muni-01100", "population"] == 1_973_395
    assert value["jp-muni-01100", "population_growth"] == pytest.approx(
        100 * ((1973395 / 1952356) ** 0.2 - 1)
    )
    product = {}
    with (inputs / "asia_ca" / "jp_prefecture_gdp_series.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["sna_base"].startswith("2015") and row["fiscal_year"] == "2020":
                product[int(row["pref_code"])] = float(row["gdp_nominal_jpy_million"])
    assert sum(product.values()) == pytest.approx(558_778_326)
    people = value.xs("population", level=1)
    people = people[people.index.str.startswith("jp-pref")]
    mean = sum(product.values()) / people.sum()
    ratio = product[13] / people["jp-pref-13"] / mean
    assert value["jp-pref-13", "gdp_per_head_national_ratio"] == pytest.approx(ratio)
    assert value["jp-pref-13", "gdp_growth_real"] == value["jp-pref-14", "gdp_growth_real"]


def test_mappings_are_whole() -> None:
    assert set(SECTIONS) == set(GROUPS) == set("ABCDEFGHIJKLMNOPQRS")
