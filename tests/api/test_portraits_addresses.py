"""Addresses of portraits over the wire: case, unknown slugs, sitemap."""

from starlette.testclient import TestClient


def test_upper_case_is_sent_to_lower_case_for_good(client: TestClient) -> None:
    answer = client.get("/en/region/EU-NUTS2-DE11?group=country", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "/en/region/eu-nuts2-de11?group=country"
    assert client.get("/EN/Region/EU-NUTS2-DE11").status_code == 200


def test_nothing_is_sent_off_the_site(client: TestClient) -> None:
    answer = client.get("http://testserver//evil.example/region/X", follow_redirects=False)
    assert answer.status_code == 404


def test_an_unknown_slug_is_not_found_but_offers_what_is_like_it(client: TestClient) -> None:
    answer = client.get("/de/region/eu-nuts2-de1")
    assert answer.status_code == 404
    assert "Vielleicht gemeint" in answer.text
    assert answer.text.count('class="remark"') <= 8
    assert 'href="/de/region/eu-nuts2-de11"' in answer.text
    assert "Vielleicht gemeint" not in client.get("/de/nichts").text


def test_sitemap_and_robots(client: TestClient) -> None:
    assert "/de/region/eu-nuts2-de11</loc>" in client.get("/sitemap.xml").text
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
