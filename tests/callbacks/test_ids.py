"""Every callback speaks of components and properties that a page really has."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from starlette.testclient import TestClient

from callbacks.routes import skeleton
from components import shell
from data.observatory import Observatory

DASH_OWN = {"_pages_location", "_pages_content"}


@pytest.fixture(scope="module")
def present(obs: Observatory) -> dict[str, Component]:
    """The components of the shell and of every interactive page, by id."""
    found: dict[str, Component] = {}
    for tree in (shell.layout(), skeleton(obs)):
        for part in [tree, *tree._traverse()]:
            ident = getattr(part, "id", None)
            if ident is not None:
                found[json.dumps(ident, sort_keys=True) if isinstance(ident, dict) else str(ident)] = part
    return found


def _named(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part in [*entry["inputs"], *entry["state"]]:
        yield part["id"], part["property"]
    for output in entry["output"].strip(".").split("..."):
        ident, _, prop = output.rpartition(".")
        yield ident, prop.split("@")[0]


def test_every_id_and_property_of_a_callback_exists(
    client: TestClient, present: dict[str, Component]
) -> None:
    entries = client.get("/_dash-dependencies").json()
    assert len(entries) > 8
    for entry in entries:
        for ident, prop in _named(entry):
            if not ident or ident in DASH_OWN:
                continue
            if ident.startswith("{"):
                wanted = json.loads(ident)
                if any(value in (["ALL"], ["MATCH"]) for value in wanted.values()):
                    continue
                ident = json.dumps(wanted, sort_keys=True)
            assert ident in present, f"{ident}.{prop} of {entry['output'][:80]}"
            component = present[ident]
            known = (*component._prop_names, *component._valid_wildcard_attributes)
            assert any(
                prop == name or prop.startswith(name.rstrip("*"))
                for name in known
                if name == prop or name.endswith("-")
            ), f"{ident} ({component._type}) has no {prop}"
