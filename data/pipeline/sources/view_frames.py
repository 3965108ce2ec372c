"""Frames of a harvest derived from tidy values, the same way for every country.

A source that has read its table into *values* (region_id, industry_id, year, value, status,
estimated_share; ``value`` NaN where withheld) names its views and gets the cells, totals, reference and
growth frames of the data contract. Nothing here knows a country.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from data.pipeline.harvest import CELLS, COLUMNS, GROWTH, OBSERVATIONS, REFERENCE, REGIONS, TOTALS, Harvest

GERMAN_NAMES = Path(__file__).resolve().parents[2] / "catalogue" / "region_names_de.csv"

VALUES = ("region_id", "industry_id", "year", "value", "status", "estimated_share")

GROUPS: dict[str, str] = {
    "A": "isic-A",
    "B": "isic-B-E",
    "C": "isic-B-E",
    "D": "isic-B-E",
    "E": "isic-B-E",
    "F": "isic-F",
    "G": "isic-G-I",
    "H": "isic-G-I",
    "I": "isic-G-I",
    "J": "isic-J",
    "K": "isic-K",
    "L": "isic-L",
    "M": "isic-M-N",
    "N": "isic-M-N",
    "O": "isic-O-Q",
    "P": "isic-O-Q",
    "Q": "isic-O-Q",
    "R": "isic-R-U",
    "S": "isic-R-U",
    "T": "isic-R-U",
    "U": "isic-R-U",
}
"""The common coarsening: ISIC section letter to group id."""


@dataclass(frozen=True)
class View:
    """One way of looking at a country's regions: its base year, growth years, measure and reference area."""

    name: str
    reference_id: str
    base: int
    growth: tuple[int, int] | None
    measure: str
    source_id: str
    missing_parts: str = ""


def read_table(path: Path, **options: Any) -> pd.DataFrame:
    """Read a CSV in which only an empty field means missing ("NA" is Namibia).

    Raises FileNotFoundError where the table is absent.
    """
    table: pd.DataFrame = pd.read_csv(path, keep_default_na=False, na_values=[""], **options)
    return table


def sum_values(frame: pd.DataFrame, by: Sequence[str] = VALUES[:3]) -> pd.DataFrame:
    """Add up rows that share a key; a key without any known value stays missing (never zero).

    Returns the columns of :data:`VALUES`, status ``observed`` and estimated share 0.
    """
    added = frame.groupby(list(by))[["value"]].sum(min_count=1).reset_index()
    return added.assign(status="observed", estimated_share=0.0)[list(VALUES)]


def make_cells(values: pd.DataFrame, *, measure: str, unit: str, source_id: str) -> pd.DataFrame:
    """Values as cells of one measure and unit."""
    return values.assign(measure=measure, unit=unit, source_id=source_id)[list(CELLS)]


def add_up(values: pd.DataFrame, year: int) -> pd.Series:
    """Total of each region in one year (index region_id), over the values at hand."""
    return values.loc[values["year"].eq(year)].groupby("region_id")["value"].sum(min_count=1)


def add_up_reference(values: pd.DataFrame) -> pd.Series:
    """Sum over all regions, index (industry_id, year)."""
    return values.groupby(["industry_id", "year"])["value"].sum(min_count=1)


def view_harvest(
    values: pd.DataFrame, view: View, *, totals: pd.Series | None = None, reference: pd.Series | None = None
) -> Harvest:
    """Totals, reference and growth of one view.

    *values*: the view's industries. *totals*: region_id to denominator in the base year; default the sum of
    the values. *reference*: (industry_id, year) to value of the reference area; default the sum over the
    regions given. The reference total is the sum of *totals*.
    """
    totals = add_up(values, view.base) if totals is None else totals
    totals = totals.dropna()
    reference = add_up_reference(values) if reference is None else reference
    return Harvest(
        totals=_total_rows(totals, view),
        reference=_reference_rows(reference, float(totals.sum()), view),
        growth=_growth_rows(values, reference, view),
    )


def _total_rows(totals: pd.Series, view: View) -> pd.DataFrame:
    rows = pd.DataFrame({"region_id": totals.index, "value": totals.to_numpy()})
    return rows.assign(
        view=view.name,
        year=view.base,
        measure=view.measure,
        status="observed",
        missing_parts=view.missing_parts,
        reference_id=view.reference_id,
        source_id=view.source_id,
    )[list(TOTALS)]


def _reference_rows(reference: pd.Series, total: float, view: View) -> pd.DataFrame:
    base = reference.xs(view.base, level="year").dropna().sort_index()
    rows = pd.DataFrame({"industry_id": [*base.index, "total"], "value": [*base.to_numpy(), total]})
    return rows.assign(
        reference_id=view.reference_id,
        view=view.name,
        year=view.base,
        measure=view.measure,
        source_id=view.source_id,
    )[list(REFERENCE)]


def _growth_rows(values: pd.DataFrame, reference: pd.Series, view: View) -> pd.DataFrame:
    """Growth of every cell with a positive first value and a known last value."""
    if view.growth is None:
        return pd.DataFrame(columns=list(GROWTH))
    first, last = view.growth
    keys = ["region_id", "industry_id"]
    ends = [values.loc[values["year"].eq(year), [*keys, "value", "status"]] for year in (first, last)]
    both = ends[0].merge(ends[1], on=keys, suffixes=("_from", "_to"), validate="one_to_one")
    both = both.loc[both["value_from"].gt(0) & both["value_to"].notna()].reset_index(drop=True)
    estimated = both["status_from"].eq("estimated") | both["status_to"].eq("estimated")
    return both.assign(
        year_from=first,
        year_to=last,
        matched_share=1.0,
        ref_from=both["industry_id"].map(reference.xs(first, level="year")),
        ref_to=both["industry_id"].map(reference.xs(last, level="year")),
        status=estimated.map({True: "estimated", False: "observed"}),
        source_id=view.source_id,
    )[list(GROWTH)]


def make_regions(rows: pd.DataFrame, **same: Any) -> pd.DataFrame:
    """Regions with the contract's columns: *rows* has what differs, *same* what is alike for all.

    Left out: no parent, no successor, no local name, no remark; the German name is the catalogue's, else the
    English one.
    """
    defaults: dict[str, Any] = {
        "parent_id": pd.NA,
        "successor_ids": "",
        "name_local": pd.NA,
        "remark": pd.NA,
        "has_outline": True,
    }
    missing = {k: v for k, v in {**defaults, **same}.items() if k not in rows.columns}
    if "name_de" not in rows.columns:
        german = read_table(GERMAN_NAMES).set_index("region_id")["name_de"]
        missing["name_de"] = rows["region_id"].map(german).fillna(rows["name_en"])
    regions = rows.assign(**missing)[list(REGIONS)].reset_index(drop=True)
    return regions.astype(dict.fromkeys(("parent_id", "name_local", "remark"), "string"))


def make_observations(
    series: pd.Series, indicator_id: str, *, year: int, source_id: str, status: str | pd.Series = "observed"
) -> pd.DataFrame:
    """One indicator from a series indexed by entity id; missing entries are left out."""
    known = series.dropna()
    marks = status.reindex(known.index) if isinstance(status, pd.Series) else status
    rows = pd.DataFrame({"entity_id": known.index, "value": known.to_numpy(dtype=float)}, index=known.index)
    rows = rows.assign(indicator_id=indicator_id, year=year, status=marks, source_id=source_id)
    return rows[list(OBSERVATIONS)].reset_index(drop=True)


def grow(first: pd.Series, last: pd.Series, years: int) -> pd.Series:
    """Compound annual growth in percent, ``((last / first) ** (1 / years) - 1) * 100``; aligned by index."""
    return ((last / first.where(first > 0)) ** (1 / years) - 1) * 100


def compare_per_head(amount: pd.Series, population: pd.Series) -> pd.Series:
    """Regional amount per head over the amount per head of all regions given (unitless; 1 = average)."""
    both = pd.concat([amount, population], axis=1, keys=["amount", "population"]).dropna()
    sums = both.sum()
    ratio: pd.Series = (both["amount"] / both["population"]) / (sums["amount"] / sums["population"])
    return ratio


def make_left_out(rows: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Entity to (reason key, detail)."""
    data = [(entity, reason, detail) for entity, (reason, detail) in rows.items()]
    return pd.DataFrame(data, columns=list(COLUMNS["left_out"]))


def spread(frame: pd.DataFrame, index: str | list[str], columns: str, values: str) -> pd.DataFrame:
    """One row per index, one column per entry of *columns*; ValueError where an entry repeats."""
    keys = [*([index] if isinstance(index, str) else index), columns]
    if frame.duplicated(keys).any():
        raise ValueError(f"repeated {keys}")
    # Reshaping must not average repeated entries silently, which pivot_table would.
    wide = frame.set_index(keys)[values].unstack(columns)  # noqa: PD010
    return pd.DataFrame(wide)


def finish(parts: Sequence[Harvest], shipped: Sequence[str]) -> Harvest:
    """Join the parts of one country, keep the shipped regions and drop rows two views have in common."""
    stacked: dict[str, pd.DataFrame] = {}
    for part in fields(Harvest):
        frames = [frame for h in parts if not (frame := getattr(h, part.name)).empty]
        if not frames:
            continue
        frame = pd.concat(frames, ignore_index=True)
        if "region_id" in frame.columns and part.name != "regions":
            frame = frame.loc[frame["region_id"].isin(shipped)]
        stacked[part.name] = frame.drop_duplicates(ignore_index=True)
    return Harvest(**stacked)
