"""Portraits in the browser: nothing sticks out, links lead on, and print stays short."""

import re

import pytest
from playwright.sync_api import Page, expect

PORTRAITS = (
    "cluster/eu-nuts2-de11-isic-29",
    "cluster/st-tokyo-yokohama",
    "region/us-msa-41940",
    "region/eu-nuts2-de11",
    "region/eu-nuts2-dk01",
    "industry/isic-29",
    "field/health",
    "country/usa",
    "country/bra",
)
MOST_SHEETS = 4


@pytest.mark.parametrize("path", PORTRAITS)
def test_a_phone_shows_it_without_sideways_scrolling(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/de/{path}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


@pytest.mark.parametrize("path", PORTRAITS)
def test_print_stays_within_four_sheets(page: Page, path: str) -> None:
    page.goto(f"/en/{path}")
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4")))
    assert 1 <= sheets <= MOST_SHEETS


def test_from_a_cluster_to_its_region_industry_and_country_and_back(page: Page) -> None:
    page.goto("/en/cluster/eu-nuts2-de11-isic-29")
    page.get_by_role("link", name="Stuttgart", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Stuttgart")
    page.get_by_role("link", name="Motor vehicles – Stuttgart").first.click()
    expect(page.locator("h1")).to_have_text("Motor vehicles – Stuttgart")
    page.get_by_role("link", name="Germany", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Germany")
    expect(page.locator(".country svg .mark").first).to_be_visible()


def test_the_other_language_is_one_click_away(page: Page) -> None:
    page.goto("/en/region/eu-nuts2-de21")
    page.get_by_role("link", name="DE", exact=True).click()
    expect(page).to_have_url(re.compile("/de/region/eu-nuts2-de21$"))
    expect(page.locator("#portfolio")).to_have_text("Branchen der Region")


def test_the_rest_of_the_industries_unfolds_without_a_script(page: Page) -> None:
    page.goto("/en/region/eu-nuts2-de11")
    rows = page.locator("#portfolio ~ details tbody tr")
    assert rows.count() > 20
    expect(rows.first).not_to_be_visible()
    page.locator("#portfolio ~ details summary").click()
    expect(rows.first).to_be_visible()
