"""Great Britain: published totals, Europe as the yardstick, and a second count in plain Python."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest, join
from data.pipeline.sources import europe, great_britain
from tests.data.quotients import measured, rate


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return great_britain.load(inputs)


@pytest.fixture(scope="module")
def with_europe(inputs: Path, harvest: Harvest) -> Harvest:
    return join([harvest, europe.load(inputs)])


def raw_rows(inputs: Path) -> Iterator[dict[str, str]]:
    path = inputs / "world_regions" / "uk_itl2_sic_division_employment_2015_2021.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def test_totals_equal_the_published_employment(harvest: Harvest) -> None:
    cells = harvest.cells[harvest.cells["source_id"] == "ons-bres"]
    million = (cells.groupby("year")["value"].sum() / 1e6).round(2)
    assert (million[2019], million[2021]) == (31.06, 31.34)


def test_forty_regions_and_every_division_the_survey_covers(harvest: Harvest) -> None:
    cells = harvest.cells.query("source_id == 'ons-bres' and year == 2021")
    assert cells["region_id"].nunique() == 40
    assert cells.groupby("region_id")["industry_id"].nunique().eq(85).all()
    assert not {"isic-97", "isic-98", "isic-99"} & set(cells["industry_id"]), "uncovered is not zero"


def test_britain_is_measured_against_europe_and_has_no_older_business_cells(with_europe: Harvest) -> None:
    totals = with_europe.totals.query("view == 'division'").set_index("region_id")
    britain = totals[totals.index.str.match("eu-nuts2-UK[C-M]")]
    assert len(britain) == 40
    assert set(britain["reference_id"]) == {"europe"}
    assert set(britain["year"]) == {2021}
    old = with_europe.cells[with_europe.cells["source_id"] == "eurostat-sbs"]
    assert set(old.loc[old["region_id"].str.startswith("eu-nuts2-UK"), "region_id"]) == {"eu-nuts2-UKN0"}
    assert totals.loc["eu-nuts2-UKN0", "year"] == 2014


def test_a_second_count_agrees_on_random_cells(inputs: Path, with_europe: Harvest) -> None:
    with (inputs / "eu" / "nace_divisions.csv").open(encoding="utf-8") as lines:
        business = {row["nace"][1:] for row in csv.DictReader(lines)}
    jobs: dict[tuple[str, str, int], float] = {}
    in_country: dict[tuple[str, int], float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for row in raw_rows(inputs):
        key = (row["itl2"], row["isic_division"], int(row["year"]))
        jobs[key] = float(row["employment"])
        in_country[key[1], key[2]] += jobs[key]
        if key[1] in business and key[2] == 2021:
            total[key[0]] += jobs[key]
    structure = with_europe.reference.query("reference_id == 'europe' and view == 'division'")
    reference = structure.set_index("industry_id")["value"]
    frame = measured(with_europe, "division", r"isic-\d\d").query("source_id == 'ons-bres'")
    frame = frame.dropna(subset=["lq"]).set_index(["region_id", "industry_id"])
    growth = with_europe.growth.query("source_id == 'ons-bres'").set_index(["region_id", "industry_id"])
    grown = 0
    for region_id, industry_id in random.Random(2021).sample(sorted(frame.index), 260):
        code, division = region_id.removeprefix("eu-nuts2-"), industry_id.removeprefix("isic-")
        row, value = frame.loc[(region_id, industry_id)], jobs[code, division, 2021]
        category = reference[industry_id] / reference["total"]
        assert row["lq"] == pytest.approx((value / total[code]) / category), (code, division)
        assert row["value"] / row["value_total"] == pytest.approx(value / total[code])
        start = jobs[code, division, 2015]
        assert ((region_id, industry_id) in growth.index) == (start > 0)
        if start > 0:
            found = growth.loc[(region_id, industry_id)]
            own = (in_country[division, 2021] / in_country[division, 2015]) ** (1 / 6) - 1
            assert rate(found, "value_from", "value_to") == pytest.approx((value / start) ** (1 / 6) - 1)
            assert rate(found, "ref_from", "ref_to") == pytest.approx(own)
            grown += 1
    assert grown >= 200


def test_national_structure_is_the_sum_of_its_regions(inputs: Path, harvest: Harvest) -> None:
    reference = harvest.reference.query("reference_id == 'GBR'").set_index("industry_id")["value"]
    raw = sum(
        float(r["employment"]) for r in raw_rows(inputs) if r["year"] == "2021" and r["isic_division"] == "30"
    )
    assert reference["isic-30"] == raw
    assert reference["total"] == pytest.approx(reference.drop("total").sum())
    assert len(reference) == 69
