"""Whole ways through the product, from page to page, as a visitor goes them."""

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from components.view import PAGES, STATIC_PAGES
from data.observatory import Observatory
from data.queries import filter_mask
from data.selection import DEFAULT
from tests.browser.conftest import wait_ready

GERMAN_CARS = DEFAULT.but(country=("DEU",), industry=("isic-29",))


def exported(page: Page, address: str) -> list[dict[str, str]]:
    """Rows of a CSV export, its notes left out."""
    answer = page.request.get(address)
    assert answer.ok, address
    lines = [line for line in answer.text().lstrip("\ufeff").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def csv_link(page: Page) -> str:
    link = page.locator("a[href*='/api/v1/exports/'][href*='.csv']").first
    return str(link.get_attribute("href"))


def test_explore_select_compare_export(page: Page, obs: Observatory) -> None:
    page.goto(f"/en/explore{GERMAN_CARS.to_search()}")
    wait_ready(page)
    n = int(filter_mask(obs, GERMAN_CARS).sum())
    assert n > 5
    expect(page.locator("#explore-count")).to_contain_text(f"{n} clusters at")
    assert len(exported(page, csv_link(page))) == n

    page.get_by_role("link", name="Stuttgart").first.click()
    expect(page).to_have_url(re.compile("place=eu-nuts2-DE11"))
    card = page.locator("#explore-card")
    expect(card).to_contain_text("158,012")
    card.locator(".compare-add").first.click()
    expect(page).to_have_url(re.compile("ids=eu-nuts2-de11-isic-29"))
    page.locator("a.tray").first.click()
    expect(page).to_have_url(re.compile("/en/compare"))
    wait_ready(page)
    expect(page.locator("#main")).to_contain_text("Motor vehicles – Stuttgart")


def test_rank_sort_export(page: Page, obs: Observatory) -> None:
    page.goto(f"/en/rank{GERMAN_CARS.but(sort='lq_home').to_search()}")
    wait_ready(page)
    rows = exported(page, csv_link(page))
    column = next(name for name in rows[0] if name.startswith("lq_home"))
    quotients = [float(row[column]) for row in rows]
    assert quotients == sorted(quotients, reverse=True)
    first = next(value for value in rows[0].values() if "–" in value)
    expect(page.locator("#rank-grid .ag-row").first).to_contain_text(first[:24])


@pytest.mark.parametrize("where", [page for page in PAGES if page not in STATIC_PAGES])
def test_a_link_opens_the_same_view_for_somebody_else(
    page: Page, browser: Browser, base_url: str, where: str
) -> None:
    search = DEFAULT.but(country=("DEU", "FRA"), ids=("st-munich", "st-paris")).to_search()
    page.goto(f"/en/{where}{search}")
    wait_ready(page)
    other = browser.new_context(base_url=base_url, locale="de-DE").new_page()
    other.goto(page.url)
    wait_ready(other)
    words = "#main h1, #main .lead, #main .count, #main .chips"
    said = page.locator(words).all_inner_texts()
    assert len(said) > 1
    assert other.locator(words).all_inner_texts() == said
    # The grid draws only the rows in sight, so its first one stands for all.
    rows = ".ag-row" if where == "rank" else "#main table"
    assert other.locator(rows).first.inner_text() == page.locator(rows).first.inner_text()
    other.context.close()


def test_german_to_english_keeps_the_view(page: Page) -> None:
    page.goto(f"/de/explore{GERMAN_CARS.to_search()}")
    wait_ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_title("English").click()
    expect(page).to_have_url(re.compile(r"/en/explore\?country=DEU&industry=isic-29"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#main h1")).to_have_text("Clusters of the world")


def test_two_visitors_never_mix(browser: Browser, base_url: str) -> None:
    pages = []
    for country in ("DEU", "JPN"):
        opened = browser.new_context(base_url=base_url, locale="en-GB").new_page()
        opened.goto(f"/en/explore?country={country}")
        pages.append(opened)
    for opened, name in zip(pages, ("Germany", "Japan"), strict=True):
        wait_ready(opened)
        countries = set(opened.locator("#explore-list tbody tr td:nth-child(2)").all_inner_texts())
        assert countries == {name}
        opened.context.close()


def test_without_javascript(browser: Browser, base_url: str, obs: Observatory) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="en-GB")
    plain = context.new_page()
    for where in PAGES:
        plain.goto(f"/en/{where}")
        expect(plain.locator("h1")).to_have_count(1)
    plain.goto("/en/explore")
    plain.get_by_text("Continent", exact=True).click()
    plain.get_by_label("Oceania").check()
    plain.locator(".rail").get_by_role("button", name="Apply filters").click()
    expect(plain).to_have_url(re.compile("continent=oceania"))
    n = int(filter_mask(obs, DEFAULT.but(continent=("oceania",))).sum())
    expect(plain.locator("#main")).to_contain_text(f"{n} clusters at")
    assert len(exported(plain, csv_link(plain))) == n
    context.close()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_map_is_taken_away_as_a_picture(page: Page, kind: str) -> None:
    page.goto("/en/explore?country=JPN")
    wait_ready(page)
    page.locator(".picture summary").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-map-picture={kind}]").click()
    taken = waiting.value
    assert re.fullmatch(rf"gco-map-\d{{4}}-\d\d-\d\d\.{kind}", taken.suggested_filename)
    content = taken.path().read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG")
    else:
        text = content.decode()
        assert "country=JPN" in text
        assert "Sources: " in text
        assert text.count("<use") >= 2
