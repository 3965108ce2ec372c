"""What a page is drawn from: the data, what the visitor looks at, and the language."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from components.words import LANGUAGES, t
from data.observatory import Observatory
from data.queries import filter_mask
from data.selection import Parsed, Selection, parse

PAGES = ("explore", "compare", "rank", "sources")
PORTRAITS = ("cluster", "region", "industry", "field", "country", "initiative", "programme")
"""Kinds of unit that have a page of their own, at /<lang>/<kind>/<slug>."""
STATIC_PAGES = ("sources", *PORTRAITS)
"""Pages to read only: plain documents, quick on any line, without a script they depend on."""


@dataclass(frozen=True)
class View:
    """One request for one page."""

    obs: Observatory
    selection: Selection
    lang: str
    page: str
    ignored: tuple[str, ...] = ()
    slug: str = ""
    """Which unit a portrait is about; empty on the other pages."""

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
        slug = f"/{self.slug}" if self.slug and page is None else ""
        return f"/{lang or self.lang}/{page or self.page}{slug}{chosen.to_search()}"

    def portrait(self, kind: str, unit_id: str) -> str:
        """The address of a unit's portrait."""
        return f"/{self.lang}/{kind}/{slug_of(unit_id)}"


def slug_of(unit_id: str) -> str:
    """The last part of a portrait's address: the id in lower case, the same in both languages."""
    return unit_id.lower()


class Place(NamedTuple):
    """Where an address leads: language, page, and the unit of a portrait."""

    lang: str
    page: str
    slug: str = ""


def split_path(path: object) -> Place | None:
    """The parts of a page's path, or ``None`` for a path that is no page."""
    if not isinstance(path, str):
        return None
    lang, *rest = path.strip("/").split("/")
    if lang not in LANGUAGES:
        return None
    if len(rest) == 2 and rest[0] in PORTRAITS and rest[1]:
        return Place(lang, rest[0], rest[1])
    page = rest[0] if len(rest) == 1 else "" if rest else "explore"
    return Place(lang, page) if page in PAGES else None


def make_view(obs: Observatory, path: object, query: object) -> View | None:
    """The view of an address; ``None`` where there is no such page. Never raises."""
    place = split_path(path)
    if place is None:
        return None
    parsed: Parsed = parse(query, obs.vocabulary)
    return View(obs, parsed.selection, place.lang, place.page, parsed.ignored, place.slug)
