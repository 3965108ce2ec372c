"""Reference groups: the units a percentile is measured against, and percentiles and ranks within them.

A unit is a row of the clusters or of the regions. Groups: ``kind`` (same kind and granularity, the default),
and within it the same ``industry``, ``field``, ``country``, ``continent`` or ``income`` group; ``own`` is the
compared list itself. A unit that has no industry or field falls back to ``kind``. Only counted clusters stand
in a group, because nested regions would count places twice; where a granularity has none (the second views of
the same places), all of it stands in; retired regions do not. The unit itself always belongs to its group.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data.indicators import ranking
from data.observatory import Observatory, Units

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
UnitKey = tuple[str, int]
"""(``clusters`` or ``regions``, row)."""

COLUMNS = {"industry": "industry_id", "country": "iso3", "continent": "continent", "income": "income_group"}


@dataclass(frozen=True)
class Reference:
    """A reference group by what its members share; hashable, so that results can be kept.

    ``group`` is the group really used, which is ``kind`` where the one asked for does not apply. ``value`` is
    what the members share (an industry, a country …). ``outsider`` is the row of a unit that stands in its
    group though it is not counted, else -1. ``listed`` are the members of an ``own`` group.
    """

    unit: str
    group: str
    kind: str = ""
    granularity: str = ""
    value: str = ""
    outsider: int = -1
    listed: tuple[UnitKey, ...] = ()


def find_unit(obs: Observatory, unit_id: str) -> UnitKey | None:
    """Where a cluster or region stands, ``None`` for an id that is neither."""
    for name, units in (("clusters", obs.clusters), ("regions", obs.regions)):
        row = units.position.get(unit_id)
        if row is not None:
            return name, row
    return None


def units_named(obs: Observatory, unit: str) -> Units:
    """The clusters or the regions."""
    return obs.regions if unit == "regions" else obs.clusters


@lru_cache(maxsize=64)
def _pool(obs: Observatory, unit: str, kind: str, granularity: str) -> Mask:
    """Units of one kind and granularity that may stand in a reference group."""
    frame = units_named(obs, unit).frame
    mask = ((frame["kind"] == kind) & (frame["granularity"] == granularity)).to_numpy(bool)
    if "successor_ids" in frame:
        mask = mask & (frame["successor_ids"].fillna("") == "").to_numpy(bool)
    counted = mask & frame["counted"].to_numpy(bool)
    return counted if counted.any() else mask


@lru_cache(maxsize=8)
def _fields_of(obs: Observatory) -> dict[str, frozenset[str]]:
    """Fields by industry."""
    table = obs.tables["industry_fields"]
    pairs = table.groupby("industry_id")["field_id"].agg(frozenset)
    return {str(industry): fields for industry, fields in pairs.items()}


@lru_cache(maxsize=256)
def _sharing(obs: Observatory, unit: str, group: str, value: str) -> Mask:
    """Units that share what defines the group."""
    frame = units_named(obs, unit).frame
    if group == "field":
        wanted, fields = set(value.split("~")), _fields_of(obs)
        near = {industry for industry, own in fields.items() if own & wanted}
        return frame["industry_id"].isin(near).to_numpy(bool)
    return (frame[COLUMNS[group]] == value).fillna(False).to_numpy(bool)


def _shared_value(obs: Observatory, row: Any, group: str) -> str:
    """What the unit shares with its group, empty where the group does not apply to it."""
    if group == "field":
        return "~".join(sorted(_fields_of(obs).get(str(row["industry_id"]), ())))
    if group not in COLUMNS:
        return ""
    value = row[COLUMNS[group]]
    return str(value) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def _reference(obs: Observatory, unit: str, row: int, group: str) -> Reference:
    record = units_named(obs, unit).frame.iloc[row]
    kind, granularity = str(record["kind"]), str(record["granularity"])
    value = _shared_value(obs, record, group)
    if not value:
        group = "kind"
    inside = _pool(obs, unit, kind, granularity)[row]
    return Reference(unit, group, kind, granularity, value, -1 if inside else row)


def find_reference(
    obs: Observatory, unit: str, row: int, group: str, own: tuple[UnitKey, ...] = ()
) -> Reference:
    """The reference group of one unit. ``own`` is the compared list, used by the group of that name only."""
    if group == "own" and own:
        return Reference("own", "own", listed=own)
    return _reference(obs, unit, row, group)


@lru_cache(maxsize=512)
def _members(obs: Observatory, reference: Reference) -> Rows:
    mask = _pool(obs, reference.unit, reference.kind, reference.granularity)
    if reference.value:
        mask = mask & _sharing(obs, reference.unit, reference.group, reference.value)
    if reference.outsider >= 0:
        mask = mask.copy()
        mask[reference.outsider] = True
    return np.flatnonzero(mask)


def reference_mask(obs: Observatory, unit: str, row: int, group: str) -> Mask:
    """Which clusters or regions stand in the group of one of them, over all rows of ``unit``."""
    mask = np.zeros(len(units_named(obs, unit)), bool)
    mask[_members(obs, find_reference(obs, unit, row, group))] = True
    return mask


def count_members(obs: Observatory, reference: Reference) -> int:
    """How many units stand in the group, with a figure or without."""
    return len(reference.listed) or len(_members(obs, reference))


def position_of(obs: Observatory, reference: Reference, key: UnitKey) -> int:
    """Place of a member in the arrays of its group."""
    if reference.listed:
        return reference.listed.index(key)
    return int(np.searchsorted(_members(obs, reference), key[1]))


def member_values(obs: Observatory, reference: Reference, indicator_id: str) -> Floats:
    """Values of all members, NaN where missing, in the order of the group."""
    if reference.listed:
        found = (units_named(obs, unit).matrix.figure(row, indicator_id) for unit, row in reference.listed)
        return np.array([np.nan if f.value is None else f.value for f in found], np.float64)
    return units_named(obs, reference.unit).matrix.column(indicator_id)[_members(obs, reference)]


@lru_cache(maxsize=2048)
def member_percentiles(obs: Observatory, reference: Reference, indicator_id: str) -> Floats:
    """Percentile (0 to 100, mid-rank, high is good) of all members, NaN where missing."""
    direction = obs.catalogue.indicators[indicator_id].direction
    return ranking.percentiles(member_values(obs, reference, indicator_id), direction)


@lru_cache(maxsize=1024)
def member_ranks(obs: Observatory, reference: Reference, indicator_id: str) -> Floats:
    """Rank of all members by an indicator, 1 is best, NaN where missing."""
    direction = obs.catalogue.indicators[indicator_id].direction
    return ranking.ranks(member_values(obs, reference, indicator_id), direction)


def percentiles(values: npt.ArrayLike, mask: npt.ArrayLike, direction: int = 1) -> Floats:
    """Percentiles of the values inside a mask, over all rows; NaN outside it and where a value is missing.

    >>> percentiles([10.0, 99.0, 20.0, 30.0], [True, False, True, True]).round(1).tolist()
    [16.7, nan, 50.0, 83.3]
    """
    numbers, inside = np.asarray(values, np.float64), np.asarray(mask, bool)
    found = np.full(numbers.shape, np.nan)
    found[inside] = ranking.percentiles(numbers[inside], direction)
    return found
