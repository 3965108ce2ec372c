"""Export links: names, types, problems, hostile queries, and the same selection as the page."""

import datetime
import io
import json
import re
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from data.export import FORMATS
from data.selection import KEYS, UNITS

TODAY = datetime.datetime.now(datetime.UTC).date().isoformat()


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_export_is_a_named_file(client: TestClient, unit: str, kind: str) -> None:
    answer = client.get(f"/api/v1/exports/{unit}.{kind}?country=NZL&lang=de")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[kind]
    name = re.search(r'filename="(.+)"', answer.headers["content-disposition"])
    assert name is not None
    assert name[1].startswith(f"gco-{unit}-20")
    assert name[1].endswith(f".{kind}")
    assert len(name[1]) == len(f"gco-{unit}-{TODAY}.{kind}")


@pytest.mark.parametrize(
    "name", ["clusters.php", "actors.csv", "clusters.csv.exe", ".csv", "clusters.", "x.y"]
)
def test_an_unknown_export_is_a_problem(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/exports/{name}")
    assert answer.status_code == 404


def test_the_problem_says_what_there_is(client: TestClient) -> None:
    answer = client.get("/api/v1/exports/clusters.php?lang=de")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert "Diesen Export gibt es nicht" in answer.json()["detail"]


def test_the_links_of_the_page_lead_to_its_rows(client: TestClient) -> None:
    page = client.get("/en/rank?country=JPN&kind=science-technology&sort=pct_per_million").text
    link = re.search(r'href="(/api/v1/exports/clusters\.json[^"]*)"', page)
    assert link is not None
    rows = client.get(link[1].replace("&amp;", "&")).json()["rows"]
    shown = re.findall(r'<th scope="row" class="name">.*?<a [^>]*>(.*?)</a>', page)
    assert [row["name"] for row in rows] == shown
    assert [row["iso3"] for row in rows] == ["JPN"] * len(rows)


def test_the_unit_of_the_path_decides(client: TestClient) -> None:
    rows = client.get("/api/v1/exports/regions.json?unit=clusters&country=NZL").json()["rows"]
    assert {row["id"][:10] for row in rows} == {"nz-region-"}


def test_all_rows_are_exported_not_a_page(client: TestClient) -> None:
    answer = client.get("/api/v1/exports/clusters.csv?page=3&kind=science-technology")
    assert len(pd.read_csv(io.BytesIO(answer.content), comment="#")) == 100


def test_what_was_not_understood_is_told(client: TestClient) -> None:
    told = client.get("/api/v1/exports/clusters.json?country=Atlantis&foo=1&kind=science-technology").json()
    assert told["provenance"]["ignored"] == ["country", "foo"]


texts = st.text(max_size=60)
pairs = st.tuples(st.sampled_from([*(key.name for key in KEYS), "lang", "x"]), texts)


@given(st.lists(pairs, max_size=8), st.sampled_from(UNITS), st.sampled_from(["json", "csv"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_breaks_the_server(
    client: TestClient, query: list[tuple[str, str]], unit: str, kind: str
) -> None:
    address = "&".join(f"{name}={quote(text, errors='replace')}" for name, text in query)
    answer = client.get(f"/api/v1/exports/{unit}.{kind}?country=NZL&{address}")
    assert answer.status_code < 500
    if kind == "json" and answer.status_code == 200:
        json.loads(answer.content)


ODD = (
    "%00", "sort=%FF%FE", "range=lq_home:nan:inf", "columns=" + "~".join(["rank"] * 500),
    "lang=" + "x" * 7000, "sort=rank", "sort=top_size", "group=own", "area=0,0~1,1~0,0", "q=%3Cscript%3E",
    "&".join(["a=1"] * 1500),
)  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_still_give_a_file(client: TestClient, query: str) -> None:
    for unit in UNITS:
        answer = client.get(f"/api/v1/exports/{unit}.csv?country=NZL&{query}")
        assert answer.status_code < 500
