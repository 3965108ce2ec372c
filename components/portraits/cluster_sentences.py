"""Plain sentences about a cluster, made from its figures; what is missing is not said, or said so."""

import numpy as np

from components.locale import number
from components.portraits.parts import Placed, show
from components.view import View
from data.portraits import record_of
from data.profiles import ThemeScore, coverage
from data.reference import Reference, UnitKey, find_reference, member_ranks, position_of


def _text(view: View, row: int, name: str) -> str | None:
    figure = view.obs.clusters.matrix.figure(row, name)
    if figure.value is None:
        return None
    return show(view, view.obs.catalogue.indicators[name], figure.value)


def opening(view: View, row: int) -> str:
    """What the cluster is, in one sentence."""
    record, lang = record_of(view.obs, "clusters", row), view.lang
    country = str(record[f"country_name_{lang}"])
    if record["kind"] == "science-technology":
        rank = _text(view, row, "st_rank")
        return view.t("portrait.say.science", name=record[f"name_{lang}"], country=country, rank=rank)
    industry = view.obs.catalogue.industries[str(record["industry_id"])].name.get(lang)
    where = {"industry": industry, "region": str(record[f"region_name_{lang}"]), "country": country}
    figure = view.obs.clusters.matrix.figure(row, "employment")
    if figure.value is not None:
        form = "portrait.say.size_estimated" if figure.status == "estimated" else "portrait.say.size"
        return view.t(form, **where, persons=number(lang, round(figure.value), 0), year=figure.year)
    added = view.obs.clusters.matrix.figure(row, "gross_value_added")
    if added.value is None:
        return view.t("portrait.say.no_size", **where)
    amount = show(view, view.obs.catalogue.indicators["gross_value_added"], added.value)
    return view.t("portrait.say.value_added", **where, amount=amount, year=added.year)


def ranking(view: View, row: int, indicator: str, group: str) -> tuple[int, int] | None:
    """(rank, of how many) of the cluster in a group; ``None`` where the group does not exist for it, where it
    has no figure, or where it would be alone."""
    reference: Reference = find_reference(view.obs, "clusters", row, group)
    if group != "kind" and reference.group != group:
        return None
    if indicator == "gross_value_added" and group != "country":
        return None  # amounts in different currencies do not compare
    key: UnitKey = ("clusters", row)
    ranks = member_ranks(view.obs, reference, indicator)
    rank = float(ranks[position_of(view.obs, reference, key)])
    known = int((~np.isnan(ranks)).sum())
    return None if np.isnan(rank) or known < 2 else (int(rank), known)


def rank_form(rank: int, n: int) -> str:
    """Which sentence tells a rank: ``first``, ``last`` or ``middle``."""
    return "first" if rank == 1 else "last" if rank == n else "middle"


def _rank_sentence(view: View, row: int, indicator: str, group: str) -> str | None:
    found = ranking(view, row, indicator, group)
    if found is None:
        return None
    rank, n = found
    form = f"portrait.say.{group}_{rank_form(rank, n)}"
    return view.t(form, rank=number(view.lang, rank), count=number(view.lang, n))


def summary(view: View, row: int) -> list[str]:
    """Two short paragraphs: what it is, and where it stands."""
    record = record_of(view.obs, "clusters", row)
    if record["kind"] == "science-technology":
        return [text for text in (opening(view, row), _science(view, row)) if text]
    first = [opening(view, row)]
    quotient = view.obs.clusters.matrix.figure(row, "lq_home").value
    if quotient is not None:
        form = "lq_europe" if _european(view, row) else "lq_home"
        first.append(
            view.t(f"portrait.say.{form}", lq=number(view.lang, quotient, 1 if quotient < 10 else 0))
        )
    size = (
        "employment"
        if view.obs.clusters.matrix.figure(row, "employment").value is not None
        else "gross_value_added"
    )
    second = [_rank_sentence(view, row, size, group) for group in ("industry", "country")]
    return [" ".join(first), *([" ".join(said)] if (said := [s for s in second if s]) else [])]


def _european(view: View, row: int) -> bool:
    """Whether the area of comparison is Europe as a whole."""
    record = record_of(view.obs, "clusters", row)
    return record["continent"] == "europe" and record["granularity"] in {"division", "group"}


def _science(view: View, row: int) -> str:
    patents, papers = _text(view, row, "pct_applications"), _text(view, row, "publications")
    change = view.obs.clusters.matrix.figure(row, "st_rank_change").value
    said = []
    if patents and papers:
        said.append(view.t("portrait.say.output", patents=patents, papers=papers))
    if change is not None:
        form = "same" if change == 0 else "up" if change > 0 else "down"
        said.append(view.t(f"portrait.say.moved_{form}", n=int(abs(change))))
    return " ".join(said)


def known(view: View, row: int, placed: dict[str, list[Placed]]) -> str:
    """How complete the profile is, and from which years its figures come."""
    reference = find_reference(view.obs, "clusters", row, "kind")
    have, possible = coverage(view.obs, reference, ("clusters", row))
    return known_sentence(view, have, possible, placed)


def known_sentence(view: View, have: int, possible: int, placed: dict[str, list[Placed]]) -> str:
    """Coverage n of m with the years of the figures and how many are estimates."""
    figures = [p.figure for items in placed.values() for p in items if p.figure.value is not None]
    years = [f.year for f in figures if f.year]
    said = [view.t("portrait.say.coverage", known=have, possible=possible)]
    if years and min(years) != max(years):
        said.append(view.t("portrait.say.years", first=min(years), last=max(years)))
    estimated = sum(f.status == "estimated" for f in figures)
    if estimated:
        said.append(view.t("portrait.say.estimated", n=estimated))
    return " ".join(said)


def theme(view: View, score: ThemeScore, placed: list[Placed]) -> str:
    """How the unit does in a theme, from its score and its best and weakest figure."""
    if not placed:
        return view.t("portrait.say.theme_none")
    if score.score is None:
        return view.t("portrait.say.theme_thin", known=score.known, possible=score.possible)
    band = (
        "high"
        if score.score >= 75
        else "above"
        if score.score >= 55
        else "middle"
        if score.score >= 45
        else ("below" if score.score >= 25 else "low")
    )
    said = [
        view.t(
            f"portrait.say.theme_{band}",
            value=number(view.lang, score.score),
            known=score.known,
            possible=score.possible,
        )
    ]
    ranked = [p for p in placed if p.percentile is not None and p.indicator.in_profile]
    if len(ranked) > 1:
        best, worst = (f(ranked, key=lambda p: p.percentile or 0) for f in (max, min))
        if best.percentile != worst.percentile:
            said.append(
                view.t(
                    "portrait.say.best_worst",
                    best=best.indicator.label.get(view.lang),
                    worst=worst.indicator.label.get(view.lang),
                )
            )
    return " ".join(said)
