"""The ranking over the wire: rows, order, columns, and any JSON in place of what is expected."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from callbacks.rank import parts, rows
from components.ids import Rank
from components.ranking_grid import BLOCK, column_definitions
from components.view import View, make_view
from data.observatory import Observatory
from data.ranking_table import table

GRID = f"{Rank.GRID}.getRowsResponse"


def fetch(client: TestClient, request: Any, search: Any = "", path: Any = "/en/rank") -> Any:
    body = {
        "output": GRID,
        "outputs": {"id": str(Rank.GRID), "property": "getRowsResponse"},
        "inputs": [{"id": str(Rank.GRID), "property": "getRowsRequest", "value": request}],
        "state": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": [f"{Rank.GRID}.getRowsRequest"],
    }
    return client.post("/_dash-update-component", json=body)


def block(client: TestClient, request: Any, search: str = "") -> dict[str, Any]:
    answer = fetch(client, request, search)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()["response"][str(Rank.GRID)]["getRowsResponse"]
    return found


def view_of(obs: Observatory, search: str) -> View:
    view = make_view(obs, "/en/rank", search)
    assert view is not None
    return view


def test_the_grid_gets_the_rows_of_the_address(client: TestClient, obs: Observatory) -> None:
    search = "?country=DEU~ITA&sort=lq_home"
    found = block(client, {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}, search)
    ranking = table(obs, view_of(obs, search).selection, "en")
    assert found["rowCount"] == len(ranking)
    assert [row["id"] for row in found["rowData"]] == ranking.ids(ranking.rows[:100])
    assert found["rowData"][0]["rank"] == "1"
    text, place, _, note = found["rowData"][0]["lq_home"]
    assert float(text.replace(",", "")) == pytest.approx(
        ranking.numbers("lq_home", ranking.rows[:1]).values[0], abs=0.01
    )
    assert 0 < place <= 100
    assert note[:3] == "201"


def test_later_blocks_follow_on(client: TestClient) -> None:
    first = block(client, {"startRow": 0, "endRow": 60})["rowData"]
    second = block(client, {"startRow": 40, "endRow": 60})["rowData"]
    assert [row["id"] for row in first[40:]] == [row["id"] for row in second]


def test_a_click_on_a_head_changes_the_order_at_once(client: TestClient, obs: Observatory) -> None:
    model = [{"colId": "national_share", "sort": "asc"}]
    found = block(client, {"startRow": 0, "endRow": 20, "sortModel": model}, "?country=FRA")
    selection = view_of(obs, "?country=FRA&sort=national_share&desc=0").selection
    ranking = table(obs, selection, "en")
    assert [row["id"] for row in found["rowData"]] == ranking.ids(ranking.rows[:20])


def test_no_request_gets_more_than_a_block(client: TestClient) -> None:
    assert len(block(client, {"startRow": 0, "endRow": 999_999})["rowData"]) == BLOCK
    assert block(client, {"startRow": 900_000, "endRow": 900_100})["rowData"] == []


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
requests = anything | st.fixed_dictionaries({"startRow": anything, "endRow": anything, "sortModel": anything})


@given(requests, anything)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_request_is_answered(obs: Observatory, request_: Any, before: Any) -> None:
    view = view_of(obs, "?kind=science-technology")
    assert rows(view, request_)["rowCount"] == 100
    assert len(parts(view, before)) == 11


@pytest.mark.parametrize("path", [None, 5, {}, "/en/explore", "/nowhere", ["/en/rank"]])
def test_other_pages_get_nothing(client: TestClient, path: Any) -> None:
    assert fetch(client, {"startRow": 0, "endRow": 10}, path=path).status_code == 204


def test_the_head_shows_the_order_and_keeps_what_must_not_be_ranked(obs: Observatory) -> None:
    view = view_of(obs, "?sort=lq_home&columns=lq_home~research_organisations_50km")
    columns = {c["colId"]: c for c in column_definitions(view, table(obs, view.selection, "en"))}
    assert columns["lq_home"]["sort"] == "desc"
    assert columns["lq_home"]["sortable"]
    assert not columns["research_organisations_50km"]["sortable"]
    assert (
        "US" in columns["lq_home"]["headerTooltip"] or "United States" in columns["lq_home"]["headerTooltip"]
    )
