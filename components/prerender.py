"""Turn a tree of Dash components into plain HTML: the server's first view of a page.

The same tree is what Dash draws later, so nothing jumps. HTML components map one to one; form
controls become native ones that work as an ordinary form without JavaScript; charts and grids are
replaced by the stand-ins a page gives for their ids.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

from components.attributes import properties

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "col"}
RENAMED = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "hrefLang": "hreflang",
    "autoComplete": "autocomplete",
}
DROPPED = {
    "children",
    "n_clicks",
    "n_clicks_timestamp",
    "key",
    "disable_n_clicks",
    "loading_state",
    "setProps",
    "dangerously_allow_html",
}


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
        parts.append(
            f" {RENAMED.get(name, name.lower())}" + ("" if value is True else f'="{escape(str(value))}"')
        )
    return "".join(parts)


def _name(ident: Any) -> str:
    """A control is named after its key of the address; a range needs a script and gets no name."""
    if isinstance(ident, dict):
        return "" if ident.get("kind") == "range" else str(ident.get("key", ""))
    return str(ident or "")


def _tag(tag: str, attributes: Mapping[str, Any], content: str | None = None) -> str:
    opening = f"<{tag}{_attributes(attributes)}>"
    return opening if content is None else f"{opening}{content}</{tag}>"


def _select(props: Mapping[str, Any], common: Mapping[str, Any]) -> str:
    options = "".join(
        _tag(
            "option",
            {"value": o["value"], "selected": str(o["value"]) == str(props.get("value"))},
            escape(str(o["label"])),
        )
        for o in props.get("options", [])
    )
    return _tag(
        "select", {"className": f"form-select {props.get('className', '')}".strip(), **common}, options
    )


def _boxes(props: Mapping[str, Any], common: Mapping[str, Any], sort: str) -> str:
    value = props.get("value")
    chosen = value if isinstance(value, list) else [value]
    rows = []
    for o in props.get("options", []):
        box = {"className": "form-check-input", "type": sort, **common, "value": o["value"]}
        box["checked"] = o["value"] in chosen
        label = _tag("label", {"className": "form-check-label"}, _tag("input", box) + escape(str(o["label"])))
        rows.append(_tag("div", {"className": "form-check"}, label))
    return _tag("div", {"className": props.get("className")}, "".join(rows))


def _control(props: Mapping[str, Any], kind: str) -> str:
    """A native control that sends its value in an ordinary form."""
    common = {"name": _name(props.get("id")) or None, "aria-label": props.get("aria-label")}
    if kind == "Select":
        return _select(props, common)
    if kind in {"Checklist", "RadioItems"}:
        return _boxes(props, common, "checkbox" if kind == "Checklist" else "radio")
    style = f"form-control {props.get('className', '')}".strip()
    shown = {name: props.get(name) for name in ("value", "placeholder")}
    return _tag("input", {"className": style, **common, "type": props.get("type", "text"), **shown})


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
    props = properties(node)
    ident = props.get("id")
    if isinstance(ident, str) and str(ident) in stand_ins:
        return to_html(stand_ins[str(ident)], stand_ins)
    return _element(node, props, stand_ins)


def _element(node: Component, props: Mapping[str, Any], stand_ins: StandIns) -> str:
    kind, namespace = node._type, node._namespace
    if (
        kind in {"Select", "Checklist", "RadioItems", "Switch", "Input"}
        and namespace != "dash_html_components"
    ):
        return _control(props, kind)
    children = to_html(props.get("children"), stand_ins)
    if kind == "Link" and namespace == "dash_core_components":
        kept = {
            k: v for k, v in props.items() if k in {"href", "className", "title"} or k.startswith("aria-")
        }
        return f"<a{_attributes(kept)}>{children}</a>"
    if namespace != "dash_html_components":
        return children
    tag = kind.lower()
    if tag == "param":  # stands for a hidden field: Dash has no such element
        return f'<input type="hidden"{_attributes(props)}>'
    if tag in VOID:
        return f"<{tag}{_attributes(props)}>"
    return f"<{tag}{_attributes(props)}>{children}</{tag}>"
