"""Plain sentences about a cluster, made from its figures; what is missing is not said, or said to be missing."""

import numpy as np

from components.locale import number
from components.portraits.parts import Placed, show
from components.view import View
from data.profiles import ThemeScore
from data.reference import Reference, UnitKey, find_reference, member_ranks, position_of


def _text(view: View, row: int, name: str) -> str | None:
    figure = view.obs.clusters.matrix.figure(row, name)
    if figure.value is None:
        return None
    return show(view, view.obs.catalogue.indicators[name], figure.value)


def opening(view: View, row: int) -> str:
    """What the cluster is, in one sentence."""
    record, lang = view.obs.clusters.frame.iloc[row], view.lang
    country = str(record[f"country_name_{lang}"])
    if str(record["kind"]) == "science-technology":
        rank = _text(view, row, "st_rank")
        return view.t("portrait.say.science", name=record[f"name_{lang}"], country=country, rank=rank)
    industry = view.obs.catalogue.industries[str(record["industry_id"])].name.get(lang)
    region = str(record[f"region_name_{lang}"])
    figure = view.obs.clusters.matrix.figure(row, "employment")
    if figure.value is None:
        return view.t("portrait.say.no_size", industry=industry, region=region, country=country)
    form = "portrait.say.size_estimated" if figure.status == "estimated" else "portrait.say.size"
    persons = number(lang, round(figure.value), 0)
    return view.t(form, industry=industry, region=region, country=country, persons=persons, year=figure.year)


def _ranking(view: View, row: int, indicator: str, group: str) -> tuple[int, int] | None:
    """(rank, of how many) of the cluster in a group."""
    reference: Reference = find_reference(view.obs, "clusters", row, group)
    key: UnitKey = ("clusters", row)
    ranks = member_ranks(view.obs, reference, indicator)
    rank = float(ranks[position_of(view.obs, reference, key)])
    known = int((~np.isnan(ranks)).sum())
    if np.isnan(rank) or known < 2 or (group != "kind" and reference.group != group):
        return None
    return int(rank), known


def _rank_sentence(view: View, row: int, indicator: str, group: str) -> str | None:
    found = _ranking(view, row, indicator, group)
    if found is None:
        return None
    rank, n = found
    place = "first" if rank == 1 else "last" if rank == n else "middle"
    return view.t(f"portrait.say.{group}_{place}", rank=number(view.lang, rank), count=number(view.lang, n))


def summary(view: View, row: int) -> list[str]:
    """Two short paragraphs: what it is, and where it stands."""
    record = view.obs.clusters.frame.iloc[row]
    if str(record["kind"]) == "science-technology":
        return [opening(view, row), _science(view, row)]
    first = [opening(view, row)]
    quotient = view.obs.clusters.matrix.figure(row, "lq_home")
    if quotient.value is not None:
        lq = number(view.lang, quotient.value, 1 if quotient.value < 10 else 0)
        first.append(
            view.t("portrait.say.lq_europe" if _european(view, row) else "portrait.say.lq_home", lq=lq)
        )
    second = [_rank_sentence(view, row, "employment", group) for group in ("industry", "country")]
    return [" ".join(first), *([" ".join(said)] if (said := [s for s in second if s]) else [])]


def _european(view: View, row: int) -> bool:
    """Whether the area of comparison is Europe as a whole."""
    record = view.obs.clusters.frame.iloc[row]
    return str(record["continent"]) == "europe" and str(record["granularity"]) == "division"


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


def theme(view: View, score: ThemeScore, placed: list[Placed]) -> str:
    """How the cluster does in a theme, from its score and its best and weakest figure."""
    if not placed:
        return view.t("portrait.say.theme_none")
    if score.score is None:
        return view.t("portrait.say.theme_thin", known=score.known, possible=score.possible)
    band = "high" if score.score >= 75 else "above" if score.score >= 55 else "middle" if score.score >= 45 else (
        "below" if score.score >= 25 else "low")  # fmt: skip
    said = [view.t(f"portrait.say.theme_{band}", value=number(view.lang, score.score), known=score.known,
                   possible=score.possible)]  # fmt: skip
    ranked = [p for p in placed if p.percentile is not None and p.indicator.in_profile]
    if len(ranked) > 1:
        best, worst = (f(ranked, key=lambda p: p.percentile or 0) for f in (max, min))
        if best.percentile != worst.percentile:
            said.append(view.t("portrait.say.best_worst", best=best.indicator.label.get(view.lang),
                               worst=worst.indicator.label.get(view.lang)))  # fmt: skip
    return " ".join(said)
