"""Base indicators of every region x industry in the base year of every view.

One row is a cell of the base year together with its region's total and its reference area. The industries
of a view are those its reference has: what lies outside (finance in Europe's business economy) gets no row.
"""

import numpy as np
import pandas as pd

from data.indicators.growth import cagr
from data.indicators.specialisation import location_quotient, share
from data.metadata import Catalogue, Industry
from data.pipeline.harmonise import TOTAL
from data.pipeline.harvest import Harvest

GRANULARITY = {
    "division": "division", "section": "section", "group": "group",
    "benchmark-traded": "benchmark", "benchmark-local": "benchmark",
}  # fmt: skip
EUROPE = "europe"
ENOUGH_MATCHED = 0.6
"""Least part of a cell's jobs that a growth figure must cover."""
_YEAR_APART = 1


def specialise(harvest: Harvest, catalogue: Catalogue) -> pd.DataFrame:
    """One row a region, industry and view, sorted by them.

    Columns: region_id, industry_id, view, granularity, year, measure, unit, value (in ``unit``), status,
    estimated_share (0-1), source_id, region_total, total_status, reference_id, ref_value, ref_total; lq_home
    and lq_pooled (1 = average), focus and national_share (percent), share_apart (bool); growth (percent a
    year), growth_advantage (percentage points a year), growth_year, growth_status, growth_source;
    relative_wage (own country = 100),
    wage_year, wage_status, wage_source; establishments, establishments_status, mean_establishment_size;
    gross_value_added (million in national currency), gross_value_added_status, gross_value_added_source.
    What cannot be computed is NaN.
    """
    frame = _base_cells(harvest)
    frame["focus"] = share(frame["value"], frame["region_total"]) * 100
    frame["lq_home"] = location_quotient(
        frame["value"], frame["region_total"], frame["ref_value"], frame["ref_total"]
    )
    frame = frame.join(_national_share(frame, harvest))
    frame = frame.merge(_pooled(harvest, catalogue), how="left", on=["view", "measure", "industry_id"])
    frame["lq_pooled"] = share(frame["focus"] / 100, frame.pop("pooled_share"))
    frame = _with_growth(frame, harvest.growth)
    frame = _with_wage(frame, harvest.wage)
    frame = _with_measures(frame, harvest.cells)
    return frame.sort_values(["region_id", "industry_id", "view"], ignore_index=True)


def _base_cells(harvest: Harvest) -> pd.DataFrame:
    totals = harvest.totals.rename(columns={"value": "region_total", "status": "total_status"})
    totals = totals[
        [
            "region_id",
            "view",
            "year",
            "measure",
            "region_total",
            "total_status",
            "missing_parts",
            "reference_id",
        ]
    ]
    frame = harvest.cells.merge(totals, on=["region_id", "year", "measure"])
    reference = harvest.reference[["reference_id", "view", "industry_id", "measure", "value"]]
    whole = reference[reference["industry_id"] == TOTAL].drop(columns="industry_id")
    frame = frame.merge(
        reference.rename(columns={"value": "ref_value"}),
        on=["reference_id", "view", "industry_id", "measure"],
    ).merge(whole.rename(columns={"value": "ref_total"}), on=["reference_id", "view", "measure"])
    return frame.assign(granularity=frame["view"].map(GRANULARITY))


def _national_share(frame: pd.DataFrame, harvest: Harvest) -> pd.DataFrame:
    """national_share in percent, from the same source as the cell, and whether its years are one apart.

    Where the country's figure is a year older than the region's, the share is an estimate and at most 100.
    """
    iso3 = harvest.regions.set_index("region_id")["iso3"]
    keys = frame[["view", "measure", "industry_id", "source_id", "year"]].assign(
        reference_id=frame["reference_id"].where(
            frame["reference_id"] != EUROPE, frame["region_id"].map(iso3)
        )
    )
    own = harvest.reference.rename(columns={"year": "ref_year", "value": "whole"})
    joined = keys.merge(own, how="left", on=["reference_id", "view", "measure", "industry_id", "source_id"])
    apart = (joined["year"] - joined["ref_year"]).abs().to_numpy()
    percent = share(frame["value"], joined["whole"]) * 100
    usable = np.where(apart == 0, percent, np.where(apart <= _YEAR_APART, np.minimum(percent, 100), np.nan))
    return pd.DataFrame({"national_share": usable, "share_apart": apart == _YEAR_APART}, index=frame.index)


def _pooled(harvest: Harvest, catalogue: Catalogue) -> pd.DataFrame:
    """Share of each industry in all home references together: view, measure, industry_id, pooled_share.

    An area takes part if it has the industry or all its members. A second count of the same country
    (``USA-states``) does not. Only persons can be added up across currencies, and one area is no pool.
    """
    reference, home = harvest.reference, set(harvest.totals["reference_id"])
    areas = reference[
        reference["measure"].eq("employment")
        & reference["reference_id"].isin(home)
        & ~reference["reference_id"].str.contains("-")
    ]
    wide = areas.pivot(index=["view", "measure", "reference_id"], columns="industry_id", values="value")  # noqa: PD010
    whole = wide.pop(TOTAL)
    sums = pd.DataFrame({i: _rolled_up(wide, catalogue.industries[i]) for i in wide.columns})
    known = sums.notna()
    by = ["view", "measure"]
    parts, bases = sums.groupby(by).sum(), known.mul(whole, axis=0).groupby(by).sum()
    pool = (parts / bases.where(bases > 0)).where(known.groupby(by).sum() >= 2)
    long = pool.reset_index().melt(by, var_name="industry_id", value_name="pooled_share")
    return long.dropna(subset=["pooled_share"])


def _rolled_up(wide: pd.DataFrame, industry: Industry) -> pd.Series:
    own = wide[industry.industry_id]
    members = [m for m in industry.members if m in wide.columns]
    if industry.approximate or not members or len(members) < len(industry.members):
        return own
    return own.fillna(wide[members].sum(axis=1, min_count=len(members)))


def _with_growth(frame: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    years = growth["year_to"] - growth["year_from"]
    matched = growth["matched_share"].fillna(1.0) >= ENOUGH_MATCHED
    own = pd.Series(cagr(growth["value_from"], growth["value_to"], years), growth.index).where(matched)
    reference = cagr(growth["ref_from"], growth["ref_to"], years)
    rows = growth[["region_id", "industry_id"]].assign(
        growth=own, growth_advantage=own - reference, growth_year=growth["year_to"],
        growth_status=growth["status"], growth_source=growth["source_id"],
    )  # fmt: skip
    return frame.merge(rows[own.notna()], how="left", on=["region_id", "industry_id"])


def _with_wage(frame: pd.DataFrame, wage: pd.DataFrame) -> pd.DataFrame:
    own, reference = (
        share(wage["wages"], wage["employment"]),
        share(wage["ref_wages"], wage["ref_employment"]),
    )
    rows = wage[["region_id", "industry_id"]].assign(
        relative_wage=share(own, reference) * 100, wage_year=wage["year"], wage_status=wage["status"],
        wage_source=wage["source_id"],
    )  # fmt: skip
    return frame.merge(rows[rows["relative_wage"].notna()], how="left", on=["region_id", "industry_id"])


def _with_measures(frame: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Establishments and gross value added of the same year, where the source has them."""
    keys = ["region_id", "industry_id", "year"]
    units = cells[cells["measure"] == "establishments"].rename(
        columns={"value": "establishments", "status": "establishments_status"}
    )
    frame = frame.merge(units[[*keys, "establishments", "establishments_status"]], how="left", on=keys)
    frame["mean_establishment_size"] = share(frame["value"], frame["establishments"])
    added = cells[cells["measure"] == "gross_value_added"]
    # a lakh is 100,000
    added = added.assign(
        gross_value_added=added["value"].where(added["unit"] != "INR lakh", added["value"] / 10)
    )
    added = added.rename(
        columns={"status": "gross_value_added_status", "source_id": "gross_value_added_source"}
    )
    columns = [*keys, "gross_value_added", "gross_value_added_status", "gross_value_added_source"]
    frame = frame.merge(added[columns], how="left", on=keys)
    jobs = frame["measure"] == "employment"
    frame["mean_establishment_size"] = np.where(jobs, frame["mean_establishment_size"], np.nan)
    return frame
