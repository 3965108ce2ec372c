"""The pages by name. Each module offers title, description, layout and stand_ins."""

from typing import Protocol

from dash.development.base_component import Component

from components.pages import compare, explore, rank, sources
from components.prerender import StandIns
from components.view import View


class Page(Protocol):
    """What a page module offers."""

    def title(self, view: View) -> str:
        """Heading of the page, also the document's title."""

    def description(self, view: View) -> str:
        """One sentence for search engines and previews."""

    def layout(self, view: View) -> Component:
        """The page's body."""

    def stand_ins(self, view: View) -> StandIns:
        """HTML for the parts that need JavaScript, by id."""


PAGE_MODULES: dict[str, Page] = {"explore": explore, "compare": compare, "rank": rank, "sources": sources}  # type: ignore[dict-item]
