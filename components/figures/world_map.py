"""The world map of places as a plain figure: frame in, dictionary out.

Colours are written as ``var(--token)``; the browser replaces them by the tokens of its colour scheme, and
draws the same frame without WebGL 2 as ``scattergeo``. Every mark carries the id of its place.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.view import View
from data.class_breaks import Scale, classify, cluster_scale, cluster_span, find_scale
from data.region_layers import LayerFigures, layer_address, layer_figures

Trace = dict[str, Any]
Floats = npt.NDArray[np.float64]

SMALLEST, LARGEST = 4.0, 19.0
DIAMOND = "◆"
HOLLOW_DIAMOND = "◇"
DIAMOND_SIZES = (12, 15, 21)


def packed(values: Floats) -> dict[str, str]:
    """Numbers as the browser reads them without parsing: 32-bit floats in base64."""
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()}


def class_colours(view: View, indicator_id: str, scale: Scale) -> list[str]:
    """Colour tokens of the classes, spread over the seven steps; turned round where low values are good."""
    name = "div" if scale.diverging else "seq"
    spots = np.linspace(0, 6, scale.classes) if scale.classes > 1 else np.array([5.0])
    colours = [f"var(--{name}-{round(float(spot))})" for spot in spots]
    return colours[::-1] if view.obs.catalogue.indicators[indicator_id].direction < 0 else colours


def mark_sizes(table: pd.DataFrame, view: View) -> Floats:
    """Diameter of every mark in pixels: by number of clusters or the size indicator (missing: smallest)."""
    indicator = view.selection.size
    if not indicator:
        share = np.sqrt(table["clusters"].to_numpy(float) / 40)
    else:
        low, high = cluster_span(view.obs, indicator)
        share = (table["size"].to_numpy(float) - low) / (high - low)
        if view.obs.catalogue.indicators[indicator].direction < 0:
            share = 1 - share
        share = np.sqrt(np.clip(np.nan_to_num(share), 0, 1))
    return np.round(SMALLEST + (LARGEST - SMALLEST) * np.clip(share, 0, 1), 1)


def _hover(view: View, indicator_id: str, missing: bool = False) -> str:
    lines = ["<b>%{hovertext}</b>", view.t("explore.hover.clusters") + " %{customdata[1]}"]
    if indicator_id:
        indicator = view.obs.catalogue.indicators[indicator_id]
        name, unit = indicator.short_label.get(view.lang), indicator.unit_short.get(view.lang)
        value = f"%{{customdata[2]:,.{indicator.decimals}f}} {unit} (%{{customdata[3]}})"
        lines.append(f"{name}: " + (view.t("explore.no_value") if missing else value.replace("  ", " ")))
    return "<br>".join(lines) + "<extra></extra>"


def _marks(table: pd.DataFrame, view: View, **more: Any) -> Trace:
    """What all traces of marks share; text and ids are lists, positions packed."""
    rows = [table["place_id"], table["clusters"]]
    if view.selection.colour:
        rows += [table["colour"].round(6), table["colour_year"]]
    names = table[f"name_{view.lang}"] + ", " + table[f"country_name_{view.lang}"].fillna("")
    return {
        "type": "scattermap",
        "lon": packed(table["lon"].to_numpy()),
        "lat": packed(table["lat"].to_numpy()),
        "customdata": [list(row) for row in zip(*(column.tolist() for column in rows), strict=True)],
        "hovertext": names.tolist(),
        "hoverlabel": {"align": "left"},
        "showlegend": False,
        **more,
    }


def _quiet(points: pd.DataFrame, **more: Any) -> Trace:
    """A trace that only helps others to be seen: no hover, no ids."""
    spots = {name: packed(points[name].to_numpy()) for name in ("lon", "lat")}
    return {"type": "scattermap", "name": "rim", "hoverinfo": "skip", "showlegend": False, **spots, **more}


def _rims(table: pd.DataFrame, sizes: Floats, colour: str) -> Trace:
    """A rim below the circles: it keeps them apart and lets a hollow one be seen."""
    return _quiet(table, mode="markers", marker={"size": packed(sizes + 2), "color": colour, "opacity": 1})


def _circles(table: pd.DataFrame, view: View) -> Iterator[Trace]:
    if table.empty:
        return
    sizes, indicator = mark_sizes(table, view), view.selection.colour
    yield _rims(table, sizes, "var(--mark-rim)" if indicator else "var(--paper)")
    if not indicator:
        marker = {"size": packed(sizes), "color": "var(--mark-industry)", "opacity": 1}
        yield _marks(
            table, view, mode="markers", name="industry", marker=marker, hovertemplate=_hover(view, "")
        )
        return
    scale = cluster_scale(view.obs, indicator)
    classes = classify(table["colour"].to_numpy(float), scale.limits)
    for name, here in (("industry", classes >= 0), ("missing", classes < 0)):
        if not here.any():
            continue
        marker = {"size": packed(sizes[here]), "opacity": 1}
        if name == "missing":
            marker["color"] = "var(--paper)"
        else:
            marker |= {
                "color": classes[here].tolist(),
                "cmin": -0.5,
                "cmax": scale.classes - 0.5,
                "colorscale": steps(class_colours(view, indicator, scale)),
            }
        yield _marks(
            table[here],
            view,
            mode="markers",
            name=name,
            marker=marker,
            hovertemplate=_hover(view, indicator, name == "missing"),
        )


def steps(colours: Sequence[str]) -> list[list[Any]]:
    """A colour scale of flat steps, one a class."""
    n = len(colours)
    return [[round((at + end) / n, 6), colour] for at, colour in enumerate(colours) for end in (0, 1)]


def _diamond_rims(table: pd.DataFrame, grades: npt.NDArray[np.int64]) -> Iterator[Trace]:
    """Larger diamonds below the coloured ones; a grade of -1 is a hollow one, which needs none."""
    for grade in sorted(set(grades.tolist()) - {-1}):
        below = table[grades == grade]
        font = {"color": "var(--mark-rim)", "size": DIAMOND_SIZES[grade] + 4}
        yield _quiet(
            below, mode="text", text=[DIAMOND] * len(below), textposition="middle center", textfont=font
        )


def _diamonds(table: pd.DataFrame, view: View) -> Iterator[Trace]:
    """Diamonds are letters, which have one colour and size a trace: one trace for each pair that occurs."""
    if table.empty:
        return
    indicator, n = view.selection.colour, len(table)
    classes = np.zeros(n, np.int64)
    colours = ["var(--mark-science)"]
    if indicator:
        scale = cluster_scale(view.obs, indicator)
        classes = classify(table["colour"].to_numpy(float), scale.limits)
        colours = class_colours(view, indicator, scale)
    share = (mark_sizes(table, view) - SMALLEST) / (LARGEST - SMALLEST)
    grades = np.clip((share * 3).astype(int), 0, 2) if view.selection.size else np.ones(n, int)
    if indicator:
        yield from _diamond_rims(table, np.where(classes >= 0, grades, -1))
    for group in sorted(set(zip(classes.tolist(), grades.tolist(), strict=True))):
        here = (classes == group[0]) & (grades == group[1])
        missing = group[0] < 0
        font = {"color": "var(--mark-rim)" if missing else colours[group[0]], "size": DIAMOND_SIZES[group[1]]}
        yield _marks(
            table[here],
            view,
            mode="text",
            name="science-technology",
            textposition="middle center",
            text=[HOLLOW_DIAMOND if missing else DIAMOND] * int(here.sum()),
            textfont=font,
            marker={"allowoverlap": True},
            hovertemplate=_hover(view, indicator, missing),
        )


def _layer(view: View, figures: LayerFigures) -> Trace:
    """The coloured regions; an area without a figure keeps a colour of its own."""
    indicator = view.obs.catalogue.indicators[figures.indicator_id]
    scale = find_scale(figures.values, figures.indicator_id)
    classes = classify(figures.values, scale.limits)
    names = view.obs.regions.frame[f"name_{view.lang}"]
    position = view.obs.regions.position
    texts = [str(names.iloc[position[name]]) if name in position else "" for name in figures.ids]
    rows = zip(figures.ids, figures.values.round(6).tolist(), figures.years.tolist(), strict=True)
    number = f"%{{customdata[1]:,.{indicator.decimals}f}} {indicator.unit_short.get(view.lang)}"
    label = f"{indicator.short_label.get(view.lang)}: {number} (%{{customdata[2]}})"
    return {
        "type": "choroplethmap",
        "name": "layer",
        "geojson": layer_address(view.obs, view.selection.layer),
        "featureidkey": "properties.id",
        "locations": list(figures.ids),
        "z": classes.tolist(),
        "zmin": -1.5,
        "zmax": scale.classes - 0.5,
        "colorscale": steps(["var(--no-value)", *class_colours(view, indicator.id, scale)]),
        "showscale": False,
        "showlegend": False,
        "hovertext": texts,
        "customdata": [[name, None if np.isnan(v) else v, year or None] for name, v, year in rows],
        "marker": {"opacity": 0.82, "line": {"width": 0.6, "color": "var(--paper)"}},
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{label}<extra></extra>",
    }


def _area(view: View) -> Iterator[Trace]:
    corners = view.selection.area
    if corners:
        ring = pd.DataFrame([*corners, corners[0]], columns=["lon", "lat"])
        yield _quiet(ring, mode="lines", line={"color": "var(--accent)", "width": 2}) | {"name": "area"}


def map_style(view: View) -> dict[str, Any]:
    """The local map style: sea, land and borders from our own outlines; no letters, pictures or tiles."""
    address = layer_address(view.obs, "countries_50m") or layer_address(view.obs, "countries")
    land = {"type": "geojson", "data": address} if address else None
    layers: list[dict[str, Any]] = [
        {"id": "sea", "type": "background", "paint": {"background-color": "var(--sea)"}}
    ]
    if land:
        layers += [
            {"id": "land", "type": "fill", "source": "land", "paint": {"fill-color": "var(--land)"}},
            {
                "id": "border",
                "type": "line",
                "source": "land",
                "paint": {"line-color": "var(--border)", "line-width": 0.7},
            },
        ]
    return {"version": 8, "id": "gco", "sources": {"land": land} if land else {}, "layers": layers}


def _bounds(table: pd.DataFrame, view: View, figures: LayerFigures | None) -> list[float] | None:
    """The box (west, south, east, north) the map goes to where countries or a region layer are chosen.

    Around all marks, or around nine tenths of the layer's areas: far islands would show the whole world.
    """
    selection, regions = view.selection, view.obs.regions
    if not table.empty and (selection.country or selection.continent or selection.area):
        points, ends = table[["lon", "lat"]].to_numpy(float), (0.0, 1.0)
    elif figures is not None and (
        rows := [regions.position[i] for i in figures.ids if i in regions.position]
    ):
        points, ends = regions.frame[["lon", "lat"]].iloc[rows].to_numpy(float), (0.05, 0.95)
    else:
        return None
    (west, south), (east, north) = np.nanquantile(points, ends, axis=0).round(2).tolist()
    return [west, south, east, north]


def world_map(table: pd.DataFrame, view: View) -> dict[str, Any]:
    """The whole figure. ``table`` has one row a place as :func:`data.places.places` returns it.

    Traces in drawing order: layer, area, rim, industry (circles), missing (hollow circles), then
    science-technology (diamonds). An empty table gives the empty map.
    """
    science = table["science_technology"].to_numpy(bool)
    figures = layer_figures(view.obs, view.selection)
    layer = [_layer(view, figures)] if figures is not None and figures.indicator_id else []
    layout = {
        "map": {"style": map_style(view), "center": {"lon": 10, "lat": 28}, "zoom": 0.6},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "var(--sea)",
        "plot_bgcolor": "var(--sea)",
        "showlegend": False,
        "hovermode": "closest",
        "clickmode": "event",
        "dragmode": "pan",
        "separators": ",." if view.lang == "de" else ".,",
        "uirevision": "gco",
        "hoverlabel": {
            "bgcolor": "var(--raised)",
            "bordercolor": "var(--edge)",
            "font": {"color": "var(--ink)"},
        },
        "meta": {"bounds": _bounds(table, view, figures), "land": layer_address(view.obs, "countries")},
    }
    data = [*layer, *_area(view), *_circles(table[~science], view), *_diamonds(table[science], view)]
    return {"data": data, "layout": layout}
