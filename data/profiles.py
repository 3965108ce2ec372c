"""The uniform profile: five themes, each the mean of percentiles within a reference group (METHODS A6).

An indicator enters a theme if the catalogue puts it into the profile, it exists for the kind of unit, and it
is loaded, that is, at least one unit of that kind has a value. A theme is the weighted mean of the known
percentiles and missing if they hold less than half of its weight; nothing is filled in.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.catalogue_types import Indicator
from data.indicators import ranking
from data.observatory import Observatory
from data.reference import Reference, UnitKey, member_percentiles, position_of, units_named

Floats = npt.NDArray[np.float64]
REGION_LEVELS = {"region", "place", "country"}


class ThemeScore(NamedTuple):
    """A theme of one unit: mean percentile (``None`` where too little is known), how many of its indicators
    are known, and its rank among those of the group that have a score."""

    score: float | None
    known: int
    possible: int
    rank: int | None
    ranked: int


@lru_cache(maxsize=64)
def loaded_indicators(obs: Observatory, unit: str, kind: str) -> frozenset[str]:
    """Indicators of which at least one unit of a kind has a value."""
    units = units_named(obs, unit)
    # Regions of all levels share one profile: their figures come from the same tables.
    here = np.ones(len(units), bool) if unit == "regions" else (units.frame["kind"] == kind).to_numpy(bool)
    known = ~np.isnan(units.matrix.values[here]).all(axis=0)
    return frozenset(name for name, any_ in zip(units.matrix.indicators, known, strict=True) if any_)


def applies(indicator: Indicator, unit: str, kind: str) -> bool:
    """Whether an indicator exists for a kind of cluster, or for regions."""
    return indicator.level in REGION_LEVELS if unit == "regions" else kind in indicator.kinds


@lru_cache(maxsize=512)
def profile_indicators(obs: Observatory, unit: str, kind: str, theme: str) -> tuple[Indicator, ...]:
    """What a theme is made of for one kind of unit, in the order of the catalogue."""
    loaded = loaded_indicators(obs, unit, kind)
    return tuple(
        i
        for i in obs.catalogue.indicators.values()
        if i.in_profile and i.theme == theme and applies(i, unit, kind) and i.id in loaded
    )


def profile_themes(obs: Observatory) -> tuple[str, ...]:
    """The five themes in their order."""
    return tuple(theme.id for theme in obs.catalogue.themes.values() if theme.in_profile)


def _kinds(obs: Observatory, reference: Reference) -> list[tuple[str, str]]:
    """(unit, kind) of every member of an own list, or the one pair all members of a group share."""
    if not reference.listed:
        return [(reference.unit, reference.kind)]
    return [(unit, str(units_named(obs, unit).frame["kind"].iloc[row])) for unit, row in reference.listed]


@lru_cache(maxsize=512)
def _theme_block(obs: Observatory, reference: Reference, theme: str) -> tuple[Floats, Floats]:
    """Percentiles (members × indicators) and weights (kinds × indicators; 0 where one does not apply)."""
    makeup = [profile_indicators(obs, unit, kind, theme) for unit, kind in _kinds(obs, reference)]
    union = list(dict.fromkeys(i for row in makeup for i in row))
    weights = np.array([[i.weight if i in row else 0.0 for i in union] for row in makeup], np.float64)
    columns = [member_percentiles(obs, reference, i.id) for i in union]
    scores = np.column_stack(columns) if columns else np.zeros((len(makeup), 0))
    return np.where(weights > 0, scores, np.nan), weights


@lru_cache(maxsize=512)
def member_scores(obs: Observatory, reference: Reference, theme: str) -> Floats:
    """Score of the theme of every member of a group, 0 to 100, NaN where missing."""
    scores, weights = _theme_block(obs, reference, theme)
    return ranking.theme_scores(scores, weights)


@lru_cache(maxsize=512)
def _score_ranks(obs: Observatory, reference: Reference, theme: str) -> Floats:
    return ranking.ranks(member_scores(obs, reference, theme))


def theme_score(obs: Observatory, reference: Reference, key: UnitKey, theme: str) -> ThemeScore:
    """One theme of one unit within its reference group."""
    scores, weights = _theme_block(obs, reference, theme)
    at = position_of(obs, reference, key)
    values = member_scores(obs, reference, theme)
    if not values.size or not scores.shape[1]:
        return ThemeScore(None, 0, 0, None, 0)
    score, rank = float(values[at]), float(_score_ranks(obs, reference, theme)[at])
    own = weights[at if len(weights) > 1 else 0]
    return ThemeScore(
        None if np.isnan(score) else score,
        int(ranking.coverage_counts(scores[at])),
        int((own > 0).sum()),
        None if np.isnan(rank) else int(rank),
        int((~np.isnan(values)).sum()),
    )


def coverage(obs: Observatory, reference: Reference, key: UnitKey) -> tuple[int, int]:
    """(known, possible) indicators of the whole profile of a unit."""
    parts = [theme_score(obs, reference, key, theme) for theme in profile_themes(obs)]
    return sum(p.known for p in parts), sum(p.possible for p in parts)
