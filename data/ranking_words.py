"""Words of rankings and exports that the catalogue does not have, read from ``ranking_words.yaml``."""

from functools import cache
from pathlib import Path
from typing import Any

from data.catalogue_files import load_yaml

PATH = Path(__file__).resolve().with_suffix(".yaml")


@cache
def _words() -> dict[str, Any]:
    content = load_yaml(PATH.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def word(lang: str, *path: str, **values: object) -> str:
    """The text at ``path`` in ``lang``, its gaps filled; raises :class:`KeyError` where there is none."""
    node: Any = _words()
    for name in (*path, lang):
        node = node[name]
    text = str(node)
    return text.format(**values) if values else text


def entry(*path: str) -> dict[str, Any] | None:
    """The whole entry at ``path``, ``None`` where there is none."""
    node: Any = _words()
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else None
