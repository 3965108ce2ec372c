"""Placeholder."""

from dash import html
from dash.development.base_component import Component

from components.prerender import StandIns
from components.view import View


def title(view: View) -> str:
    """Heading."""
    return view.t("shell.nav.explore")


def description(view: View) -> str:
    """One sentence."""
    return view.t("shell.nav.explore")


def layout(view: View) -> Component:
    """The page."""
    return html.Div(html.H1(title(view)))


def stand_ins(view: View) -> StandIns:
    """Nothing yet."""
    return {}
