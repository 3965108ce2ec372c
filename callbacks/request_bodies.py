"""Which callback requests have the shape that our own pages send.

Dash trusts the body of a request: an unknown output, a missing key or a list where an object belongs ends in
an exception. Values may still be any JSON; it is the callbacks that check those.
"""

import json
from collections.abc import Mapping
from typing import Any

from dash import Dash
from dash._utils import split_callback_id

MANY = ("ALL", "ALLSMALLER")
SCALAR = (str, int, float, bool)
Dependency = Mapping[str, Any]


class KnownCallbacks:
    """Tells whether a body calls a callback that runs on the server, and is whole."""

    def __init__(self, app: Dash) -> None:
        self._inputs, self._states, self._outputs = {}, {}, {}
        for output, callback in app.callback_map.items():
            if "callback" in callback:
                self._inputs[output] = [_parsed(item) for item in callback["inputs"]]
                self._states[output] = [_parsed(item) for item in callback["state"]]
                found = None if callback["no_output"] else split_callback_id(output)
                self._outputs[output] = (
                    [_parsed(item) for item in found] if isinstance(found, list) else found and _parsed(found)
                )

    def __call__(self, body: object) -> bool:
        """Whether ``body`` has the shape its output asks for; never raises."""
        if not isinstance(body, dict):
            return False
        output, changed = body.get("output"), body.get("changedPropIds")
        if not isinstance(output, str) or output not in self._inputs:
            return False
        return (
            isinstance(changed, list)
            and all(isinstance(name, str) for name in changed)
            and _all_match(body.get("inputs"), self._inputs[output])
            and _all_match(body.get("state", []), self._states[output])
            and self._outputs_match(body, self._outputs[output])
        )

    @staticmethod
    def _outputs_match(body: Mapping[str, Any], declared: Any) -> bool:
        given = body.get("outputs")
        if declared is None:
            return not given
        return _all_match(given, declared) if isinstance(declared, list) else _matches(given, declared)


def _parsed(item: Dependency) -> Dependency:
    """A dependency with a pattern's id as an object instead of text."""
    name = str(item["id"])
    return {"id": json.loads(name) if name.startswith("{") else name, "property": str(item["property"])}


def _all_match(given: object, declared: list[Dependency]) -> bool:
    return (
        isinstance(given, list)
        and len(given) == len(declared)
        and all(_matches(item, wanted) for item, wanted in zip(given, declared, strict=True))
    )


def _matches(given: object, wanted: Dependency) -> bool:
    pattern = wanted["id"]
    if isinstance(pattern, dict) and any(_wildcard(value) in MANY for value in pattern.values()):
        return isinstance(given, list) and all(_fits(item, wanted) for item in given)
    return _fits(given, wanted)


def _fits(given: object, wanted: Dependency) -> bool:
    if not isinstance(given, dict) or given.get("property") != wanted["property"]:
        return False
    name, pattern = given.get("id"), wanted["id"]
    if not isinstance(pattern, dict):
        return bool(name == pattern)
    return (
        isinstance(name, dict)
        and name.keys() == pattern.keys()
        and all(
            isinstance(name[key], SCALAR) if _wildcard(value) else name[key] == value
            for key, value in pattern.items()
        )
    )


def _wildcard(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else ""
