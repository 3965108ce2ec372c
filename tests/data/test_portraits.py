"""Which units have a portrait, and what is offered for an unknown slug."""

import pytest

from data.observatory import Observatory
from data.portraits import KINDS, lower_address, name_of, near_matches, slugs, unit_of


def test_every_unit_has_one_slug(obs: Observatory) -> None:
    sizes = {kind: len(slugs(obs, kind)) for kind in KINDS}
    assert sizes["cluster"] == len(obs.clusters)
    assert sizes["region"] == len(obs.regions)
    assert sizes["industry"] == len(obs.catalogue.industries)
    assert sizes["field"] == 14
    assert sizes["country"] > 140
    assert slugs(obs, "nothing") == {}


def test_a_slug_leads_to_its_unit(obs: Observatory) -> None:
    assert unit_of(obs, "region", "eu-nuts2-de11") == "eu-nuts2-DE11"
    assert unit_of(obs, "region", "eu-nuts2-DE11") is None
    assert name_of(obs, "country", "DEU", "de") == "Deutschland"


@pytest.mark.parametrize(
    ("path", "small"),
    [
        ("/en/region/EU-nuts2-DE11", "/en/region/eu-nuts2-de11"),
        ("/DE/Country/deu/", "/de/country/deu"),
        ("/en/region/eu-nuts2-de11", None),
        ("/en/Explore", None),
        ("//evil.example/region/X", None),
        ("//en/region/X", "/en/region/x"),
        ("/\\evil/region/X", None),
        ("/en/region/Ä", None),
    ],
)
def test_only_portraits_are_sent_to_lower_case_and_never_off_the_site(path: str, small: str | None) -> None:
    assert lower_address(path) == small


def test_near_matches_are_few_known_and_like_what_was_typed(obs: Observatory) -> None:
    found = near_matches(obs, "region", "eu-nuts2-de1", "en")
    assert 0 < len(found) <= 8
    assert found[0][0] == "region"
    assert "eu-nuts2-DE11" in {unit for _, unit, _ in found}
    assert ("country", "DEU", "Deutschland") in near_matches(obs, "country", "germany", "de")
    assert near_matches(obs, "region", "\x00" * 5000, "en") == []
    assert near_matches(obs, "initiative", "%%%", "en") == []
