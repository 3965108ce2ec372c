"""Percentiles, ranks, themes, composite, relatedness and stars."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data.indicators.ranking import composite_scores, percentiles, ranks, theme_scores, weighted_mean
from data.indicators.relatedness import density, proximity, strengths
from data.indicators.stars import count_stars

# a busy machine is no reason to fail
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

figures = arrays(np.float64, st.integers(1, 30), elements=st.one_of(st.just(np.nan), st.integers(-50, 50)))
quotients = arrays(np.float64, (8, 5), elements=st.one_of(st.just(np.nan), st.floats(0, 5)))


@given(figures)
def test_percentiles_average_to_fifty_and_stay_inside(values: np.ndarray) -> None:
    found = percentiles(values)
    assert (np.isnan(found) == np.isnan(values)).all()
    known = found[~np.isnan(found)]
    assert ((known > 0) & (known < 100)).all()
    if known.size:
        assert known.mean() == pytest.approx(50)


@given(figures)
def test_lower_is_better_mirrors_the_scale(values: np.ndarray) -> None:
    assert percentiles(values, -1) == pytest.approx(100 - percentiles(values), nan_ok=True)


@given(figures)
def test_the_best_has_rank_one_and_the_highest_percentile(values: np.ndarray) -> None:
    for direction in (1, -1):
        place, score = ranks(values, direction), percentiles(values, direction)
        if not np.isnan(place).all():
            assert np.nanmin(place) == 1
            assert score[np.nanargmin(place)] == np.nanmax(score)


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="direction"):
        percentiles([1.0], 2)


def test_a_theme_needs_half_of_its_weight_and_a_composite_sixty_percent() -> None:
    scores = [[80.0, np.nan, np.nan], [80.0, 20.0, np.nan]]
    assert theme_scores(scores, [2, 1, 1]) == pytest.approx([80, 60])
    assert composite_scores(scores, [2, 1, 1]) == pytest.approx([np.nan, 60], nan_ok=True)
    assert composite_scores([[50.0] * 3 + [np.nan] * 2], [0.2] * 5) == pytest.approx([50])


def test_zero_weights_give_no_score() -> None:
    assert np.isnan(weighted_mean([50.0], [0.0], 0.5))


def test_proximity_and_density_of_a_hand_worked_world() -> None:
    """Three places; industries a and b together in two of them, c alone in one.

    phi_ab = 2 / 2, phi_ac = 1 / 2 (a in 2, c in 2, together in 1), phi_bc the same.
    """
    strong = strengths([[2.0, 1.0, 1.5], [1.0, 3.0, 0.0], [0.2, 0.9, 1.1]])
    phi = proximity(strong)
    assert phi == pytest.approx(np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]))
    omega = density(strong, phi)
    assert omega[2] == pytest.approx([0.5 / 1.5, 0.5 / 1.5, 0.0])
    assert omega[0] == pytest.approx([1, 1, 1])


@given(quotients)
def test_proximity_is_symmetric_and_density_a_share(lq: np.ndarray) -> None:
    strong = strengths(lq)
    phi = proximity(strong)
    assert phi == pytest.approx(phi.T, nan_ok=True)
    omega = density(strong, phi)
    known = omega[~np.isnan(omega)]
    assert ((known >= 0) & (known <= 1 + 1e-9)).all()


def test_density_is_missing_where_most_neighbours_are_unknown() -> None:
    near = [[0.0, 0.6, 0.2], [0.6, 0.0, 0.1], [0.2, 0.1, 0.0]]
    omega = density([[1.0, np.nan, 1.0], [1.0, 1.0, np.nan]], near)
    assert np.isnan(omega[0, 0])
    assert omega[1, 0] == 1


def test_stars_count_the_tests_met_and_none_below_the_floor() -> None:
    found = count_stars([5000, 5000, 999, np.nan], [2, 1.9, 9, 9], 0.05, [5000, 6000, 1, 1], 0.04)
    assert found == pytest.approx([3, 1, 0, np.nan], nan_ok=True)
