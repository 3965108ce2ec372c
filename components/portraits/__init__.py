"""Portraits: one uniform page for every unit. Each module offers what :class:`Portrait` names."""

from typing import Any, Protocol

from dash.development.base_component import Component

from components.portraits import cluster, country, field, industry, region
from components.view import View


class Portrait(Protocol):
    """What a portrait module offers."""

    def exists(self, view: View) -> bool:
        """Whether there is a unit with the view's slug."""

    def title(self, view: View) -> str:
        """Name of the unit, heading and document title."""

    def description(self, view: View) -> str:
        """One sentence for search engines and previews."""

    def layout(self, view: View) -> Component:
        """The page's body."""

    def structured(self, view: View) -> dict[str, Any]:
        """What the page is about, in schema.org's terms."""


PORTRAIT_MODULES: dict[str, Portrait] = {
    "cluster": cluster,
    "region": region,
    "industry": industry,
    "field": field,
    "country": country,
}
