"""What a reader must know before trusting a comparison: units that are not alike, years, gaps, estimates.

Every finding is a key of the words catalogue with the values for its gaps; ids stay ids, words are the
page's.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from data.comparison import ESTIMATES, FEW, ROUND, Comparison, Point
from data.observatory import Observatory
from data.reference import units_named

UNEVEN = 0.1
"""Coverage (share of the profile that is known) that differs by more than this is worth a note."""
FAR = 3
"""Years this far apart on one axis are worth a note."""


class Finding(NamedTuple):
    """``key`` names the sentence, ``warn`` asks for emphasis, ``values`` fill it."""

    key: str
    warn: bool
    values: dict[str, Any]


def _unlike(comparison: Comparison) -> Iterator[Finding]:
    """Kinds, levels and granularities that do not match."""
    kinds = {u.kind for u in comparison.units}
    if len(kinds) > 1:
        yield Finding("kinds", True, {"kinds": sorted(kinds)})
    for kind in sorted(kinds):
        details = sorted({u.level or u.granularity for u in comparison.units if u.kind == kind})
        if len(details) > 1:
            yield Finding("levels" if kind == "region" else "granularities", True, {"details": details})


def _measures(obs: Observatory, comparison: Comparison) -> Iterator[Finding]:
    """Clusters measured by value added stand beside clusters measured by jobs."""
    by_output, by_jobs = [], False
    for unit in comparison.units:
        if unit.kind != "industry":
            continue
        matrix = units_named(obs, unit.key[0]).matrix
        jobs = matrix.figure(unit.key[1], "employment").value is not None
        output = matrix.figure(unit.key[1], "gross_value_added").value is not None
        by_jobs |= jobs
        if output and not jobs:
            by_output.append(unit.id)
    if by_output and by_jobs:
        yield Finding("measures", True, {"units": by_output})


def _groups(comparison: Comparison, asked: str) -> Iterator[Finding]:
    references = {u.reference: u for u in comparison.units}
    for reference, unit in references.items():
        if unit.members < FEW:
            yield Finding("small_group", True, {"n": unit.members, "reference": reference})
    fallen = [u.id for u in comparison.units if u.reference.group != asked]
    if fallen:
        yield Finding("fallback", False, {"units": fallen})


def _years(comparison: Comparison) -> Iterator[Finding]:
    """Axes whose figures are of years far apart; on themes the figures behind them differ by nature."""
    if comparison.themes:
        return
    spans: dict[tuple[int, int], list[str]] = {}
    for at, axis in enumerate(comparison.axes):
        years = [row[at].years[0] for row in comparison.points if row[at].years[0] and row[at].known]
        if years and max(years) - min(years) >= FAR:
            spans.setdefault((min(years), max(years)), []).append(axis.id)
    for (first, last), axes in spans.items():
        yield Finding("years", False, {"axes": axes, "first": first, "last": last})


def _gap(point: Point) -> str:
    """Why a point is not there, empty if it is."""
    if point.score is not None:
        return ""
    return (
        "undefined" if not point.possible else "confidential" if point.status == "confidential" else "missing"
    )


def _gaps(comparison: Comparison) -> Iterator[Finding]:
    undefined: dict[str, list[str]] = {}
    for unit, row in zip(comparison.units, comparison.points, strict=True):
        reasons = {axis.id: _gap(point) for axis, point in zip(comparison.axes, row, strict=True)}
        for key in ("missing", "confidential"):
            axes = [axis for axis, reason in reasons.items() if reason == key]
            if axes:
                yield Finding(key, False, {"unit": unit.id, "axes": axes})
        undefined.setdefault(unit.kind, [axis for axis, reason in reasons.items() if reason == "undefined"])
    for gone in dict.fromkeys(tuple(found) for found in undefined.values() if found):
        kinds = [kind for kind, found in undefined.items() if tuple(found) == gone]
        yield Finding("undefined", False, {"kinds": kinds, "axes": list(gone)})


def _coverage(comparison: Comparison) -> Iterator[Finding]:
    shares = sorted(
        (u.coverage[0] / u.coverage[1], u.id, *u.coverage) for u in comparison.units if u.coverage[1]
    )
    if len(shares) > 1 and shares[-1][0] - shares[0][0] > UNEVEN:
        yield Finding("coverage", False, {"low": shares[0][1:], "high": shares[-1][1:]})


def is_estimate(point: Point) -> bool:
    """Whether a figure is drawn hollow."""
    return point.score is not None and point.status in ESTIMATES


def _reading(comparison: Comparison) -> Iterator[Finding]:
    """How to read single axes: estimates, low values that are good, figures of the whole country."""
    if any(is_estimate(point) for row in comparison.points for point in row):
        yield Finding("estimates_theme" if comparison.themes else "estimates", False, {})
    shown = [axis.indicator for axis in comparison.axes if axis.indicator is not None]
    for key, axes in (
        ("lower_better", [i.id for i in shown if i.direction < 0]),
        ("no_direction", [i.id for i in shown if i.direction == 0]),
        ("country_level", [i.id for i in shown if i.level == "country"]),
    ):
        if axes:
            yield Finding(key, False, {"axes": axes})
    if 0 < len(comparison.axes) < ROUND:
        yield Finding("few_axes", False, {})


def find_notes(obs: Observatory, comparison: Comparison, group: str) -> list[Finding]:
    """All findings, warnings first."""
    if not comparison.units:
        return []
    found = [
        *_unlike(comparison),
        *_measures(obs, comparison),
        *_groups(comparison, group),
        *_coverage(comparison),
        *_gaps(comparison),
        *_years(comparison),
        *_reading(comparison),
    ]
    if comparison.dropped:
        key = "dropped_themes" if comparison.themes else "dropped"
        found.append(Finding(key, False, {"axes": list(comparison.dropped)}))
    return sorted(found, key=lambda f: not f.warn)
