"""A visitor on the comparison page: add, move, choose figures, change the chart, take a picture, go back."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data.comparison import compare
from data.comparison_examples import find_examples
from data.observatory import Observatory
from data.selection import Selection
from tests.browser.conftest import wait_ready

DRAWN = """() => {
  const plot = document.querySelector('#react-entry-point #compare-chart .js-plotly-plot');
  return (plot && plot.data || []).filter((t) => !['median', 'span'].includes(t.name))
    .map((t) => ({ name: t.name, type: t.type, values: Array.from(t.r || t.x) }));
}"""


def drawn(page: Page) -> list[dict[str, Any]]:
    """What the interactive chart holds."""
    found: list[dict[str, Any]] = page.evaluate(DRAWN)
    return found


def wait_drawn(page: Page, kind: str, n: int) -> list[dict[str, Any]]:
    for _ in range(150):
        found = drawn(page)
        if len(found) == n and all(trace["type"] == kind for trace in found):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"no {kind} with {n} traces: {drawn(page)}")


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)


def test_from_an_example_to_a_picture(page: Page, obs: Observatory, tmp_path: Path) -> None:
    open_page(page, "/en/compare")
    example = find_examples(obs)[0]
    page.locator("#react-entry-point .example-card a").first.click()
    traces = wait_drawn(page, "scatterpolar", len(example.ids))
    comparison = compare(obs, Selection(ids=example.ids))
    for trace, unit, row in zip(traces, comparison.units, comparison.points, strict=True):
        assert trace["name"] == unit.names["en"]
        scores = [None if p.score is None else round(p.score, 1) for p in row]
        assert trace["values"] == [*scores, scores[0]]
    for kind in ("png", "svg"):
        page.locator("#react-entry-point .picture summary").click()
        with page.expect_download() as taken:
            page.locator(f"#react-entry-point [data-picture={kind}]").click()
        assert re.fullmatch(
            rf"gco-comparison-{example.ids[0]}-\d{{4}}-\d\d-\d\d\.{kind}", taken.value.suggested_filename
        )
        taken.value.save_as(tmp_path / f"picture.{kind}")
    assert (tmp_path / "picture.png").read_bytes()[:4] == b"\x89PNG"
    drawing = (tmp_path / "picture.svg").read_text("utf-8")
    for text in (comparison.units[0].names["en"], "Sources: ", obs.version, f"ids={example.ids[0]}"):
        assert text in drawing


def test_search_add_move_remove_and_back(page: Page, obs: Observatory) -> None:
    first = find_examples(obs)[0].ids[0]
    open_page(page, f"/en/compare?ids={first}")
    wait_drawn(page, "scatterpolar", 1)
    field = page.locator("#react-entry-point #compare-search")
    field.press_sequentially("stutgart")
    hit = page.locator("#react-entry-point #compare-hits a", has_text=re.compile(r"^Stuttgart")).first
    expect(hit).to_be_visible()
    hit.click()
    wait_drawn(page, "scatterpolar", 2)
    assert re.search(rf"ids={first}~[\w-]*(stuttgart|DE11)", page.url)
    expect(field).to_have_value("")
    added = page.url.split("~")[1]
    page.locator("#react-entry-point .compared-unit").nth(1).get_by_title(re.compile("^Move")).click()
    expect(page).to_have_url(re.compile(rf"ids={added}~{first}"))
    page.locator("#react-entry-point .compared-unit").nth(0).get_by_title(re.compile("^Remove")).click()
    wait_drawn(page, "scatterpolar", 1)
    expect(page).to_have_url(re.compile(rf"ids={first}$"))
    page.go_back()
    wait_drawn(page, "scatterpolar", 2)
    expect(page.locator("#react-entry-point .compared-unit")).to_have_count(2)


def test_figures_chart_and_group_follow_the_controls_and_the_keys(page: Page, obs: Observatory) -> None:
    ids = find_examples(obs)[0].ids[:2]
    open_page(page, f"/de/compare?ids={'~'.join(ids)}")
    page.locator("#react-entry-point .preset", has_text="Leistungsfähigkeit").click()
    comparison = compare(
        obs,
        Selection(ids=ids, axes=("gdp_per_head_ppp", "pct_share", "publication_share", "st_intensity_rank")),
    )
    expect(page.locator("#react-entry-point table.comparison tbody tr:not(.part-row)")).to_have_count(4)
    assert drawn(page)[0]["values"][1] == pytest.approx(comparison.points[0][1].score, abs=0.06)
    frame = page.locator("#react-entry-point #compare-frame")
    frame.focus()
    frame.press("d")
    wait_drawn(page, "scatter", 2)
    expect(page).to_have_url(re.compile("chart=dots"))
    frame.press("t")
    expect(frame).to_be_hidden()
    expect(page.locator("#react-entry-point table.comparison")).to_be_visible()
    page.locator("#react-entry-point .segments input").first.check()
    wait_drawn(page, "scatterpolar", 2)
    page.locator("#react-entry-point .compare-controls select").select_option("own")
    expect(page.locator("#react-entry-point #compare-notes")).to_contain_text("verglichene Liste")
    expect(page.locator("#react-entry-point #compare-notes .warn").first).to_contain_text("nur 2 Mitglieder")


def test_more_than_four_units_stand_side_by_side_without_a_jump(
    page: Page, context: BrowserContext, obs: Observatory
) -> None:
    frame = obs.clusters.frame
    ids = frame.loc[frame["kind"] == "science-technology", "id"].astype(str).tolist()[:7]
    address = f"/en/compare?ids={'~'.join(ids)}"
    waiting = context.new_page()
    waiting.route("**/_dash-component-suites/**", lambda route: route.abort())
    waiting.goto(address)
    before = waiting.locator("#first-view table.comparison").bounding_box()
    open_page(page, address)
    wait_drawn(page, "scatterpolar", 7)
    after = page.locator("#react-entry-point table.comparison").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 3
    assert page.locator("#react-entry-point .polarlayer > g").count() == 7


def test_without_scripts_the_comparison_is_there(browser: Browser, base_url: str, obs: Observatory) -> None:
    ids = find_examples(obs)[0].ids
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"/en/compare?ids={ids[0]}")
    expect(page.locator(".profile-svg polyline").first).to_be_visible()
    page.locator("input[name=q]").fill("Berlin")
    page.get_by_role("button", name="Search").click()
    page.locator("#compare-hits a").first.click()
    expect(page.locator(".compared-unit")).to_have_count(2)
    page.locator(".compare-controls select").select_option("continent")
    page.locator(".segments label", has_text="Dot plot").click()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("group=continent"))
    expect(page.locator(".compared-unit")).to_have_count(2)
    expect(page.locator(".dots-svg .dot").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
