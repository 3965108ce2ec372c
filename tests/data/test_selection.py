"""The address and the selection say the same, whatever somebody types."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.selection import ATTRIBUTES, DEFAULT, MAX_LIST, Parsed, Selection, Vocabulary, parse

IDS = [f"id-{n}" for n in range(80)]
WORDS = Vocabulary(**{part.name: frozenset(IDS) for part in fields(Vocabulary)})


def _some(most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(IDS), max_size=most, unique=True).map(tuple)


NUMBERS = st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.6g}"))
RANGES = st.lists(
    st.tuples(st.sampled_from(IDS), st.none() | NUMBERS, st.none() | NUMBERS).filter(
        lambda r: r[1:] != (None, None)
    ),
    max_size=6,
    unique_by=lambda r: r[0],
).map(tuple)
POINTS = st.tuples(
    st.floats(-180, 180).map(lambda x: round(x, 2) + 0.0), st.floats(-90, 90).map(lambda x: round(x, 2) + 0.0)
)
AREAS = st.just(()) | st.lists(POINTS, min_size=3, max_size=40).map(tuple)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=60).map(
    lambda s: " ".join(s.split())
)

SELECTIONS = st.builds(
    Selection,
    unit=st.sampled_from(["clusters", "regions", "industries"]),
    kind=_some(5), granularity=_some(5), country=_some(20), continent=_some(6), field=_some(14), industry=_some(20),
    text=TEXTS, rule=st.booleans(), ranges=RANGES, area=AREAS,
    colour=st.sampled_from(["", *IDS]), size=st.sampled_from(["", *IDS]), layer=st.sampled_from(["", *IDS]),
    layer_indicator=st.sampled_from(["", *IDS]), layer_industry=st.sampled_from(["", *IDS]),
    place=st.sampled_from(["", *IDS]), sort=st.sampled_from(["", *IDS]), descending=st.booleans(),
    columns=_some(30), ids=_some(10), axes=_some(10),
    group=st.sampled_from(["kind", "own", "country"]), chart=st.sampled_from(["radar", "dots", "table"]),
    page=st.integers(1, 1000),
)  # fmt: skip


@given(SELECTIONS)
def test_every_view_survives_its_address(selection: Selection) -> None:
    assert parse(selection.to_search(), WORDS) == Parsed(selection, ())


def test_defaults_are_left_out() -> None:
    assert DEFAULT.to_search() == ""
    assert Selection(country=("id-1", "id-2")).to_search() == "?country=id-1~id-2"


def test_every_field_has_a_key() -> None:
    assert {part.name for part in fields(Selection)} == set(ATTRIBUTES)


def test_a_form_without_javascript_repeats_its_keys() -> None:
    assert parse("?country=id-1&country=id-2", WORDS).selection.country == ("id-1", "id-2")


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("?country=nowhere", ("country",)),
        ("?country=id-1~nowhere", ("country",)),
        ("?unknown=1", ("unknown",)),
        ("?page=²", ("page",)),
        ("?page=0", ("page",)),
        ("?range=id-1:nan:", ("range",)),
        ("?range=id-1:1e999:", ("range",)),
        ("?range=id-1:1_0:", ("range",)),
        ("?area=1,2~3,4", ("area",)),
        ("?area=1,2~3,4~5,1000", ("area",)),
        ("?chart=pie", ("chart",)),
    ],
)
def test_what_is_not_understood_is_named(query: str, ignored: tuple[str, ...]) -> None:
    parsed = parse(query, WORDS)
    assert parsed.ignored == ignored
    assert parsed.selection.but() in (DEFAULT, Selection(country=("id-1",)))


def test_long_lists_are_cut() -> None:
    parsed = parse("?country=" + "~".join(IDS), WORDS)
    assert len(parsed.selection.country) == MAX_LIST
    assert parsed.ignored == ("country",)


@given(st.text(max_size=300) | st.binary(max_size=100) | st.none() | st.integers() | st.lists(st.text()))
def test_reading_never_raises(query: Any) -> None:
    parsed = parse(query, WORDS)
    assert parse(parsed.selection.to_search(), WORDS).selection == parsed.selection


@given(st.dictionaries(st.sampled_from(sorted(ATTRIBUTES.values())), st.text(max_size=80)))
def test_hostile_values_never_raise(values: dict[str, str]) -> None:
    from urllib.parse import urlencode

    parsed = parse("?" + urlencode(values), WORDS)
    assert isinstance(hash(parsed.selection), int)
