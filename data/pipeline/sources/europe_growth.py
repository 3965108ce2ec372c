"""Growth and relative wages of European region × division pairs, against the own country."""

import numpy as np
import pandas as pd

from data.pipeline.harvest import GROWTH, WAGE
from data.pipeline.sources.europe_business import BASE_YEAR, SOURCE, industry_id
from data.pipeline.sources.nuts import region_id, spread

FIRST_YEARS = (2010, 2011, 2012)


def _own_country(business: pd.DataFrame, measure: str, pairs: pd.DataFrame, year: str) -> "pd.Series[float]":
    """The published country cell of each pair's industry in the year of column ``year``, else NaN."""
    own = business[(business["geo"].str.len() == 2) & (business["measure"] == measure)]
    cells = own.set_index(["country", "nace", "year"])["value"]
    wanted = pd.MultiIndex.from_frame(pairs[["country", "nace", year]])
    return pd.Series(cells.reindex(wanted).to_numpy(), index=pairs.index)


def business_growth(business: pd.DataFrame) -> pd.DataFrame:
    """Employment from the earliest of 2010-2012 that the same place has to 2014; a start of zero has no rate.

    ``ref_*`` is the own country's published cell of the same years. A break flagged after the first
    year, or an estimated end, makes the row ``estimated``.
    """
    jobs = business[
        business["code"].notna()
        & (business["measure"] == "employment")
        & (business["nace"].str.len() == 3)
        & business["value"].notna()
    ]
    start = jobs[jobs["year"].isin(FIRST_YEARS) & (jobs["value"] > 0)].sort_values("year")
    start = start.drop_duplicates(["code", "nace"])
    keys = ["code", "country", "nace"]
    pairs = start.merge(jobs[jobs["year"] == BASE_YEAR], on=keys, suffixes=("_from", "_to"))
    breaks = jobs[jobs["broken"]].groupby(["code", "nace"])["year"].max().rename("break_year")
    pairs = pairs.join(breaks, on=["code", "nace"])
    soft = (pairs["status_from"] == "estimated") | (pairs["status_to"] == "estimated")
    soft |= (pairs["break_year"] > pairs["year_from"]) & (pairs["break_year"] <= BASE_YEAR)
    return pairs.assign(
        region_id=region_id(pairs["code"]),
        industry_id=industry_id(pairs["nace"]),
        ref_from=_own_country(business, "employment", pairs, "year_from"),
        ref_to=_own_country(business, "employment", pairs, "year_to"),
        matched_share=np.nan,
        status=np.where(soft, "estimated", "observed"),
        source_id=SOURCE,
    )[list(GROWTH)]


def business_wage(business: pd.DataFrame) -> pd.DataFrame:
    """Wages and employment of 2014 beside the own country's, where all four are published."""
    year = business[business["year"].eq(BASE_YEAR) & business["nace"].str.len().eq(3)]
    keys = ["code", "country", "nace"]
    local = year[year["code"].notna() & year["measure"].isin(["wages", "employment"])]
    wide = spread(local, keys, "measure").dropna().reset_index()
    wide = wide[wide["employment"] > 0].assign(year=BASE_YEAR)
    frame = wide.assign(
        region_id=region_id(wide["code"]),
        industry_id=industry_id(wide["nace"]),
        ref_wages=_own_country(business, "wages", wide, "year"),
        ref_employment=_own_country(business, "employment", wide, "year"),
        unit="EUR million",
        status="observed",
        source_id=SOURCE,
    )
    return frame.dropna(subset=["ref_wages", "ref_employment"])[list(WAGE)]
