"""Filling of withheld counts on a small tree worked by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.pipeline.sources.us_cells import add_up
from data.pipeline.sources.us_gap_filling import Filled, fill_tree, find_uncertain
from data.pipeline.sources.us_naics import division_weights, merge_contractors, parent_code, tree_levels

LEAVES = pd.Index(["336411", "336412", "336413", "336510", "541511", "541512"])
NATIONAL = pd.DataFrame(
    {"employment": [300.0, 200.0, 100.0, 50.0, 60.0, 40.0], "establishments": [3.0, 2.0, 5.0, 1.0, 6.0, 4.0]},
    index=LEAVES,
)
PUBLISHED = {
    "00": (1000, 40), "31-33": (700, 20), "54": (290, 19),
    "336": (700, 20), "3364": (640, 18), "33641": (640, 18), "336411": (400, 12),
    "541": (290, 19), "5415": (290, 19), "54151": (290, 19), "541511": (285, 19),
}  # fmt: skip


@pytest.fixture(scope="module")
def filled() -> Filled:
    keys = pd.MultiIndex.from_tuples([("r", code) for code in PUBLISHED], names=["region_id", "naics"])
    published = pd.DataFrame(list(PUBLISHED.values()), index=keys, columns=["employment", "establishments"])
    return fill_tree(published, tree_levels(LEAVES), NATIONAL)


def leaf(filled: Filled, code: str) -> tuple[float, float, bool]:
    at = filled.leaves.get_loc(code)
    counts = filled.counts
    return counts.employment[0, at], counts.establishments[0, at], bool(filled.employment_filled[0, at])


def test_published_counts_stay(filled: Filled) -> None:
    assert leaf(filled, "336411") == (400, 12, False)


def test_withheld_children_share_the_rest_by_national_employment(filled: Filled) -> None:
    # 640 − 400 = 240 jobs over 200 : 100 nationally; 18 − 12 = 6 establishments over 2 : 5.
    assert leaf(filled, "336412") == pytest.approx((160, 6 * 2 / 7, True))
    assert leaf(filled, "336413") == pytest.approx((80, 6 * 5 / 7, True))


def test_withheld_branch_is_filled_through_its_levels(filled: Filled) -> None:
    # 700 − 640 = 60 jobs and 20 − 18 = 2 establishments go to the only withheld branch, 3365.
    assert leaf(filled, "336510") == pytest.approx((60, 2, True))


def test_no_establishment_left_means_empty(filled: Filled) -> None:
    # All 19 establishments of 54151 are in 541511: its five jobs more are noise, not a hidden firm.
    assert leaf(filled, "541512")[:2] == (0, 0)


def test_a_rest_is_known_where_its_children_belong_together(filled: Filled) -> None:
    together = pd.DataFrame(
        {"air": [1, 1, 1, 0, 0, 0], "other": [0, 0, 0, 1, 1, 1]}, index=LEAVES, dtype=float
    )
    assert not find_uncertain(filled, together).any()
    apart = pd.DataFrame({"a": [1, 1, 0, 0, 0, 0], "b": [0, 0, 1, 1, 1, 1]}, index=LEAVES, dtype=float)
    assert find_uncertain(filled, apart)[0].tolist() == [False, True, True, False, False, False]
    split = together.assign(air=[1, 1, 0.5, 0, 0, 0], other=[0, 0, 0.5, 1, 1, 1])
    assert find_uncertain(filled, split)[0].tolist() == [False, True, True, False, False, False]


def test_a_published_split_code_is_estimated(filled: Filled) -> None:
    weights = pd.DataFrame({"air": [0.5, 1, 1, 0, 0, 0], "other": [0.5, 0, 0, 1, 1, 1]}, index=LEAVES)
    total = add_up(filled, weights)
    # Half of 400 is a guess; the 240 of the other two are the known rest of 33641.
    assert total.value["employment"].loc["r", "air"] == pytest.approx(440)
    assert total.estimated["employment"].loc["r", "air"] == pytest.approx(200)


def test_division_weights(inputs: Path) -> None:
    weights = division_weights(inputs)
    assert np.allclose(weights.sum(axis=1), 1)
    assert weights.loc["336411", "isic-30"] == 1
    # The input names division 00 for this farm code.
    assert weights.loc["111336", "isic-01"] == 1
    assert weights.loc["238110"].gt(0).sum() == 1


def test_tree() -> None:
    assert [parent_code(c) for c in ("336411", "3364", "336", "31-33", "541", "54")] == [
        "33641", "336", "31-33", "00", "54", "00",
    ]  # fmt: skip
    assert [list(level) for level in tree_levels(LEAVES)[:3]] == [
        ["00"],
        ["31-33", "54", "99"],
        ["336", "541"],
    ]
    assert merge_contractors(pd.Series(["238111", "541511"])).tolist() == ["238110", "541511"]


def test_nothing_is_lost(filled: Filled) -> None:
    # Ten jobs and one establishment stay with the unclassified, five jobs have no establishment to go to.
    assert np.isclose(filled.counts.employment.sum(), 985)
    assert np.isclose(filled.counts.establishments.sum(), 39)
