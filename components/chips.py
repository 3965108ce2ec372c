"""The present filters in words, each with a link that takes it away."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria
from components.locale import number
from components.view import View
from data.selection import Range, Selection

Chip = tuple[str, Selection]


def _range_text(view: View, item: Range) -> str:
    name, low, high = item
    indicator = view.obs.catalogue.indicators[name]
    low_text, high_text = (number(view.lang, bound, indicator.decimals) for bound in (low, high))
    form = "both" if low is not None and high is not None else "low" if low is not None else "high"
    return view.t(
        f"controls.range.{form}_chip", name=indicator.short_label.get(view.lang), low=low_text, high=high_text
    )


def _lists(view: View) -> Iterator[tuple[str, str, str]]:
    """(field, id, label) of every ticked box."""
    selection, catalogue, lang = view.selection, view.obs.catalogue, view.lang
    for item in selection.kind:
        yield "kind", item, view.t(f"controls.kind.{item}")
    for item in selection.continent:
        yield "continent", item, view.t(f"controls.continent.{item}")
    for item in selection.country:
        yield "country", item, str(view.obs.countries.at[item, f"name_{lang}"])
    for item in selection.field:
        yield "field", item, catalogue.fields[item].short.get(lang)
    for item in selection.industry:
        yield "industry", item, catalogue.industries[item].short.get(lang)
    for item in selection.granularity:
        yield "granularity", item, view.t(f"controls.granularity.{item}")


def list_filters(view: View) -> list[Chip]:
    """Every active filter as (words, selection without it)."""
    selection = view.selection
    found: list[Chip] = []
    for field, item, label in _lists(view):
        rest = tuple(x for x in getattr(selection, field) if x != item)
        found.append((label, selection.but(**{field: rest})))
    if selection.text:
        found.append((view.t("controls.text.chip", text=selection.text), selection.but(text="")))
    for bounds in selection.ranges:
        rest_ranges = tuple(r for r in selection.ranges if r != bounds)
        found.append((_range_text(view, bounds), selection.but(ranges=rest_ranges)))
    if selection.area:
        found.append((view.t("controls.area"), selection.but(area=())))
    if not selection.rule:
        found.append((view.t("controls.rule.off"), selection.but(rule=True)))
    return found


def without_filters(selection: Selection) -> Selection:
    """The same view on the whole world."""
    return selection.but(
        kind=(),
        continent=(),
        country=(),
        field=(),
        industry=(),
        granularity=(),
        text="",
        ranges=(),
        area=(),
        rule=True,
    )


def chips(view: View) -> Component | None:
    """A line of removable chips and a reset, or nothing where nothing is filtered."""
    found = list_filters(view)
    if not found:
        return None
    items = [
        html.Li(
            dcc.Link(
                [label, html.Span("×", **aria(hidden=True))],
                href=view.href(selection=rest),
                className="chip",
                title=view.t("controls.remove", name=label),
            )
        )
        for label, rest in found
    ]
    reset = dcc.Link(
        view.t("shell.reset"), href=view.href(selection=without_filters(view.selection)), className="quiet"
    )
    return html.Ul([*items, html.Li(reset)], className="chips", **aria(label=view.t("controls.active")))
