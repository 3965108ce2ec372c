"""What is refused before anything of the application sees it, and with which status."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.security import MAX_ADDRESS, MAX_BODY, MAX_DEPTH, MAX_ITEMS, MAX_NODES
from callbacks.request_bodies import KnownCallbacks

CALLBACK = "/_dash-update-component"
BODY: dict[str, Any] = {
    "output": "frame.children",
    "outputs": {"id": "frame", "property": "children"},
    "inputs": [{"id": "url", "property": "pathname", "value": "/en/sources"}],
    "state": [{"id": "url", "property": "search", "value": ""}],
    "changedPropIds": ["url.pathname"],
}


def post(client: TestClient, body: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(CALLBACK, content=content, headers={"content-type": "application/json"})


def with_value(value: Any) -> dict[str, Any]:
    return {**BODY, "inputs": [{**BODY["inputs"][0], "value": value}]}


def nested(depth: int) -> Any:
    value: Any = ""
    for _ in range(depth):
        value = [value]
    return value


def but(**changes: Any) -> dict[str, Any]:
    return {**BODY, **changes}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in BODY.items() if key != name}


BROKEN = [
    None, [], {}, "text", 1, [BODY], but(output="nothing.children"), but(output=["frame.children"]),
    but(output="url.search"), but(outputs=[]), but(outputs={"id": "x", "property": "children"}),
    but(inputs=[]), but(inputs=None), but(inputs=BODY["inputs"] * 2), but(inputs=[[]]),
    but(inputs=[{"id": {"a": 1}, "property": "pathname"}]), but(state=[]), but(state=None),
    but(changedPropIds=None), but(changedPropIds=[{}]), without("outputs"), without("changedPropIds"),
    b"", b"{", b"\xff", b"NaN", b"[" * 100_000, b'"\\ud800"', b"1" * 5_000,
    with_value(float("nan")), with_value(float("inf")), with_value(10**400), with_value(nested(MAX_DEPTH)),
    with_value([0] * (MAX_ITEMS + 1)), with_value([[0] * 1_900] * (MAX_NODES // 1_900 + 1)),
]  # fmt: skip


def test_a_whole_callback_is_answered(client: TestClient) -> None:
    answer = post(client, BODY)
    assert answer.status_code == 200
    assert "frame" in answer.json()["response"]


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_callback_is_refused(client: TestClient, body: Any) -> None:
    answer = post(client, body)
    assert answer.status_code == 400, answer.text[:200]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 400


@pytest.mark.parametrize(
    "value", [{}, [], 1, None, True, 1.5, {"a": [1]}, "x" * 10_000, [0] * MAX_ITEMS, nested(9)]
)
def test_any_value_within_the_limits_is_taken(client: TestClient, value: Any) -> None:
    assert post(client, with_value(value)).status_code in {200, 204}


def test_too_much_is_refused(client: TestClient) -> None:
    assert post(client, b" " * (MAX_BODY + 1)).status_code == 413
    assert client.post("/en/explore", content=b"x" * (MAX_BODY + 1)).status_code == 413
    parts = (b"x" * 1024 for _ in range(MAX_BODY // 1024 + 1))
    assert client.post(CALLBACK, content=parts).status_code == 413
    assert client.get(f"/en/explore?q={'a' * MAX_ADDRESS}").status_code == 414
    assert client.get(f"/en/explore?q={'a' * 9_000}").status_code == 200


def test_only_json_reaches_a_callback(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post(CALLBACK, content=json.dumps(BODY), headers={"content-type": kind})
        assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    for path in ("/en/explore", CALLBACK, "/healthz"):
        assert client.request(method, path).status_code == 405


def test_head_is_get_without_a_body(client: TestClient) -> None:
    answer = client.head("/en/explore")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.content == b""


@pytest.mark.parametrize(
    "path",
    ["/_reload-hash", "/_dash-ws-callback", "/geo/%00", "/assets/a%0ab.js", "/api/docs", "/docs", "/redoc"],
)
def test_closed_doors(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/_dash-ws-callback", "/", "/en/explore"])
def test_there_are_no_web_sockets(client: TestClient, path: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(path, headers={"origin": "http://testserver"}),
    ):
        pass


def test_every_callback_of_the_server_is_known(application: FastAPI, client: TestClient) -> None:
    known = KnownCallbacks(application.state.dash)
    on_server = [c for c in client.get("/_dash-dependencies").json() if not c["clientside_function"]]
    assert len(on_server) > 1
    assert {c["output"] for c in on_server} == set(known._inputs)


@pytest.fixture
def failing(application: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*_: Any) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("app.first_view", fail)
    yield


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.usefixtures("failing")
def test_a_failure_is_told_kindly_under_a_reference(
    client: TestClient, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    with caplog.at_level(logging.ERROR, "gco.server"):
        answer = client.get(f"/{lang}/explore", headers={"accept": "text/html"})
    assert answer.status_code == 500
    assert f'<html lang="{lang}">' in answer.text
    assert "schiefgegangen" in answer.text
    assert "Something went wrong" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    reference = caplog.records[0].getMessage().rpartition(" ")[2]
    assert reference in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.usefixtures("failing")
def test_a_failure_is_a_problem_for_machines(client: TestClient) -> None:
    answer = client.get("/en/explore", headers={"accept": "application/json"})
    assert answer.status_code == 500
    assert set(answer.json()) == {"title", "status", "reference"}
