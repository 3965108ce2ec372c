"""The dense block of figures: newest known figure, honest gaps, and whose figure it is."""

import numpy as np
import pandas as pd

from data.matrix import Matrix, build_matrix, latest

SOURCES = ("census", "survey")


def observations(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    columns = ["entity_id", "indicator_id", "year", "value", "status"]
    return pd.DataFrame(rows, columns=columns).assign(source_id="census")


def block(ids: list[str], *rows: tuple[str, str, int, float, str]) -> Matrix:
    return build_matrix(latest(observations(*rows)), ids, ["income", "population"], SOURCES)


def test_the_newest_figure_that_is_known_counts() -> None:
    found = block(
        ["a"], ("a", "income", 2018, 10.0, "observed"), ("a", "income", 2019, np.nan, "confidential"),
        ("a", "income", 2015, 7.0, "observed"),
    )  # fmt: skip
    assert found.figure(0, "income") == (10.0, 2018, "observed", "census", "own")


def test_confidential_is_neither_zero_nor_missing() -> None:
    found = block(["a"], ("a", "income", 2019, np.nan, "confidential"))
    assert found.figure(0, "income") == (None, 2019, "confidential", "census", "own")
    assert np.isnan(found.column("income")).all()


def test_what_nobody_has_is_missing() -> None:
    found = block(["a"], ("a", "income", 2019, 1.0, "observed"))
    assert found.figure(0, "population") == (None, None, "missing", None, "own")
    assert np.isnan(found.column("no-such-indicator")).all()


def test_a_part_takes_ratios_from_around_but_no_totals() -> None:
    around = block(
        ["big"], ("big", "income", 2019, 5.0, "observed"), ("big", "population", 2019, 9e6, "observed")
    )
    town = block(["town", "lone"], ("lone", "income", 2020, 1.0, "observed"))
    filled = town.inherit(np.array([0, -1]), around, "around")
    assert filled.figure(0, "income") == (5.0, 2019, "observed", "census", "around")
    assert filled.figure(0, "population").value is None
    assert filled.figure(1, "income") == (1.0, 2020, "observed", "census", "own")
    cluster = block(["cluster"])
    theirs = cluster.inherit(np.array([0]), filled, "region")
    assert theirs.figure(0, "income").origin == "around"
    at_region = cluster.inherit(np.array([0]), around, "region")
    assert at_region.figure(0, "population") == (9e6, 2019, "observed", "census", "region")


def test_a_confidential_figure_is_not_replaced_by_another_areas() -> None:
    around = block(["big"], ("big", "income", 2019, 5.0, "observed"))
    own = block(["town"], ("town", "income", 2019, np.nan, "confidential"))
    assert own.inherit(np.array([0]), around, "around").figure(0, "income").status == "confidential"
