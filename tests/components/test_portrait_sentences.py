"""Sentences of the portraits: grammatical and true for ties, one, none, missing, first and last."""

from dataclasses import replace

import pytest

from components.portraits import cluster_sentences as say
from components.portraits import country_sentences, region_sentences
from components.portraits.parts import Placed, join_names, join_years, rounded
from components.view import View, make_view
from components.words import catalogue
from data.observatory import Observatory
from data.portfolio import portfolio
from data.profiles import ThemeScore


@pytest.fixture
def english(obs: Observatory) -> View:
    view = make_view(obs, "/en/explore", "")
    assert view is not None
    return view


@pytest.fixture
def german(english: View) -> View:
    return replace(english, lang="de")


def test_both_languages_have_the_same_texts() -> None:
    texts = {lang: {k for k in catalogue(lang) if k.startswith("portrait.")} for lang in ("de", "en")}
    assert texts["de"] == texts["en"]


def test_no_text_asks_for_a_gap_the_other_language_does_not_have() -> None:
    import string

    for key, text in catalogue("en").items():
        if key.startswith("portrait."):
            names = [
                {n for _, n, _, _ in string.Formatter().parse(t) if n} for t in (text, catalogue("de")[key])
            ]
            # a language may do without a gap, but never ask for one that is not filled
            assert names[1] <= names[0], key


@pytest.mark.parametrize(
    ("rank", "n", "form"),
    [(1, 5, "first"), (5, 5, "last"), (2, 5, "middle"), (1, 2, "first"), (2, 2, "last")],
)
def test_first_last_and_middle(rank: int, n: int, form: str) -> None:
    assert say.rank_form(rank, n) == form


def test_the_largest_cluster_says_so_in_local_numbers(english: View, german: View) -> None:
    row = english.obs.clusters.position["eu-nuts2-de11-isic-29"]
    first, second = say.summary(english, row)
    assert "158,012 people" in first
    assert "5.6 times" in first
    assert "Europe as a whole" in first
    assert "the largest of the" in second
    first, second = say.summary(german, row)
    assert first.startswith("In der Region Stuttgart (Deutschland) arbeiteten 2014")
    assert "158.012 Menschen" in first
    assert "das 5,6-Fache" in first


def test_a_cluster_of_value_added_says_so(english: View) -> None:
    frame = english.obs.clusters.frame
    rows = frame.index[(frame["iso3"] == "IND") & frame["counted"] & (frame["kind"] == "industry")]
    text = " ".join(say.summary(english, int(rows[0])))
    assert "gross value added" in text
    assert "people worked" not in text


def test_rank_changes_of_zero_one_and_many(english: View, german: View) -> None:
    changes = english.obs.clusters.matrix.column("st_rank_change")
    for wanted, texts in {
        0: ("holds its rank", "hält seinen Rang"),
        1: ("one rank better", "einen Rang besser"),
        -1: ("one rank lower", "einen Rang schlechter"),
        2: ("2 ranks better", "2 Ränge besser"),
    }.items():
        rows = (changes == wanted).nonzero()[0]
        assert len(rows), wanted
        assert texts[0] in " ".join(say.summary(english, int(rows[0])))
        assert texts[1] in " ".join(say.summary(german, int(rows[0])))


def test_a_rank_among_one_is_not_told(english: View) -> None:
    frame = english.obs.clusters.frame
    alone = frame[frame["counted"]].groupby(["kind", "granularity", "iso3"]).size()
    kind, granularity, iso3 = next(key for key, n in alone.items() if n == 1)
    row = frame.index[
        (frame["kind"] == kind) & (frame["granularity"] == granularity) & (frame["iso3"] == iso3)
    ][0]
    assert say.ranking(english, int(row), "lq_home" if kind == "industry" else "st_rank", "country") is None


def placed(view: View, name: str, percentile: float | None) -> Placed:
    indicator = view.obs.catalogue.indicators[name]
    return Placed(indicator, view.obs.clusters.matrix.figure(0, name), percentile, 1, 2)


@pytest.mark.parametrize(
    ("score", "words"),
    [(75, "strongest quarter"), (74.9, "Above the middle"), (55, "Above the middle"), (54.9, "In the middle"),
     (45, "In the middle"), (44.9, "Below the middle"), (25, "Below the middle"), (24.9, "weakest quarter")],
)  # fmt: skip
def test_bands_of_a_theme(english: View, score: float, words: str) -> None:
    found = [placed(english, "lq_home", score), placed(english, "focus", score)]
    said = say.theme(english, ThemeScore(score, 2, 2, 1, 2), found)
    assert words in said
    # a tie: neither is the strongest
    assert "Strongest" not in said


def test_a_theme_without_figures_or_with_too_few(english: View, german: View) -> None:
    assert say.theme(english, ThemeScore(None, 0, 4, None, 0), []) == "There is no figure for this theme."
    thin = say.theme(german, ThemeScore(None, 1, 4, None, 0), [placed(german, "lq_home", 50.0)])
    assert thin == "Für einen Punktwert sind zu wenige Kennzahlen bekannt (1 von 4)."


def test_the_best_and_the_weakest_figure_are_named(english: View) -> None:
    found = [placed(english, "lq_home", 90.0), placed(english, "focus", 20.0)]
    said = say.theme(english, ThemeScore(55.0, 2, 2, 1, 2), found)
    assert said.endswith("Strongest figure: Location quotient; weakest: Focus.")


def test_lists_of_names(english: View, german: View) -> None:
    assert join_names(english, []) == ""
    assert join_names(english, ["Food"]) == "Food"
    assert join_names(english, ["Food", "Paper"]) == "Food and Paper"
    assert join_names(german, ["Nahrung", "Papier", "Glas"]) == "Nahrung, Papier und Glas"
    assert join_names(german, ["Kunst und Erholung", "Glas"]) == "Kunst und Erholung; Glas"


def test_industries_beyond_four_are_counted(english: View, german: View) -> None:
    ids = ["isic-10", "isic-11", "isic-17", "isic-29", "isic-28"]
    assert region_sentences.industry_names(english, ids).endswith("and one more")
    assert region_sentences.industry_names(german, [*ids, "isic-27"]).endswith("und 2 weitere")


def test_spans_of_years() -> None:
    assert join_years([]) == []
    assert join_years([2015, 2016, 2017, 2020]) == ["2015–2017", "2020"]


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert rounded("en", -0.04, 1) == "0.0"
    assert rounded("de", -0.06, 1) == "−0,1"
    assert rounded("de", None, 1) == "–"
    assert rounded("de", float("nan"), 1) == "–"


def test_a_region_without_industries_says_so(english: View) -> None:
    row = english.obs.regions.position["ch-canton-aargau"]
    paragraphs = region_sentences.summary(english, row, portfolio(english.obs, "ch-canton-aargau"), [])
    assert "No source at hand measures the industries" in " ".join(paragraphs)


def test_a_level_without_the_rule_does_not_fail_it(english: View, german: View) -> None:
    own = portfolio(english.obs, "us-state-CA")
    assert "not applied at this level" in region_sentences.economy(english, own, [])
    assert "nicht angewandt" in region_sentences.economy(german, own, [])


def test_one_cluster_and_none_in_a_region(english: View, german: View) -> None:
    own = portfolio(english.obs, "eu-nuts2-DE11")
    assert "One of 54 industries with a figure forms a cluster: Motor vehicles." in region_sentences.economy(
        english, own, ["isic-29"]
    )
    assert "bildet eine ein Cluster: Kraftwagen." in region_sentences.economy(german, own, ["isic-29"])
    assert "No industry of the 54 with a figure meets" in region_sentences.economy(english, own, [])


@pytest.mark.parametrize(
    ("iso3", "english_words", "german_words"),
    [
        ("BRA", "one science and technology cluster.", "ein Wissenschafts- und Technologiecluster."),
        ("JPN", "industry clusters and 5 science", "Branchencluster und 5 Wissenschafts"),
        ("ZMB", "We hold no clusters and no regions here", "Cluster und Regionen liegen hier nicht vor"),
    ],
)
def test_countries_with_both_one_and_none(
    english: View, german: View, iso3: str, english_words: str, german_words: str
) -> None:
    assert english_words in " ".join(country_sentences.summary(english, iso3))
    assert german_words in " ".join(country_sentences.summary(german, iso3))
