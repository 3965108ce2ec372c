"""The United States counted a second time: plain loops over the input rows, nothing of the pipeline's code.

The recount reads the same files, fills the gaps by its own recursion and must agree with the pipeline on
location quotient, share and growth of 200 random cells.
"""

import csv
import gzip
import io
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources import us

Numbers = dict[str, float]
SECTORS = {
    "31": "31-33",
    "32": "31-33",
    "33": "31-33",
    "44": "44-45",
    "45": "44-45",
    "48": "48-49",
    "49": "48-49",
}


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(text.decode("utf-8")))


@cache
def above(code: str) -> str:
    if "-" in code or len(code) == 2:
        return "00"
    return SECTORS.get(code[:-1], code[:-1])


def read_tree(inputs: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Children of every code, and the benchmark cluster of every six-digit code."""
    cluster = {
        row["naics"]: "usc-" + row["cluster_code"]
        for row in rows_of(inputs / "us" / "us_naics_cluster_map.csv")
        if row["naics_vintage"] == "2017"
    }
    children: dict[str, set[str]] = defaultdict(set)
    children["00"].add("99")
    for leaf in cluster:
        code = leaf
        while code != "00":
            children[above(code)].add(code)
            code = above(code)
    return {code: sorted(below) for code, below in children.items()}, cluster


def read_parts(inputs: Path) -> dict[str, Numbers]:
    """Industry parts of every six-digit code: equal parts of its divisions, and their sections."""
    section = {
        row["code"]: row["section"]
        for row in rows_of(inputs / "concordance" / "isic4_structure.csv")
        if row["level"] == "division"
    }
    divisions: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(inputs / "concordance" / "naics2017_isic4.csv"):
        divisions[row["naics"]].add("01" if row["isic4_division"] == "00" else row["isic4_division"])
    parts: dict[str, Numbers] = {}
    for code, touched in divisions.items():
        part: Numbers = defaultdict(float)
        for division in touched:
            part["isic-" + division] += 1 / len(touched)
            part["isic-" + section[division]] += 1 / len(touched)
        parts[code] = part
    return parts


def read_national(inputs: Path) -> tuple[Numbers, Numbers]:
    """Jobs and establishments of every code in the nation, from the state table with its gaps filled."""
    rows = [
        row
        for row in rows_of(inputs / "us" / "us_qcew_state_naics6_2019_2020.csv.gz")
        if row["year"] == "2019"
    ]
    known: Numbers = defaultdict(float)
    known_units: Numbers = defaultdict(float)
    left = {
        row["state_fips"]: float(row["qcew_private_emp_2019"])
        for row in rows_of(inputs / "us" / "us_state_context.csv")
    }
    for row in rows:
        if row["emp"]:
            left[row["state_fips"]] -= float(row["emp"])
            for digits in range(2, 7):
                known[row["naics"][:digits]] += float(row["emp"])
                known_units[row["naics"][:digits]] += float(row["establishments"])

    def expect(row: dict[str, str]) -> float:
        code = next(row["naics"][:n] for n in range(6, 1, -1) if known[row["naics"][:n]] > 0)
        return float(row["establishments"]) * known[code] / known_units[code]

    expected: Numbers = defaultdict(float)
    for row in rows:
        if not row["emp"]:
            expected[row["state_fips"]] += expect(row)
    jobs: Numbers = defaultdict(float)
    units: Numbers = defaultdict(float)
    for row in rows:
        state = row["state_fips"]
        number = float(row["emp"]) if row["emp"] else expect(row) * left[state] / expected[state]
        code = row["naics"][:5] + "0" if row["naics"].startswith("238") else row["naics"]
        jobs[code] += number
        units[code] += float(row["establishments"])
    return jobs, units


class Recount:
    """Jobs of every area by industry, filled by recursion down the tree of codes."""

    def __init__(self, inputs: Path) -> None:
        self.children, self.cluster = read_tree(inputs)
        self.parts = read_parts(inputs)
        jobs, units = read_national(inputs)
        self.weight = {code: (jobs[code], units[code]) for code in self.cluster}
        self.published: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        for row in rows_of(inputs / "us" / "us_cbp_msa_naics_2019.csv.gz"):
            self.published[row["msa_code"]][row["naics"]] = (float(row["emp"]), float(row["establishments"]))
        self.weigh("00")
        self.jobs = {"us-msa-" + area: self.count(area) for area in self.published}

    def weigh(self, code: str) -> tuple[float, float]:
        """National jobs and establishments of a code; one where the nation has none."""
        if code in self.children:
            below = [self.weigh(child) for child in self.children[code]]
            raw = (sum(pair[0] for pair in below), sum(pair[1] for pair in below))
        else:
            raw = self.weight.get(code, (0.0, 0.0))
        self.weight[code] = (raw[0] or 1.0, raw[1] or 1.0)
        return raw

    def count(self, area: str) -> Numbers:
        total: Numbers = defaultdict(float)
        self.descend(area, "00", self.published[area]["00"], total)
        return total

    def descend(self, area: str, code: str, counts: tuple[float, float], total: Numbers) -> None:
        if code not in self.children:
            for industry, part in [*self.parts.get(code, {}).items(), (self.cluster.get(code, "none"), 1.0)]:
                total[industry] += part * counts[0]
            return
        published = self.published[area]
        known = {child: published[child] for child in self.children[code] if child in published}
        hidden = [child for child in self.children[code] if child not in published]
        jobs, units = (counts[i] - sum(pair[i] for pair in known.values()) for i in (0, 1))
        for child, pair in known.items():
            self.descend(area, child, pair, total)
        if units <= 1e-9:
            return
        sums = [sum(self.weight[child][i] for child in hidden) for i in (0, 1)]
        for child in hidden:
            weight = self.weight[child]
            self.descend(area, child, (jobs * weight[0] / sums[0], units * weight[1] / sums[1]), total)


@pytest.fixture(scope="module")
def recount(inputs: Path) -> Recount:
    return Recount(inputs)


@pytest.fixture(scope="module")
def usa(inputs: Path) -> Harvest:
    return us.load(inputs)


def base_of(view: str, inputs: Path) -> list[str]:
    if view == "division":
        return ["isic-" + row["nace"][1:] for row in rows_of(inputs / "eu" / "nace_divisions.csv")]
    if view == "section":
        return [f"isic-{letter}" for letter in "BCDEFGHIJKLMNPQRS"]
    return [f"usc-{number}" for number in range(1, 52)]


@pytest.mark.parametrize("view", ["division", "section", "benchmark-traded"])
def test_share_and_location_quotient(view: str, usa: Harvest, recount: Recount, inputs: Path) -> None:
    base = base_of(view, inputs)
    nation = {industry: sum(area[industry] for area in recount.jobs.values()) for industry in base}
    jobs = usa.cells.loc[usa.cells["measure"].eq("employment") & usa.cells["source_id"].eq("us-cbp-2019")]
    jobs = jobs.loc[jobs["industry_id"].isin(base) & jobs["value"].ge(20)]
    totals = usa.totals.loc[usa.totals["view"].eq(view)].set_index("region_id")["value"]
    reference = usa.reference.loc[usa.reference["reference_id"].eq("USA") & usa.reference["view"].eq(view)]
    reference = reference.set_index("industry_id")["value"]
    for row in jobs.sample(200, random_state=7).itertuples():
        area = recount.jobs[row.region_id]
        share = area[row.industry_id] / nation[row.industry_id]
        quotient = share / (sum(area[i] for i in base) / sum(nation.values()))
        assert row.value / reference[row.industry_id] == pytest.approx(share, rel=1e-4)
        mine = row.value / totals[row.region_id] / (reference[row.industry_id] / reference["total"])
        assert mine == pytest.approx(quotient, rel=1e-4)


def sum_growth(inputs: Path, recount: Recount) -> dict[tuple[str, str], list[float]]:
    """Matched jobs 2018 and 2021 by (region or ``nation``, industry)."""
    member = {row["fips"]: row["msa_code"] for row in rows_of(inputs / "us" / "us_counties.csv")}
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows_of(inputs / "us" / "us_cbp_county_naics6_2018_2021.csv.gz"):
        if not (row["emp_2018"] and row["emp_2021"]):
            continue
        region = "us-msa-" + member[row["fips"]]
        industries = [*recount.parts[row["naics"]].items(), (recount.cluster[row["naics"]], 1.0)]
        for industry, part in industries:
            for place in (region, "nation"):
                sums[place, industry][0] += part * float(row["emp_2018"])
                sums[place, industry][1] += part * float(row["emp_2021"])
    return sums


def test_growth(usa: Harvest, recount: Recount, inputs: Path) -> None:
    sums = sum_growth(inputs, recount)
    shown = usa.growth.set_index(["region_id", "industry_id"])
    keys = [
        (region, industry) for region, industry in sums if region in recount.jobs and industry != "usc-48"
    ]
    checked = 0
    for region, industry in random.Random(7).sample(keys, 2_000):
        first, last = sums[region, industry]
        whole = recount.jobs[region][industry]
        matched = (first + (last - first) / 3) / whole if whole else 0.0
        if abs(matched - 0.6) < 1e-3 or industry in ("isic-A", "isic-01", "isic-O", "isic-84"):
            continue
        assert ((region, industry) in shown.index) == (matched > 0.6 and first > 0), (
            region,
            industry,
            matched,
        )
        if (region, industry) in shown.index and checked < 200:
            row, nation = shown.loc[(region, industry)], sums["nation", industry]
            advantage = (row["value_to"] / row["value_from"]) ** (1 / 3) - (
                row["ref_to"] / row["ref_from"]
            ) ** (1 / 3)
            plain = (last / first) ** (1 / 3) - (nation[1] / nation[0]) ** (1 / 3)
            assert advantage == pytest.approx(plain, abs=1e-4)
            checked += 1
    assert checked == 200
