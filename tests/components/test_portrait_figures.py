"""Drawings of the portraits, by what they show."""

import re

import pytest

from components.figures.svg_bubble import Axes, Bubble, bubbles
from components.figures.svg_line import line, nice_step
from components.figures.svg_locator import Point, country_map, has_outline, locator, world_map
from components.figures.svg_radar import radar
from components.portraits.markup import Column, table, tag
from data.observatory import Observatory
from data.series import Series

AXES = [
    ("Performance", 87.0),
    ("Attractiveness", 50.0),
    ("Strengths", None),
    ("Networks", 0.0),
    ("Dynamics", 100.0),
]


def test_radar_leaves_a_gap_where_a_score_is_missing() -> None:
    drawn = radar("en", AXES, "label")
    assert drawn.count('class="dot"') == 4
    # five axes, one unknown: the two lines to it are missing
    assert len(re.findall(r"M[\d. ]+L", drawn)) == 3
    assert ">–</tspan>" in drawn
    assert ">87</tspan>" in drawn
    assert 'class="median"' in drawn


def test_radar_puts_the_first_axis_upwards() -> None:
    drawn = radar("de", [("a", 100.0), ("b", 0.0), ("c", 0.0)], "x")
    x, y = re.findall(r'class="dot" cx="([\d.]+)" cy="([\d.]+)"', drawn)[0]
    assert (float(x), float(y)) == (228.0, 46.0)


def series(values: tuple[float | None, ...], breaks: tuple[int, ...] = ()) -> Series:
    return Series(
        "eurostat-sbs", "employment", "persons", tuple(range(2010, 2010 + len(values))), values, breaks
    )


def test_a_gap_and_a_break_cut_the_line() -> None:
    assert line("en", series((1.0, 2.0, 3.0, 4.0)), "x").count("<polyline") == 1
    assert line("en", series((1.0, 2.0, None, 3.0, 4.0)), "x").count("<polyline") == 2
    broken = line("en", series((1.0, 2.0, 3.0, 4.0), (2012,)), "x")
    assert broken.count("<polyline") == 2
    assert broken.count('class="break"') == 1


def test_a_line_of_equal_values_is_drawn_and_numbers_are_local() -> None:
    assert "<polyline" in line("de", series((5_000.0, 5_000.0, 5_000.0)), "x")
    assert "6.000" in line("de", series((5_000.0, 5_500.0, 6_000.0)), "x")


@pytest.mark.parametrize(
    ("span", "step"), [(23.0, 10.0), (1.0, 0.5), (3.0, 1.0), (0.0, 1e-9), (61_000.0, 50_000.0)]
)
def test_steps_are_round(span: float, step: float) -> None:
    assert nice_step(span) == pytest.approx(step, rel=0.6)


def test_bubbles_show_size_as_area_and_name_what_matters() -> None:
    items = [
        Bubble("Cars", "Cars: 100", 4.0, 2.0, 100.0, True, False),
        Bubble("Paper <x>", "Paper", 0.5, -1.0, 25.0, False, True),
        Bubble("Glass", "Glass", 99.0, 50.0, 1.0, False, False),
    ]
    drawn = bubbles("en", items, Axes("LQ", "Growth", "three"))
    radii = {float(r) for r in re.findall(r'<circle[^>]* r="([\d.]+)"', drawn)}
    assert max(radii) == 30.0
    assert 15.0 in radii
    assert 'class="bubble cluster"' in drawn
    assert "bubble hollow" in drawn
    assert "Paper &lt;x&gt;" in drawn
    assert "<x>" not in drawn


def test_a_region_is_drawn_with_its_outline_or_a_circle(obs: Observatory) -> None:
    drawn = locator(obs, "eu-nuts2-DE11", (9.2, 48.8), "DEU", "x")
    assert 'class="area" d="M' in drawn
    assert has_outline(obs, "eu-nuts2-DE11")
    circle = locator(obs, "", (9.2, 48.8), "DEU", "x")
    assert '<circle class="area"' in circle
    assert len(re.findall("M", re.search(r'class="land" d="([^"]*)"', circle)[1])) > 5  # type: ignore[index]


@pytest.mark.parametrize(("lon", "lat"), [(179.9, -17.0), (-179.9, 66.0), (0.0, 89.0), (25.0, -85.0)])
def test_the_edges_of_the_world_can_be_drawn(obs: Observatory, lon: float, lat: float) -> None:
    assert "<svg" in locator(obs, "", (lon, lat), "XXX", "x")


def test_every_region_can_be_located(obs: Observatory) -> None:
    frame = obs.regions.frame.sample(60, random_state=4)
    for row in frame.itertuples():
        assert "NaN" not in locator(obs, str(row.id), (float(row.lon), float(row.lat)), str(row.iso3), "x")


def test_marks_outside_a_country_are_counted(obs: Observatory) -> None:
    points = [Point(2.35, 48.85, 1.0, False), Point(55.5, -21.1, 0.1, False)]
    found = country_map(obs, "FRA", points, "x")
    assert found is not None
    assert found[1] == 1
    assert found[0].count('class="mark"') == 1
    assert country_map(obs, "XXX", points, "x") is None


def test_science_clusters_are_diamonds_on_the_world(obs: Observatory) -> None:
    drawn = world_map(obs, [Point(0, 0, 1.0, False), Point(10, 10, 0.2, True)], "a < b")
    assert drawn.count('class="gem"') == 1
    assert drawn.count('class="mark"') == 1
    assert "a &lt; b" in drawn


def test_markup_escapes_everything_that_is_no_markup() -> None:
    drawn = tag("p", "<b>", tag("i", "x & y"), title='a"b', cls="c")
    assert drawn == '<p title="a&quot;b" class="c">&lt;b&gt;<i>x &amp; y</i></p>'
    cells = table([Column("Name"), Column("Value", numeric=True)], [["<a>", None]], "t")
    assert '<th scope="row">&lt;a&gt;</th><td class="number"></td>' in cells
