"""Looks of compared units: stable, distinct, and all of them drawn by the style sheet."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from components.compared import DASHES, LOOKS, SYMBOLS, assign_looks
from components.comparison_words import hyphenate, wrap

CSS = (Path(__file__).resolve().parents[2] / "assets" / "css" / "40-compare.css").read_text("utf-8")
ids = st.lists(st.text("abcdefgh-", min_size=1, max_size=12), min_size=1, max_size=10, unique=True)


@settings(deadline=None)
@given(ids)
def test_no_two_units_look_alike(units: list[str]) -> None:
    looks = assign_looks(units)
    assert list(looks) == units
    assert len(set(looks.values())) == len(units)


@settings(deadline=None)
@given(ids)
def test_another_unit_changes_no_look(units: list[str]) -> None:
    before = assign_looks(units[:-1])
    after = assign_looks(units)
    assert all(after[unit] == look for unit, look in before.items())


def test_every_look_differs_in_colour_dash_and_symbol() -> None:
    assert len(set(DASHES)) == len(set(SYMBOLS)) == len(LOOKS) == 10


def test_the_style_sheet_knows_every_look_in_both_schemes() -> None:
    for look in LOOKS:
        assert len(re.findall(rf"--unit-{look.slot}: #", CSS)) == 3, "light, dark by system, dark by choice"
        assert f".unit-symbol.{look.symbol} " in CSS


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_marks_stand_out_from_the_paper() -> None:
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")[0], CSS.split('[data-theme="dark"] {')[1]
    for block, papers in ((light, ("#FBFAF7", "#FFFFFF")), (dark.split("}")[0], ("#12161B", "#1A2027"))):
        colours = re.findall(r"--unit-\d: (#\w{6})", block)
        assert len(colours) == 10
        for colour in colours:
            for paper in papers:
                high, low = sorted((_luminance(colour), _luminance(paper)), reverse=True)
                assert (high + 0.05) / (low + 0.05) >= 3, f"{colour} on {paper}"


def test_long_labels_break_where_a_part_begins() -> None:
    assert wrap("de", "Entwicklungsdynamik") == "Entwicklungs-<br>dynamik"
    assert wrap("de", "Internationale Anziehungskraft") == "Internationale<br>Anziehungskraft"
    assert wrap("de", "Hochschule–Wirtschaft") == "Hochschule–<br>Wirtschaft"
    assert wrap("en", "Dynamics") == "Dynamics"
    assert hyphenate("de", "Entwicklungsdynamik") == "Entwicklungs\u00addynamik"


@settings(deadline=None)
@given(st.lists(st.text("abcdefghij–/", min_size=1, max_size=20), min_size=1, max_size=5))
def test_wrapping_loses_nothing(words: list[str]) -> None:
    label = " ".join(words)
    assert wrap("en", label).replace("<br>", "").replace(" ", "") == label.replace(" ", "")
