"""The radar by its data: scale, gaps, hollow marks, panels, and the same values in its stand-in and table."""

import re
from typing import Any

import pytest

from components.comparison_chart import chart_figure, chart_kind, chart_stand_in, frame_props
from components.comparison_table import comparison_table
from components.figures.radar import radar
from components.pages import compare as page
from components.prerender import to_html
from components.view import View, make_view
from data.comparison import Comparison, compare
from data.comparison_notes import is_estimate
from data.observatory import Observatory


def science(obs: Observatory, n: int) -> list[str]:
    frame = obs.clusters.frame
    return frame.loc[frame["kind"] == "science-technology", "id"].astype(str).tolist()[:n]


def view_of(obs: Observatory, ids: list[str], more: str = "", lang: str = "en") -> View:
    view = make_view(obs, f"/{lang}/compare", f"?ids={'~'.join(ids)}{more}")
    assert view is not None
    return view


def outlines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["name"] != "median"]


def test_an_empty_comparison_draws_nothing_and_offers_examples(obs: Observatory) -> None:
    view = view_of(obs, [])
    assert radar(view, compare(obs, view.selection))["data"] == []
    html = to_html(page.layout(view), page.stand_ins(view))
    assert 'class="example-card"' in html
    assert "/en/compare?ids=st-" in html


def test_the_scale_is_fixed_with_the_median_ring(obs: Observatory) -> None:
    view = view_of(obs, science(obs, 2))
    figure = radar(view, compare(obs, view.selection))
    radial = figure["layout"]["polar"]["radialaxis"]
    assert radial["range"] == [0, 100]
    assert radial["tickvals"] == [25, 50, 75]
    assert set(figure["data"][0]["r"]) == {50}
    assert all(trace["fill"] == "none" and trace["connectgaps"] is False for trace in outlines(figure))


@pytest.mark.parametrize(("n", "panels"), [(1, 1), (4, 1), (5, 5), (10, 10)])
def test_more_than_four_units_stand_side_by_side(obs: Observatory, n: int, panels: int) -> None:
    view = view_of(obs, science(obs, n))
    figure = radar(view, compare(obs, view.selection))
    assert figure["layout"]["meta"]["panels"] == panels
    assert len(figure["layout"]["meta"]["titles"]) == (panels if panels > 1 else 0)
    assert len({trace["subplot"] for trace in outlines(figure)}) == panels
    assert len(outlines(figure)) == n


def test_a_missing_figure_is_a_gap_and_a_note_and_a_dash(obs: Observatory) -> None:
    column = obs.clusters.matrix.column("gdp_per_head_ppp")
    ids = [
        i for i in science(obs, 100) if column[obs.clusters.position[i]] != column[obs.clusters.position[i]]
    ][:1]
    view = view_of(obs, [*ids, *science(obs, 1)], "&axes=gdp_per_head_ppp~pct_share~gii_score")
    comparison = compare(obs, view.selection)
    first = outlines(radar(view, comparison))[0]
    at = [a.id for a in comparison.axes].index("gdp_per_head_ppp")
    assert first["r"][at] is None
    assert 0 not in first["r"]
    html = to_html(page.layout(view), page.stand_ins(view))
    assert "No figure: " in html
    assert "–<small>missing</small>" in html
    assert html.count("<polyline") == 2


def test_estimates_are_hollow_everywhere(obs: Observatory) -> None:
    view = view_of(obs, science(obs, 4), "&axes=gdp_per_head_ppp~pct_share~gii_score")
    comparison = compare(obs, view.selection)
    for trace, row in zip(outlines(radar(view, comparison)), comparison.points, strict=True):
        for symbol, point in zip(trace["marker"]["symbol"], row, strict=False):
            assert symbol.endswith("-open") == is_estimate(point)
    hollow = sum(is_estimate(point) for row in comparison.points for point in row)
    assert hollow > 0
    assert chart_stand_in(view, comparison).count('class="hollow"') == hollow
    assert to_html(comparison_table(view, comparison)).count("figure-cell estimate") == hollow


def _table_percentiles(view: View, comparison: Comparison) -> list[int]:
    found = re.findall(r"P (\d+)", to_html(comparison_table(view, comparison)))
    return sorted(int(text) for text in found)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table_and_chart_show_the_same_values(obs: Observatory, lang: str) -> None:
    view = view_of(obs, science(obs, 3), "&axes=publication_share~pct_share~gii_score~unicorns_50km", lang)
    comparison = compare(obs, view.selection)
    drawn = [
        value for trace in outlines(radar(view, comparison)) for value in trace["r"][:-1] if value is not None
    ]
    shown = _table_percentiles(view, comparison)
    assert len(shown) == len(drawn)
    assert all(abs(a - b) <= 1 for a, b in zip(sorted(drawn), shown, strict=True))


def test_every_point_says_value_unit_year_source_and_status(obs: Observatory) -> None:
    view = view_of(obs, science(obs, 1), "&axes=pct_share~publication_share~gii_score")
    comparison = compare(obs, view.selection)
    text = outlines(radar(view, comparison))[0]["hovertext"][0]
    point = comparison.points[0][0]
    assert point.source_id is not None
    title = obs.catalogue.sources[point.source_id].title.en
    assert f"{point.value:.2f} %" in text
    for part in (comparison.units[0].names["en"], str(point.years[1]), "observed", title.split()[0], "rank "):
        assert part in text


def test_the_table_leads_to_every_source(obs: Observatory) -> None:
    view = view_of(obs, science(obs, 1), "&axes=pct_share~gii_score~unicorns_50km")
    html = to_html(comparison_table(view, compare(obs, view.selection)))
    assert html.count('href="/en/sources#source-') == 3


@pytest.mark.parametrize(
    ("more", "kind"),
    [("", "radar"), ("&chart=dots", "dots"), ("&chart=table", "table"), ("&axes=pct_share", "dots")],
)
def test_the_chart_that_is_drawn(obs: Observatory, more: str, kind: str) -> None:
    view = view_of(obs, science(obs, 2), more)
    comparison = compare(obs, view.selection)
    assert chart_kind(view, comparison) == kind
    assert kind in frame_props(view, comparison)[0]
    figure = chart_figure(view, comparison)
    assert bool(figure["data"]) == (kind != "table")
    assert bool(chart_stand_in(view, comparison)) == (kind != "table")


def test_the_picture_carries_title_scale_sources_and_a_name(obs: Observatory) -> None:
    view = view_of(obs, science(obs, 2), "", "de")
    picture = chart_figure(view, compare(obs, view.selection))["picture"]
    assert picture["title"].startswith("Vergleich: ")
    assert "n\u00a0=\u00a0100" in picture["subtitle"]
    assert "World Intellectual Property Organization" in picture["sources"]
    assert obs.version in picture["made"]
    assert picture["file"].startswith("gco-vergleich-st-")
