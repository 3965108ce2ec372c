"""HTML of portraits as text: they are plain documents, and text is made ten times faster than components."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from components.prerender import Raw

NAMES = {"cls": "class", "for_": "for"}


def text_of(node: Any) -> str:
    """Markup as it is, anything else escaped, nothing for ``None``; lists are joined."""
    if node is None or node is False:
        return ""
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, list | tuple):
        return "".join(text_of(child) for child in node)
    return escape(str(node), quote=False)


def tag(name: str, *children: Any, **attributes: Any) -> Raw:
    """An element. ``cls`` stands for ``class``; underscores become hyphens; ``None`` and "" are left out."""
    parts = [
        f' {NAMES.get(key, key.replace("_", "-"))}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    ]
    return Raw(f"<{name}{''.join(parts)}>{text_of(children)}</{name}>")


def link(text: Any, href: str, cls: str = "") -> Raw:
    """A link."""
    return tag("a", text, href=href, cls=cls)


class Column:
    """A column of a table: its head and whether numbers stand in it."""

    def __init__(self, head: str, numeric: bool = False, cls: str = "") -> None:
        self.head = head
        self.style = " ".join(filter(None, ("number" if numeric else "", cls)))


def table(columns: Sequence[Column], rows: Iterable[Sequence[Any]], label: str, cls: str = "") -> Raw:
    """A table that scrolls sideways where it is too wide; the first cell of a row is its head."""
    heads = [tag("th", c.head, scope="col", cls=c.style) for c in columns]
    body = []
    for row in rows:
        cells = [tag("td", cell, cls=c.style) for c, cell in zip(columns[1:], row[1:], strict=True)]
        body.append(tag("tr", tag("th", row[0], scope="row"), *cells))
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *body), cls=f"figures {cls}".strip())
    return tag("div", whole, cls="scroll", tabindex="0", role="region", aria_label=label)
