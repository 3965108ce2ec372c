"""What every answer carries, and that the policy lets exactly our own scripts run."""

import re

import pytest
from starlette.testclient import TestClient

from components.portraits import PORTRAIT_MODULES
from components.view import PAGES, STATIC_PAGES
from data.observatory import Observatory
from tests.security.inspection import Document

ADDRESSES = (
    "/en/explore",
    "/de/sources",
    "/en/nothing",
    "/healthz",
    "/_dash-layout",
    "/bundle.js",
    "/bundle.css",
)
DIRECTIVES = {
    "default-src", "script-src", "style-src", "img-src", "font-src", "connect-src", "worker-src",
    "manifest-src", "form-action", "frame-ancestors", "base-uri", "object-src",
}  # fmt: skip


def policy(client: TestClient, address: str) -> dict[str, list[str]]:
    directives = client.get(address).headers["content-security-policy"].split("; ")
    return {name: values for name, *values in (directive.split() for directive in directives)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    assert "x-powered-by" not in headers


def test_refusals_carry_the_headers_too(client: TestClient) -> None:
    for answer in (client.put("/en/explore"), client.post("/_dash-update-component", content=b"x")):
        assert answer.status_code >= 400
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_policy_is_strict(client: TestClient) -> None:
    found = policy(client, "/en/explore")
    assert set(found) == DIRECTIVES
    assert found["default-src"] == ["'none'"]
    assert found["script-src"][0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in found["script-src"][1:])
    assert found["connect-src"] == ["'self'"]
    assert found["base-uri"] == found["object-src"] == found["frame-ancestors"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert "'unsafe-eval'" not in str(found)
    assert policy(client, "/healthz")["default-src"] == ["'none'"]


def test_every_inline_script_has_its_hash(client: TestClient, obs: Observatory) -> None:
    slug = str(obs.clusters.frame["id"].iloc[0])
    addresses = [f"/{lang}/{page}" for lang in ("de", "en") for page in PAGES]
    addresses += [f"/en/{kind}/{slug}" for kind in PORTRAIT_MODULES]
    for address in addresses:
        answer = client.get(address)
        document = Document(answer.headers["content-security-policy"])
        document.feed(answer.text)
        assert document.faults == [], address
    interactive = [page for page in PAGES if page not in STATIC_PAGES]
    assert "<script>" in client.get(f"/en/{interactive[0]}").text


def test_no_version_of_a_package_is_told(client: TestClient) -> None:
    page = client.get("/en/explore").text
    for word in ("python_version", "dash_version", "plotly_version", "fastapi", "uvicorn", "starlette"):
        assert word not in page.lower()
