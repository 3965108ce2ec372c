"""Quotients of a harvest worked out beside the core, for the tests of the sources."""

import pandas as pd

from data.pipeline.harvest import Harvest


def measured(harvest: Harvest, view: str, industry_pattern: str) -> pd.DataFrame:
    """Employment cells of the base year with their total, reference and the quotient of shares."""
    totals = harvest.totals[harvest.totals["view"] == view]
    cells = harvest.cells[harvest.cells["measure"] == "employment"]
    cells = cells[cells["industry_id"].str.fullmatch(industry_pattern)]
    frame = cells.merge(totals, on=["region_id", "year"], suffixes=("", "_total"))
    reference = harvest.reference[harvest.reference["view"] == view]
    whole = reference[reference["industry_id"] == "total"].set_index("reference_id")["value"]
    keys = ["reference_id", "industry_id"]
    frame = frame.join(reference.set_index(keys)["value"].rename("ref"), on=keys)
    frame["ref_total"] = frame["reference_id"].map(whole)
    frame["lq"] = (frame["value"] / frame["value_total"]) / (frame["ref"] / frame["ref_total"])
    return frame


def rate(row: pd.Series, start: str, end: str) -> float:
    """Compound growth of a growth row between its two years, as a fraction."""
    return float((row[end] / row[start]) ** (1 / (row["year_to"] - row["year_from"])) - 1)
