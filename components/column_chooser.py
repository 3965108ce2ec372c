"""The choice of columns: boxes by theme, and the same as a plain form for pages without JavaScript."""

from collections.abc import Iterator
from html import escape
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.ids import Rank
from components.prerender import Raw
from components.view import View
from data.column_names import ALWAYS, COMPUTED
from data.ranking_columns import available, defaults, describe
from data.ranking_table import table
from data.selection import KEYS

OWN = "own"


def chooser_id(part: str) -> dict[str, str]:
    """Id of the boxes of one theme."""
    return {"type": str(Rank.COLUMNS), "part": part}


def _offered(view: View) -> Iterator[tuple[str, str]]:
    """(theme, column) of everything the unit can show and an address can name."""
    catalogue, unit = view.obs.catalogue, view.selection.unit
    for name in available(view.obs, unit):
        if name in view.obs.vocabulary.columns:
            yield (OWN if name in COMPUTED[unit] else catalogue.indicators[name].theme), name


def options(view: View) -> dict[str, list[dict[str, str]]]:
    """Boxes by theme, in the order of the catalogue; every theme is there, so that ids stay."""
    found: dict[str, list[dict[str, str]]] = {OWN: []}
    found |= {theme: [] for theme in view.obs.catalogue.themes}
    for theme, name in _offered(view):
        label = describe(view.obs, view.selection.unit, name, view.lang).label
        found[theme].append({"value": name, "label": label})
    return found


def chosen(view: View) -> tuple[str, ...]:
    """The columns shown beside rank and name."""
    columns = table(view.obs, view.selection, view.lang).columns
    return tuple(name for name in columns if name not in ALWAYS)


def chooser_state(view: View) -> dict[str, Any]:
    """What is shown now and what would be shown by default; the script compares with both."""
    offered = {name for _, name in _offered(view)}
    return {
        "shown": [name for name in chosen(view) if name in offered],
        "defaults": [name for name in defaults(view.selection) if name in offered],
    }


def values(view: View) -> list[list[str]]:
    """Ticked boxes, theme by theme."""
    now = set(chosen(view))
    return [[o["value"] for o in found if o["value"] in now] for found in options(view).values()]


def _heading(view: View, theme: str) -> str:
    if theme == OWN:
        return view.t("rank.columns.own")
    return view.obs.catalogue.themes[theme].label.get(view.lang)


def chooser(view: View) -> Component:
    """All columns of the unit as boxes behind one button."""
    parts: list[Component] = []
    for (theme, found), ticked in zip(options(view).items(), values(view), strict=True):
        boxes = dbc.Checklist(id=chooser_id(theme), options=found, value=ticked, className="ticks")
        parts.append(html.Div([html.H3(_heading(view, theme)), boxes], className="theme"))
    body = html.Div(parts, className="columns")
    return html.Details(
        [html.Summary(view.t("rank.columns.title"), className="plain"), body],
        className="menu",
        id=Rank.CHOOSER,
    )


def _hidden(view: View) -> str:
    kept = [key for key in KEYS if key.name not in {"columns", "page"}]
    pairs = ((key.name, key.write(getattr(view.selection, key.attribute))) for key in kept)
    written = dict(part.split("=", 1) for part in view.selection.to_query().split("&") if part)
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in pairs
        if name in written
    )


def plain_chooser(view: View) -> Raw:
    """The same boxes as an ordinary form."""
    now, parts = set(chosen(view)), []
    for theme, found in options(view).items():
        boxes = "".join(
            f'<div class="form-check"><label class="form-check-label"><input class="form-check-input" '
            f'type="checkbox" name="columns" value="{o["value"]}"{" checked" if o["value"] in now else ""}>'
            f"{escape(o['label'])}</label></div>"
            for o in found
        )
        heading = f"<h3>{escape(_heading(view, theme))}</h3>"
        parts.append(f'<div class="theme">{heading}<div class="ticks">{boxes}</div></div>')
    apply, title = (escape(view.t(f"rank.columns.{name}")) for name in ("apply", "title"))
    button = f'<button class="strong">{apply}</button>'
    body = f"{_hidden(view)}{''.join(parts)}{button}"
    form = f'<form method="get" action="/{view.lang}/rank" class="columns">{body}</form>'
    summary = f'<summary class="plain">{title}</summary>'
    return Raw(f'<details class="menu">{summary}{form}</details>')
