"""Plain sentences about a region, made from its figures and its portfolio."""

import numpy as np
import pandas as pd

from components.locale import number
from components.portraits.cluster_sentences import rank_form
from components.portraits.parts import join_names, show
from components.view import View
from data.portraits import record_of
from data.reference import count_members, find_reference, member_ranks, position_of

NAMED = 4


def level_group(view: View, row: int) -> str:
    """The regions of the same level as a phrase with their number."""
    record = record_of(view.obs, "regions", row)
    count = number(view.lang, count_members(view.obs, find_reference(view.obs, "regions", row, "kind")))
    return view.t(f"portrait.level.of.{record['kind']}", count=count)


def opening(view: View, row: int) -> str:
    """What kind of region it is, in which country, and how many people live there."""
    record, lang = record_of(view.obs, "regions", row), view.lang
    this = view.t(f"portrait.level.this.{record['kind']}")
    country = str(record[f"country_name_{lang}"])
    figure = view.obs.regions.matrix.figure(row, "population")
    if figure.value is None or figure.origin != "own":
        return view.t("portrait.region.say.no_population", this=this, country=country)
    people = number(lang, round(figure.value))
    return view.t(
        "portrait.region.say.population", this=this, country=country, people=people, year=figure.year
    )


def _income(view: View, row: int) -> str | None:
    figure = view.obs.regions.matrix.figure(row, "gdp_per_head_ppp")
    if figure.value is None or figure.origin != "own":
        return None
    reference = find_reference(view.obs, "regions", row, "kind")
    ranks = member_ranks(view.obs, reference, "gdp_per_head_ppp")
    rank, n = ranks[position_of(view.obs, reference, ("regions", row))], int((~np.isnan(ranks)).sum())
    amount = show(view, view.obs.catalogue.indicators["gdp_per_head_ppp"], figure.value)
    said = view.t("portrait.region.say.income", amount=amount, year=figure.year)
    if np.isnan(rank) or n < 2:
        return said
    group = view.t(f"portrait.level.plural.{record_of(view.obs, 'regions', row)['kind']}")
    form = view.t(f"portrait.region.say.income_{rank_form(int(rank), n)}", rank=number(view.lang, rank),
                  count=number(view.lang, n), group=group)  # fmt: skip
    return f"{said} {form}"


def industry_names(view: View, ids: list[str]) -> str:
    """Short names of up to four industries as a list in words, and how many more there are."""
    names = [view.obs.catalogue.industries[i].short.get(view.lang) for i in ids[:NAMED]]
    if len(ids) > NAMED:
        sign = "; " if ";" in join_names(view, names) else ", "
        return view.t("portrait.say.and_more", names=sign.join(names), n=len(ids) - NAMED)
    return join_names(view, names)


def rule_applies(view: View, own: pd.DataFrame) -> bool:
    """Whether the cluster rule is applied to regions of this level, in the detail they are measured in."""
    obs = view.obs
    record = record_of(obs, "regions", obs.regions.position[str(own.attrs["region_id"])])
    level = obs.catalogue.rule.find_level(str(record["iso3"]), str(record["kind"]), str(own["view"].iloc[0]))
    return level is not None


def economy(view: View, own: pd.DataFrame, clusters: list[str]) -> str:
    """How many industries are known, which of them form clusters, and which is the largest."""
    if own.empty:
        return view.t("portrait.region.say.unmeasured")
    known = own[own["value"].notna()]
    traded = [i for i in clusters if i in view.obs.catalogue.industries]
    said = []
    if traded:
        said.append(view.t("portrait.region.say.clusters", n=len(traded), known=len(known),
                           names=industry_names(view, traded)))  # fmt: skip
    elif rule_applies(view, own):
        said.append(view.t("portrait.region.say.no_cluster", n=len(known)))
    else:
        said.append(view.t("portrait.region.say.no_rule"))
    if len(known) and known["measure"].iloc[0] == "employment":
        first = known.iloc[0]
        industry = view.obs.catalogue.industries[str(first["industry_id"])].name.get(view.lang)
        said.append(view.t("portrait.region.say.largest", industry=industry, year=int(first["year"]),
                           persons=number(view.lang, round(float(first["value"]))),
                           share=number(view.lang, float(first["focus"]), 1)))  # fmt: skip
    return " ".join(said)


def hidden(view: View, own: pd.DataFrame) -> str:
    """Which industries are confidential, empty where none is."""
    ids = [str(i) for i in own.loc[own["status"] == "confidential", "industry_id"]]
    return (
        view.t("portrait.region.say.confidential", n=len(ids), names=industry_names(view, ids)) if ids else ""
    )


def summary(view: View, row: int, own: pd.DataFrame, clusters: list[str]) -> list[str]:
    """Two short paragraphs: the region, and its economy."""
    first = [opening(view, row), _income(view, row)]
    second = [economy(view, own, clusters), hidden(view, own)]
    return [" ".join(s for s in part if s) for part in (first, second)]
