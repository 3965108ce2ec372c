"""Employment of US states by six-digit NAICS code (BLS QCEW, private sector), gaps filled.

A suppressed cell keeps its number of establishments; its employment is a share of what the state's published
private total leaves over, in proportion to establishments × national mean size of the industry.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.sources.us_gap_filling import Counts, Filled
from data.pipeline.sources.us_naics import merge_contractors
from data.pipeline.sources.view_frames import read_table

YEARS = (2019, 2020)


def read_state_counts(inputs: Path) -> pd.DataFrame:
    """Rows state_fips, year, naics, establishments, employment (persons, NaN where suppressed)."""
    types = {"state_fips": str, "naics": str}
    rows = read_table(inputs / "us" / "us_qcew_state_naics6_2019_2020.csv.gz", dtype=types)
    return rows.rename(columns={"emp": "employment"})[
        ["state_fips", "year", "naics", "establishments", "employment"]
    ]


def read_state_totals(inputs: Path) -> pd.DataFrame:
    """Published private employment, index state_fips, one column a year."""
    context = read_table(inputs / "us" / "us_state_context.csv", dtype={"state_fips": str}).set_index(
        "state_fips"
    )
    return pd.DataFrame({year: context[f"qcew_private_emp_{year}"] for year in YEARS})


def fill_states(counts: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Add ``filled`` (True where suppressed) and fill ``employment``.

    The mean size of an industry comes from its published cells; where it has none, from a shorter code.
    """
    rows = counts.assign(filled=counts["employment"].isna())
    expected = (rows["establishments"] * _mean_size(rows)).where(rows["filled"], 0.0)
    keys = [rows["state_fips"], rows["year"]]
    published = rows["employment"].groupby(keys).transform("sum")
    pairs = pd.MultiIndex.from_arrays(keys)
    total = pd.concat(dict(totals.items())).swaplevel().reindex(pairs).to_numpy()
    left = np.clip(total - published, 0, None)
    scale = left / expected.groupby(keys).transform("sum")
    return rows.assign(employment=rows["employment"].where(~rows["filled"], expected * scale))


def _mean_size(rows: pd.DataFrame) -> pd.Series:
    """Employment per establishment of the published cells of the same year, NAICS code as long as needed."""
    size = pd.Series(np.nan, index=rows.index)
    known = rows["employment"].notna()
    for digits in (6, 5, 4, 3, 2):
        keys = [rows["year"], rows["naics"].str.slice(stop=digits)]
        jobs = rows["employment"].groupby(keys).transform("sum")
        units = rows["establishments"].where(known, 0).groupby(keys).transform("sum")
        size = size.fillna((jobs / units.where(units > 0)).where(jobs > 0))
    return size


def national_counts(filled: pd.DataFrame, year: int) -> pd.DataFrame:
    """Sum over the states by six-digit code in the Census form (columns employment, establishments)."""
    rows = filled.loc[filled["year"].eq(year)]
    return rows.groupby(merge_contractors(rows["naics"]))[["employment", "establishments"]].sum()


def spread_states(filled: pd.DataFrame, year: int, region_ids: pd.Series) -> Filled:
    """The states of one year as regions × codes; a code without a row has no establishment in the state.

    *region_ids*: state_fips to region id.
    """
    rows = filled.loc[filled["year"].eq(year)].assign(region_id=lambda r: r["state_fips"].map(region_ids))
    measures = ["employment", "establishments", "filled"]
    rows = rows.astype(dict.fromkeys(measures, float))
    wide = rows.pivot_table(index="region_id", columns="naics", values=measures, fill_value=0.0)
    marked = wide["filled"].gt(0).to_numpy()
    counts = (wide[measure].to_numpy() for measure in measures[:2])
    return Filled(
        regions=wide.index,
        leaves=wide["filled"].columns,
        counts=Counts(*counts),
        employment_filled=marked,
        establishments_filled=np.zeros_like(marked),
        origin=np.zeros(marked.shape, dtype=np.int64),
    )


def weigh_state_codes(weights: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    """Weights of the QCEW's own *codes*: each has those of its code in the Census form, or none."""
    census = merge_contractors(codes.to_series())
    return weights.reindex(census, fill_value=0.0).set_axis(codes, axis=0)
