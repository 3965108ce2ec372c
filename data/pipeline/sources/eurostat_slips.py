"""Slips in the copy of Eurostat's business statistics that would make clusters where there are none.

Two kinds, each found in the figures themselves (docs/decisions/003-slips-in-the-source.md):

- Dresden and Chemnitz carry each other's figures from 2013 on: between 2012 and 2013 every division of the one
  continues in the other (car making moves from Chemnitz to Dresden, electronics the other way).
- Single cells of 2014 that lie beyond two and a half times, or below two fifths, of both neighbouring years, such
  as all of Norway's wholesale booked on Agder and Rogaland. Which figure is right cannot be told; they are left out.
"""

import numpy as np
import pandas as pd

from data.pipeline.harvest import LEFT_OUT

EXCHANGED = {"DED2": "DED4", "DED4": "DED2"}
EXCHANGED_FROM = 2013
SLIP_YEAR = 2014
FACTOR = 2.5
FLOOR = 1000
"""A slip matters only where the figure or its neighbours reach the floor of the cluster rule."""

FIGURES = ["persons_employed", "local_units", "wages_meur"]


def exchange(table: pd.DataFrame) -> pd.DataFrame:
    """Give Dresden and Chemnitz their own figures back."""
    wrong = table["geo"].isin(list(EXCHANGED)) & (table["year"] >= EXCHANGED_FROM)
    return table.assign(geo=table["geo"].where(~wrong, table["geo"].map(EXCHANGED)))


def find_slips(table: pd.DataFrame) -> "pd.Series[bool]":
    """Rows of a region in 2014 whose employment stands far outside both neighbouring years."""
    jobs = table.set_index(["geo", "nace", "year"])["persons_employed"]
    near = [
        jobs.reindex(
            pd.MultiIndex.from_arrays([table["geo"], table["nace"], table["year"] + step])
        ).to_numpy()
        for step in (-1, 1)
    ]
    value, high, low = table["persons_employed"].to_numpy(), np.maximum(*near), np.minimum(*near)
    far = (value > FACTOR * high) | (value < low / FACTOR)
    here = (table["year"] == SLIP_YEAR) & (table["geo"].str.len() == 4)
    found: pd.Series[bool] = here & far & (np.maximum(value, low) >= FLOOR)
    return found


def mend(table: pd.DataFrame) -> pd.DataFrame:
    """The table with figures exchanged back and slips taken out; what is taken out is missing, not zero."""
    mended = exchange(table)
    slips = find_slips(mended)
    mended.loc[slips, FIGURES] = np.nan
    flags = ["flag_emp", "flag_units", "flag_wages"]
    mended.loc[slips, flags] = ""
    return mended


def list_slips(table: pd.DataFrame) -> pd.DataFrame:
    """What was taken out or exchanged, as rows of the table of things left out."""
    mended = exchange(table)
    slips = mended[find_slips(mended)]
    rows = [
        (f"eu-nuts2-{geo}", "implausible-year", f"{nace} {SLIP_YEAR}")
        for geo, nace in zip(slips["geo"], slips["nace"], strict=True)
    ]
    rows += [(f"eu-nuts2-{geo}", "exchanged-in-source", f"{EXCHANGED_FROM}-2015") for geo in EXCHANGED]
    return pd.DataFrame(rows, columns=list(LEFT_OUT))
