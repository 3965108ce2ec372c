"""Turkey: published total, both views, and a second count of every cell in plain Python."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources import turkey
from tests.data.quotients import measured, rate


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return turkey.load(inputs)


def test_total_equals_the_published_employment(harvest: Harvest) -> None:
    reference = harvest.reference.query("industry_id == 'total'").set_index("view")["value"]
    assert (reference / 1e6).round(2).to_dict() == {"section": 28.08, "group": 28.08}


def test_both_views_of_26_regions_are_measured_against_turkey(harvest: Harvest) -> None:
    assert len(harvest.regions) == 26
    assert harvest.totals.groupby("view")["region_id"].nunique().to_dict() == {"group": 26, "section": 26}
    assert set(harvest.totals["reference_id"]) == {"TUR"}
    assert set(harvest.regions["remark"]) == {"residents-not-workplace"}


def test_a_second_count_agrees_on_every_cell(inputs: Path, harvest: Harvest) -> None:
    jobs: dict[tuple[str, str, int], float] = {}
    path = inputs / "world_regions" / "eu_nuts2_nace_a10_employment_gva_2000_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["country"] == "TR" and row["employment_thousand"]:
                key = (row["nuts2"], row["nace_group"], int(row["year"]))
                jobs[key] = float(row["employment_thousand"]) * 1000
    total: dict[str, float] = defaultdict(float)
    category: dict[tuple[str, int], float] = defaultdict(float)
    for (code, group, year), value in jobs.items():
        category[group, year] += value
        if year == 2019:
            total[code] += value
    frame = measured(harvest, "section", r"isic-[A-U](-[A-U])?").set_index(["region_id", "industry_id"])
    growth = harvest.growth.set_index(["region_id", "industry_id"])
    grown = 0
    for (region_id, industry_id), row in frame.iterrows():
        code, group = region_id.removeprefix("eu-nuts2-"), industry_id.removeprefix("isic-")
        value, start = jobs[code, group, 2019], jobs.get((code, group, 2014))
        expected = (value / total[code]) / (category[group, 2019] / sum(total.values()))
        assert row["lq"] == pytest.approx(expected, rel=1e-6), (code, group)
        assert row["value"] / row["value_total"] == pytest.approx(value / total[code], rel=1e-6)
        if start:
            found = growth.loc[(region_id, industry_id)]
            assert rate(found, "value_from", "value_to") == pytest.approx((value / start) ** 0.2 - 1)
            grown += 1
    assert len(frame) == sum(year == 2019 for _, _, year in jobs)
    assert grown == len(growth) >= 200
