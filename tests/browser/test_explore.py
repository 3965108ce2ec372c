"""A visitor on the map page: filter, choose, compare, search, draw an area, go back, do without comfort."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data.observatory import Observatory
from data.queries import filter_mask, places
from data.selection import DEFAULT
from tests.browser.conftest import wait_ready

SCIENCE = DEFAULT.but(kind=("science-technology",))
POINTS = """() => {
  const data = document.querySelector('#explore-map .js-plotly-plot').data, found = {};
  for (const { name, customdata } of data) {
    if (customdata) found[name] = (found[name] || 0) + customdata.length;
  }
  return found;
}"""
LIVE = "document.querySelector('#explore-map .js-plotly-plot')._fullLayout.map._subplot.map"


def wait_until(page: Page, script: str, seconds: float = 15) -> None:
    """Wait until a script is true; the page's security policy forbids Playwright's own way."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, f"still not so: {script}"
        page.wait_for_timeout(100)


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)
    page.wait_for_selector(".map-box.arrived", timeout=40_000)


def drawn(page: Page) -> dict[str, int]:
    """How many marks the map holds, by kind."""
    found: dict[str, int] = page.evaluate(POINTS)
    return found


def at_places(obs: Observatory, selection: Any) -> int:
    return len(places(obs, filter_mask(obs, selection), selection))


def test_filter_choose_compare_and_back(page: Page, obs: Observatory) -> None:
    open_map(page, "/en/explore")
    everything = page.locator("#explore-count").inner_text()
    assert sum(drawn(page).values()) == at_places(obs, DEFAULT)

    page.get_by_label("Science and technology cluster").first.check()
    expect(page).to_have_url(re.compile("kind=science-technology"))
    n = int(filter_mask(obs, SCIENCE).sum())
    expect(page.locator("#explore-count")).to_contain_text(f"{n} clusters at")
    expect(page.locator("#live")).to_contain_text(f"{n} clusters at")
    wait_until(page, f"({POINTS})().industry === undefined")
    assert drawn(page) == {"science-technology": at_places(obs, SCIENCE)}

    link = page.locator(".place-link").nth(2)
    name = link.inner_text()
    link.click()
    expect(page.locator("#explore-card h2")).to_have_text(name)
    expect(page.locator("tr.chosen .place-link")).to_have_text(name)
    wait_until(page, f"{LIVE}.getZoom() > 4.5")

    page.get_by_role("link", name=re.compile("Add to comparison")).first.click()
    expect(page).to_have_url(re.compile("ids=st-"))
    expect(page.get_by_role("link", name="Compare 1 chosen")).to_have_attribute(
        "href", re.compile("/en/compare.*ids=st-")
    )

    page.go_back()
    expect(page.get_by_role("link", name="Compare 1 chosen")).to_have_count(0)
    page.go_back()
    expect(page.locator("#explore-card h2").first).not_to_have_text(name)
    page.go_back()
    expect(page.locator("#explore-count")).to_have_text(everything)
    expect(page.get_by_label("Science and technology cluster").first).not_to_be_checked()


def test_a_mark_of_the_map_is_chosen_with_the_mouse(page: Page) -> None:
    open_map(page, "/en/explore?kind=science-technology&country=BRA")
    page.wait_for_timeout(300)
    spot = page.evaluate(
        "(() => { const row = document.querySelector('#react-entry-point tr[data-place]');"
        f" const p = {LIVE}.project([Number(row.dataset.lon), Number(row.dataset.lat)]);"
        " const box = document.querySelector('#react-entry-point .map-box').getBoundingClientRect();"
        " return [p.x + box.x, p.y + box.y, row.dataset.place]; })()"
    )
    page.mouse.move(spot[0] - 40, spot[1] - 40)
    page.mouse.move(spot[0], spot[1], steps=5)
    expect(page.locator("tr.near")).to_have_count(1)
    page.mouse.click(spot[0], spot[1])
    expect(page).to_have_url(re.compile(f"place={re.escape(spot[2])}"))


def test_a_drawn_box_becomes_an_area_of_the_address(page: Page) -> None:
    open_map(page, "/en/explore")
    everything = page.locator("#explore-count").inner_text()
    page.get_by_role("button", name="Select with a box").click()
    box = page.locator("#react-entry-point .map-box").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.48, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile("area="))
    expect(page.locator("#explore-count")).not_to_have_text(everything)
    chip = page.get_by_title("Remove filter: Drawn area")
    chip.click()
    expect(page).not_to_have_url(re.compile("area="))
    expect(page.locator("#explore-count")).to_have_text(everything)


def test_a_lasso_is_simplified(page: Page) -> None:
    open_map(page, "/en/explore")
    page.evaluate(
        "() => { const points = []; for (let i = 0; i < 300; i++) { const a = i / 300 * 2 * Math.PI;"
        " points.push([10 + 12 * Math.cos(a), 50 + 9 * Math.sin(a)]); }"
        " const plot = document.querySelector('#explore-map .js-plotly-plot');"
        " plot.emit('plotly_selected', {points: [], lassoPoints: {map: points}}); }"
    )
    page.wait_for_url(re.compile("area="))
    area = re.search(r"area=([^&]+)", page.url)
    assert area is not None
    assert 20 < len(area[1].split("~")) <= 48


def test_search_forgives_a_typing_error_and_flies(page: Page, obs: Observatory) -> None:
    open_map(page, "/de/explore")
    box = page.get_by_role("combobox", name="Cluster, Ort, Branche oder Land finden")
    box.type("Toyko", delay=30)
    option = page.locator("#explore-hits .option").first
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "hit-0")
    box.press("Enter")
    expect(page).to_have_url(re.compile("place="))
    expect(page.locator("#explore-card h2").first).to_contain_text("Tokio")
    wait_until(page, f"Math.abs({LIVE}.getCenter().lng - 139.6) < 2 && {LIVE}.getZoom() > 4.5")
    expect(page.locator(".hits.open")).to_have_count(0)


def test_arrow_keys_walk_the_list(page: Page) -> None:
    open_map(page, "/en/explore?country=JPN")
    page.locator(".place-link").first.focus()
    page.keyboard.press("ArrowDown")
    assert (
        page.evaluate("document.activeElement.textContent") == page.locator(".place-link").nth(1).inner_text()
    )
    expect(page.locator("#react-entry-point .ring")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place="))


def test_the_list_pages_and_an_empty_result_says_so(page: Page) -> None:
    open_map(page, "/en/explore")
    first = page.locator(".place-link").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".place-link").first).not_to_have_text(first)
    page.goto("/en/explore?q=zzzzzz")
    wait_ready(page)
    expect(page.get_by_role("heading", name="No cluster matches these filters")).to_be_visible()
    page.locator("#explore-list").get_by_role("link", name="Reset").click()
    expect(page.locator(".place-link").first).to_have_text(first)


def test_colours_follow_the_scheme(page: Page) -> None:
    open_map(page, "/en/explore")
    sea = f"{LIVE}.getStyle().layers[0].paint['background-color']"
    before = page.evaluate(sea)
    page.locator("#theme").click()
    wait_until(page, f"{sea} !== '{before}'")


@pytest.mark.parametrize("query", ["", "?colour=lq_home&layer=nuts2"])
def test_without_webgl_the_same_frame_is_drawn(page: Page, obs: Observatory, query: str) -> None:
    page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext ="
        " function (kind, ...more) { return /webgl/.test(kind) ? null : real.call(this, kind, ...more); };"
    )
    page.goto(f"/en/explore{query}")
    wait_ready(page)
    page.wait_for_selector(".map-box.drawn", timeout=40_000)
    kinds = page.evaluate("document.querySelector('#explore-map .js-plotly-plot').data.map(t => t.type)")
    assert set(kinds) <= {"scattergeo", "choropleth"}
    found = drawn(page)
    found.pop("layer", None)
    assert sum(found.values()) == at_places(obs, DEFAULT)
    assert page.locator("#explore-map .scattergeo .point").count() >= at_places(obs, DEFAULT)


def test_without_javascript_list_links_and_map_picture_are_there(
    browser: Browser, base_url: str, obs: Observatory
) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto("/de/explore?kind=science-technology")
    expect(page.locator(".world-svg")).to_be_visible()
    expect(page.locator("#explore-count")).to_contain_text(f"{int(filter_mask(obs, SCIENCE).sum())} Cluster")
    page.get_by_role("link", name="Nächste Seite").click()
    expect(page).to_have_url(re.compile("kind=science-technology&page=2"))
    name = page.locator(".place-link").first.inner_text()
    page.locator(".place-link").first.click()
    expect(page.locator("#explore-card h2").first).to_have_text(name)
    page.locator(".map-controls select[name=colour]").select_option("pct_share")
    page.locator(".map-controls button").click()
    expect(page).to_have_url(re.compile("colour=pct_share.*kind=science-technology"))
    assert all(url.startswith((base_url, "data:")) for url in asked)
    context.close()


def test_map_picture_and_map_stand_in_the_same_place(page: Page, browser: Browser, base_url: str) -> None:
    parts = (".map-box", "#explore-count", "#explore-card", "#explore-legend", ".places")
    plain = browser.new_context(base_url=base_url, viewport=page.viewport_size, java_script_enabled=False)
    first = plain.new_page()
    first.goto("/en/explore")
    before = {part: first.locator(part).bounding_box() for part in parts}
    plain.close()
    open_map(page, "/en/explore")
    assert {part: page.locator(part).bounding_box() for part in parts} == before


def test_a_phone_has_the_map_first_and_the_filters_behind_one_button(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    open_map(page, "/de/explore")
    top = [
        page.locator(f"#react-entry-point {part}").bounding_box()
        for part in (".map-box", ".rail", ".list-part")
    ]
    assert all(box is not None for box in top)
    assert [box["y"] for box in top if box] == sorted(box["y"] for box in top if box)
    assert not page.locator("#react-entry-point .rail form").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#react-entry-point .rail-summary").click()
    expect(page.locator("#react-entry-point .rail form")).to_be_visible()
    context.close()
