"""The comparison over the wire: an address in, every part of the page out."""

import json
import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from callbacks.compare import PARTS
from components.ids import Compare, Shell, control
from data.comparison import compare
from data.comparison_examples import find_examples
from data.observatory import Observatory
from data.selection import Selection

SEARCH = {"id": Shell.URL, "property": "search"}
PATH = {"id": Shell.URL, "property": "pathname"}


def outputs(obs: Observatory) -> list[dict[str, Any]]:
    options = [
        {"id": control("axes", "list", theme), "property": "options"} for theme in obs.catalogue.themes
    ]
    return [*({"id": name, "property": part} for name, part in PARTS), *options]


def name_of(output: dict[str, Any]) -> str:
    ident = output["id"]
    name = json.dumps(ident, sort_keys=True, separators=(",", ":")) if isinstance(ident, dict) else str(ident)
    return f"{name}.{output['property']}"


def follow(client: TestClient, obs: Observatory, query: object, path: object = "/en/compare") -> Any:
    """What the page's callback answers to an address."""
    wanted = outputs(obs)
    body = {
        "output": f"..{'...'.join(name_of(o) for o in wanted)}..",
        "outputs": wanted,
        "inputs": [{**SEARCH, "value": query}],
        "state": [{**PATH, "value": path}],
        "changedPropIds": [f"{Shell.URL}.search"],
    }
    return client.post("/_dash-update-component", json=body)


def suggest(client: TestClient, text: object, query: object = "") -> Any:
    wanted = [{"id": Compare.HITS, "property": "children"}, {"id": Compare.FOUND, "property": "children"}]
    body = {
        "output": f"..{Compare.HITS}.children...{Compare.FOUND}.children..",
        "outputs": wanted,
        "inputs": [{"id": Compare.SEARCH, "property": "value", "value": text}],
        "state": [{**PATH, "value": "/en/compare"}, {**SEARCH, "value": query}],
        "changedPropIds": [f"{Compare.SEARCH}.value"],
    }
    return client.post("/_dash-update-component", json=body)


def test_an_added_cluster_is_drawn_listed_and_tabled(client: TestClient, obs: Observatory) -> None:
    ids = find_examples(obs)[0].ids
    for n in (1, 3, len(ids)):
        answer = follow(client, obs, f"?ids={'~'.join(ids[:n])}").json()["response"]
        figure = answer[Compare.FIGURE]["data"]
        names = [u.names["en"] for u in compare(obs, Selection(ids=ids[:n])).units]
        assert [t["name"] for t in figure["data"] if t["name"] != "median"] == names
        table = json.dumps(answer[Compare.TABLE], ensure_ascii=False)
        assert all(name in table for name in names)
        listed = json.dumps(answer[Compare.UNITS], ensure_ascii=False)
        assert listed.count("data-unit") == n


def test_the_table_of_an_answer_is_that_of_the_first_view(client: TestClient, obs: Observatory) -> None:
    """Cells are sent ready-made; they must say the same as the page drawn by the server."""
    query = f"?ids={'~'.join(find_examples(obs)[0].ids)}"
    sent = json.dumps(follow(client, obs, query).json()["response"][Compare.TABLE], ensure_ascii=False)
    html = client.get(f"/en/compare{query}").text
    facts = [part for part in _texts(json.loads(sent)) if " · " in part]
    assert len(facts) > 20
    assert all(fact in html for fact in facts)


def _texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, list):
        return [text for child in node for text in _texts(child)]
    if isinstance(node, dict):
        return _texts(node.get("props", node).get("children"))
    return []


def test_without_units_the_page_is_empty_and_offers_examples(client: TestClient, obs: Observatory) -> None:
    answer = follow(client, obs, "").json()["response"]
    assert answer[Compare.BODY]["className"] == "compare-body empty"
    assert answer[Compare.FIGURE]["data"]["data"] == []
    assert "example-card" in json.dumps(answer[Compare.EXAMPLES])


@pytest.mark.parametrize("path", ["/en/explore", "/en/nothing", None, 7, {"a": 1}])
def test_another_page_is_left_alone(client: TestClient, obs: Observatory, path: object) -> None:
    assert follow(client, obs, "?ids=st-stuttgart", path).status_code == 204


@pytest.mark.parametrize(
    "query",
    [
        None,
        3,
        ["?ids=x"],
        {"ids": 1},
        "?ids=<script>",
        "?ids=" + "~".join(["st-stuttgart"] * 500),
        "?axes=a~b&group=own",
        "?ids=st-stuttgart&group=own&axes=gii_score",
        "?chart=pie&group=none&ids=st-stuttgart",
        "?ids=%00~st-stuttgart",
    ],
)
def test_hostile_addresses_get_a_sensible_answer(client: TestClient, obs: Observatory, query: object) -> None:
    answer = follow(client, obs, query)
    assert answer.status_code == 200
    assert "<script" not in answer.text


def test_suggestions_forgive_errors_and_add_to_the_list(client: TestClient) -> None:
    answer = suggest(client, "stutgart", "?ids=st-tokyo-yokohama").json()["response"]
    text = json.dumps(answer)
    assert "/en/compare?ids=st-tokyo-yokohama~st-stuttgart" in text
    assert "suggestions" in answer[Compare.FOUND]["children"]


@pytest.mark.parametrize("text", [None, 5, ["a"], {"a": 1}, "", "   ", "\x00", "x" * 5000, "<b>"])
def test_hostile_searches_get_a_sensible_answer(client: TestClient, text: object) -> None:
    answer = suggest(client, text)
    assert answer.status_code == 200
    assert "<b>" not in answer.text.replace("“<b>”", "")


def test_the_files_hold_the_compared_units_and_nothing_else(client: TestClient, obs: Observatory) -> None:
    ids, region = find_examples(obs)[0].ids[:3], str(obs.regions.matrix.ids[0])
    html = client.get(f"/en/compare?ids={'~'.join(ids)}~{region}").text
    links = re.findall(r'"(/api/v1/exports/\w+\.json\?[^"]+)"', html)
    found = [client.get(unescape(link)).json()["rows"] for link in links]
    assert [{row["id"] for row in rows} for rows in found] == [set(ids), {region}]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_page_works_without_scripts(client: TestClient, obs: Observatory, lang: str) -> None:
    """Chart, table, removal, order, search, controls and files are plain HTML."""
    a, b, *_ = find_examples(obs)[0].ids
    html = client.get(f"/{lang}/compare?ids={a}~{b}&group=continent&q=berlin").text
    assert 'class="profile-svg"' in html
    assert (
        f'href="/{lang}/compare?ids={b}&amp;q=berlin&amp;group=continent"' in html or f"ids={b}&amp;" in html
    )
    assert f"ids={b}~{a}" in html
    assert f'<input type="hidden" name="ids" value="{a}~{b}">' in html
    assert f"ids={a}~{b}~" in html, "suggestions of the search"
    assert 'name="group"' in html
    assert 'type="radio" name="chart" value="dots"' in html
    assert f'href="/api/v1/exports/clusters.csv?lang={lang}&amp;unit' not in html
    assert f"/api/v1/exports/clusters.csv?lang={lang}&amp;" in html
