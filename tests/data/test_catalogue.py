"""The catalogue: complete in both languages, consistent in itself, and loud about mistakes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from data.licences import DOCUMENT, render_licences
from data.metadata import FOLDER as CATALOGUE
from data.metadata import Catalogue, Text, load_catalogue

# Proper names and years; anything else equal in both languages was not translated.
SAME = {
    "Business Register and Employment Survey",
    "CC BY 4.0",
    "CC0 1.0",
    "Common Locale Data Repository",
    "Global Unicorn Club",
    "Labour Force, Detailed",
    "MIT",
    "National Innovation Map",
    "Nature Index (50 km)",
    "Open Government Licence v3.0",
    "QS World University Rankings 2022",
    "Quarterly Census of Employment and Wages",
    "Redefining Global Cities",
    "Research Organization Registry",
    "Unicode License v3",
}
IN_EACH_ROW = {"initiative-pages", "editors"}  # many pages: every row names its own
FIGURE = re.compile(r"[\d–]*|%|km")
ENGLISH = re.compile(r"\b(the|and|of|with|are|is|not|from|only|share|figure|figures)\b", re.IGNORECASE)
GERMAN = re.compile(r"\b(der|die|das|und|ist|nicht|mit|von|für|nur)\b")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def walk_texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every bilingual text below a value, with the way to it."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk_texts(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from walk_texts(item, f"{path}.{number}")
    elif is_dataclass(value):
        for part in fields(value):
            yield from walk_texts(getattr(value, part.name), f"{path}.{part.name}")


def test_every_text_is_there_in_both_languages(catalogue: Catalogue) -> None:
    empty = [
        path
        for path, text in walk_texts(catalogue)
        if not (text.en and text.de) and not path.endswith("unit_short") and ".licences." not in path
    ]
    assert not empty


def test_no_text_was_left_untranslated(catalogue: Catalogue) -> None:
    same = {text.de for _, text in walk_texts(catalogue) if text.en == text.de}
    assert {text for text in same if not FIGURE.fullmatch(text)} <= SAME


def test_languages_do_not_mix(catalogue: Catalogue) -> None:
    foreign = []
    for path, text in walk_texts(catalogue):
        german = text.de
        for name in SAME | {"© President and Fellows of Harvard College", "„Share“"}:
            german = german.replace(name, "")
        if ENGLISH.search(german) or GERMAN.search(text.en):
            foreign.append((path, text))
    assert not foreign


def test_every_indicator_file_is_listed_once(catalogue: Catalogue) -> None:
    files = {path.stem for path in (CATALOGUE / "indicators").glob("*")}
    assert files == set(catalogue.indicators)
    assert all(key == indicator.id for key, indicator in catalogue.indicators.items())


def test_enough_indicators_over_all_five_themes(catalogue: Catalogue) -> None:
    per_theme = Counter(
        i.theme for i in catalogue.indicators.values() if catalogue.themes[i.theme].in_profile
    )
    assert len(per_theme) == 5
    assert sum(per_theme.values()) >= 30


def test_indicators_stand_in_the_order_of_themes(catalogue: Catalogue) -> None:
    ranks = [(catalogue.themes[i.theme].order, i.order) for i in catalogue.indicators.values()]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks), "two indicators of a theme share an order"


def test_profile_members_can_be_ranked_and_have_a_direction(catalogue: Catalogue) -> None:
    members = [i for i in catalogue.indicators.values() if i.in_profile]
    assert members
    for indicator in members:
        assert indicator.rankable, indicator.id
        assert indicator.direction, indicator.id
        assert indicator.weight > 0, indicator.id
        assert catalogue.themes[indicator.theme].in_profile, indicator.id


def test_every_theme_of_the_profile_has_members(catalogue: Catalogue) -> None:
    filled = {i.theme for i in catalogue.indicators.values() if i.in_profile}
    assert filled == {theme.id for theme in catalogue.themes.values() if theme.in_profile}


def test_short_labels_are_short_and_tell_indicators_apart(catalogue: Catalogue) -> None:
    for lang in ("en", "de"):
        short = [i.short_label.get(lang) for i in catalogue.indicators.values()]
        assert max(map(len, short)) <= 22
        assert [name for name, times in Counter(short).items() if times > 1] == []


def test_every_source_is_cited_by_something_or_carries_geometry_or_names(catalogue: Catalogue) -> None:
    cited = {name for i in catalogue.indicators.values() for name in i.sources}
    assert cited <= set(catalogue.sources)


def test_labels_of_sources_are_complete(catalogue: Catalogue) -> None:
    for source in catalogue.sources.values():
        assert source.url.startswith("https://") or source.id in IN_EACH_ROW | {"gco"}
        assert source.licence_in.id in catalogue.licences
        assert re.search(r"\d{4}", source.years), source.id


def test_industries_are_the_whole_of_both_schemes(catalogue: Catalogue) -> None:
    levels = Counter(i.level for i in catalogue.industries.values())
    assert (levels["section"], levels["division"], levels["benchmark"]) == (21, 88, 67)
    benchmark = Counter(i.traded for i in catalogue.industries.values() if i.scheme == "usc")
    assert benchmark == {"traded": 51, "local": 16}
    assert {i.traded for i in catalogue.industries.values()} == {"traded", "mixed", "local"}


def test_every_division_lies_in_its_section(catalogue: Catalogue) -> None:
    for industry in catalogue.industries.values():
        if industry.level == "division":
            assert catalogue.industries[industry.parent_id].level == "section"


def test_ranges_and_groups_have_members(catalogue: Catalogue) -> None:
    for industry in catalogue.industries.values():
        assert bool(industry.members) == (industry.level in {"range", "group"}), industry.industry_id


def test_the_common_coarsening_covers_every_section_once(catalogue: Catalogue) -> None:
    common = ["A", "B-E", "F", "G-I", "J", "K", "L", "M-N", "O-Q", "R-U"]
    covered: list[str] = []
    for name in common:
        industry = catalogue.industries[f"isic-{name}"]
        covered += industry.members or [industry.industry_id]
    sections = [i.industry_id for i in catalogue.industries.values() if i.level == "section"]
    assert sorted(covered) == sorted(sections)


def test_industries_have_distinct_names_and_short_labels(catalogue: Catalogue) -> None:
    for lang in ("en", "de"):
        per_level = Counter((i.level, i.name.get(lang)) for i in catalogue.industries.values())
        assert [name for name, times in per_level.items() if times > 1] == []
        assert max(len(i.short.get(lang)) for i in catalogue.industries.values()) <= 32


def test_weights_of_fields_add_up_to_one_at_most(catalogue: Catalogue) -> None:
    assert len(catalogue.fields) == 14
    for industry, weights in catalogue.industry_fields.items():
        assert all(0 < weight <= 1 for weight in weights.values()), industry
        assert sum(weights.values()) <= 1 + 1e-9, industry
    assert {field for weights in catalogue.industry_fields.values() for field in weights} == set(
        catalogue.fields
    )


def test_every_traded_division_outside_finance_belongs_to_a_field(catalogue: Catalogue) -> None:
    finance = {"isic-64", "isic-65", "isic-66", "isic-70"}
    without = {
        i.industry_id
        for i in catalogue.industries.values()
        if i.level == "division" and i.traded == "traded" and i.industry_id not in catalogue.industry_fields
    }
    assert without <= finance


def test_the_rule_has_the_published_thresholds(catalogue: Catalogue) -> None:
    rule = catalogue.rule
    for granularity, measure, size, lq, focus, share in (
        ("division", "employment", 1000, 1.5, 1, None),
        ("benchmark", "employment", 1000, 1.5, 1, None),
        ("section", "employment", 1000, 1.25, 2, None),
        ("section", "gross_value_added", None, 1.25, None, 2),
    ):
        found = rule.find_thresholds(granularity, measure)
        assert found is not None
        assert (found.min_size, found.min_lq) == (size, lq)
        assert (found.min_focus, found.min_national_share) == (focus, share)
        assert found.max_estimated_share == 0.6
    assert rule.find_thresholds("none") is None


def test_every_level_of_the_rule_has_thresholds(catalogue: Catalogue) -> None:
    for level in catalogue.rule.levels:
        assert catalogue.rule.find_thresholds(level.granularity, level.measure) is not None


@pytest.mark.parametrize(
    ("iso3", "level", "granularity", "counted"),
    [
        ("USA", "metro", "division", True), ("USA", "micro", "division", True),
        ("USA", "metro", "benchmark", False), ("DEU", "nuts2", "division", True),
        ("DEU", "nuts2", "group", False), ("GBR", "nuts2", "division", True),
        ("TUR", "nuts2", "section", True), ("CAN", "cma", "section", True),
        ("JPN", "municipality", "section", True), ("JPN", "prefecture", "section", False),
        ("AUS", "state", "division", True), ("AUS", "lga", "section", False),
        ("NZL", "region", "division", True), ("IND", "state", "section", True),
    ],
)  # fmt: skip
def test_one_level_a_country_is_counted(
    catalogue: Catalogue, iso3: str, level: str, granularity: str, counted: bool
) -> None:
    found = catalogue.rule.find_level(iso3, level, granularity)
    assert found is not None
    assert found.counted is counted


def test_states_are_no_cluster_regions_where_finer_ones_exist(catalogue: Catalogue) -> None:
    assert catalogue.rule.find_level("USA", "state", "division") is None
    assert catalogue.rule.find_level("DEU", "country", "group") is None


def test_german_region_names_differ_from_the_english_ones(catalogue: Catalogue) -> None:
    assert catalogue.region_names_de["us-state-CA"] == "Kalifornien"
    assert all(catalogue.region_names_de.values())


def test_text_is_given_in_the_language_asked_for() -> None:
    text = Text("cluster", "Cluster-Initiative")
    assert (text.get("en"), text.get("de")) == ("cluster", "Cluster-Initiative")
    with pytest.raises(KeyError):
        text.get("fr")


def test_licences_file_is_in_step_with_the_sources(catalogue: Catalogue) -> None:
    assert DOCUMENT.read_text("utf-8") == render_licences(catalogue), "run python -m data.licences"
