"""Columns of the ranking: which ones a unit can show, which it shows by default, and what each means."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data.column_names import ALWAYS, COMPUTED
from data.observatory import Observatory
from data.ranking_words import entry
from data.selection import Selection

TEXTS = frozenset({"name", "country", "kind", "top_size", "top_lq"})
Names = tuple[str, ...]
INDUSTRY: Names = ("employment", "lq_home", "national_share", "focus", "growth_advantage", "relative_wage")
SCIENCE: Names = ("st_total_share", "pct_share", "pct_per_million", "publication_share",
                  "publications_per_million", "st_rank")  # fmt: skip
MIXED: Names = ("employment", "lq_home", "national_share", "focus", "growth_advantage", "pct_share",
                "pct_per_million")  # fmt: skip
REGIONS: Names = ("clusters", "population", "gdp_per_head_ppp", "gdp_growth_real", "industry_diversity",
                  "patents_per_million_relative", "unicorns_per_million")  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column. ``direction`` as in the catalogue; one that is not ``rankable`` cannot be sorted by."""

    id: str
    label: str
    unit: str
    unit_short: str
    description: str
    years: str
    decimals: int
    direction: int
    numeric: bool
    rankable: bool
    indicator: bool
    own: bool
    """Whether the figure is always the unit's own, never one of its region or country."""


@lru_cache(maxsize=1024)
def describe(obs: Observatory, unit: str, name: str, lang: str) -> Column:
    """What a column means; raises :class:`KeyError` for one that does not exist."""
    found = entry(unit, name) or entry("columns", name)
    numeric = name not in TEXTS
    if found is not None:
        words = {key: str(found.get(key, {}).get(lang, "")) for key in ("label", "unit", "description")}
        return Column(name, words["label"], words["unit"], "", words["description"], "",
                      int(found.get("decimals", 0)), 1, numeric,
                      name not in {"rank", "reference_rank", "top_size", "top_lq"}, False, True)  # fmt: skip
    item = obs.catalogue.indicators[name]
    return Column(
        name, item.short_label.get(lang), item.unit.get(lang), item.unit_short.get(lang),
        item.description.get(lang), item.years.get(lang), item.decimals, item.direction, True, item.rankable,
        True, item.level == "cluster",
    )  # fmt: skip


@lru_cache(maxsize=8)
def available(obs: Observatory, unit: str) -> tuple[str, ...]:
    """The columns a unit can show beside rank and name: computed ones, then indicators somebody has."""
    if unit == "industries":
        return COMPUTED[unit]
    matrix = obs.regions.matrix if unit == "regions" else obs.clusters.matrix
    empty = np.asarray(np.isnan(matrix.values).all(axis=0), bool)
    have = {name for at, name in enumerate(matrix.indicators) if not empty[at]}
    return (*COMPUTED[unit], *(name for name in obs.catalogue.indicators if name in have))


def defaults(selection: Selection) -> tuple[str, ...]:
    """Size and intensity side by side, as far as the kinds asked for have them."""
    if selection.unit == "industries":
        return COMPUTED["industries"]
    if selection.unit == "regions":
        return ("reference_rank", "kind", "country", *REGIONS)
    known: dict[Names, Names] = {
        ("industry",): INDUSTRY,
        ("science-technology",): SCIENCE,
    }
    chosen = known.get(selection.kind, MIXED)
    return ("reference_rank", "country", *(("kind",) if chosen == MIXED else ()), *chosen)


def default_sort(selection: Selection) -> str:
    """What is ranked by unless the address says otherwise: a size."""
    if selection.unit != "clusters":
        return "clusters"
    return "st_total_share" if selection.kind == ("science-technology",) else "employment"


def sortable(obs: Observatory, unit: str, name: str) -> bool:
    """Whether a ranking can be sorted by a column."""
    return name == "name" or (name in available(obs, unit) and describe(obs, unit, name, "en").rankable)


def sorted_by(obs: Observatory, selection: Selection) -> str:
    """The column a selection asks to be sorted by; one that the unit does not have means the default."""
    return selection.sort if sortable(obs, selection.unit, selection.sort) else default_sort(selection)


def shown(obs: Observatory, selection: Selection, by: str) -> tuple[str, ...]:
    """The columns of a selection, rank and name first; what it is sorted ``by`` is always among them."""
    have = available(obs, selection.unit)
    chosen = tuple(c for c in selection.columns if c in have)
    chosen = chosen or tuple(c for c in defaults(selection) if c in have)
    if by not in (*chosen, "name"):
        texts = [c for c in chosen if c in TEXTS or c == "reference_rank"]
        chosen = (*texts, by, *(c for c in chosen if c not in texts))
    return (*ALWAYS, *chosen)
