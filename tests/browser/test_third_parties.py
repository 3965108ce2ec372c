"""No page asks another host for anything, and the policy stops nothing that our pages do: in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from components.portraits import PORTRAIT_MODULES
from components.view import PAGES, STATIC_PAGES, make_view, slug_of
from data.observatory import Observatory
from tests.browser.conftest import wait_ready

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""


class Walk:
    """Opens addresses and keeps what was asked of other hosts, blocked or complained about."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self._base_url = base_url
        context.add_init_script(VIOLATIONS)
        self.page = context.new_page()
        self.page.on("request", lambda request: self._ask(request.url))
        self.page.on("websocket", lambda socket: self.foreign.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def _ask(self, url: str) -> None:
        if not url.startswith((f"{self._base_url}/", "data:", f"blob:{self._base_url}")):
            self.foreign.append(url)

    def open(self, address: str, interactive: bool) -> Page:
        """Open one address and look at everything on it."""
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        if interactive:
            wait_ready(self.page)
        self.page.mouse.wheel(0, 4_000)
        self.page.wait_for_timeout(300)
        assert self.page.evaluate("window.violations") == [], address
        return self.page


@pytest.fixture
def walk(context: BrowserContext, base_url: str) -> Iterator[Walk]:
    found = Walk(context, base_url)
    yield found
    assert found.foreign == []
    assert found.errors == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_page_stays_on_this_host(walk: Walk, lang: str) -> None:
    for page in PAGES:
        walk.open(f"/{lang}/{page}", page not in STATIC_PAGES)


def _portraits(obs: Observatory) -> dict[str, str]:
    """An address of every kind of portrait there is: the first id of any table that has one."""
    firsts = [frame.iloc[:40, 0].dropna().astype(str) for frame in obs.tables.values()]
    ids = [slug_of(unit) for column in firsts for unit in column]
    found = {}
    for kind, module in PORTRAIT_MODULES.items():
        for slug in ids:
            view = make_view(obs, f"/en/{kind}/{slug}", "")
            if view is not None and module.exists(view):
                found[kind] = slug
                break
    return found


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_kind_of_portrait_stays_on_this_host(walk: Walk, lang: str, obs: Observatory) -> None:
    portraits = _portraits(obs)
    assert portraits.keys() == PORTRAIT_MODULES.keys(), "every kind has a portrait to look at"
    for kind, slug in portraits.items():
        walk.open(f"/{lang}/{kind}/{slug}", False)


def test_every_address_without_parts_stays_on_this_host(walk: Walk) -> None:
    """Whatever else the server answers with a page of its own, such as a missing page."""
    for path in ("/", "/de", "/en"):
        walk.open(path, True)


def test_a_comparison_and_a_map_layer_are_allowed_too(walk: Walk, obs: Observatory) -> None:
    ids = "~".join(obs.clusters.frame["id"].astype(str).iloc[:3])
    walk.open(f"/en/compare?ids={ids}", True)
    for layer in obs.layers[:2]:
        walk.open(f"/en/explore?layer={layer}", True)


def test_a_violation_would_be_seen(walk: Walk) -> None:
    page = walk.open("/en/sources", False)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://example.org/x.png>')")
    page.evaluate("const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)")
    page.wait_for_timeout(300)
    assert len(page.evaluate("window.violations")) == 2
    walk.foreign.clear()
    walk.errors.clear()
