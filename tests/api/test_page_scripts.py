"""The scripts of entry documents: enough for what the page holds, and no more."""

import json
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from dash import html, no_update
from fastapi import FastAPI
from plotly import graph_objects
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs_version
from starlette.testclient import TestClient

from api import packed, page_scripts
from callbacks.routes import draw
from callbacks.wire import seal, to_bytes
from components.view import PAGES, STATIC_PAGES
from data.observatory import Observatory
from tests.conftest import ROOT

INTERACTIVE = [page for page in PAGES if page not in STATIC_PAGES]
SOURCES = [*(ROOT / "components").rglob("*.py"), *(ROOT / "assets" / "js").glob("*.js")]
TYPE = re.compile(r"""["']?type["']?: ["']([a-z]+)["']""")
PACKAGES = {
    "dash_core_components": "/dcc/dash_core_components.",
    "dash_html_components": "/html/dash_html_components.",
    "dash_bootstrap_components": "/dash_bootstrap_components/",
    "dash_ag_grid": "/dash_ag_grid/",
}


def _namespaces(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_namespaces, node)) if node else set()
    if isinstance(node, dict):
        own = {node["namespace"]} if "namespace" in node and "props" in node else set()
        return own.union(*map(_namespaces, node.values()))
    return set()


def _scripts(client: TestClient, page: str) -> list[str]:
    return re.findall(r'<script src="([^"]+)"', client.get(f"/en/{page}").text)


@pytest.mark.parametrize("page", INTERACTIVE)
def test_a_document_loads_the_scripts_of_every_component_of_its_page(client: TestClient, page: str) -> None:
    layout = client.get("/_dash-layout", headers={"Referer": f"http://testserver/en/{page}"}).json()
    needed = _namespaces(layout)
    assert "dash_html_components" in needed
    loaded = " ".join(_scripts(client, page))
    assert {name for name in needed if PACKAGES[name] not in loaded} == set()


def test_what_no_component_needs_is_not_loaded(client: TestClient) -> None:
    loaded = " ".join(_scripts(client, "explore"))
    assert "dash_renderer" in loaded
    assert "dash_table" not in loaded
    assert "dash_ag_grid" not in loaded


def test_the_layout_holds_the_page_that_asks_for_it(client: TestClient) -> None:
    address = {"Referer": "http://testserver/de/compare?chart=table"}
    layout = client.get("/_dash-layout", headers=address).json()
    url = layout["props"]["children"][0]["props"]
    assert (url["pathname"], url["search"]) == ("/de/compare", "?chart=table")
    assert '"compare-body"' in json.dumps(layout)


@pytest.mark.parametrize("referer", ["", "http://[", "https://elsewhere.example/x", "http://t/de/nowhere"])
def test_the_layout_without_a_known_page_waits_for_the_address(client: TestClient, referer: str) -> None:
    answer = client.get("/_dash-layout", headers={"Referer": referer})
    assert answer.status_code == 200
    assert "pathname" not in answer.text


def test_every_trace_type_that_charts_use_is_in_a_part() -> None:
    parts = json.loads((ROOT / "tools" / "plotly" / "parts.json").read_text("utf-8"))
    built = {name for names in parts.values() for name in names}
    traces = {
        name.lower()
        for name in dir(graph_objects)
        if hasattr(getattr(graph_objects, name), "_parent_path_str")
    }
    used = {name for path in SOURCES for name in TYPE.findall(path.read_text("utf-8"))} & traces
    assert "scattermap" in used
    assert used <= built


def test_the_parts_are_made_from_the_plotly_that_python_has() -> None:
    tools = ROOT / "tools" / "plotly"
    asked = json.loads((tools / "package.json").read_text("utf-8"))["dependencies"]["plotly.js"]
    lock = (tools / "package-lock.json").read_text("utf-8")
    locked = json.loads(lock)["packages"]["node_modules/plotly.js"]["version"]
    assert asked == locked == get_plotlyjs_version()
    assert '"resolved"' not in lock


def _write_parts(folder: Path, version: str) -> Path:
    files = {"core": ["core-A.js", "shared-B.js"]}
    manifest = {"version": version, "files": files, "types": {"bar": "core"}, "generators": "generators-C.js"}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_parts_are_described_with_their_addresses(tmp_path: Path) -> None:
    parts = page_scripts.plotly_parts(_write_parts(tmp_path, get_plotlyjs_version()))
    assert parts is not None
    assert json.loads(parts.described)["files"] == {"core": ["/plotly/core-A.js", "/plotly/shared-B.js"]}


def test_parts_of_another_version_are_left_alone(tmp_path: Path) -> None:
    assert page_scripts.plotly_parts(_write_parts(tmp_path, "3.7.0")) is None
    assert page_scripts.plotly_parts(tmp_path / "nothing") is None


def test_without_parts_the_polyfill_stays(tmp_path: Path) -> None:
    scripts = (
        '<script src="/x/deps/polyfill@7.min.js"></script>\n<script src="/x/dash_table/bundle.js"></script>'
    )
    assert (
        page_scripts.trim(scripts, None, "explore") == '<script src="/x/deps/polyfill@7.min.js"></script>\n'
    )
    parts = page_scripts.plotly_parts(_write_parts(tmp_path, get_plotlyjs_version()))
    assert page_scripts.trim(scripts, parts, "explore") == '<script src="/plotly/generators-C.js"></script>\n'


def test_callback_answers_are_compressed(client: TestClient, application: FastAPI) -> None:
    body = {
        "output": "frame.children",
        "outputs": {"id": "frame", "property": "children"},
        "inputs": [{"id": "url", "property": "pathname", "value": "/en/explore"}],
        "changedPropIds": ["url.pathname"],
        "state": [{"id": "url", "property": "search", "value": ""}],
    }
    answer = client.post("/_dash-update-component", json=body, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/json"


def test_dash_writes_its_answers_as_we_do(application: FastAPI) -> None:
    from dash import _callback

    assert _callback.to_json.__module__ == "callbacks.wire"


@pytest.mark.parametrize("page", INTERACTIVE)
def test_our_way_of_writing_says_what_dash_would_say(obs: Observatory, page: str) -> None:
    tree = draw(obs, f"/de/{page}", "")
    assert orjson.loads(to_bytes(tree)) == orjson.loads(to_json_plotly(tree))


def test_a_sealed_value_is_written_as_the_value_itself() -> None:
    tree = html.P("x", id="a")
    assert to_bytes([seal(tree), seal(None), 1]) == to_bytes([tree, None, 1])
    assert seal(no_update) is no_update


def test_a_value_that_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_bytes({"a": object()})


def test_hashed_files_are_kept_for_ever(client: TestClient) -> None:
    if page_scripts.plotly_parts() is None:
        pytest.skip("the parts of plotly.js are not built here")
    name = json.loads((page_scripts.PLOTLY_PARTS / "manifest.json").read_text("utf-8"))["files"]["core"][0]
    assert client.get(f"/plotly/{name}").headers["cache-control"] == packed.FOREVER
