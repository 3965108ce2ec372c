"""What belongs to a unit from the directory: only what is counted, the rest numbered, links that lead somewhere."""

import pytest

from data.neighbours import great_circle_km
from data.observatory import Observatory
from data.reach import (
    actors_around,
    actors_in,
    address_of,
    initiative_words,
    initiatives_of,
    programmes_of,
)


@pytest.mark.parametrize(
    ("kind", "unit"), [("region", "eu-nuts2-FI1B"), ("field", "digital"), ("country", "USA")]
)
def test_only_counted_initiatives_are_named(obs: Observatory, kind: str, unit: str) -> None:
    found = initiatives_of(obs, kind, unit)
    assert found.initiatives
    assert all(record["counted"] and record["verified"] for record in found.initiatives)


def test_counted_and_unchecked_are_all_of_a_country(obs: Observatory) -> None:
    table = obs.tables["initiatives"]
    for iso3 in ("USA", "IND", "ARE", "DEU"):
        own = table[table["iso3"] == iso3]
        found = initiatives_of(obs, "country", iso3)
        assert len(found.initiatives) == int(own["counted"].sum())
        assert found.unchecked == len(own) - int(own["counted"].sum())


def test_the_closest_initiative_of_a_cluster_comes_first(obs: Observatory) -> None:
    links = obs.tables["links"]
    near = links[links["relation"] == "near-cluster"]
    cluster = str(near["to_id"].value_counts().index[0])
    weights = near[near["to_id"] == cluster].set_index("from_id")["weight"]
    found = [weights[r["initiative_id"]] for r in initiatives_of(obs, "cluster", cluster).initiatives]
    assert len(found) > 1
    assert found == sorted(found, reverse=True)


def test_programmes_of_a_country_its_own_first(obs: Observatory) -> None:
    found = programmes_of(obs, "AUT")
    assert found[0]["iso3"] == "AUT"
    assert len({r["programme_id"] for r in found}) == len(found)
    assert programmes_of(obs, "XXX") == ()


def test_actors_lie_where_they_are_said_to_lie(obs: Observatory) -> None:
    found = actors_around(obs, 9.18, 48.78)
    assert sum(found.types.values()) >= len(found.named) > 0
    for record in found.named:
        assert great_circle_km(9.18, 48.78, [record["lon"]], [record["lat"]])[0] <= 50
    inside = actors_in(obs, "eu-nuts2-DE11")
    assert {record["region_id"] for record in inside.named} == {"eu-nuts2-DE11"}
    assert actors_in(obs, "no-such-region").named == ()


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ({"website": "https://a.example", "source_url": "https://b.example"}, "https://a.example"),
        ({"website": None, "source_url": "http://b.example"}, "http://b.example"),
        ({"actor_id": "ror-02aqatz67"}, "https://ror.org/02aqatz67"),
        ({"website": "javascript:alert(1)"}, ""),
        ({"actor_id": "ni-chn-x"}, ""),
    ],
)
def test_addresses_lead_to_the_web_only(record: dict[str, object], address: str) -> None:
    assert address_of(record) == address


def test_every_kind_and_state_has_words(obs: Observatory) -> None:
    words = initiative_words(obs)
    table = obs.tables["initiatives"]
    assert {f"kind.{name}" for name in table["kind"]} <= set(words)
    assert {f"status.{name}" for name in table["status"]} <= set(words)
