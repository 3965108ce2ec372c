"""Every address answers as it should, before any script has run."""

import pytest
from starlette.testclient import TestClient

from components.view import PAGES


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_the_first_view_is_real_html_in_the_right_language(client: TestClient, lang: str, page: str) -> None:
    answer = client.get(f"/{lang}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert "<h1" in answer.text
    assert f'hreflang="{"en" if lang == "de" else "de"}"' in answer.text
    assert "python_version" not in answer.text


@pytest.mark.parametrize(
    ("header", "lang"),
    [("de-DE,de;q=0.9,en;q=0.8", "de"), ("en-GB,en", "en"), ("fr,de;q=0.5", "de"), ("", "en"), ("zh", "en")],
)
def test_the_start_address_chooses_the_language(client: TestClient, header: str, lang: str) -> None:
    answer = client.get("/?country=DEU", headers={"accept-language": header}, follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/{lang}/explore?country=DEU"


@pytest.mark.parametrize(
    "path", ["/en/nothing", "/de/explore/more", "/fr/explore", "/x", "/en/explore.php", "/assets/nothing.js",
             "/geo/no.geojson", "/assets/../app.py", "/assets/%2e%2e/app.py", "/_dash-component-suites/dash/../app.py",
             "/_dash-component-suites/os/path.py"],
)  # fmt: skip
def test_unknown_addresses_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_missing_page_is_a_page(client: TestClient) -> None:
    answer = client.get("/de/gibt-es-nicht")
    assert "Diese Seite gibt es nicht" in answer.text
    assert 'href="/de/explore"' in answer.text


def test_an_address_that_is_not_understood_says_so(client: TestClient) -> None:
    answer = client.get("/en/explore?country=Atlantis&foo=1")
    assert answer.status_code == 200
    assert "have been left out: country, foo" in answer.text


def test_scripts_in_an_address_are_not_run(client: TestClient) -> None:
    answer = client.get("/en/explore", params={"q": "<script>alert(1)</script>", "<script>": "1"})
    assert "<script>alert" not in answer.text


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_assets_are_fingerprinted_and_compressed(client: TestClient) -> None:
    import re

    page = client.get("/en/explore").text
    for address in re.findall(r'(?:href|src)="(/(?:bundle|vendor|assets)[^"]+)"', page):
        assert "?v=" in address
        answer = client.get(address, headers={"accept-encoding": "br"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
