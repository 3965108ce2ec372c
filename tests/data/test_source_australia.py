"""Australia: published totals, traps of the tables, and a second implementation by plain loops."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources.australia import load
from data.pipeline.sources.australia_anzsic import read_code
from data.pipeline.sources.australia_lga import DIVISIONS
from tests.data.measured import agree, check_harvest, measure, measure_growth

SOURCES = {"abs-lfs", "abs-census", "abs-innovation-map", "oecd-regions"}
CODES = {
    "New South Wales": "NSW",
    "Victoria": "VIC",
    "Queensland": "QLD",
    "South Australia": "SA",
    "Western Australia": "WA",
    "Tasmania": "TAS",
    "Northern Territory": "NT",
    "Australian Capital Territory": "ACT",
}
# Codes that are no plain division or range: the id, the section, and whether it is business economy.
ODD = {
    "A": ("isic-01", "A"),
    "G45-G46": ("isic-45", "G"),
    "H49-H51": ("isic-49", "H"),
    "J58-J63": ("isic-63", "J"),
    "J61-J63": ("isic-63", "J"),
    "J63-R91": ("isic-91", "R"),
    "N78-N82": ("isic-78-82", "N"),
    "N81-N82": ("isic-78-82", "N"),
    "C33-G45-S95": ("isic-33-95", "S"),
    "O84-N80": ("isic-84", "O"),
}
GROUP = {
    **dict.fromkeys("BCDE", "isic-B-E"),
    **dict.fromkeys("GHI", "isic-G-I"),
    **dict.fromkeys("MN", "isic-M-N"),
    **dict.fromkeys("OPQ", "isic-O-Q"),
    **dict.fromkeys("RSTU", "isic-R-U"),
    **{letter: "isic-" + letter for letter in "AFJKL"},
}
LGA_LETTERS = dict(
    zip(
        [
            "Agriculture, Forestry and Fishing",
            "Mining",
            "Manufacturing",
            "Electricity, Gas, Water and Waste Services",
            "Construction",
            "Wholesale Trade",
            "Retail Trade",
            "Accommodation and Food Services",
            "Transport, Postal and Warehousing",
            "Information Media and Telecommunications",
            "Financial and Insurance Services",
            "Rental, Hiring and Real Estate Services",
            "Professional, Scientific and Technical Services",
            "Administrative and Support Services",
            "Public Administration and Safety",
            "Education and Training",
            "Health Care and Social Assistance",
            "Arts and Recreation Services",
            "Other Services",
        ],
        "ABCDFGGIHJKLMNOPQRS",
        strict=True,
    )
)


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return load(inputs)


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split(code: str) -> tuple[str, str]:
    if code in ODD:
        return ODD[code]
    return "isic-" + "-".join(part[1:] for part in code.split("-")), code[0]


def section(letter: str) -> str:
    return "isic-D-E" if letter in "DE" else "isic-" + letter


def states_by_loops(inputs: Path) -> tuple[dict, dict]:
    path = inputs / "world_regions" / "au_state_anzsic_subdivision_employment_2010_2024.csv.gz"
    cells: dict[tuple, float] = defaultdict(float)
    total: dict[tuple, float] = defaultdict(float)
    for row in rows_of(path):
        if not row["isic_approx"] or row["year"] not in ("2019", "2024"):
            continue
        state, year, jobs = (
            "au-state-" + CODES[row["state"]],
            int(row["year"]),
            float(row["employed_persons"]),
        )
        division, letter = split(row["isic_approx"])
        for view, industry in (
            ("division", division),
            ("section", section(letter)),
            ("group", GROUP[letter]),
        ):
            cells[state, view, industry, year] += jobs
            if view != "division" or letter in "BCDEFGHIJLMN" or division == "isic-33-95":
                total[state, view, year] += jobs
    return cells, total


def lgas_by_loops(inputs: Path) -> tuple[dict, dict]:
    path = inputs / "world_regions" / "au_lga_placeofwork_anzsic_division_2011_2016_2021.csv.gz"
    cells: dict[tuple, float] = defaultdict(float)
    total: dict[tuple, float] = defaultdict(float)
    for row in rows_of(path):
        letter = LGA_LETTERS.get(row["anzsic_division"])
        if letter is None or row["year"] == "2011":
            continue
        name, year = row["lga_place_of_work"], int(row["year"])
        name = {
            "Kingston (C)": "Kingston (Vic.)",
            "Botany Bay (C)": "Bayside (NSW)",
            "Rockdale (C)": "Bayside (NSW)",
            "Bayside (C)": "Bayside (Vic.)",
            "Sutherland Shire (A)": "Sutherland",
            "The Hills Shire (A)": "The Hills",
            "Central Coast (C) (NSW)": "Central Coast (NSW)",
            "Central Coast (M)": "Central Coast (Tas.)",
        }.get(name, name)
        for kind in ("C", "A", "R", "S", "T", "M", "DC", "RC", "AC", "B"):
            name = name.removesuffix(f" ({kind})")
        slug = "".join(c if c.isalnum() else "-" for c in name.lower())
        region = "au-lga-" + "-".join(part for part in slug.split("-") if part)
        for view, industry in (("section", section(letter)), ("group", GROUP[letter])):
            cells[region, view, industry, year] += float(row["employed"])
            total[region, view, year] += float(row["employed"])
    return cells, total


def compare(cells: dict, total: dict, first: int, base: int, shipped: set, skip: set) -> tuple[dict, dict]:
    nation: dict[tuple, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for (_, view, industry, year), value in cells.items():
        nation[view, industry, year] += value
    for (_, view, year), value in total.items():
        if year == base:
            whole[view] += value
    figures, growth = {}, {}
    for (region, view, industry, year), value in cells.items():
        if year != base or region not in shipped:
            continue
        lq = value / total[region, view, base] / (nation[view, industry, base] / whole[view])
        figures[region, view, industry] = (value, lq, value / nation[view, industry, base])
        before = cells.get((region, view, industry, first), 0)
        if before > 0 and region not in skip:
            span = 1 / (base - first)
            growth[region, industry, first, base] = (
                (value / before) ** span - 1,
                (nation[view, industry, base] / nation[view, industry, first]) ** span - 1,
            )
    return figures, growth


def test_contract(harvest: Harvest) -> None:
    check_harvest(harvest, SOURCES)


def test_published_totals(harvest: Harvest, inputs: Path) -> None:
    folder = inputs / "world_regions"
    survey = rows_of(folder / "au_state_anzsic_subdivision_employment_2010_2024.csv.gz")
    all_persons = sum(float(r["employed_persons"]) for r in survey if r["year"] == "2024")
    assert all_persons == pytest.approx(14.40e6, rel=0.001)
    uncoded = sum(
        float(r["employed_persons"]) for r in survey if r["year"] == "2024" and not r["isic_approx"]
    )
    totals = harvest.totals.loc[harvest.totals["view"].eq("section")].set_index("region_id")["value"]
    states = totals[totals.index.str.startswith("au-state")]
    assert states.sum() == pytest.approx(all_persons - uncoded)
    census = rows_of(folder / "au_lga_placeofwork_anzsic_division_2011_2016_2021.csv.gz")
    for year, published in (("2011", 9.56e6), ("2016", 10.13e6), ("2021", 11.42e6)):
        assert sum(float(r["employed"]) for r in census if r["year"] == year) == pytest.approx(
            published, rel=0.001
        )


def test_areas_are_large_and_bear_the_name_of_2021(harvest: Harvest) -> None:
    areas = harvest.regions.loc[harvest.regions["level"].eq("lga")].set_index("region_id")
    assert len(areas) == 57
    totals = harvest.totals.set_index(["region_id", "view"])["value"]
    assert all(totals[region, "section"] >= 50_000 for region in areas.index)
    assert not areas["name_en"].str.contains(r" \((?:A|C|R|S|T|M)\)").any()
    years = harvest.cells.groupby("region_id")["year"].agg(set)
    assert years["au-lga-adelaide"] == {2011, 2016, 2021}
    assert areas["parent_id"].isin(harvest.regions["region_id"]).all()


def test_redrawn_areas_have_no_growth_across_the_change(harvest: Harvest) -> None:
    years = harvest.cells.groupby("region_id")["year"].agg(set)
    assert years["au-lga-perth"] == {2021}
    assert "au-lga-perth" not in set(harvest.growth["region_id"])
    assert years["au-lga-sunshine-coast"] == {2016, 2021}
    # Bayside was made of Botany Bay and Rockdale as a whole: 47,121 + 26,250 jobs in 2016, 73,371 in all.
    cells = harvest.cells.set_index(["region_id", "year", "industry_id"])["value"].sort_index()
    sections = [industry for industry in cells["au-lga-bayside-nsw", 2016].index if len(industry) == 6]
    assert 60_000 < cells["au-lga-bayside-nsw", 2016][sections].sum() < 73_371


def test_uncoded_persons_are_in_no_cell(harvest: Harvest) -> None:
    assert len(DIVISIONS) == 19
    assert "Not stated" not in DIVISIONS
    assert set(harvest.left_out["entity"]) >= {"AUS: not further defined"}


def test_two_implementations_agree(harvest: Harvest, inputs: Path) -> None:
    shipped = set(harvest.regions["region_id"])
    figures, growth = compare(*states_by_loops(inputs), 2019, 2024, shipped, set())
    areas, area_growth = compare(*lgas_by_loops(inputs), 2016, 2021, shipped, {"au-lga-perth"})
    ours, our_growth = measure(harvest), measure_growth(harvest)
    agree({k: v for k, v in ours.items() if "state" in k[0]}, figures)
    agree({k: v for k, v in ours.items() if "lga" in k[0]}, areas)
    agree(our_growth, growth | area_growth)


def test_known_places(harvest: Harvest) -> None:
    figures = measure(harvest)
    assert figures["au-state-WA", "division", "isic-07"][1] > 4
    assert figures["au-lga-adelaide", "section", "isic-O"][1] > 1
    value = harvest.observations.set_index(["entity_id", "indicator_id"])["value"]
    assert (
        value["au-state-WA", "gdp_per_head_national_ratio"]
        > value["au-state-TAS", "gdp_per_head_national_ratio"]
    )
    assert ("au-state-NT", "patents_per_million_relative") not in value.index


def test_patents_by_plain_loops(harvest: Harvest, inputs: Path) -> None:
    applicants: dict[str, float] = defaultdict(float)
    people: dict[str, float] = defaultdict(float)
    with (inputs / "world_regions" / "au_sa3_patents_trademarks_rd_2009_2016.csv").open(
        encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            if row["year"] == "2016" and row["patent_applicants"]:
                applicants[row["state"]] += float(row["patent_applicants"])
                people[row["state"]] += float(row["population"])
    mean = sum(applicants.values()) / sum(people.values())
    value = harvest.observations.set_index(["entity_id", "indicator_id"])["value"]
    for name in ("New South Wales", "Victoria", "Western Australia"):
        ours = value["au-state-" + CODES[name], "patents_per_million_relative"]
        assert ours == pytest.approx(100 * applicants[name] / people[name] / mean)


def test_codes() -> None:
    assert read_code("C29-C30") == ("isic-29-30", "C")
    assert read_code("J62") == ("isic-62", "J")
    with pytest.raises(ValueError, match="unknown ISIC code"):
        read_code("Z99")
