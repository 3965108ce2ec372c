"""The support programmes: all of them, in both languages, with honest amounts and marks."""

import re
from pathlib import Path

import pandas as pd
import pytest

from data.contracts_directory import EUROPEAN_UNION
from data.errors import InputError
from data.pipeline.programme_labels import find_programmes
from data.pipeline.sources import programmes
from tests.data.directory_inputs import read_tables


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return read_tables()["programmes"]


def test_all_98_are_there(inputs: Path, table: pd.DataFrame) -> None:
    assert len(programmes.load(inputs)) == len(table) == 98
    assert programmes.load_texts()["list"].value_counts().to_dict() == {
        "world": 40,
        "eu": 25,
        "ai": 21,
        "us": 12,
    }
    assert table["programme_id"].is_unique


def test_memory_is_marked(table: pd.DataFrame) -> None:
    remembered = table[~table["verified"]]
    assert set(remembered["programme_id"]) == {
        "us-build-to-scale", "us-mep", "us-sbir-sttr", "us-jobs-innovation-accelerator",
        "us-microelectronics-commons", "us-clean-hydrogen-hubs",
    }  # fmt: skip
    assert not remembered["counted"].any()


def test_both_languages_say_the_same_amount() -> None:
    texts = programmes.load_texts()
    rows = texts[texts["budget_value"] != ""].to_dict("records")
    assert len(rows) >= 45
    for row in rows:
        english, german, currency = row["budget_en"], row["budget_de"], row["budget_currency"]
        assert re.sub(r"\D", "", english) == re.sub(r"\D", "", german), row["programme_id"]
        assert currency in english
        assert currency in german or "€" in german
        amount = row["budget_value"].rstrip("0")  # its first figures, whatever the word for its size
        assert amount[:3] in re.sub(r"[.,]", "", english), row["programme_id"]


@pytest.mark.parametrize(
    ("programme", "value", "currency"),
    [
        ("de-spitzencluster", 600e6, "EUR"), ("in-pm-mitra-parks", 44.45e9, "INR"),
        ("kr-free-economic-zones", 87.5e12, "KRW"), ("us-tech-hubs", 541e6, "USD"),
        ("jp-industrial-cluster-plan", 56.7e9, "JPY"), ("at-cluster-platform", None, None),
    ],
)  # fmt: skip
def test_amounts(table: pd.DataFrame, programme: str, value: float | None, currency: str | None) -> None:
    row = table.set_index("programme_id").loc[programme]
    assert (row["budget_value"] == value) if value else pd.isna(row["budget_value"])
    assert (row["budget_currency"] == currency) if currency else pd.isna(row["budget_currency"])


def test_words_of_codes(table: pd.DataFrame) -> None:
    row = table.set_index("programme_id").loc["de-go-cluster"]
    assert row["target_group_de"] == "Cluster-Organisationen"
    assert row["instruments_en"] == "quality labels, advice and coaching, networking and cluster management"


def test_the_union_has_its_own_code(table: pd.DataFrame) -> None:
    assert set(table.loc[table["iso3"] == EUROPEAN_UNION, "programme_id"]) == {
        "eu-cluster-collaboration-platform", "eu-cluster-observatory", "eu-cluster-partnerships",
        "eu-eit-kics",
        "eu-european-digital-innovation-hubs", "eu-excellence-labels",
    }  # fmt: skip


def test_an_own_programme_comes_before_one_of_the_union() -> None:
    rows = pd.DataFrame(
        {"country": ["FR", "RO", "FR", "PL"],
         "label": ["Pôle de compétitivité phase V; Gold label 2014", "Silver label (Jan 2016)", "",
                   "Freeport"]}
    )  # fmt: skip
    found = find_programmes(rows, programmes.load_texts()).tolist()
    assert found == ["fr-poles-de-competitivite", "eu-excellence-labels", None, None]


def test_a_programme_without_a_text_is_named(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = programmes.load_texts()
    monkeypatch.setattr(programmes, "load_texts", lambda: texts[texts["programme_id"] != "se-vinnvaxt"])
    with pytest.raises(InputError, match="Vinnväxt"):
        programmes.load(inputs)
