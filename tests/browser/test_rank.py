"""Ranking in a browser: sort, filter, columns, export; keyboard; and the plain table without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wait_ready


def first_rows(page: Page, n: int = 5) -> list[str]:
    """Names of the first rows of the grid."""
    page.wait_for_selector('.rank-grid .ag-row[row-index="0"] .rank-name a')
    return [page.inner_text(f'.rank-grid .ag-row[row-index="{i}"] .rank-name a') for i in range(n)]


def exported(page: Page, kind: str = "json") -> list[dict[str, object]]:
    """The rows behind the export link that the page shows now."""
    link = page.get_attribute(f'#exports a[href*=".{kind}"]', "href")
    assert link is not None
    content = json.loads(page.request.get(link).text())
    rows: list[dict[str, object]] = content["rows"]
    return rows


def test_rank_sort_filter_and_export_agree(page: Page) -> None:
    page.goto("/en/rank")
    wait_ready(page)
    assert first_rows(page) == [row["name"] for row in exported(page)[:5]]
    page.click('.ag-header-cell[col-id="lq_home"]')
    page.wait_for_url(re.compile("sort=lq_home"))
    page.get_by_label("Science and technology cluster").check()
    page.wait_for_url(re.compile("kind=science-technology"))
    expect(page.locator("#rank-count")).to_have_text("100 clusters")
    page.click('.ag-header-cell[col-id="pct_per_million"]')
    page.wait_for_url(re.compile("sort=pct_per_million"))
    expect(page.locator("#rank-summary")).to_contain_text("PCT per million")
    rows = exported(page)
    assert len(rows) == 100
    values = [row["pct_per_million"] for row in rows]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    expect(page.locator('.rank-grid .ag-row[row-index="0"] .rank-name a')).to_have_text(str(rows[0]["name"]))
    assert first_rows(page) == [row["name"] for row in rows[:5]]
    page.go_back()
    expect(page.locator("#rank-summary")).not_to_contain_text("PCT per million")


def test_columns_are_chosen_and_exported(page: Page) -> None:
    page.goto("/en/rank?kind=science-technology")
    wait_ready(page)
    page.click("#rank-chooser summary")
    page.locator("#rank-chooser").get_by_label("Unicorns (50 km)").check()
    page.wait_for_url(re.compile("columns=.*unicorns_50km"))
    expect(page.locator('.ag-header-cell[col-id="unicorns_50km"]')).to_be_attached()
    assert "unicorns_50km" in exported(page)[0]


def test_a_cluster_goes_into_the_comparison_by_keyboard(page: Page) -> None:
    page.goto("/en/rank?kind=science-technology")
    wait_ready(page)
    page.click('.ag-header-cell[col-id="country"]', position={"x": 100, "y": 8})
    page.wait_for_url(re.compile("sort=country"))
    page.click('.rank-grid .ag-row[row-index="0"] .ag-cell[col-id="country"]')
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("ids=st-"))
    expect(page.locator("#rank-tray")).to_contain_text("1")


def test_a_deep_link_shows_the_same_in_german(page: Page) -> None:
    page.goto("/de/rank?unit=regions&country=NZL&sort=population")
    wait_ready(page)
    expect(page.locator("#rank-count")).to_have_text("16 Regionen")
    assert first_rows(page, 1) == [exported(page)[0]["name"]]


@pytest.mark.parametrize("unit", ["clusters", "regions", "industries"])
def test_the_table_works_without_javascript(browser: Browser, base_url: str, unit: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"/en/rank?unit={unit}")
        assert page.locator("table.ranking tbody tr").count() == 50
        before = page.locator("table.ranking tbody th").first.inner_text()
        page.get_by_role("link", name="Next page").click()
        assert page.locator("table.ranking tbody th").first.inner_text() != before
        page.get_by_role("columnheader", name="Name").get_by_role("link").click()
        assert "sort=name" in page.url
        names = page.locator("table.ranking tbody th a").all_inner_texts()
        assert names[0].lower() <= names[-1].lower()
    finally:
        context.close()
