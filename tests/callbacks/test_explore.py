"""The map page over the wire, as a browser asks."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from data.observatory import Observatory
from data.queries import filter_mask, places
from data.selection import DEFAULT


@pytest.fixture(scope="module")
def callbacks(client: TestClient) -> list[dict[str, Any]]:
    return client.get("/_dash-dependencies").json()


def ask(
    client: TestClient, callbacks: list[dict[str, Any]], part: str, inputs: list[Any], state: list[Any]
) -> Any:
    """Post to the one server callback whose output names ``part``."""
    spec = next(c for c in callbacks if part in c["output"] and not c["clientside_function"])
    names = spec["output"].strip(".").split("...")

    def split(name: str) -> dict[str, Any]:
        ident, _, prop = name.rpartition(".")
        return {"id": json.loads(ident) if ident.startswith("{") else ident, "property": prop}

    body = {
        "output": spec["output"],
        "outputs": [split(n) for n in names] if len(names) > 1 else split(names[0]),
        "inputs": [{**i, "value": v} for i, v in zip(spec["inputs"], inputs, strict=True)],
        "state": [{**s, "value": v} for s, v in zip(spec["state"], state, strict=True)],
        "changedPropIds": [f"{spec['inputs'][0]['id']}.{spec['inputs'][0]['property']}"],
    }
    return client.post("/_dash-update-component", json=body)


def update(
    client: TestClient,
    callbacks: list[dict[str, Any]],
    query: Any,
    path: Any = "/en/explore",
    key: Any = None,
) -> Any:
    answer = ask(client, callbacks, "explore-figure.data", [query], [path, key])
    return answer.json()["response"] if answer.status_code == 200 else answer


def test_a_filter_changes_map_list_count_and_live_region_together(
    client: TestClient, callbacks: list[dict[str, Any]], obs: Observatory
) -> None:
    selection = DEFAULT.but(country=("JPN",), colour="employment")
    response = update(client, callbacks, selection.to_search())
    table = places(obs, filter_mask(obs, selection), selection)
    drawn = [
        row[0] for trace in response["explore-figure"]["data"]["data"] for row in trace.get("customdata", [])
    ]
    assert sorted(drawn) == sorted(table["place_id"])
    assert (
        f"{int(table['clusters'].sum())} clusters at {len(table)} places in 1 country"
        == response["explore-count"]["children"]
    )
    assert response["live"]["children"] == response["explore-count"]["children"]
    best = table.sort_values("colour", ascending=False).iloc[0]
    assert json.dumps(response["explore-list"]).find(f'"data-place": "{best["place_id"]}"') > 0
    assert response["explore-figure"]["data"]["layout"]["meta"]["bounds"][0] > 120


def test_a_chosen_place_does_not_send_the_map_again(
    client: TestClient, callbacks: list[dict[str, Any]]
) -> None:
    first = update(client, callbacks, "?colour=lq_home")
    key = first["explore-drawn"]["data"]
    second = update(client, callbacks, "?colour=lq_home&place=eu-nuts2-DE11", key=key)
    assert "explore-figure" not in second
    assert "Stuttgart" in json.dumps(second["explore-card"], ensure_ascii=False)
    assert "ids=eu-nuts2-de11-isic-29" in json.dumps(second["explore-card"])


def test_german_page_speaks_german(client: TestClient, callbacks: list[dict[str, Any]]) -> None:
    response = update(client, callbacks, "?country=DEU", "/de/explore")
    assert "Cluster an" in response["explore-count"]["children"]
    assert response["explore-figure"]["data"]["layout"]["separators"] == ",."


@pytest.mark.parametrize("path", ["/en/rank", "/xx", None, 5, {"a": 1}])
def test_other_pages_are_left_alone(client: TestClient, callbacks: list[dict[str, Any]], path: Any) -> None:
    assert update(client, callbacks, "?country=DEU", path).status_code == 204


@pytest.mark.parametrize(
    "query", [None, 5, [], {"a": 1}, "?place=nowhere&colour=nothing&area=1,2", "?" + "a" * 20_000]
)
def test_hostile_queries_open_the_whole_world(
    client: TestClient, callbacks: list[dict[str, Any]], query: Any
) -> None:
    response = update(client, callbacks, query)
    assert "clusters at" in response["explore-count"]["children"]


@pytest.mark.parametrize("key", [5, [], {"key": 1}, "x"])
def test_a_hostile_key_draws_the_map(client: TestClient, callbacks: list[dict[str, Any]], key: Any) -> None:
    assert update(client, callbacks, "", key=key)["explore-figure"]["data"]["data"]


def test_search_answers_with_links(client: TestClient, callbacks: list[dict[str, Any]]) -> None:
    answer = ask(client, callbacks, "explore-hits.children", ["Stutgart"], ["/en/explore", "?kind=industry"])
    text = json.dumps(answer.json()["response"])
    assert "/en/explore?kind=industry&place=eu-nuts2-DE11" in text
    for hostile in (None, 5, {"a": 1}, ["x"], "<script>alert(1)</script>"):
        assert (
            ask(client, callbacks, "explore-hits.children", [hostile], ["/en/explore", ""]).status_code == 200
        )


def test_the_first_view_has_list_card_and_picture(client: TestClient, obs: Observatory) -> None:
    page = client.get("/de/explore?place=eu-nuts2-DE11&kind=industry").text
    assert 'class="world-svg"' in page
    assert page.count('class="place-link"') == 25
    assert "Kraftwagen – Stuttgart" in page
    assert "source-" in page
