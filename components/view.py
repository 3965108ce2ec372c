"""What a page is drawn from: the data, what the visitor looks at, and the language."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from components.words import t
from data.observatory import Observatory
from data.queries import filter_mask
from data.selection import Parsed, Selection, parse

PAGES = ("explore", "compare", "rank", "sources")
STATIC_PAGES = ("sources",)
"""Pages to read only: plain documents, quick on any line, without a script they depend on."""


@dataclass(frozen=True)
class View:
    """One request for one page."""

    obs: Observatory
    selection: Selection
    lang: str
    page: str
    ignored: tuple[str, ...] = ()

    def t(self, key: str, **values: object) -> str:
        """A text in the language of the page."""
        return t(self.lang, key, **values)

    def mask(self) -> npt.NDArray[np.bool_]:
        """The units the filters leave."""
        return filter_mask(self.obs, self.selection)

    def href(
        self, page: str | None = None, lang: str | None = None, selection: Selection | None = None
    ) -> str:
        """The address of a page with a selection (by default the present ones)."""
        chosen = self.selection if selection is None else selection
        return f"/{lang or self.lang}/{page or self.page}{chosen.to_search()}"


def split_path(path: object) -> tuple[str, str] | None:
    """(language, page) of a page's path, or ``None`` for a path that is no page."""
    if not isinstance(path, str):
        return None
    parts = path.strip("/").split("/")
    if parts[0] not in {"de", "en"} or len(parts) > 2:
        return None
    page = parts[1] if len(parts) == 2 else "explore"
    return (parts[0], page) if page in PAGES else None


def make_view(obs: Observatory, path: object, query: object) -> View | None:
    """The view of an address; ``None`` where there is no such page. Never raises."""
    place = split_path(path)
    if place is None:
        return None
    parsed: Parsed = parse(query, obs.vocabulary)
    return View(obs, parsed.selection, place[0], place[1], parsed.ignored)
