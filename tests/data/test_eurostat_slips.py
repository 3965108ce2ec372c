"""Slips of the European source are found in its own figures and taken out, never replaced by a guess."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.pipeline.sources.eurostat_slips import exchange, find_slips, list_slips, mend
from data.pipeline.sources.nuts import read_table


def rows(*figures: tuple[str, str, int, float]) -> pd.DataFrame:
    table = pd.DataFrame(figures, columns=["geo", "nace", "year", "persons_employed"])
    return table.assign(local_units=1.0, wages_meur=1.0, flag_emp="", flag_units="", flag_wages="")


@pytest.mark.parametrize(
    ("before", "value", "after", "slip"),
    [(1000.0, 2600.0, 1000.0, True), (1000.0, 2400.0, 1000.0, False), (1000.0, 0.0, 1200.0, True),
     (1000.0, 2600.0, 2000.0, False), (300.0, 900.0, 300.0, False), (np.nan, 9000.0, 1000.0, False)],
)  # fmt: skip
def test_a_slip_stands_outside_both_neighbours(before: float, value: float, after: float, slip: bool) -> None:
    table = rows(("NO04", "G46", 2013, before), ("NO04", "G46", 2014, value), ("NO04", "G46", 2015, after))
    assert find_slips(table).tolist() == [False, slip, False]


def test_a_country_and_other_years_are_not_touched() -> None:
    table = rows(("NO", "G46", 2013, 1e3), ("NO", "G46", 2014, 9e3), ("NO", "G46", 2015, 1e3))
    assert not find_slips(table).any()


def test_what_is_taken_out_is_missing_not_zero() -> None:
    table = rows(("NO04", "G46", 2013, 1e3), ("NO04", "G46", 2014, 9e3), ("NO04", "G46", 2015, 1e3))
    assert np.isnan(mend(table).loc[1, ["persons_employed", "local_units", "wages_meur"]].astype(float)).all()
    assert list_slips(table)["detail"].tolist()[0] == "G46 2014"


def test_dresden_and_chemnitz_continue_in_themselves(inputs: Path) -> None:
    table = read_table(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz")
    for frame, steady in ((table, False), (exchange(table), True)):
        jobs = frame.set_index(["geo", "nace", "year"])["persons_employed"]
        ratio = jobs["DED4", "C29", 2013] / jobs["DED4", "C29", 2012]
        assert bool(0.5 < ratio < 2) == steady


def test_norways_wholesale_is_not_in_one_region(inputs: Path) -> None:
    mended = mend(read_table(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz"))
    jobs = mended.set_index(["geo", "nace", "year"])["persons_employed"]
    assert np.isnan(jobs["NO04", "G46", 2014])
    assert jobs["NO04", "G46", 2015] == 12007
