"""Names as people type them: folding of case and accents, and search that forgives errors."""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "–": " ", "-": " "}
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents: ``Île-de-France`` and ``ile de france`` become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
