"""Figures over the years: one source, gaps as gaps, breaks marked, never fewer than three comparable years."""

import pytest

from data.observatory import Observatory
from data.series import Entry, _build, figure_series, industry_series


def test_cars_in_stuttgart_over_the_years(obs: Observatory) -> None:
    series = industry_series(obs, "eu-nuts2-DE11", "isic-29")
    assert series is not None
    assert (series.years[0], series.years[-1]) == (2008, 2015)
    assert series.known[6] == (2014, 158_012.0)
    assert series.source_id == "eurostat-sbs"


@pytest.mark.parametrize(
    ("region", "industry", "first", "last"),
    [
        ("ca-cma-535", "isic-C", 2001, 2020),
        ("au-state-VIC", "isic-10", 2010, 2024),
        ("eu-nuts2-UKC1", "isic-29", 2015, 2021),
        ("au-lga-adelaide", "isic-K", 2011, 2021),
    ],
)
def test_years_of_the_sources(obs: Observatory, region: str, industry: str, first: int, last: int) -> None:
    series = industry_series(obs, region, industry)
    assert series is not None
    assert (series.years[0], series.years[-1]) == (first, last)


def test_no_line_where_years_do_not_compare(obs: Observatory) -> None:
    # Japan: 2014 includes the public sector, only 2016 and 2021 compare; the USA has 2019 alone
    assert industry_series(obs, "jp-pref-23", "isic-C") is None
    assert industry_series(obs, "us-msa-41940", "isic-26") is None
    assert industry_series(obs, "no-such-region", "isic-26") is None


def test_value_added_where_there_are_no_jobs(obs: Observatory) -> None:
    series = industry_series(obs, "in-state-KA", "isic-C")
    assert series is not None
    assert series.measure == "gross_value_added"
    assert series.unit == "INR lakh"


def test_a_missing_year_is_a_gap_and_not_zero(obs: Observatory) -> None:
    series = industry_series(obs, "ca-prov-ON", "isic-C")
    assert series is not None
    assert series.values[series.years.index(2020)] is None
    assert 0.0 not in series.values


def test_patents_of_a_metropolitan_area(obs: Observatory) -> None:
    series = figure_series(obs, "us-msa-41940", "patents")
    assert series is not None
    assert (series.years[0], series.years[-1]) == (2000, 2015)


def entries(*pairs: tuple[int, float | None]) -> list[Entry]:
    return [Entry(year, value, False, "persons") for year, value in pairs]


def test_a_break_cuts_the_years_that_compare() -> None:
    source = "jp-economic-census"
    assert _build(source, "employment", entries((2014, 1.0), (2016, 2.0), (2021, 3.0))) is None
    series = _build(source, "employment", entries((2014, 1.0), (2016, 2.0), (2018, 4.0), (2021, 3.0)))
    assert series is not None
    assert series.breaks == (2016,)


def test_confidential_years_do_not_count() -> None:
    assert _build("eurostat-sbs", "employment", entries((2010, 1.0), (2011, None), (2012, 2.0))) is None
    series = _build("abs-census", "employment", entries((2011, 1.0), (2016, 2.0), (2021, 3.0)))
    assert series is not None
    assert series.years == (2011, 2016, 2021)
