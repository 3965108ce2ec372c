"""Honest counts of the directory: how many initiatives, and of how many what is known."""

from dataclasses import dataclass

import pandas as pd

KNOWN = (
    "coordinates",
    "members",
    "founded",
    "website",
    "fields",
    "industries",
    "region",
    "programme",
    "last_checked",
)
"""What may be known of an initiative."""
_COLUMNS = {"coordinates": "lon", "region": "region_id", "programme": "programme_id"}
_LISTS = {"fields": "field_ids", "industries": "industry_ids"}


@dataclass(frozen=True)
class InitiativeCounts:
    """Counts over the counted initiatives; what is not counted stands apart with its reasons.

    ``known`` by name of :data:`KNOWN`; ``by_kind``, ``by_status`` and ``by_country`` (alpha-3 code, most
    first) sum up to ``initiatives``. ``not_counted`` has the reasons ``unverified`` (never seen in a
    source), ``weak`` (a community page only), ``no-address`` and ``proposed``: each row under its first
    reason.
    """

    initiatives: int
    countries: int
    known: dict[str, int]
    by_kind: dict[str, int]
    by_status: dict[str, int]
    by_country: dict[str, int]
    not_counted: dict[str, int]

    @property
    def shown(self) -> int:
        """All initiatives that are shown, counted or marked."""
        return self.initiatives + sum(self.not_counted.values())


def has_value(initiatives: pd.DataFrame, name: str) -> "pd.Series[bool]":
    """Whether each initiative has what ``name`` of :data:`KNOWN` says; KeyError for another name."""
    if name in _LISTS:
        return initiatives[_LISTS[name]].ne("")
    return initiatives[_COLUMNS.get(name, name)].notna()


def reasons(initiatives: pd.DataFrame) -> pd.Series:
    """Why each row is not counted, '' for a counted one."""
    reason = pd.Series("proposed", index=initiatives.index)
    reason = reason.mask(initiatives["source_url"].isna(), "no-address")
    reason = reason.mask(initiatives["confidence"].eq("C"), "weak")
    return reason.mask(~initiatives["verified"], "unverified").mask(initiatives["counted"], "")


def count_initiatives(initiatives: pd.DataFrame) -> InitiativeCounts:
    """Counts of the table of initiatives or of any selection of its rows."""
    counted = initiatives[initiatives["counted"]]
    apart = reasons(initiatives)
    return InitiativeCounts(
        initiatives=len(counted),
        countries=counted["iso3"].nunique(),
        known={name: int(has_value(counted, name).sum()) for name in KNOWN},
        by_kind=_count(counted["kind"]),
        by_status=_count(counted["status"]),
        by_country=_count(counted["iso3"]),
        not_counted=_count(apart[apart != ""]),
    )


def _count(values: pd.Series) -> dict[str, int]:
    """Number by value, most first, equal numbers by name."""
    counts = values.value_counts().rename_axis("value").reset_index(name="n")
    counts = counts.sort_values(["n", "value"], ascending=[False, True])
    return {str(value): int(n) for value, n in zip(counts["value"], counts["n"], strict=True)}
