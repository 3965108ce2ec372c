"""Turn a tree of Dash components into plain HTML: the server's first view of a page.

The same tree is what Dash draws later, so nothing jumps. HTML components map one to one; form
controls become native ones that work as an ordinary form without JavaScript; charts and grids are
replaced by the stand-ins a page gives for their ids.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "col"}
RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan",
           "rowSpan": "rowspan", "hrefLang": "hreflang", "autoComplete": "autocomplete"}  # fmt: skip
DROPPED = {"children", "n_clicks", "n_clicks_timestamp", "key", "disable_n_clicks", "loading_state",
           "setProps", "dangerously_allow_html"}  # fmt: skip


class Raw(str):
    """Markup made by the server itself (an inline SVG); it is put in as it is."""

    __slots__ = ()


StandIns = Mapping[str, Any]


def _style(style: Mapping[str, Any]) -> str:
    def name(key: str) -> str:
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in key)

    return ";".join(f"{name(key)}:{value}" for key, value in style.items())


def _attributes(props: Mapping[str, Any]) -> str:
    parts = []
    for name, value in props.items():
        if name in DROPPED or value is None or value is False:
            continue
        if name == "id" and not isinstance(value, str):
            continue
        if name == "style":
            value = _style(value)
        parts.append(f" {RENAMED.get(name, name.lower())}" + ("" if value is True else f'="{escape(str(value))}"'))
    return "".join(parts)


def _control(props: Mapping[str, Any], kind: str) -> str:
    """A native control named after its key of the address."""
    ident = props.get("id")
    name = ident["key"] if isinstance(ident, dict) and "key" in ident else str(ident or "")
    if isinstance(ident, dict) and ident.get("kind") == "range":
        name = ""
    common = {"name": name or None, "aria-label": props.get("aria-label")}
    value = props.get("value")
    if kind == "Select":
        options = "".join(
            f'<option value="{escape(str(o["value"]))}"{" selected" if str(o["value"]) == str(value) else ""}>'
            f"{escape(str(o['label']))}</option>"
            for o in props.get("options", [])
        )
        return f'<select class="form-select {props.get("className", "")}"{_attributes(common)}>{options}</select>'
    if kind in {"Checklist", "RadioItems"}:
        sort = "checkbox" if kind == "Checklist" else "radio"
        chosen = value if isinstance(value, list) else [value]
        rows = []
        for o in props.get("options", []):
            attributes = {"type": sort, "name": name, "value": o["value"], "checked": o["value"] in chosen}
            rows.append(
                f'<div class="form-check"><label class="form-check-label"><input class="form-check-input"'
                f"{_attributes(attributes)}>{escape(str(o['label']))}</label></div>"
            )
        return f'<div class="{props.get("className", "")}">{"".join(rows)}</div>'
    if kind == "Switch":
        # An unticked box sends nothing, so the form sends the "off" value through a second box's absence.
        attributes = {"type": "checkbox", "name": name, "value": "1", "checked": bool(value)}
        label = escape(str(props.get("label", "")))
        return f'<div class="form-check form-switch"><label><input class="form-check-input"{_attributes(attributes)}>{label}</label></div>'
    attributes = {**common, "type": props.get("type", "text"), "value": value, "placeholder": props.get("placeholder")}
    return f'<input class="form-control {props.get("className", "")}"{_attributes(attributes)}>'


def to_html(node: Any, stand_ins: StandIns | None = None) -> str:
    """The HTML of a component, a text, a number or a list of them."""
    stand_ins = stand_ins or {}
    if node is None or node is False:
        return ""
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, list | tuple):
        return "".join(to_html(child, stand_ins) for child in node)
    if not isinstance(node, Component):
        return escape(str(node), quote=False)
    props = node.to_plotly_json()["props"]
    ident = props.get("id")
    if isinstance(ident, str) and str(ident) in stand_ins:
        return to_html(stand_ins[str(ident)], stand_ins)
    return _element(node, props, stand_ins)


def _element(node: Component, props: Mapping[str, Any], stand_ins: StandIns) -> str:
    kind, namespace = node._type, node._namespace
    if kind in {"Select", "Checklist", "RadioItems", "Switch", "Input"} and namespace != "dash_html_components":
        return _control(props, kind)
    children = to_html(props.get("children"), stand_ins)
    if kind == "Link" and namespace == "dash_core_components":
        kept = {k: v for k, v in props.items() if k in {"href", "className", "title"} or k.startswith("aria-")}
        return f"<a{_attributes(kept)}>{children}</a>"
    if namespace != "dash_html_components":
        return children
    tag = kind.lower()
    if tag in VOID:
        return f"<{tag}{_attributes(props)}>"
    return f"<{tag}{_attributes(props)}>{children}</{tag}>"
