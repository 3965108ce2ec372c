"""Location quotient, shares, concentration and growth against hand-worked numbers and by property."""

import doctest
import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data.indicators.concentration import ellison_glaeser_g, herfindahl, krugman, shannon
from data.indicators.growth import cagr, growth_advantage
from data.indicators.specialisation import divide, location_quotient, symmetric_quotient

# a busy machine is no reason to fail
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

MODULES = ("specialisation", "concentration", "growth", "relatedness", "ranking", "stars")
sizes = arrays(np.float64, (4, 5), elements=st.floats(1, 1e6))
shares = arrays(np.float64, 6, elements=st.floats(0.001, 1)).map(lambda x: x / x.sum())


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples_in_the_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"data.indicators.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_location_quotient_of_a_two_region_country() -> None:
    """Two regions, two industries: jobs 30, 70 in one and 10, 90 in the other."""
    jobs = np.array([[30.0, 70.0], [10.0, 90.0]])
    lq = location_quotient(jobs, jobs.sum(1, keepdims=True), jobs.sum(0, keepdims=True), jobs.sum())
    assert lq == pytest.approx(np.array([[1.5, 0.875], [0.5, 1.125]]))


@given(sizes)
def test_quotients_average_to_one_over_the_regions(jobs: np.ndarray) -> None:
    """Weighted with the regions' totals, the location quotients of an industry average to 1."""
    total = jobs.sum(1, keepdims=True)
    lq = location_quotient(jobs, total, jobs.sum(0, keepdims=True), jobs.sum())
    assert (lq * total).sum(0) / total.sum() == pytest.approx(np.ones(5))


@given(sizes, st.floats(0.01, 100))
def test_quotients_do_not_depend_on_the_unit(jobs: np.ndarray, factor: float) -> None:
    def lq(e: np.ndarray) -> np.ndarray:
        return location_quotient(e, e.sum(1, keepdims=True), e.sum(0, keepdims=True), e.sum())

    assert lq(jobs * factor) == pytest.approx(lq(jobs))


@pytest.mark.parametrize(("top", "bottom"), [(1.0, 0.0), (1.0, np.nan), (np.nan, 1.0), (0.0, 0.0)])
def test_an_undefined_quotient_is_missing_not_zero(top: float, bottom: float) -> None:
    assert np.isnan(divide(top, bottom))


@given(st.floats(0.01, 100))
def test_symmetric_quotient_mirrors_the_inverse(lq: float) -> None:
    assert symmetric_quotient(lq) == pytest.approx(-symmetric_quotient(1 / lq), abs=1e-9)


@given(shares)
def test_concentration_stays_between_equal_parts_and_one_part(p: np.ndarray) -> None:
    assert 1 / 6 - 1e-9 <= herfindahl(p) <= 1
    assert -1e-9 <= shannon(p) <= np.log(6) + 1e-9


@given(shares, shares)
def test_krugman_is_symmetric_and_at_most_two(p: np.ndarray, q: np.ndarray) -> None:
    assert krugman(p, q) == pytest.approx(float(krugman(q, p)))
    assert 0 <= krugman(p, q) <= 2
    assert krugman(p, p) == 0


def test_concentration_leaves_out_what_is_missing() -> None:
    assert herfindahl([0.5, np.nan]) == 0.25
    assert np.isnan(herfindahl([np.nan, np.nan]))
    assert np.isnan(shannon([np.nan]))


def test_raw_concentration_of_a_hand_worked_industry() -> None:
    """All of an industry in a quarter of the country: (1 - 1/4)^2 + (0 - 3/4)^2."""
    assert ellison_glaeser_g([1.0, 0.0], [0.25, 0.75]) == pytest.approx(1.125)


@given(st.floats(1, 1e6), st.floats(-50, 100), st.integers(1, 20))
def test_growth_rate_gives_back_the_rate_it_grew_with(first: float, rate: float, years: int) -> None:
    assert cagr(first, first * (1 + rate / 100) ** years, years) == pytest.approx(rate, abs=1e-6)


def test_growth_from_nothing_is_missing_and_down_to_nothing_is_minus_hundred() -> None:
    assert np.isnan(cagr(0.0, 10.0, 3))
    assert np.isnan(cagr(10.0, 20.0, 0))
    assert cagr(10.0, 0.0, 3) == -100


def test_growth_advantage_is_missing_without_a_reference() -> None:
    assert np.isnan(growth_advantage(100.0, 121.0, np.nan, 100.0, 2))
