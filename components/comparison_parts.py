"""Parts of the comparison page: the compared units, presets, notes, ways out, examples."""

from functools import lru_cache

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.compared import assign_looks, swatch
from components.comparison_words import note_text, reference_lines, unit_names
from components.controls import export_href
from components.ids import Shell
from components.view import View
from data.comparison import ROUND, Comparison, axis_choices
from data.comparison_examples import Example, find_examples
from data.comparison_notes import find_notes
from data.observatory import Observatory
from data.reference import UnitKey, find_unit
from data.selection import MAX_AXES, MAX_COMPARED, Selection

FORMATS = ("csv", "xlsx", "parquet", "geojson", "json")
PICTURES = ("png", "svg")


def _step(view: View, ids: tuple[str, ...], sign: str, label: str, style: str = "unit-step") -> Component:
    """A link to the same view with another list of units."""
    text = [html.Span(sign, **aria(hidden=True)), html.Span(label, className="visually-hidden")]
    return dcc.Link(text, href=view.href(selection=view.selection.but(ids=ids)), className=style, title=label)


def _swapped(ids: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*ids[:at], ids[at + 1], ids[at], *ids[at + 2 :])


def _unit(view: View, comparison: Comparison, at: int) -> Component:
    unit, ids = comparison.units[at], tuple(u.id for u in comparison.units)
    look, name = assign_looks(ids)[unit.id], unit_names(view, comparison)[unit.id]
    # Portraits are plain documents of their own, hence an ordinary link.
    portrait = view.portrait("region" if unit.key[0] == "regions" else "cluster", unit.id)
    link = html.A(name, href=portrait, title=view.t("compare.portrait", name=name))
    detail = [view.t(f"compare.kind.{unit.kind}"), unit.countries[view.lang]]
    text = html.Div([link, html.Small(" · ".join(d for d in detail if d))], className="compared-text")
    steps = []
    if at > 0:
        steps.append(_step(view, _swapped(ids, at - 1), "‹", view.t("compare.earlier", name=name)))
    if at < len(ids) - 1:
        steps.append(_step(view, _swapped(ids, at), "›", view.t("compare.later", name=name)))
    rest = tuple(i for i in ids if i != unit.id)
    steps.append(_step(view, rest, "×", view.t("compare.remove", name=name), "unit-step remove"))
    return html.Li(
        [swatch(look), text, html.Span(steps, className="compared-steps")],
        className="compared-unit",
        **data(unit=unit.id),
    )


def unit_list(view: View, comparison: Comparison) -> list[Component]:
    """The compared units with their looks, to be moved and removed; also the legend of the chart."""
    items = [_unit(view, comparison, at) for at in range(len(comparison.units))]
    if len(items) > 1:
        href = view.href(selection=view.selection.but(ids=()))
        items.append(
            html.Li(
                dcc.Link(view.t("compare.clear"), href=href, className="quiet"), className="compared-clear"
            )
        )
    return items


@lru_cache(maxsize=128)
def preset_axes(obs: Observatory, keys: tuple[UnitKey, ...]) -> dict[str, tuple[str, ...]]:
    """Figures by theme: those of the profile, with others of the theme where they are too few for a radar."""
    found = {}
    for theme, choices in axis_choices(obs, keys).items():
        profile = [i for i in choices if i.in_profile]
        chosen = profile if len(profile) >= ROUND else choices
        found[theme] = tuple(i.id for i in chosen[:MAX_AXES])
    return found


def _preset(view: View, label: str, axes: tuple[str, ...]) -> Component:
    on = set(axes) == set(view.selection.axes)
    link = dcc.Link(
        label,
        href=view.href(selection=view.selection.but(axes=axes)),
        className="preset on" if on else "preset",
    )
    return html.Li(link, **aria(current="true" if on else None))


def presets(view: View, comparison: Comparison) -> list[Component]:
    """Links to the five dimensions together and to the figures of each."""
    themes = view.obs.catalogue.themes
    sets = preset_axes(view.obs, tuple(u.key for u in comparison.units))
    return [
        _preset(view, view.t("compare.axes.themes"), ()),
        *(_preset(view, themes[theme].label.get(view.lang), axes) for theme, axes in sets.items()),
    ]


def notes(view: View, comparison: Comparison) -> list[Component]:
    """The reference groups, then everything to mind; a calm sentence where there is nothing."""
    if not comparison.units:
        return []
    found = find_notes(view.obs, comparison, view.selection.group)
    items = [html.Li(note_text(view, comparison, f), className="warn" if f.warn else "") for f in found]
    full = (("ids", MAX_COMPARED), ("axes", MAX_AXES))
    if any(key in view.ignored and len(getattr(view.selection, key)) == most for key, most in full):
        items.insert(0, html.Li(view.t("compare.notes.too_many"), className="warn"))
    if not items:
        items = [html.Li(view.t("compare.notes.none"))]
    lines = [html.P(line, className="small") for line in reference_lines(view, comparison)]
    return [
        *lines,
        html.H2(view.t("compare.notes.title"), className="notes-title"),
        html.Ul(items, className="notes-list"),
    ]


def _exports(view: View, comparison: Comparison) -> list[Component]:
    """Links to the compared units as files; clusters and regions have tables of their own."""
    links: list[Component] = []
    for unit in ("clusters", "regions"):
        ids = tuple(u.id for u in comparison.units if u.key[0] == unit)
        if not ids:
            continue
        mixed = len(ids) < len(comparison.units)
        chosen = view.selection
        selection = Selection(unit=unit, ids=ids, only=True, columns=chosen.axes, group=chosen.group)
        only = View(view.obs, selection, view.lang, view.page)
        for kind in FORMATS:
            label = view.t(f"compare.export.{unit}", format=kind.upper()) if mixed else kind.upper()
            links.append(html.Li(html.A(label, href=export_href(only, kind), download="")))
    return links


def tools(view: View, comparison: Comparison) -> Component:
    """Copy the link, take the picture, take the data."""
    copy = html.Button(view.t("shell.copy"), id=Shell.COPY, className="plain", type="button",
                       **data(done=view.t("shell.copied")))  # fmt: skip
    if not comparison.units:
        return html.Div(copy, className="toolbar")
    pictures = [
        html.Li(html.Button(view.t(f"compare.picture.{kind}"), type="button", **data(picture=kind)))
        for kind in PICTURES
    ]
    picture = html.Details(
        [html.Summary(view.t("compare.picture.title"), className="plain"), html.Ul(pictures)],
        className="menu picture",
    )
    export = html.Details(
        [html.Summary(view.t("shell.export"), className="plain"), html.Ul(_exports(view, comparison))],
        className="menu",
    )
    return html.Div([copy, picture, export], className="toolbar")


def _example(view: View, example: Example) -> Component:
    values = (
        {"industry": view.obs.catalogue.industries[example.industry_id].name.get(view.lang)}
        if example.industry_id
        else {}
    )
    found = (find_unit(view.obs, unit_id) for unit_id in example.ids)
    names = [str(view.obs.clusters.frame[f"name_{view.lang}"].iloc[key[1]]) for key in found if key]
    looks = assign_looks(example.ids)
    items = [
        html.Li([swatch(looks[unit_id]), name]) for unit_id, name in zip(example.ids, names, strict=True)
    ]
    link = dcc.Link(
        view.t(f"compare.example.{example.key}", **values),
        href=view.href(selection=view.selection.but(ids=example.ids)),
    )
    return html.Li([html.H3(link), html.Ul(items)], className="example-card")


def examples(view: View, comparison: Comparison) -> list[Component]:
    """Three comparisons to begin with, on an empty page only."""
    if comparison.units:
        return []
    cards: list[Component] = [_example(view, example) for example in find_examples(view.obs)]
    return [html.H2(view.t("compare.examples")), html.Ul(cards, className="example-list")]
