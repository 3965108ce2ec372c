"""Places count and choose as a plain loop over the clusters does."""

import math

import numpy as np
import pytest

from data.observatory import Observatory
from data.place_contents import place_contents
from data.places import best_rows, place_index
from data.queries import filter_mask, places
from data.region_layers import layer_figures, outlined
from data.selection import DEFAULT, Selection

CASES = [
    DEFAULT,
    DEFAULT.but(colour="lq_home", size="employment", country=("DEU", "USA")),
    DEFAULT.but(kind=("science-technology",), colour="st_rank"),
    DEFAULT.but(text="stuttgart"),
    DEFAULT.but(rule=False, colour="growth_advantage"),
]


@pytest.mark.parametrize("selection", CASES)
def test_places_against_a_plain_loop(obs: Observatory, selection: Selection) -> None:
    mask, frame = filter_mask(obs, selection), obs.clusters.frame
    count: dict[str, int] = {}
    best: dict[str, float] = {}
    values = obs.clusters.matrix.column(selection.colour) if selection.colour else np.full(len(mask), np.nan)
    lower = bool(selection.colour) and obs.catalogue.indicators[selection.colour].direction < 0
    for row in np.flatnonzero(mask):
        place = frame["place_id"].iloc[row]
        count[place] = count.get(place, 0) + 1
        if not math.isnan(values[row]):
            known = best.get(place, values[row])
            best[place] = min(known, values[row]) if lower else max(known, values[row])
    table = places(obs, mask, selection).set_index("place_id")
    assert table["clusters"].to_dict() == count
    assert table["colour"].dropna().to_dict() == best
    assert (table["clusters"].diff().dropna() <= 0).all()
    assert ((table["colour_year"] > 0) == table["colour"].notna()).all()


def test_best_rows() -> None:
    values, groups = np.array([1.0, 3.0, np.nan, 2.0, np.nan]), np.array([0, 0, 0, 2, 1])
    assert [x.tolist() for x in best_rows(values, groups, 1)] == [[0, 2], [1, 3]]
    assert [x.tolist() for x in best_rows(values, groups, -1)] == [[0, 2], [0, 3]]
    assert [x.tolist() for x in best_rows(values[:0], groups[:0], 1)] == [[], []]


def test_the_text_filter_looks_into_both_languages_and_the_industry(obs: Observatory) -> None:
    for text in (
        "Kraftwagen",
        "motor vehicles",
        "KRAFTWAGEN stuttgart",
        "Deutschland maschinenbau",
        "kraftwagenteile stuttgart",
    ):
        found = obs.clusters.frame["id"][filter_mask(obs, DEFAULT.but(text=text))]
        assert len(found), text
    assert "eu-nuts2-de11-isic-29" in set(
        obs.clusters.frame["id"][filter_mask(obs, DEFAULT.but(text="kraftwagen stuttgart"))]
    )


def test_what_lies_at_a_place(obs: Observatory) -> None:
    contents = place_contents(obs, DEFAULT.but(place="eu-nuts2-DE11", kind=("science-technology",)))
    assert contents is not None
    assert len(contents.rows) == 0
    counted = obs.clusters.frame[obs.clusters.frame["counted"].to_numpy(bool)]
    assert contents.outside == int((counted["place_id"] == "eu-nuts2-DE11").sum()) > 0
    inside = place_contents(obs, DEFAULT.but(place="eu-nuts2-DE11"))
    assert inside is not None
    quotients = obs.clusters.matrix.column("lq_home")[inside.rows]
    assert (np.diff(quotients) <= 0).all()
    assert inside.caption("de") == ["Deutschland", "DE11"]
    assert place_contents(obs, DEFAULT) is None


def test_a_region_without_a_cluster_has_a_card(obs: Observatory) -> None:
    index = place_index(obs)
    lonely = next(
        r for r in obs.regions.frame["id"] if index.row(str(r)) < 0 and str(r).startswith("us-state")
    )
    contents = place_contents(obs, DEFAULT.but(place=str(lonely)))
    assert contents is not None
    assert (len(contents.rows), contents.outside) == (0, 0)
    assert contents.region_row is not None


def test_areas_of_older_borders_do_not_cover_those_of_today(obs: Observatory) -> None:
    frame = obs.regions.frame.set_index("id")["successor_ids"].fillna("")
    for selection in (DEFAULT.but(layer="nuts2"), DEFAULT.but(layer="nuts2", layer_industry="isic-29")):
        figures = layer_figures(obs, selection)
        assert figures is not None
        known = {i for i, value in zip(figures.ids, figures.values, strict=True) if not np.isnan(value)}
        for name in figures.ids:
            after = set(str(frame.get(name, "")).split("|")) - {""}
            assert not after or (name in known and not after & known)
    assert set(layer_figures(obs, DEFAULT.but(layer="us-states")).ids) == set(outlined(obs, "us-states"))
