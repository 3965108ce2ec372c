"""Exports: every format holds the table on screen, with provenance, without formulas and closed figures."""

import datetime
import io
import json

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from data.export import Request, TooManyRowsError, export, is_closed, without_closed
from data.export_formats import neutralise
from data.export_provenance import filters_in_words
from data.observatory import Observatory
from data.ranking_table import table
from data.selection import DEFAULT, Selection

DAY = datetime.date(2026, 11, 24)
CASES = (
    DEFAULT.but(country=("DEU", "JPN"), sort="lq_home"),
    DEFAULT.but(kind=("science-technology",), sort="st_rank", descending=False),
    DEFAULT.but(unit="regions", continent=("oceania",), columns=("population", "gdp_per_head_ppp")),
    DEFAULT.but(unit="industries", sort="name", descending=False),
)


def ask(obs: Observatory, selection: Selection, kind: str, lang: str = "en", most: int = 20_000) -> bytes:
    request = Request(selection, lang, "http://x/api/v1/exports/y", "http://x/en/rank", DAY)
    return export(obs, request, kind, most).content


def shown(obs: Observatory, selection: Selection, lang: str = "en") -> pd.DataFrame:
    return without_closed(obs, table(obs, selection, lang).frame())[0]


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected) > 0
    for name in expected.columns:
        left, right = found[name].tolist(), expected[name].tolist()
        for a, b in zip(left, right, strict=True):
            if pd.isna(b) or b == "":
                assert pd.isna(a) or a == ""
            elif isinstance(b, float):
                assert float(a) == pytest.approx(b, rel=1e-12)
            else:
                assert a == b, name


@pytest.mark.parametrize("selection", CASES)
def test_csv_holds_the_table(obs: Observatory, selection: Selection) -> None:
    content = ask(obs, selection, "csv", "de")
    assert content.startswith(b"\xef\xbb\xbf# ")
    same(pd.read_csv(io.BytesIO(content), comment="#"), shown(obs, selection, "de"))


@pytest.mark.parametrize("selection", CASES)
def test_xlsx_holds_the_table(obs: Observatory, selection: Selection) -> None:
    content = ask(obs, selection, "xlsx")
    same(pd.read_excel(io.BytesIO(content), sheet_name=0), shown(obs, selection))
    about = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    texts = " ".join(str(cell.value) for row in about.rows for cell in row)
    assert obs.version in texts
    assert "2026-11-24" in texts


@pytest.mark.parametrize("selection", CASES)
def test_parquet_holds_the_table(obs: Observatory, selection: Selection) -> None:
    found = pq.read_table(io.BytesIO(ask(obs, selection, "parquet")))
    same(found.to_pandas(), shown(obs, selection))
    about = json.loads(found.schema.metadata[b"gco"])
    assert about["query"] == selection.to_query()
    assert about["data_version"] == obs.version


@pytest.mark.parametrize("selection", CASES)
@pytest.mark.parametrize("kind", ["json", "geojson"])
def test_json_holds_the_table(obs: Observatory, selection: Selection, kind: str) -> None:
    content = json.loads(ask(obs, selection, kind))
    rows = content["rows"] if kind == "json" else [f["properties"] for f in content["features"]]
    same(pd.DataFrame(rows, columns=list(rows[0])), shown(obs, selection))
    assert content["provenance"]["date"] == "2026-11-24"
    assert {s["id"] for s in content["provenance"]["sources"]} <= set(obs.catalogue.sources)


def test_points_lie_where_the_units_lie(obs: Observatory) -> None:
    features = json.loads(ask(obs, CASES[1], "geojson"))["features"]
    for feature in features:
        row = obs.clusters.frame.iloc[obs.clusters.position[feature["id"]]]
        assert feature["geometry"]["coordinates"] == pytest.approx([row["lon"], row["lat"]], abs=1e-5)
    industries = json.loads(ask(obs, CASES[3], "geojson"))["features"]
    assert all(feature["geometry"] is None for feature in industries)


def test_every_figure_has_a_year_a_status_and_a_source(obs: Observatory) -> None:
    frame = shown(obs, CASES[0])
    for name in ("employment", "lq_home", "national_share"):
        known = frame[frame[name].notna()]
        assert len(known)
        assert known[f"{name}_year"].notna().all()
        assert set(known[f"{name}_status"]) <= {"observed", "estimated", "provisional"}
        assert (known[f"{name}_source"] != "").all()
        assert set(frame.loc[frame[name].isna(), f"{name}_status"]) <= {
            "missing",
            "confidential",
            "not_exported",
        }


def test_sources_and_licences_in_and_out_are_named(obs: Observatory) -> None:
    text = ask(obs, CASES[0], "csv").decode("utf-8-sig")
    source = obs.catalogue.sources["eurostat-sbs"]
    assert source.licence_in.name.en in text
    assert source.licence_out.name.en in text
    assert source.credit in text


def test_figures_that_may_not_be_handed_on_stay_behind(obs: Observatory) -> None:
    selection = DEFAULT.but(unit="regions", country=("USA",), columns=("air_passengers", "population"))
    before = table(obs, selection, "en").frame()
    assert before["air_passengers"].notna().sum() > 10
    after, left = without_closed(obs, before)
    assert after["air_passengers"].isna().all()
    assert left == {"brookings-metros": int(before["air_passengers"].notna().sum())}
    assert "not_exported" in set(after["air_passengers_status"])
    assert after["population"].equals(before["population"])
    content = json.loads(ask(obs, selection, "json"))
    assert {row["air_passengers"] for row in content["rows"]} == {None}
    assert len(content["provenance"]["left_out"]) == 1
    assert is_closed(obs, "brookings-metros")
    assert not is_closed(obs, "us-cbp-2019")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_formulas_are_neutralised(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Île-de-France", "a=1", "München – Auto", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == text


@pytest.mark.parametrize("text", ['=cmd|"/c calc"!A1', "x,=1+1", 'x";=1+1', "x\t@SUM(1)", "a# b"])
def test_words_of_a_filter_start_no_formula(obs: Observatory, text: str) -> None:
    selection = DEFAULT.but(text=text)
    content = ask(obs, selection, "csv").decode("utf-8-sig")
    for line in content.splitlines():
        if line.startswith("# "):
            for separator in (",", ";", "\t"):
                assert all(part.strip(" \"'")[:1] not in set("=+@") or part.strip()[0] == "'"
                           for part in line.split(separator) if part.strip(" \"'"))  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(ask(obs, selection, "xlsx")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.rows for cell in row)


def test_a_name_that_looks_like_a_formula_stays_a_text(obs: Observatory) -> None:
    from data.export_formats import to_csv, to_xlsx
    from data.export_provenance import describe_file

    told = describe_file(obs, table(obs, CASES[1], "en"), Request(CASES[1], "en", "", "", DAY), {})
    frame = pd.DataFrame({"id": ["=HYPERLINK(1)"], "name": ["#1 a"], "x": [-1.5]})
    found = pd.read_csv(io.BytesIO(to_csv(frame, told, "en")), comment="#")
    assert found.to_numpy().tolist() == [["'=HYPERLINK(1)", "#1 a", -1.5]]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(frame, told, "en", "clusters", DAY))).worksheets[0]
    assert sheet["A2"].value == "'=HYPERLINK(1)"
    assert sheet["A2"].data_type == "s"
    assert sheet["C2"].value == -1.5


def test_too_many_rows_for_xlsx_are_refused_in_words(obs: Observatory) -> None:
    with pytest.raises(TooManyRowsError, match="CSV or Parquet"):
        ask(obs, DEFAULT, "xlsx", most=10)
    assert ask(obs, DEFAULT.but(country=("DEU",)), "csv", most=10)


def test_filters_are_told_in_words(obs: Observatory) -> None:
    selection = DEFAULT.but(country=("DEU",), ranges=(("lq_home", 2.0, None),), rule=False, text="auto")
    words = filters_in_words(obs, selection, "de")
    assert "Deutschland" in words
    assert "Lokalisationsquotient ab 2" in words
    assert "auto" in words
    assert "Auch Regionen innerhalb anderer Regionen" in words


def test_the_words_of_exports_are_those_of_the_controls() -> None:
    from components.words import t
    from data.ranking_words import word

    for lang in ("de", "en"):
        for name in ("industry", "science-technology"):
            assert word(lang, "values", name) == t(lang, f"controls.kind.{name}")
        for name in ("africa", "asia", "europe", "north-america", "south-america", "oceania"):
            assert word(lang, "values", name) == t(lang, f"controls.continent.{name}")
        assert word(lang, "values", "rule_off") == t(lang, "controls.rule.off")


def test_two_exports_of_a_day_are_the_same_bytes(obs: Observatory) -> None:
    for kind in ("csv", "xlsx", "parquet", "geojson", "json"):
        assert ask(obs, CASES[1], kind) == ask(obs, CASES[1], kind)
