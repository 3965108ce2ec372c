"""What every source hands to the build: tidy frames in one shape.

A source reads its input tables and returns a :class:`Harvest`. Values that the
source withholds are rows with ``value`` NaN and status ``confidential``; values it
does not have are left out. Nothing missing is ever zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import pandas as pd

REGIONS = (
    "region_id", "iso3", "level", "parent_id", "vintage", "successor_ids", "name_en", "name_de",
    "name_local", "lon", "lat", "has_outline", "remark",
)  # fmt: skip
CELLS = (
    "region_id", "industry_id", "year", "measure", "value", "unit", "status", "estimated_share", "source_id",
)  # fmt: skip
TOTALS = (
    "region_id", "view", "year", "measure", "value", "status", "missing_parts", "reference_id", "source_id",
)  # fmt: skip
REFERENCE = ("reference_id", "view", "industry_id", "year", "measure", "value", "source_id")
GROWTH = (
    "region_id", "industry_id", "year_from", "year_to", "value_from", "value_to", "ref_from", "ref_to",
    "matched_share", "status", "source_id",
)  # fmt: skip
WAGE = (
    "region_id", "industry_id", "year", "wages", "employment", "ref_wages", "ref_employment", "unit",
    "status", "source_id",
)  # fmt: skip
OBSERVATIONS = ("entity_id", "indicator_id", "year", "value", "status", "source_id")
CLUSTERS = (
    "cluster_id", "kind", "region_id", "industry_id", "iso3", "iso3_all", "name_en", "name_de", "lon", "lat",
    "granularity", "counted", "rule",
)  # fmt: skip
EDITIONS = ("entity_id", "indicator_id", "edition", "value", "source_url")
LEFT_OUT = ("entity", "reason_key", "detail")

COLUMNS: dict[str, Sequence[str]] = {
    "regions": REGIONS, "cells": CELLS, "totals": TOTALS, "reference": REFERENCE, "growth": GROWTH,
    "wage": WAGE, "observations": OBSERVATIONS, "clusters": CLUSTERS, "editions": EDITIONS,
    "left_out": LEFT_OUT,
}  # fmt: skip


def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS[name]))


@dataclass(frozen=True)
class Harvest:
    """The frames of one source, each with exactly the columns named in :data:`COLUMNS`."""

    regions: pd.DataFrame = field(default_factory=lambda: _empty("regions"))
    cells: pd.DataFrame = field(default_factory=lambda: _empty("cells"))
    totals: pd.DataFrame = field(default_factory=lambda: _empty("totals"))
    reference: pd.DataFrame = field(default_factory=lambda: _empty("reference"))
    growth: pd.DataFrame = field(default_factory=lambda: _empty("growth"))
    wage: pd.DataFrame = field(default_factory=lambda: _empty("wage"))
    observations: pd.DataFrame = field(default_factory=lambda: _empty("observations"))
    clusters: pd.DataFrame = field(default_factory=lambda: _empty("clusters"))
    editions: pd.DataFrame = field(default_factory=lambda: _empty("editions"))
    left_out: pd.DataFrame = field(default_factory=lambda: _empty("left_out"))

    def __post_init__(self) -> None:
        for part in fields(self):
            got, want = list(getattr(self, part.name).columns), list(COLUMNS[part.name])
            if got != want:
                raise ValueError(f"{part.name}: columns {got}, expected {want}")


def join(harvests: Sequence[Harvest]) -> Harvest:
    """Stack the frames of several sources, in the order given."""
    stacked = {}
    for name in COLUMNS:
        parts = [frame for h in harvests if not (frame := getattr(h, name)).empty]
        stacked[name] = pd.concat(parts, ignore_index=True) if parts else _empty(name)
    return Harvest(**stacked)
