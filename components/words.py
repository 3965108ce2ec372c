"""The words of the pages: one catalogue a language, whole sentences with named gaps.

Texts lie in ``components/text/<lang>/<part>.yaml``; the key of a text is ``part.name`` (nested
names are joined by dots). A text with a count has the plural forms ``one`` and ``other``.
"""

from functools import cache
from pathlib import Path
from typing import Any

from data.catalogue_files import load_yaml

LANGUAGES = ("de", "en")
FOLDER = Path(__file__).resolve().parent / "text"


class MissingTextError(KeyError):
    """A text is asked for that the catalogue does not have."""


def _flatten(prefix: str, node: Any, into: dict[str, str]) -> None:
    if isinstance(node, dict):
        for name, child in node.items():
            _flatten(f"{prefix}.{name}", child, into)
    else:
        into[prefix] = str(node).strip()


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of a language by key."""
    texts: dict[str, str] = {}
    for path in sorted((FOLDER / lang).glob("*.yaml")):
        _flatten(path.stem, load_yaml(path.read_text("utf-8")) or {}, texts)
    return texts


def t(lang: str, key: str, **values: object) -> str:
    """The text of ``key``; with a numeric ``n`` the plural form is chosen and shown in local form.

    Raises :class:`MissingTextError` for an unknown key: a page never shows a bare key.
    """
    texts = catalogue(lang)
    text = texts.get(key)
    if text is None and "n" in values:
        text = texts.get(f"{key}.one" if values["n"] == 1 else f"{key}.other")
    if text is None:
        raise MissingTextError(f"{lang}: {key}")
    return text.format(**values) if values else text
