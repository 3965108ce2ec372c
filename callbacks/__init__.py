"""All callbacks; each module wires one page."""

from dash import Dash

from callbacks import compare, explore, rank, url_state
from data.observatory import Observatory


def register(app: Dash, obs: Observatory) -> None:
    """Wire every page to the observatory."""
    for module in (url_state, explore, compare, rank):
        module.register(app, obs)
