"""The ranking: order, ranks, missing figures, units, and that nothing incomparable is ranked together."""

import numpy as np
import pandas as pd
import pytest

from data.counted_levels import counted_regions
from data.industries_units import industry_units, view_block
from data.names import fold
from data.observatory import Observatory
from data.queries import filter_mask
from data.ranking_columns import available, describe
from data.ranking_table import table
from data.selection import DEFAULT, UNITS, Selection

SCIENCE = DEFAULT.but(kind=("science-technology",))


def test_the_rows_are_exactly_what_the_filters_leave(obs: Observatory) -> None:
    selection = DEFAULT.but(country=("DEU", "FRA"), ranges=(("lq_home", 2.0, None),))
    ranking = table(obs, selection, "en")
    assert set(ranking.rows) == set(np.flatnonzero(filter_mask(obs, selection)))
    assert len(ranking) == len(set(ranking.rows))


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", ["employment", "lq_home", "growth_advantage", "gdp_per_head_ppp"])
def test_figures_are_in_order_and_missing_ones_last(obs: Observatory, sort: str, descending: bool) -> None:
    ranking = table(obs, DEFAULT.but(sort=sort, descending=descending), "en")
    values = ranking.numbers(sort, ranking.rows).values
    missing = np.isnan(values)
    known = int((~missing).sum())
    assert known
    assert not missing[:known].any()
    assert missing[known:].all()
    block = ranking.found.block[ranking.rows]
    for code in np.unique(block[:known]):
        own = values[:known][block[:known] == code]
        assert (np.diff(own) <= 0).all() if descending else (np.diff(own) >= 0).all()


def test_two_digit_and_broad_industries_are_never_ranked_together(obs: Observatory) -> None:
    ranking = table(obs, DEFAULT.but(sort="employment"), "en")
    frame = ranking.frame()
    detail = ranking.found.frame["granularity"].to_numpy(str)[ranking.rows]
    assert {"division", "section"} <= set(detail)
    assert ranking.separate
    for granularity in ("division", "section"):
        own = frame[detail == granularity]
        known = own[own["employment"].notna()]
        assert known["rank"].tolist() == known["employment"].rank(ascending=False, method="min").tolist()
    first_missing = int(frame["employment"].isna().to_numpy().argmax())
    changes = pd.Series(detail[:first_missing])
    assert (changes != changes.shift()).sum() == changes.nunique()


def test_equal_figures_share_a_rank_and_missing_ones_have_none(obs: Observatory) -> None:
    frame = table(obs, SCIENCE.but(sort="unicorns_50km", columns=("unicorns_50km",)), "en").frame()
    known = frame[frame["unicorns_50km"].notna()]
    for _, group in known.groupby("unicorns_50km"):
        assert len(set(group["rank"])) == 1
    assert frame.loc[frame["unicorns_50km"].isna(), "rank"].isna().all()


def test_a_lower_figure_is_better_where_the_catalogue_says_so(obs: Observatory) -> None:
    frame = table(obs, SCIENCE.but(sort="st_rank", descending=False), "en").frame()
    assert frame["st_rank"].tolist() == list(range(1, 101))
    assert frame["rank"].tolist() == list(range(1, 101))


def test_the_rank_in_the_group_does_not_depend_on_the_filters(obs: Observatory) -> None:
    world = table(obs, SCIENCE, "en").frame().set_index("id")
    japan = table(obs, SCIENCE.but(country=("JPN",)), "en").frame().set_index("id")
    assert japan["rank"].min() == 1
    assert len(japan) > 1
    assert (japan["reference_rank"] == world.loc[japan.index, "reference_rank"]).all()
    assert (world["reference_rank"] == world["rank"]).all()


def test_names_are_in_the_order_of_the_alphabet_without_accents(obs: Observatory) -> None:
    names = table(obs, DEFAULT.but(sort="name", descending=False), "de").frame()["name"].tolist()
    folded = [fold(name) for name in names]
    assert folded == sorted(folded)
    assert names != sorted(names)


def test_a_figure_that_nobody_here_has_gives_way_to_the_default(obs: Observatory) -> None:
    ranking = table(obs, SCIENCE.but(sort="lq_home"), "en")
    assert ranking.sort == "st_total_share"
    assert ranking.ranks[0] == 1


def test_figures_that_must_not_be_ranked_cannot_be_sorted_by(obs: Observatory) -> None:
    assert not describe(obs, "clusters", "research_organisations_50km", "en").rankable
    assert table(obs, DEFAULT.but(sort="research_organisations_50km"), "en").sort == "employment"


@pytest.mark.parametrize("unit", UNITS)
def test_every_column_of_a_unit_can_be_shown(obs: Observatory, unit: str) -> None:
    columns = available(obs, unit)[:30]
    frame = table(obs, Selection(unit=unit, columns=columns), "de").frame()
    assert len(frame)
    assert set(columns) <= set(frame.columns)


def test_no_place_stands_twice_among_the_regions(obs: Observatory) -> None:
    ranking = table(obs, DEFAULT.but(unit="regions"), "en")
    frame = obs.regions.frame.iloc[ranking.rows]
    assert counted_regions(obs)[ranking.rows].all()
    levels = frame.groupby("iso3")["kind"].agg(set)
    assert levels["USA"] == {"metro", "micro"}
    assert levels["JPN"] == {"municipality"}
    assert (frame["successor_ids"].fillna("") == "").all()


def test_clusters_of_a_region_are_those_of_the_filters(obs: Observatory) -> None:
    selection = DEFAULT.but(unit="regions", industry=("isic-29",))
    frame = table(obs, selection, "en").frame()
    mask = filter_mask(obs, selection.but(unit="clusters"))
    counted = obs.clusters.frame[mask]["region_id"].value_counts()
    assert frame["clusters"].sum() == frame["id"].map(counted).sum()
    assert (frame["clusters"] > 0).all()


def test_jobs_and_concentration_of_an_industry_agree_with_a_plain_loop(obs: Observatory) -> None:
    table_ = obs.tables["specialisations"]
    covered = set(obs.regions.frame["id"][counted_regions(obs)])
    rows = table_[(table_["view"] == "division") & (table_["measure"] == "employment")]
    industry = "isic-29"
    jobs: dict[str, float] = {}
    totals: dict[str, float] = {}
    for region, name, value, focus in rows[["region_id", "industry_id", "value", "focus"]].itertuples(
        index=False
    ):
        if name == industry and region in covered and value == value:
            jobs[region] = value
            if focus == focus and focus > 0:
                totals[region] = value / focus * 100
    whole, areas = sum(jobs.values()), sum(totals.values())
    shares = {region: value / whole for region, value in jobs.items()}
    expected = sum((shares[region] - totals.get(region, 0) / areas) ** 2 for region in shares)
    found = industry_units(obs, DEFAULT.but(unit="industries")).set_index("id").loc[industry]
    assert found["employment"] == pytest.approx(whole)
    assert found["regions"] == len(jobs)
    assert found["herfindahl"] == pytest.approx(sum(share**2 for share in shares.values()))
    assert found["ellison_glaeser"] == pytest.approx(expected, rel=0.02)


def test_the_clusters_of_an_industry_narrow_with_the_country(obs: Observatory) -> None:
    world = industry_units(obs, DEFAULT.but(unit="industries")).set_index("id")
    germany = industry_units(obs, DEFAULT.but(unit="industries", country=("DEU",))).set_index("id")
    mask = filter_mask(obs, DEFAULT.but(country=("DEU",), industry=("isic-29",)))
    assert germany.loc["isic-29", "clusters"] == mask.sum() > 0
    assert (germany["clusters"] <= world["clusters"]).all()
    assert germany.loc["isic-29", "countries"] == 1
    assert germany["employment"].sum() < world["employment"].sum()


def test_confidential_cells_are_left_out_not_zero(obs: Observatory) -> None:
    block = view_block(obs, "division")
    at = block.industries.index("isic-29")
    row = block.regions.tolist().index(obs.regions.position["eu-nuts2-DE91"])
    assert np.isnan(block.jobs[row, at])
