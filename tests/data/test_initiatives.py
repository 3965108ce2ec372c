"""The directory of initiatives: counts of the lists, ids, states, marks, fields and what was merged."""

from pathlib import Path

import pandas as pd
import pytest

from data.catalogue_files import CatalogueError
from data.initiative_counts import KNOWN, count_initiatives, has_value, reasons
from data.metadata import FOLDER, load_catalogue
from data.pipeline.fields_of_initiatives import (
    FieldRule,
    FieldRules,
    check_field_rules,
    classify,
    load_field_rules,
)
from data.pipeline.sources import (
    initiatives,
    initiatives_asia_canada,
    initiatives_europe,
    initiatives_usa,
    initiatives_world,
)
from data.pipeline.sources.initiatives_duplicates import find_pairs, merge_pairs
from data.pipeline.sources.initiatives_form import (
    FORM,
    count_members,
    find_address,
    full_address,
    in_form,
    load_rules,
    rate_source,
    state_of,
)
from tests.data.directory_inputs import read_tables

MERGED = {
    "ca-vallee-de-laluminium-aluminium-transformation-niche":
        "ca-creneau-accord-aluminium-transformation-aluminium-valley",
    "jp-kumamoto-semiconductors-and-electronics": "jp-kumamoto-semiconductor-cluster-jasm-tsmc-kikuyo",
    "es-dihbai-tur-digital-innovation-hub-of-the-balearic-islands-in":
        "es-dih-baitur-digital-innovation-hub-of-the-balearic-islands-for",
    "de-edihdo-digital-hub-logistics-dortmund-as-european-digital": "de-digital-hub-logistics",
    "es-air4s-artificial-intelligence-robotics-for-sustainable":
        "es-air4s-digital-innovation-hub-in-artificial-intelligence-and",
    "es-digital-health-biosciences-dih-bio": "es-dih-bio-dih-bio-digital-health-biosciences",
    "es-digital-silver-economy-dihdse": "es-dihse-digital-innovation-hub-silver-economy",
    "fr-up-tex-now-euramaterials": "fr-euramaterials",
    "hu-innomine-digital-innovation-hub-nonprofit-kft": "hu-innomine-digital-innovation-hub",
    "it-ip4fvg-edih-industry-platform-for-friuli-venezia-giulia-edih": "it-ip4fvg",
    "mk-innofeit-edih": "mk-innofeit-center-for-technology-transfer-and-innovations",
}  # fmt: skip
"""What stood twice, read by hand: the later row and the one it went into."""


@pytest.fixture(scope="module")
def loaded(inputs: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return initiatives.load(inputs)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return read_tables()["initiatives"]


def test_every_row_of_the_lists_is_read(inputs: Path) -> None:
    sizes = {
        201: initiatives_europe.load(inputs), 94: initiatives_usa.load(inputs),
        202: initiatives_asia_canada.load(inputs), 35: initiatives_asia_canada.load_agglomerations(inputs),
        977: initiatives_world.load(inputs),
    }  # fmt: skip
    for size, rows in sizes.items():
        assert len(rows) == size
        assert list(rows.columns) == list(FORM)
    assert len(initiatives_world.load_corrections(inputs)) == 10


def test_merging_loses_nothing_but_what_stood_twice(
    loaded: tuple[pd.DataFrame, pd.DataFrame], table: pd.DataFrame
) -> None:
    rows, pairs = loaded
    assert len(rows) + len(pairs) == 201 + 94 + 202 + 35 + 977
    assert dict(zip(pairs["merged"], pairs["kept"], strict=True)) == MERGED
    assert set(table["initiative_id"]) >= set(rows["initiative_id"])
    assert not set(pairs["merged"]) & set(rows["initiative_id"])
    assert rows["initiative_id"].is_unique
    assert len(find_pairs(rows)) == 0


def test_hand_settled_pairs_name_initiatives_there_are(loaded: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    rows, pairs = loaded
    known = {*rows["initiative_id"], *pairs["merged"]}
    named = {i for kind in ("same", "distinct") for pair in load_rules()[kind] for i in pair}
    assert named <= known
    assert set(load_field_rules().corrections) <= known


def test_corrections_reach_their_rows(table: pd.DataFrame) -> None:
    rows = table.set_index("initiative_id")
    assert rows.loc["fr-minalogic", "website"] == "https://www.minalogic.com/fr"
    assert rows.loc["fr-minalogic", "place"] == "Grenoble"
    assert rows.loc["be-flux50", "founded"] == 2010
    assert rows.loc["es-biocat", ["lon", "lat"]].tolist() == [2.15899, 41.38879]


def test_memory_and_community_pages_are_marked_and_not_counted(table: pd.DataFrame) -> None:
    remembered = table[(table["iso3"] == "USA") & ~table["verified"]]
    assert len(remembered) == 7
    agglomerations = table[(table["kind"] == "agglomeration") & ~table["verified"]]
    assert len(agglomerations) == 34
    assert not table.loc[~table["verified"] | (table["confidence"] == "C"), "counted"].any()
    assert table.loc[table["counted"], "source_url"].str.startswith("http").all()


def test_proposals_are_never_presented_as_realised(table: pd.DataFrame) -> None:
    proposed = table[table["status"] == "proposed"]
    assert len(proposed) == 37
    assert not proposed["counted"].any()
    assert set(proposed["label"]) == {"MSE-CDP cluster (proposal considered)"}
    assert (table.loc[table["label"].fillna("").str.startswith("METI"), "status"] == "ended").all()
    parks = table[table["label"].fillna("").str.startswith(("mega textile", "bulk drug"))]
    assert set(parks["status"]) == {"announced"}


def test_kinds_tell_a_zone_from_a_cluster_management(table: pd.DataFrame) -> None:
    kinds = table.set_index("initiative_id")["kind"]
    assert kinds["gb-humber-freeport"] == "special-zone"
    assert kinds["cn-beijing-national-high-tech-industrial-development-zone"] == "special-zone"
    assert kinds["de-silicon-saxony-e-v"] == "cluster-organisation"
    assert kinds["it-prato-industrial-district"] == "industrial-district"
    assert kinds["in-stpi-centre-pune"] == "science-park"
    assert kinds["us-headwaters-hub"] == "innovation-hub"


def test_local_script_stands_apart(table: pd.DataFrame) -> None:
    rows = table.set_index("initiative_id")
    name = rows.loc[rows["name"].str.startswith("Hokkaido Super Cluster"), ["name", "name_local"]].iloc[0]
    assert name.tolist() == [
        "Hokkaido Super Cluster Promotion Strategy",
        "北海道スーパー・クラスター振興戦略",
    ]
    assert not table["name"].str.contains(r"[\u3040-\u9fff]").any()


def test_regions_by_hand(table: pd.DataFrame) -> None:
    region = table.set_index("initiative_id")["region_id"]
    assert region["fr-minalogic"] == "eu-nuts2-FRK2"
    assert region["de-silicon-saxony-e-v"] == "eu-nuts2-DED2"
    assert region["us-headwaters-hub"] == "us-msa-33540"
    assert region["jp-hamamatsu-optronics-cluster"] == "jp-pref-22"
    assert region["ca-aero-montreal"] == "ca-cma-462"
    assert region["in-stpi-centre-pune"] == "in-state-MH"
    assert pd.isna(region["sg-one-north"])


@pytest.mark.parametrize(
    ("subject", "fields", "industries"),
    [
        ("Automotive", {"mobility"}, {"isic-29"}),
        ("Organic electronics", {"electronics"}, {"isic-26"}),
        ("Bioeconomy (non-food biomass)", {"energy-intensive", "renewable-energy"}, {"isic-20"}),
        ("Medical technology", {"health"}, {"isic-32"}),
        ("Agricultural machinery", {"agri-food"}, {"isic-01", "isic-28"}),
        ("Footwear and fashion", {"textiles"}, {"isic-14", "isic-15"}),
        ("Rubber and plastic footwear", {"textiles"}, {"isic-15"}),
        ("Thermal and health tourism", {"health", "tourism"}, {"isic-55"}),
        ("Power Loom", {"textiles"}, {"isic-13"}),
        ("Digital twins for semiconductor manufacturing", {"electronics"}, {"isic-26"}),
        ("Oil, gas and petrochemicals", {"energy-intensive"}, {"isic-06", "isic-19"}),
        ("High technology", set(), set()),
    ],
)
def test_fields_of_subjects_read_by_hand(subject: str, fields: set[str], industries: set[str]) -> None:
    assert tuple(map(set, classify(subject))) == (fields, industries)


def test_a_rule_for_an_unknown_field_is_told() -> None:
    good = load_field_rules()
    wrong = FieldRule(good.rules[0].found, None, ("space-travel",), ())
    with pytest.raises(CatalogueError, match="unknown field space-travel"):
        check_field_rules(FieldRules((wrong,), {}, {}), load_catalogue())


def test_many_industries_are_not_clear(table: pd.DataFrame) -> None:
    assert table["industry_ids"].str.count(r"\|").max() == 2
    hubs = table[table["programme_id"] == "eu-european-digital-innovation-hubs"]
    assert hubs["field_ids"].str.contains("digital").all()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("CFC proposal on agenda, June 2012", "proposed"),
        ("programme ended", "ended"),
        ("under development", "announced"),
        ("planned in April 2018; present state not seen", "announced"),
        ("one of the first eight, approved December 2012", "designated"),
        ("Pôle de compétitivité phase V (2023-2026)", "active"),
        ("co-funded EDIH (network member)", "active"),
        ("historic award; present status not checked", "designated"),
        ("Vinnväxt winner 2003", "designated"),
        ("", "unknown"),
    ],
)
def test_states(text: str, state: str) -> None:
    assert state_of(text) == state


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("180", 180), ("more than 250 companies", 250), ("225 companies (215 local, 10 international)", 225),
        ("about 110 companies, 1 university", None), ("nearly 100 investment projects", None),
        ("over 130 facilities", None), ("1,600 companies, about 17,000 workers", None), ("", None),
    ],
)  # fmt: skip
def test_members_only_where_the_text_is_clear(text: str, members: int | None) -> None:
    found = count_members(text)
    assert found == members if members is not None else found != found


def test_addresses() -> None:
    assert find_address("https://heise.de/-202619") == "https://heise.de/-202619"
    assert find_address("optics.org/news/15/7/9; dailyinterlake.com") == "https://optics.org/news/15/7/9"
    hub = "https://www.eda.gov/funding/programs/x"
    assert find_address("eda.gov press release", hub) == hub
    assert (
        find_address("a/b@06716a28c60f:src/x.html") == "https://github.com/a/b/blob/06716a28c60f/src/x.html"
    )
    assert find_address('public source file "UK Innovation Map"') == ""
    assert full_address("www.advid.pt") == "https://www.advid.pt"
    assert full_address("not a site") == ""


def test_confidence_of_pages() -> None:
    assert rate_source("https://www.eda.gov/x") == "A"
    assert rate_source("https://heise.de/x") == "B"
    assert rate_source("https://en.wikipedia.org/wiki/X") == "C"
    assert rate_source("https://en.wikipedia.org/wiki/X", "https://x.org") == "B"
    assert rate_source("") == "C"


def test_merging_fills_gaps_and_prefers_what_was_seen() -> None:
    rows = in_form(
        pd.DataFrame(
            {"key": ["a", "b"], "name": ["Solar Valley", "Valley Solar"], "country": ["DE", "DE"],
             "type": ["cluster organisation"] * 2, "place": ["Halle", "Halle"], "members": [None, 40],
             "website": ["https://one.de", "https://two.de"], "verified": [False, True],
             "confidence": ["C", "A"],
             "source_url": ["", "https://s.de"]}
        )
    )  # fmt: skip
    coded = initiatives.code_rows(rows)
    pairs = find_pairs(coded)
    assert pairs[["kept", "merged"]].to_numpy().tolist() == [["de-solar-valley", "de-valley-solar"]]
    merged = merge_pairs(coded, pairs).iloc[0]
    assert (merged["members"], merged["website"], merged["source_url"]) == (
        40,
        "https://one.de",
        "https://s.de",
    )
    assert merged["verified"]


def test_counts_are_honest(table: pd.DataFrame) -> None:
    counts = count_initiatives(table)
    counted = table[table["counted"]]
    assert (
        counts.initiatives == len(counted) == sum(counts.by_kind.values()) == sum(counts.by_status.values())
    )
    assert counts.countries == counted["iso3"].nunique() == len(counts.by_country)
    assert counts.shown == len(table)
    assert counts.known["coordinates"] == int(counted["lon"].notna().sum())
    assert counts.known["founded"] == int(counted["founded"].notna().sum())
    assert set(counts.known) == set(KNOWN)
    assert list(counts.by_country.values()) == sorted(counts.by_country.values(), reverse=True)
    assert (reasons(table) == "").sum() == counts.initiatives
    with pytest.raises(KeyError):
        has_value(table, "shoe size")


def test_the_words_of_kinds_cover_the_table(table: pd.DataFrame) -> None:
    from data.catalogue_files import read_yaml

    words = read_yaml(FOLDER / "initiative_kinds.yaml", FOLDER / "schemas" / "initiative_kinds.json")
    assert set(table["kind"]) == set(words["kinds"])
    assert set(table["status"]) <= set(words["statuses"])
    assert set(load_rules()["types"].values()) <= set(words["kinds"])
