"""Profiles on the curated tables: a second count by plain loops."""

import numpy as np
import pytest

from data.comparison import compare
from data.comparison_examples import find_examples
from data.comparison_notes import find_notes
from data.observatory import Observatory
from data.profiles import profile_indicators, profile_themes, theme_score
from data.reference import count_members, find_reference, find_unit, reference_mask
from data.selection import GROUPS, Selection


def plain_percentile(values: list[float], own: float, direction: int) -> float:
    """Share of the group below, ties counted half."""
    known = [v * (direction or 1) for v in values if v == v]
    own = own * (direction or 1)
    below, equal = sum(v < own for v in known), sum(v == own for v in known)
    return 100 * (below + equal / 2) / len(known)


@pytest.mark.parametrize("group", ["kind", "country", "industry"])
def test_themes_agree_with_a_plain_count(obs: Observatory, group: str) -> None:
    matrix, counted = obs.clusters.matrix, np.flatnonzero(obs.clusters.frame["counted"].to_numpy(bool))
    for row in np.random.default_rng(3).choice(counted, 8, replace=False).tolist():
        kind = str(obs.clusters.frame["kind"].iloc[row])
        mask = reference_mask(obs, "clusters", row, group)
        reference = find_reference(obs, "clusters", row, group)
        assert count_members(obs, reference) == int(mask.sum())
        for theme in profile_themes(obs):
            total, weight, whole = 0.0, 0.0, 0.0
            for item in profile_indicators(obs, "clusters", kind, theme):
                whole += item.weight
                value = matrix.column(item.id)[row]
                if value == value:
                    spot = plain_percentile(matrix.column(item.id)[mask].tolist(), value, item.direction)
                    total, weight = total + item.weight * spot, weight + item.weight
            scored = theme_score(obs, reference, ("clusters", row), theme).score
            if not whole or weight < whole / 2:
                assert scored is None
            else:
                assert scored == pytest.approx(total / weight)


def test_examples_are_alike_and_from_different_countries(obs: Observatory) -> None:
    examples = find_examples(obs)
    assert len(examples) >= 1
    for example in examples:
        comparison = compare(obs, Selection(ids=example.ids))
        assert len({(u.kind, u.granularity) for u in comparison.units}) == 1
        assert len({u.iso3 for u in comparison.units}) == len(comparison.units) > 1
        assert not [f for f in find_notes(obs, comparison, "kind") if f.warn]


def test_axes_are_grouped_by_theme_whatever_the_address_says(obs: Observatory) -> None:
    ids = find_examples(obs)[0].ids
    chosen = ("gii_score", "pct_share", "unicorns_50km", "publication_share")
    comparison = compare(obs, Selection(ids=ids, axes=chosen))
    assert [a.id for a in comparison.axes] == ["pct_share", "publication_share", "unicorns_50km", "gii_score"]
    assert comparison.dropped == ()


def test_what_is_not_ranked_or_does_not_exist_is_dropped_and_named(obs: Observatory) -> None:
    ids = find_examples(obs)[0].ids
    chosen = ("pct_share", "lq_home", "research_organisations_50km")
    comparison = compare(obs, Selection(ids=ids, axes=chosen))
    assert [a.id for a in comparison.axes] == ["pct_share"]
    assert set(comparison.dropped) == {"lq_home", "research_organisations_50km"}
    assert "dropped" in {f.key for f in find_notes(obs, comparison, "kind")}


def test_units_that_are_not_alike_are_warned_about(obs: Observatory) -> None:
    science = find_examples(obs)[0].ids[0]
    region = str(obs.regions.matrix.ids[0])
    comparison = compare(obs, Selection(ids=(science, region)))
    found = find_notes(obs, comparison, "kind")
    assert found[0].key == "kinds"
    assert found[0].warn
    assert "strengths" in {axis for f in found if f.key == "undefined" for axis in f.values["axes"]} | set(
        comparison.dropped
    )


@pytest.mark.parametrize("group", GROUPS)
def test_a_missing_figure_is_a_gap_in_every_group(obs: Observatory, group: str) -> None:
    column = obs.clusters.matrix.column("gdp_per_head_ppp")
    science = (obs.clusters.frame["kind"] == "science-technology").to_numpy(bool)
    without = str(obs.clusters.matrix.ids[np.flatnonzero(science & np.isnan(column))[0]])
    with_figure = str(obs.clusters.matrix.ids[np.flatnonzero(science & ~np.isnan(column))[0]])
    comparison = compare(obs, Selection(ids=(without, with_figure), axes=("gdp_per_head_ppp",), group=group))
    (gone,), (there,) = comparison.points
    assert gone.score is None
    assert gone.value is None
    assert there.score is not None
    assert find_unit(obs, without) == comparison.units[0].key
