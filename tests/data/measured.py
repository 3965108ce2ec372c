"""What a harvest says about its cells, and what must hold for every harvest; used by the tests of sources."""

import random
from collections.abc import Iterable, Mapping

import pandas as pd
import pytest

from data.pipeline.harvest import Harvest

STATUSES = {"observed", "estimated", "provisional", "confidential", "missing"}
Figures = dict[tuple[str, str, str], tuple[float, float, float]]
Growth = dict[tuple[str, str, int, int], tuple[float, float]]


def measure(harvest: Harvest) -> Figures:
    """(region, view, industry): value, location quotient and national share in the base year of the view."""
    keys = ["region_id", "year", "measure"]
    totals = harvest.totals.rename(columns={"value": "e_r"})[[*keys, "view", "reference_id", "e_r"]]
    cells = harvest.cells.merge(totals, on=keys)
    reference = harvest.reference.rename(columns={"value": "e_c"})
    whole = reference.loc[reference["industry_id"].eq("total")].rename(columns={"e_c": "e"})
    area = ["reference_id", "view", "year", "measure"]
    cells = cells.merge(reference[[*area, "industry_id", "e_c"]], on=[*area, "industry_id"])
    cells = cells.merge(whole[[*area, "e"]], on=area).dropna(subset=["value"])
    return {
        (row.region_id, row.view, row.industry_id): (
            float(row.value),
            float(row.value / row.e_r / (row.e_c / row.e)),
            float(row.value / row.e_c),
        )
        for row in cells.itertuples()
        if row.e_r > 0 and row.e_c > 0
    }


def measure_growth(harvest: Harvest) -> Growth:
    """(region, industry, first, last): compound annual growth of the cell and of its reference."""
    return {
        (row.region_id, row.industry_id, row.year_from, row.year_to): (
            (row.value_to / row.value_from) ** (1 / (row.year_to - row.year_from)) - 1,
            (row.ref_to / row.ref_from) ** (1 / (row.year_to - row.year_from)) - 1,
        )
        for row in harvest.growth.itertuples()
    }


def agree(ours: Mapping[tuple, tuple], theirs: Mapping[tuple, tuple], sample: int = 200) -> None:
    """The same keys on both sides, and the same figures on a random sample of them (or on all)."""
    assert set(ours) == set(theirs)
    keys = sorted(ours)
    for key in random.Random(7).sample(keys, min(sample, len(keys))):
        assert ours[key] == pytest.approx(theirs[key], rel=1e-9, abs=1e-12), key


def check_harvest(harvest: Harvest, source_ids: Iterable[str]) -> None:
    """Keys unique, references resolvable, statuses known, no withheld value given, every region placed."""
    regions = harvest.regions["region_id"]
    assert regions.is_unique
    assert harvest.regions[["lon", "lat", "name_en", "name_de"]].notna().all(axis=None)
    assert harvest.regions["lon"].between(-180, 180).all()
    assert harvest.regions["lat"].between(-60, 80).all()
    for name in ("cells", "totals", "growth"):
        assert set(getattr(harvest, name)["region_id"]) <= set(regions), name
    assert set(harvest.observations["entity_id"]) <= set(regions)
    assert not harvest.cells.duplicated(["region_id", "industry_id", "year", "measure"]).any()
    assert not harvest.totals.duplicated(["region_id", "view"]).any()
    assert not harvest.reference.duplicated(["reference_id", "view", "industry_id"]).any()
    assert not harvest.growth.duplicated(["region_id", "industry_id"]).any()
    assert not harvest.observations.duplicated(["entity_id", "indicator_id", "year"]).any()
    _check_values(harvest, set(source_ids))


def _check_values(harvest: Harvest, source_ids: set[str]) -> None:
    cells = harvest.cells
    withheld = cells["status"].eq("confidential")
    assert (cells["value"].isna() == withheld).all()
    assert cells.loc[~withheld, "value"].ge(0).all()
    assert cells["estimated_share"].between(0, 1).all()
    used: set[str] = set()
    for name in ("cells", "totals", "growth", "observations"):
        frame: pd.DataFrame = getattr(harvest, name)
        assert set(frame["status"]) <= STATUSES
        used |= set(frame["source_id"])
    assert used <= source_ids
    linked = harvest.totals[["reference_id", "view", "year", "measure"]].drop_duplicates()
    offered = harvest.reference[["reference_id", "view", "year", "measure"]].drop_duplicates()
    assert len(linked.merge(offered)) == len(linked)
