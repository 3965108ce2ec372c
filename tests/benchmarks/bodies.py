"""Callback requests as the browser would send them, put together from what the server itself tells.

The shape comes from ``/_dash-dependencies``, the values from the layout of the page: so the bodies follow
the code. Only callbacks that run on the server are built.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.request import Request, urlopen

CALLBACK = "/_dash-update-component"


@dataclass(frozen=True)
class PageRequests:
    """Builds callback bodies for one page of a server."""

    address: str
    path: str

    def _json(self, name: str) -> Any:
        request = Request(self.address + name, headers={"Referer": self.address + self.path})
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)

    @cached_property
    def dependencies(self) -> list[dict[str, Any]]:
        """What the server says about its callbacks."""
        return [d for d in self._json("/_dash-dependencies") if not d["clientside_function"]]

    @cached_property
    def props(self) -> dict[str, dict[str, Any]]:
        """Properties of every component with an id, by that id as text."""
        return {_name(props["id"]): props for props in _walk(self._json("/_dash-layout")) if "id" in props}

    def body(self, output: str, address: str | None = None, **values: Any) -> bytes:
        """The body of the callback with ``output`` (``id.property``) as its first input sends it.

        ``address`` is the query where the callback asks for it, from the location or from a store that follows
        it. ``values`` replace what the layout holds; keys are ``id.property`` with ``__`` for the dot and ``_``
        for a hyphen, for example ``url__pathname``.
        """
        found = next((d for d in self.dependencies if output in d["output"]), None)
        if found is None:
            raise LookupError(f"no callback on the server gives {output}")
        given = {key.replace("__", ".").replace("_", "-"): value for key, value in values.items()}
        if address is not None:
            given |= {
                name: address for name in map(_whole, found["inputs"] + found["state"]) if _is_query(name)
            }
        sent = {
            "output": found["output"],
            "outputs": _outputs(found["output"], self.props),
            "inputs": [self._dependency(item, given) for item in found["inputs"]],
            "state": [self._dependency(item, given) for item in found["state"]],
            "changedPropIds": [_whole(found["inputs"][0])],
        }
        return json.dumps(sent).encode()

    def _dependency(self, item: Mapping[str, str], given: Mapping[str, Any]) -> Any:
        ids = _matching(item["id"], self.props) if item["id"].startswith("{") else [item["id"]]
        sent = [self._value(ident, item["property"], given) for ident in ids]
        return sent if "ALL" in item["id"] else sent[0]

    def _value(self, ident: str, prop: str, given: Mapping[str, Any]) -> dict[str, Any]:
        value = given.get(f"{ident}.{prop}", self.props.get(ident, {}).get(prop))
        return {"id": json.loads(ident) if ident.startswith("{") else ident, "property": prop, "value": value}


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, dict) and "props" in node:
        yield node["props"]
        yield from _walk(node["props"].get("children"))


def _name(ident: Any) -> str:
    return ident if isinstance(ident, str) else json.dumps(ident, sort_keys=True, separators=(",", ":"))


def _split(whole: str) -> tuple[str, str]:
    ident, prop = whole.rsplit(".", 1)
    return ident, prop


def _whole(item: Mapping[str, str]) -> str:
    return f"{item['id']}.{item['property']}"


def _is_query(name: str) -> bool:
    """Whether a dependency carries the query: that of the location, or a store that holds it."""
    return name == "url.search" or ("address" in name and name.endswith(".data"))


def _matching(pattern: str, props: Mapping[str, Any]) -> list[str]:
    """Ids of the layout that a pattern such as ``{"key":["ALL"],"type":"control"}`` stands for."""
    wanted = json.loads(pattern)
    found = []
    for ident in props:
        have = json.loads(ident) if ident.startswith("{") else {}
        if have.keys() == wanted.keys() and all(
            isinstance(v, list) or have[k] == v for k, v in wanted.items()
        ):
            found.append(ident)
    return found


def _outputs(output: str, props: Mapping[str, Any]) -> Any:
    many = output.startswith("..")
    parts = output.strip(".").split("...") if many else [output]
    found: list[Any] = []
    for part in parts:
        ident, prop = _split(part.split("@")[0])
        ids = _matching(ident, props) if ident.startswith("{") else [ident]
        prop = part[len(ident) + 1 :]
        each = [{"id": json.loads(i) if i.startswith("{") else i, "property": prop} for i in ids]
        found.append(each if "ALL" in ident else each[0])
    return found if many else found[0]
