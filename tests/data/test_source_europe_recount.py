"""A second count of European measures in plain Python loops over the raw rows agrees with the pipeline's."""

import csv
import gzip
import random
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources import europe
from tests.data.quotients import measured, rate

PARTS = ("B", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "N", "S95")
OLD_CODES = {
    "EL51": "EL11", "EL52": "EL12", "EL53": "EL13", "EL54": "EL21", "EL61": "EL14", "EL62": "EL22",
    "EL63": "EL23", "EL64": "EL24", "EL65": "EL25", "ITH1": "ITD1", "ITH2": "ITD2", "ITH3": "ITD3",
    "ITH4": "ITD4", "ITI1": "ITE1", "ITI2": "ITE2", "ITI4": "ITE4", "FRA1": "FR91", "FRA2": "FR92",
    "FRA3": "FR93", "FRA4": "FR94",
}  # fmt: skip


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return europe.load(inputs)


@pytest.fixture(scope="module")
def divisions(harvest: Harvest) -> pd.DataFrame:
    return measured(harvest, "division", r"isic-\d\d").set_index(["region_id", "industry_id"])


class Plain:
    """Eurostat's rows as they are, and the measures worked out one by one."""

    def __init__(self, inputs: Path) -> None:
        self.jobs: dict[tuple[str, str, int], float] = {}
        self.known: dict[str, float] = {}
        self.slips: set[tuple[str, str]] = set()
        with gzip.open(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz", "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if row["persons_employed"]:
                    geo, year = row["geo"], int(row["year"])
                    if year >= 2013 and geo in ("DED2", "DED4"):
                        geo = "DED4" if geo == "DED2" else "DED2"
                    self.jobs[geo, row["nace"], year] = float(row["persons_employed"])
        self.drop_slips()
        with (inputs / "eu" / "regions_sbs_nuts2013.csv").open(encoding="utf-8") as lines:
            table = list(csv.DictReader(lines))
        self.code_2013 = {r["nuts2016"]: r["sbs_geo"] for r in table if r["mapping"].startswith("recoded")}
        with (inputs / "eu" / "nace_divisions.csv").open(encoding="utf-8") as lines:
            self.children: dict[str, list[str]] = defaultdict(list)
            for row in csv.DictReader(lines):
                self.children["S95" if row["section"] == "S" else row["section"]].append(row["nace"])
        self.nace = {d[1:]: d for group in self.children.values() for d in group}

    def drop_slips(self) -> None:
        """Figures of 2014 far outside both neighbouring years, judged one by one."""
        for geo, nace, year in [key for key in self.jobs if key[2] == 2014 and len(key[0]) == 4]:
            before, after = self.jobs.get((geo, nace, 2013)), self.jobs.get((geo, nace, 2015))
            if before is None or after is None:
                continue
            value = self.jobs[geo, nace, year]
            outside = value > 2.5 * max(before, after) or value < min(before, after) / 2.5
            if outside and max(value, min(before, after)) >= 1000:
                self.slips.add((geo, nace))
        for geo, nace in self.slips:
            del self.jobs[geo, nace, 2014]

    def geo(self, region_id: str) -> str:
        code = region_id.removeprefix("eu-nuts2-")
        return self.code_2013.get(code, code)

    def base_year(self, geo: str) -> int:
        published = {y: sum((geo, p, y) in self.jobs for p in PARTS) for y in (2014, 2015)}
        return 2015 if published[2015] > published[2014] else 2014

    def total(self, geo: str, year: int) -> float:
        whole = 0.0
        for part in PARTS:
            if (geo, part, year) in self.jobs:
                whole += self.jobs[geo, part, year]
            else:
                whole += sum(self.jobs.get((geo, d, year), 0) for d in self.children[part])
        return whole

    def europe(self, nace: str) -> float:
        if nace in self.known:
            return self.known[nace]
        own: dict[str, float] = defaultdict(float)
        regions: dict[str, float] = defaultdict(float)
        for (geo, code, year), value in self.jobs.items():
            if code == nace and year == 2014:
                (own if len(geo) == 2 else regions)[geo[:2]] += value
        self.known[nace] = sum(max(own[c], regions[c]) for c in set(own) | set(regions))
        return self.known[nace]

    def growth(self, geo: str, nace: str) -> tuple[int, float, float | None] | None:
        """First year, rate of the cell, rate of its country."""
        end = self.jobs.get((geo, nace, 2014))
        for year in (2010, 2011, 2012):
            start = self.jobs.get((geo, nace, year)) or self.jobs.get((OLD_CODES.get(geo, geo), nace, year))
            if start and end is not None:
                first, last = self.jobs.get((geo[:2], nace, year)), self.jobs.get((geo[:2], nace, 2014))
                span = 1 / (2014 - year)
                own = (last / first) ** span - 1 if first and last is not None else None
                return year, (end / start) ** span - 1, own
        return None


def test_a_second_count_agrees_on_random_cells(
    inputs: Path, harvest: Harvest, divisions: pd.DataFrame
) -> None:
    plain = Plain(inputs)
    whole = sum(plain.europe(part) for part in PARTS)
    growth = harvest.growth[harvest.growth["source_id"] == "eurostat-sbs"].set_index(
        ["region_id", "industry_id"]
    )
    keys = sorted(divisions.dropna(subset=["value"]).index)
    grown = 0
    for region_id, industry_id in random.Random(2014).sample(keys, 250):
        geo, nace = plain.geo(region_id), plain.nace[industry_id.removeprefix("isic-")]
        row = divisions.loc[(region_id, industry_id)]
        year = plain.base_year(geo)
        jobs, total, category = plain.jobs[geo, nace, year], plain.total(geo, year), plain.europe(nace)
        assert row["year"] == year
        assert row["value"] / row["ref"] == pytest.approx(jobs / category), (geo, nace)
        assert row["lq"] == pytest.approx((jobs / total) / (category / whole)), (geo, nace)
        expected = plain.growth(geo, nace)
        assert ((region_id, industry_id) in growth.index) == (expected is not None), (geo, nace)
        if expected is None:
            continue
        found = growth.loc[(region_id, industry_id)]
        first, own_rate, country_rate = expected
        assert found["year_from"] == first
        assert rate(found, "value_from", "value_to") == pytest.approx(own_rate), (geo, nace)
        if country_rate is None:
            assert pd.isna(rate(found, "ref_from", "ref_to"))
        else:
            assert rate(found, "ref_from", "ref_to") == pytest.approx(country_rate)
        grown += 1
    assert grown >= 200


def test_a_second_count_agrees_on_random_groups(inputs: Path, harvest: Harvest) -> None:
    jobs: dict[tuple[str, str, int], float] = {}
    in_country: dict[tuple[str, str, int], float] = defaultdict(float)
    path = inputs / "world_regions" / "eu_nuts2_nace_a10_employment_gva_2000_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["overlapping_old_code"] == "0" and row["country"] != "TR" and row["employment_thousand"]:
                key = (row["nuts2"], row["nace_group"], int(row["year"]))
                jobs[key] = round(float(row["employment_thousand"]) * 1000)
                in_country[key[0][:2], key[1], key[2]] += jobs[key]
    last = {(code, group): v for (code, group, year), v in jobs.items() if year == 2019}
    frame = measured(harvest, "group", r"isic-[A-U](-[A-U])?").set_index(["region_id", "industry_id"])
    growth = harvest.growth[harvest.growth["source_id"] == "jrc-ardeco"].set_index(
        ["region_id", "industry_id"]
    )
    for region_id, industry_id in random.Random(2019).sample(sorted(frame.index), 200):
        code, group = region_id.removeprefix("eu-nuts2-"), industry_id.removeprefix("isic-")
        total = sum(v for (c, _), v in last.items() if c == code)
        category = sum(v for (_, g), v in last.items() if g == group)
        row, value = frame.loc[(region_id, industry_id)], last[code, group]
        expected = (value / total) / (category / sum(last.values()))
        assert row["lq"] == pytest.approx(expected), (code, group)
        assert row["value"] / row["value_total"] == pytest.approx(value / total)
        found = growth.loc[(region_id, industry_id)]
        own = (value / jobs[code, group, 2014]) ** 0.2 - 1
        country = (in_country[code[:2], group, 2019] / in_country[code[:2], group, 2014]) ** 0.2 - 1
        assert rate(found, "value_from", "value_to") == pytest.approx(own)
        assert rate(found, "ref_from", "ref_to") == pytest.approx(country)
