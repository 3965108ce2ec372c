"""What every exported file says about itself: filters, columns, sources, licences, version, address."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.observatory import Observatory
from data.ranking_columns import Column, describe
from data.ranking_table import Ranking
from data.ranking_words import word
from data.selection import Range, Selection


@dataclass(frozen=True)
class Request:
    """Who asked for what: selection, language, addresses, day, and the parts that were not understood."""

    selection: Selection
    lang: str
    address: str
    page: str
    date: datetime.date
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """Facts about a file: ``facts`` are pairs (label, text), ``sources`` pairs (id, text)."""

    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    companions: str
    sources: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]
    machine: dict[str, object]


def _limits(obs: Observatory, item: Range, lang: str) -> str:
    name, low, high = item
    label = obs.catalogue.indicators[name].label.get(lang)
    form = "between" if low is not None and high is not None else "from" if low is not None else "to"
    return word(lang, "values", form, name=label, low=f"{low:.10g}" if low is not None else "",
                high=f"{high:.10g}" if high is not None else "")  # fmt: skip


def _filter_texts(obs: Observatory, selection: Selection, lang: str) -> Iterator[tuple[str, list[str]]]:
    """(field, values in words) of every filter."""
    catalogue = obs.catalogue
    yield "kind", [word(lang, "values", item) for item in selection.kind]
    yield "granularity", [word(lang, "kinds", item) for item in selection.granularity]
    yield "country", [str(obs.countries.at[item, f"name_{lang}"]) for item in selection.country]
    yield "continent", [word(lang, "values", item) for item in selection.continent]
    yield "field", [catalogue.fields[item].name.get(lang) for item in selection.field]
    yield "industry", [catalogue.industries[item].name.get(lang) for item in selection.industry]
    yield "text", [selection.text] if selection.text else []
    yield "ranges", [_limits(obs, item, lang) for item in selection.ranges]
    yield "area", [f"{lon:g} {lat:g}" for lon, lat in selection.area]
    yield "rule", [word(lang, "values", "rule_on" if selection.rule else "rule_off")]


def filters_in_words(obs: Observatory, selection: Selection, lang: str) -> str:
    """All active filters in one line; the cluster rule is always named."""
    parts = (
        f"{word(lang, 'filters', name)}: {' | '.join(values)}"
        for name, values in _filter_texts(obs, selection, lang)
        if values
    )
    return "; ".join(parts)


def _order(ranking: Ranking, column: Column) -> str:
    form = "descending" if ranking.descending else "ascending"
    if not column.numeric:
        form = "reversed" if ranking.descending else "alphabetical"
    text = word(ranking.lang, "provenance", form, name=column.label)
    return f"{text}. {word(ranking.lang, 'provenance', 'blocks')}" if ranking.separate else text


def _facts(obs: Observatory, ranking: Ranking, request: Request) -> Iterator[tuple[str, str]]:
    lang = request.lang

    def label(name: str) -> str:
        return word(lang, "provenance", name)

    unit = word(lang, "units", ranking.unit)
    yield label("title"), word(lang, "provenance", "what", unit=unit, rows=len(ranking))
    yield label("filters"), filters_in_words(obs, request.selection, lang)
    yield label("order"), _order(ranking, describe(obs, ranking.unit, ranking.sort, lang))
    if "reference_rank" in ranking.columns:
        yield label("group"), word(lang, "groups", ranking.group)
    yield label("version"), obs.version
    yield label("date"), request.date.isoformat()
    yield label("page"), request.page
    yield label("address"), request.address
    if request.ignored:
        yield label("ignored"), ", ".join(request.ignored)


def _source(obs: Observatory, name: str, lang: str) -> str:
    item = obs.catalogue.sources[name]
    return word(lang, "provenance", "source", citation=item.citation.rstrip(".") + ".", years=item.years,
                licence_in=item.licence_in.name.get(lang), licence_out=item.licence_out.name.get(lang),
                credit=item.credit)  # fmt: skip


def used_sources(obs: Observatory, ranking: Ranking) -> tuple[str, ...]:
    """Ids of all sources with a figure in the table, in the order of the catalogue."""
    codes: set[int] = set()
    for name in ranking.columns:
        if not describe(obs, ranking.unit, name, ranking.lang).numeric or name in {"rank", "reference_rank"}:
            continue
        if name in ranking.found.several:
            codes |= {code for row in ranking.rows for code in ranking.found.several[name][row]}
        numbers = ranking.numbers(name, ranking.rows)
        codes |= {int(code) for code in np.unique(numbers.source[~np.isnan(numbers.values)]) if code >= 0}
    return tuple(name for at, name in enumerate(obs.catalogue.sources) if at in codes)


def describe_file(
    obs: Observatory, ranking: Ranking, request: Request, withheld: dict[str, int]
) -> Provenance:
    """Everything a file of this ranking says about itself. ``withheld``: figures left out by source."""
    lang = request.lang
    columns = tuple(describe(obs, ranking.unit, name, lang) for name in ranking.columns)
    sources = tuple((name, _source(obs, name, lang)) for name in used_sources(obs, ranking))
    left = tuple(
        word(lang, "provenance", "withheld_text", n=n, source=obs.catalogue.sources[name].title.get(lang))
        for name, n in withheld.items()
    )
    facts = tuple(_facts(obs, ranking, request))
    machine: dict[str, object] = {
        "query": request.selection.to_query(), "unit": ranking.unit, "lang": lang, "rows": len(ranking),
        "sort": ranking.sort, "descending": ranking.descending, "data_version": obs.version,
        "date": request.date.isoformat(), "address": request.address, "page": request.page,
        "ignored": list(request.ignored),
    }  # fmt: skip
    return Provenance(facts, columns, word(lang, "provenance", "companions"), sources, left, machine)


def column_text(column: Column) -> str:
    """Label, unit and meaning of a column in one line."""
    unit = f" [{column.unit}]" if column.unit else ""
    years = f" ({column.years})" if column.years else ""
    return f"{column.label}{unit}: {column.description}{years}"


def as_record(obs: Observatory, told: Provenance) -> dict[str, object]:
    """The same for machines, with the licences of every source in full."""
    sources = []
    for name, text in told.sources:
        item = obs.catalogue.sources[name]
        sources.append(
            {
                "id": name, "title": item.title.en, "producer": item.producer, "citation": item.citation,
                "years": item.years, "url": item.url, "credit": item.credit, "note": text,
                "licence_in": {"name": item.licence_in.name.en, "url": item.licence_in.url},
                "licence_out": {"name": item.licence_out.name.en, "url": item.licence_out.url},
            }
        )  # fmt: skip
    columns = [
        {"id": c.id, "label": c.label, "unit": c.unit, "description": c.description, "years": c.years}
        for c in told.columns
    ]
    return {
        **told.machine, "notes": dict(told.facts), "columns": columns, "companion_columns": told.companions,
        "sources": sources, "left_out": list(told.withheld),
    }  # fmt: skip
