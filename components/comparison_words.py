"""The comparison in words: what a reference group is, what a point says, what stands out, what to mind."""

import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from babel.lists import format_list

from components.locale import number
from components.view import View
from components.words import t
from data.comparison import Axis, Compared, Comparison, Point, find_axis
from data.comparison_notes import Finding
from data.observatory import Observatory
from data.reference import Reference
from data.selection import DEFAULT

LONG, SOFT = 15, "\u00ad"
Scored = tuple[float, int]
"""(percentile, position of the unit)."""


def join(lang: str, items: Iterable[str]) -> str:
    """A list in words: ``a, b and c``."""
    return format_list(list(items), locale=lang)


@lru_cache(maxsize=1024)
def _names(comparison: Comparison, lang: str) -> dict[str, str]:
    plain = [u.names[lang] for u in comparison.units]
    return {
        u.id: t(lang, "compare.named", name=name, kind=t(lang, f"compare.kind.{u.kind}"))
        if plain.count(name) > 1
        else name
        for u, name in zip(comparison.units, plain, strict=True)
    }


def unit_names(view: View, comparison: Comparison) -> dict[str, str]:
    """Names by id; where two units have the same name, their kinds tell them apart."""
    return _names(comparison, view.lang)


def axis_label(view: View, axis: Axis) -> str:
    """Short name of an axis."""
    if axis.indicator is None:
        return view.obs.catalogue.themes[axis.id].label.get(view.lang)
    return axis.indicator.short_label.get(view.lang)


def _breakable(lang: str, word: str) -> str:
    """A long word with a soft hyphen where its last part begins, if the catalogue knows that part."""
    if len(word) > LONG:
        for part in t(lang, "compare.axes.joints").split():
            at = word.rfind(part)
            if at > 3 and word.endswith(part):
                return f"{word[:at]}{SOFT}{word[at:]}"
    return word


@lru_cache(maxsize=1024)
def hyphenate(lang: str, label: str) -> str:
    """A label whose long words may break, also after a dash or a slash."""
    words = " ".join(_breakable(lang, word) for word in label.split())
    return words.replace("–", "–\u200b").replace("/", "/\u200b")


@lru_cache(maxsize=2048)
def wrap(lang: str, label: str, width: int = 15) -> str:
    """A label in lines for a chart; soft hyphens are used where a line needs them."""
    lines = [""]
    for word in hyphenate(lang, label).replace("\u200b", " \u200b").split(" "):
        head, _, tail = word.partition(SOFT)
        glue = "" if word.startswith("\u200b") or not lines[-1] else " "
        whole = (head + tail).replace("\u200b", "")
        if len(lines[-1] + glue + whole) <= width:
            lines[-1] += glue + whole
        elif tail and len(whole) > width:
            start = lines.pop() if len(lines[-1] + glue + head) < width else ""
            lines += [x for x in (start + (glue if start else "") + head + "-", tail) if x]
            lines = [line for line in lines if line]
        else:
            lines.append(whole)
    return "<br>".join(line for line in lines if line)


def _named(view: View, name: str) -> str:
    """Short name of an indicator or theme by its id."""
    catalogue = view.obs.catalogue
    return (catalogue.indicators[name].short_label if name in catalogue.indicators
            else catalogue.themes[name].label).get(view.lang)  # fmt: skip


def _shared(view: View, reference: Reference) -> str:
    value, catalogue, lang = reference.value, view.obs.catalogue, view.lang
    if reference.group == "industry":
        return catalogue.industries[value].short.get(lang)
    if reference.group == "field":
        return join(lang, (catalogue.fields[f].short.get(lang) for f in value.split("~")))
    if reference.group == "country":
        return str(view.obs.countries.at[value, f"name_{lang}"])
    key = "controls.continent" if reference.group == "continent" else "compare.reference.income"
    return view.t(f"{key}.{value}")


def group_text(view: View, reference: Reference) -> str:
    """A reference group in words, in the plural."""
    if reference.listed:
        return view.t("compare.reference.own")
    if reference.unit == "regions":
        units = view.t(f"compare.level.{reference.kind}")
    else:
        units = view.t(f"compare.kind_plural.{reference.kind}")
        if reference.kind == "industry":
            detail = view.t(f"compare.granularity.{reference.granularity}")
            units = view.t("compare.reference.units_granularity", kind=units, granularity=detail)
    if not reference.value:
        return units
    return view.t("compare.reference.within", units=units, value=_shared(view, reference))


def reference_lines(view: View, comparison: Comparison) -> list[str]:
    """One sentence for every reference group in use."""
    by_group: dict[Reference, list[Compared]] = {}
    for unit in comparison.units:
        by_group.setdefault(unit.reference, []).append(unit)
    lines, all_names = [], unit_names(view, comparison)
    for reference, units in by_group.items():
        values = {"group": group_text(view, reference), "n": number(view.lang, units[0].members)}
        if len(by_group) == 1:
            lines.append(view.t("compare.reference.one", **values))
        else:
            names = join(view.lang, (all_names[u.id] for u in units))
            lines.append(view.t("compare.reference.several", name=names, **values))
    return lines


def value_text(view: View, axis: Axis, point: Point) -> str:
    """The raw figure with its unit, a dash where missing."""
    if axis.indicator is None:
        return number(view.lang, point.score)
    text = number(view.lang, point.value, axis.indicator.decimals)
    unit = axis.indicator.unit_short.get(view.lang)
    return f"{text} {unit}" if unit and point.value is not None else text


def year_text(view: View, point: Point) -> str:
    """Year or years of a point, empty where unknown."""
    first, last = point.years
    if not last:
        return ""
    return str(last) if first == last else view.t("compare.hover.years", first=first, last=last)


@lru_cache(maxsize=16_384)
def _hover(obs: Observatory, lang: str, axis_id: str, point: Point) -> str:
    view, axis = View(obs, DEFAULT, lang, "compare"), find_axis(obs, axis_id)
    theme = axis.indicator is None
    lines = [] if theme else [f"{axis_label(view, axis)}: {value_text(view, axis, point)}"]
    place = t(lang, "compare.hover.score" if theme else "compare.hover.percentile",
              percentile=number(lang, point.score))  # fmt: skip
    lines.append(f"{axis_label(view, axis)}: {place}" if theme else place)
    if point.rank is not None:
        rank, ranked = number(lang, point.rank), number(lang, point.ranked)
        lines[-1] += ", " + t(lang, "compare.hover.rank", rank=rank, ranked=ranked)
    facts = [year_text(view, point), t(lang, f"compare.status.{point.status}")]
    if theme:
        facts.insert(0, t(lang, "compare.hover.coverage", known=point.known, possible=point.possible))
    lines.append(" · ".join(fact for fact in facts if fact))
    if point.source_id:
        title = obs.catalogue.sources[point.source_id].title.get(lang)
        lines.append("<br>".join(textwrap.wrap(title, 46)))
    return "<br>".join(lines)


def hover_text(view: View, name: str, axis: Axis, point: Point) -> str:
    """Everything about a point, for the label that opens over it."""
    return f"<b>{name}</b><br>{_hover(view.obs, view.lang, axis.id, point)}"


def _best(comparison: Comparison) -> list[tuple[Axis, list[Scored]]]:
    """Per axis the units with a score, the highest first."""
    found = []
    for at, axis in enumerate(comparison.axes):
        scores = [(row[at].score, i) for i, row in enumerate(comparison.points)]
        known = sorted(((s, i) for s, i in scores if s is not None), key=lambda x: (-x[0], x[1]))
        found.append((axis, known))
    return found


def _alone(view: View, comparison: Comparison) -> str:
    known = [(scores[0][0], axis) for axis, scores in _best(comparison) if scores]
    name = comparison.units[0].names[view.lang]
    if not known:
        return view.t("compare.sentence.none")
    high, low = max(known, key=lambda x: x[0]), min(known, key=lambda x: x[0])
    values = {"name": name, "top": axis_label(view, high[1]), "high": number(view.lang, high[0])}
    if high[1] == low[1]:
        return view.t("compare.sentence.one_axis", **values)
    bottom = {"bottom": axis_label(view, low[1]), "low": number(view.lang, low[0])}
    return view.t("compare.sentence.one", **values, **bottom)


def _leaders(view: View, comparison: Comparison, shared: Sequence[tuple[Axis, list[Scored]]]) -> list[str]:
    """Who leads where; a tie leads nowhere."""
    won: dict[int, list[Axis]] = {}
    for axis, scores in shared:
        if scores[0][0] > scores[1][0]:
            won.setdefault(scores[0][1], []).append(axis)
    ranked = sorted(won.items(), key=lambda item: (-len(item[1]), item[0]))[:3]
    sentences, by_id = [], unit_names(view, comparison)
    for place, (unit, axes) in enumerate(ranked):
        names = join(view.lang, (axis_label(view, a) for a in axes))
        key = (
            "next"
            if place
            else "only"
            if len(shared) == 1
            else "first_themes"
            if comparison.themes
            else "first"
        )
        values = {"name": by_id[comparison.units[unit].id], "axes": names}
        sentences.append(view.t(f"compare.sentence.{key}", k=len(axes), m=len(shared), **values))
    return sentences or [view.t("compare.sentence.even")]


def sum_up(view: View, comparison: Comparison) -> str:
    """What the comparison shows, in a few short sentences."""
    if not comparison.units:
        return view.t("compare.empty")
    if len(comparison.units) == 1:
        return _alone(view, comparison)
    shared = [(axis, scores) for axis, scores in _best(comparison) if len(scores) > 1]
    if not shared:
        return view.t("compare.sentence.none")
    sentences = _leaders(view, comparison, shared)
    axis, scores = max(shared, key=lambda item: item[1][0][0] - item[1][-1][0])
    high, low = scores[0], scores[-1]
    if high[0] - low[0] >= 1:
        by_id = unit_names(view, comparison)
        top, bottom = (by_id[comparison.units[i].id] for i in (high[1], low[1]))
        sentences.append(view.t("compare.sentence.gap", axis=axis_label(view, axis), top=top, bottom=bottom,
                                high=number(view.lang, high[0]), low=number(view.lang, low[0])))  # fmt: skip
    return " ".join(sentences)


def note_text(view: View, comparison: Comparison, finding: Finding) -> str:
    """A finding as a sentence."""
    names = unit_names(view, comparison)
    values: dict[str, Any] = dict(finding.values)
    if "kinds" in values:
        values["kinds"] = join(view.lang, (view.t(f"compare.kind_plural.{k}") for k in values["kinds"]))
    if "details" in values:
        part = "level" if finding.key == "levels" else "granularity"
        values["details"] = join(view.lang, (view.t(f"compare.{part}.{d}") for d in values["details"]))
    for end in {"low", "high"} & set(values):
        unit, known, possible = values[end]
        values[end] = view.t("compare.notes.coverage_unit", name=names[unit], known=known, possible=possible)
    if "units" in values:
        values["units"] = join(view.lang, (names[u] for u in values["units"]))
    if "unit" in values:
        values["unit"] = names[values["unit"]]
    if "axes" in values:
        values["axes"] = join(view.lang, (_named(view, a) for a in values["axes"]))
    if "reference" in values:
        values["group"] = group_text(view, values.pop("reference"))
    return view.t(f"compare.notes.{finding.key}", **values)
