"""Charts are drawn with plotly.js in parts where these are built, and with the whole library where not."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from api.page_scripts import plotly_parts
from tests.browser.conftest import wait_ready

WHOLE = "plotly.min.js"
COMPARED = "/en/compare?ids=st-tokyo-yokohama~st-seoul"
RADAR = "#compare-chart .polarlayer .scatterlayer .trace"
needs_parts = pytest.mark.skipif(plotly_parts() is None, reason="the parts of plotly.js are not built here")


def _asked(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


@needs_parts
def test_a_page_fetches_the_parts_that_its_charts_need_and_no_other(page: Page) -> None:
    asked = _asked(page)
    page.goto(COMPARED)
    wait_ready(page)
    expect(page.locator(RADAR).nth(1)).to_be_attached()
    parts = {match[1] for url in asked if (match := re.search(r"/plotly/([a-z]+)-", url))}
    assert parts == {"core", "polar", "shared", "generators"}
    assert not any(WHOLE in url for url in asked)


@needs_parts
def test_a_chart_of_another_page_fetches_what_it_still_needs(page: Page) -> None:
    page.goto("/en/explore?ids=st-tokyo-yokohama~st-seoul")
    wait_ready(page)
    asked = _asked(page)
    page.locator("nav a[href*='/en/compare']").click()
    expect(page.locator(RADAR).nth(1)).to_be_attached()
    assert any("/plotly/polar-" in url for url in asked)
    assert not any("/plotly/core-" in url for url in asked)


def test_without_parts_dash_loads_the_whole_library(page: Page) -> None:
    def strip(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r' data-plotly="[^"]*"', "", answer.text()))

    page.route("**/en/compare**", strip)
    asked = _asked(page)
    page.goto(COMPARED)
    wait_ready(page)
    expect(page.locator(RADAR).nth(1)).to_be_attached()
    assert any(WHOLE in url for url in asked)


@needs_parts
def test_parts_that_cannot_be_fetched_are_replaced_by_the_whole_library(page: Page) -> None:
    page.route(
        "**/plotly/core-*",
        lambda route: route.fulfill(status=200, body="throw 0", content_type="text/javascript"),
    )
    page.goto(COMPARED)
    wait_ready(page)
    expect(page.locator(RADAR).nth(1)).to_be_attached()


def test_a_link_to_the_ranking_loads_its_document(page: Page) -> None:
    page.goto("/en/explore?country=JPN")
    wait_ready(page)
    page.evaluate("window.here = true")
    page.locator("nav a[href*='/en/rank']").click()
    expect(page.locator("#rank-grid .ag-row").first).to_be_visible()
    assert page.evaluate("window.here") is None
    assert page.url.endswith("/en/rank?country=JPN")
