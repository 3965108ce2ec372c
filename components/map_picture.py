"""The map as a picture to take away: what it must carry, for the script that makes it."""

import numpy as np
from dash import html
from dash.development.base_component import Component

from components.attributes import data
from components.chips import list_filters
from components.controls import toolbar
from components.view import View

PICTURES = ("png", "svg")
CITED = 6
"""Producers named in the foot of the picture; more are counted."""
SHOWN = ("employment", "gross_value_added", "pct_share")
"""Figures every cluster has one of; their sources are those of the clusters themselves."""


def _producers(view: View) -> list[str]:
    """Producers of the figures behind the marks, the most used first."""
    matrix, rows = view.obs.clusters.matrix, np.flatnonzero(view.mask())
    names = [*SHOWN, *filter(None, (view.selection.colour, view.selection.size))]
    columns = [matrix.indicators.index(name) for name in names if name in matrix.indicators]
    used, counts = np.unique(matrix.source[rows][:, columns], return_counts=True)
    ranked = [matrix.sources[i] for i in used[np.argsort(-counts, kind="stable")] if i >= 0]
    return list(dict.fromkeys(view.obs.catalogue.sources[name].producer for name in ranked))


def _about(view: View, count: str) -> dict[str, object]:
    producers = _producers(view)
    named = ", ".join(producers[:CITED])
    if len(producers) > CITED:
        named = view.t("explore.picture.more", sources=named, n=len(producers) - CITED)
    words = [label for label, _ in list_filters(view)]
    indicators = view.obs.catalogue.indicators
    for role in ("colour", "size"):
        chosen = getattr(view.selection, role)
        if chosen:
            words.append(f"{view.t(f'explore.{role}.title')}: {indicators[chosen].label.get(view.lang)}")
    return {
        "title": f"{view.t('explore.heading')} – {count}",
        "subtitle": " · ".join(words),
        "sources": view.t("explore.picture.sources", sources=named),
        "made": view.t("explore.picture.made", version=view.obs.version),
        "file": f"gco-{view.t('explore.picture.file')}",
        "lang": view.lang,
    }


def map_toolbar(view: View, count: str) -> Component:
    """Copy the link, take the picture, take the data."""
    about = data(**_about(view, count))
    buttons = [
        html.Li(html.Button(view.t(f"explore.picture.{kind}"), type="button", **data(map_picture=kind)))
        for kind in PICTURES
    ]
    picture = html.Details(
        [html.Summary(view.t("explore.picture.title"), className="plain"), html.Ul(buttons, **about)],
        className="menu picture",
    )
    return html.Div([toolbar(view), picture], className="toolbar")
