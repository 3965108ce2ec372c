"""What stands around the map: how it is drawn, its buttons, and the legend."""

from collections.abc import Sequence
from html import escape
from urllib.parse import unquote

import dash_bootstrap_components as dbc
import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.controls import Option, option
from components.figures.world_map import class_colours
from components.ids import Explore, control
from components.locale import number
from components.prerender import Raw
from components.view import View
from data.class_breaks import Scale, cluster_scale, find_scale
from data.region_layers import layer_figures, layer_indicators, layer_industries, region_layers

TOOLS = ("zoom_in", "zoom_out", "world", "box", "lasso", "view")
DRAWING = ("colour", "size", "layer", "layer_by", "layer_industry")
"""Keys of the address that the controls above the map write."""


def indicator_choices(view: View, first: str, chosen: str) -> list[Option]:
    """Every rankable indicator that some cluster has, and the chosen one, after a first, empty choice."""
    known = np.atleast_1d((~np.isnan(view.obs.clusters.matrix.values)).any(axis=0)).tolist()
    present = {name for name, has in zip(view.obs.clusters.matrix.indicators, known, strict=True) if has} | {
        chosen
    }
    shown = [
        i
        for i in view.obs.catalogue.indicators.values()
        if i.id in present and (i.rankable or i.id == chosen)
    ]
    return [option("", first), *(option(i.id, i.label.get(view.lang)) for i in shown)]


def layer_choices(view: View) -> list[Option]:
    """The region layers at hand."""
    found = [option(name, view.t(f"explore.layer.names.{name}")) for name in region_layers(view.obs)]
    return [option("", view.t("explore.layer.none")), *found]


def layer_indicator_choices(view: View) -> list[Option]:
    """Figures the chosen layer has."""
    first = [option("", view.t("explore.layer.by_default"))]
    selection, catalogue = view.selection, view.obs.catalogue
    if not selection.layer:
        return first
    names = layer_indicators(view.obs, selection.layer, selection.layer_industry)
    if selection.layer_industry:
        texts = {"lq_home": "explore.layer_value.lq_home", "employment": "explore.layer_value.value"}
        return [*first, *(option(name, view.t(text)) for name, text in texts.items())]
    return [*first, *(option(name, catalogue.indicators[name].label.get(view.lang)) for name in names)]


def layer_industry_choices(view: View) -> list[Option]:
    """Industries the chosen layer has figures for."""
    first = [option("", view.t("explore.layer.industry_none"))]
    if not view.selection.layer:
        return first
    industries = view.obs.catalogue.industries
    return first + [
        option(name, industries[name].name.get(view.lang))
        for name in layer_industries(view.obs, view.selection.layer)
    ]


def _select(key: str, options: Sequence[Option], value: str, label: str) -> Component:
    """A labelled choice of one whose first option is the empty one; the box shows it as its placeholder."""
    box = dbc.Select(
        id=control(key, "one"), options=list(options), value=value, placeholder=options[0]["label"]
    )
    return html.Label([html.Span(label, className="field-label"), box], className="field")


def layer_class(view: View) -> str:
    """The fields of the layer show once a layer is chosen."""
    return "layer-fields on" if view.selection.layer else "layer-fields"


def kept_fields(view: View) -> Raw:
    """The rest of the address as hidden fields, for the form that is sent without JavaScript."""
    parts = (part.partition("=") for part in view.selection.but(page=1).to_query().split("&"))
    fields = (
        f'<input type="hidden" name="{escape(name)}" value="{escape(unquote(value))}">'
        for name, _, value in parts
        if name and name not in DRAWING
    )
    return Raw("".join(fields))


def map_controls(view: View) -> Component:
    """Choices of colour, size and region layer."""
    s = view.selection
    fields = [
        _select(
            "colour",
            indicator_choices(view, view.t("explore.colour.kind"), s.colour),
            s.colour,
            view.t("explore.colour.title"),
        ),
        _select(
            "size",
            indicator_choices(view, view.t("explore.size.count"), s.size),
            s.size,
            view.t("explore.size.title"),
        ),
        _select("layer", layer_choices(view), s.layer, view.t("explore.layer.title")),
    ]
    of_layer = html.Div(
        [
            _select("layer_by", layer_indicator_choices(view), s.layer_indicator, view.t("explore.layer.by")),
            _select(
                "layer_industry",
                layer_industry_choices(view),
                s.layer_industry,
                view.t("explore.layer.industry"),
            ),
        ],
        id=Explore.LAYER,
        className=layer_class(view),
    )
    return html.Form(
        [
            *fields,
            of_layer,
            html.Div(id=Explore.KEPT),
            html.Noscript(html.Button(view.t("controls.apply"), className="plain")),
        ],
        className="map-controls",
        action=f"/{view.lang}/explore",
        method="get",
        **aria(label=view.t("explore.controls")),
    )


def map_tools(view: View) -> Component:
    """The map's own buttons; they act in the browser alone."""
    return html.Div(
        [
            html.Button(
                className=f"tool {name}",
                type="button",
                title=view.t(f"explore.map.{name}"),
                **aria(label=view.t(f"explore.map.{name}")),
                **data(tool=name),
            )
            for name in TOOLS
        ],
        className="map-tools",
    )


def _swatches(view: View, indicator_id: str, scale: Scale, missing: str) -> Component:
    """Flat steps of colour with their limits, and how a missing value looks (a class, or empty)."""
    decimals = _decimals(scale.limits, view.obs.catalogue.indicators[indicator_id].decimals)
    lower = ["", *(number(view.lang, limit, decimals) for limit in scale.limits)]
    steps = [
        html.Li(html.Span(text, className=f"swatch {colour[6:-1]}"))
        for text, colour in zip(lower, class_colours(view, indicator_id, scale), strict=True)
    ]
    if missing:
        steps.append(
            html.Li(html.Span(view.t("explore.legend.missing"), className=f"swatch missing {missing}"))
        )
    return html.Ol(steps, className="scale")


def _decimals(limits: Sequence[float], decimals: int) -> int:
    """As many decimals as the limits need, at most those of the indicator (one more below 1)."""
    needed = (len(f"{limit:.6f}".rstrip("0").partition(".")[2]) for limit in limits)
    return min(max(needed, default=0), max(decimals, 2))


def _years(view: View, years: Sequence[int]) -> str:
    known = [year for year in years if year]
    if not known:
        return ""
    key = "year" if min(known) == max(known) else "years"
    return view.t(f"explore.legend.{key}", first=min(known), last=max(known))


def _title(view: View, indicator_id: str) -> str:
    indicator = view.obs.catalogue.indicators[indicator_id]
    unit = indicator.unit.get(view.lang)
    return indicator.label.get(view.lang) + (f" ({unit})" if unit else "")


def _kinds(view: View) -> Component:
    marks = (("industry", "●"), ("science-technology", "◆"))
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(sign, className=f"sign {kind}", **aria(hidden=True)),
                    " ",
                    view.t(f"controls.kind.{kind}"),
                ]
            )
            for kind, sign in marks
        ],
        className="kinds",
    )


def _key(title: str, scale: Component, notes: Sequence[str]) -> Component:
    return html.Div([html.H3(title), scale, html.P(" · ".join(filter(None, notes)))], className="key")


def _colour_legend(view: View, table: pd.DataFrame) -> Component | None:
    name = view.selection.colour
    if not name:
        return None
    notes = [_years(view, table["colour_year"].tolist()), view.t("explore.legend.best")]
    if view.obs.catalogue.indicators[name].direction < 0:
        notes.append(view.t("explore.legend.lower_better"))
    scale = _swatches(
        view, name, cluster_scale(view.obs, name), "hollow" if table["colour"].isna().any() else ""
    )
    return _key(_title(view, name), scale, notes)


def _layer_legend(view: View) -> Component | None:
    figures = layer_figures(view.obs, view.selection)
    if figures is None or not figures.indicator_id:
        return None
    title = view.t("explore.legend.regions", name=_title(view, figures.indicator_id))
    if figures.industry_id:
        title += f" – {view.obs.catalogue.industries[figures.industry_id].name.get(view.lang)}"
    scale = find_scale(figures.values, figures.indicator_id)
    swatches = _swatches(
        view, figures.indicator_id, scale, "filled" if np.isnan(figures.values).any() else ""
    )
    return _key(title, swatches, [_years(view, figures.years.tolist())])


def legend(view: View, table: pd.DataFrame) -> Component:
    """What colours, forms and sizes mean for the places of ``table``."""
    size = view.t("explore.legend.size_count")
    if view.selection.size:
        size = view.t("explore.legend.size_by", name=_title(view, view.selection.size))
    line = html.Div([_kinds(view), html.Span(size, className="size-note")], className="legend-line")
    return html.Div([line, _colour_legend(view, table), _layer_legend(view)])
