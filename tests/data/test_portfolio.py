"""The economy of a region: its industries, fields, related strengths and peers."""

import numpy as np
import pytest

from data.field_sums import field_portfolio, field_regions, field_sums
from data.industry_regions import (
    concentrate,
    field_clusters,
    industry_clusters,
    industry_regions,
    most_specialised,
)
from data.observatory import Observatory
from data.portfolio import portfolio, portfolio_peers, reference_shares, related_industries, related_strengths


def test_the_finest_view_of_a_region_is_taken(obs: Observatory) -> None:
    views = {
        "eu-nuts2-DE11": "division",
        "ca-cma-535": "section",
        "in-state-KA": "section",
        "us-msa-41940": "division",
    }
    for region, view in views.items():
        assert set(portfolio(obs, region)["view"]) == {view}
    assert portfolio(obs, "no-such-region").empty


def test_stuttgart_makes_cars(obs: Observatory) -> None:
    own = portfolio(obs, "eu-nuts2-DE11")
    assert own["industry_id"].iloc[0] == "isic-29"
    assert own["value"].iloc[0] == 158_012
    assert own["lq_home"].iloc[0] == pytest.approx(5.6, abs=0.05)


def test_confidential_industries_stay_without_a_figure_and_zeros_go(obs: Observatory) -> None:
    own = portfolio(obs, "eu-nuts2-DE11")
    secret = own[own["status"] == "confidential"]
    assert len(secret) > 0
    assert secret["value"].isna().all()
    assert not (own["value"] == 0).any()
    assert own["value"].isna().to_numpy()[-len(secret) :].all()


def test_a_reference_share_is_the_share_of_the_area(obs: Observatory) -> None:
    share = reference_shares(obs)[("division", "europe", "isic-29")]
    table = obs.tables["specialisations"]
    row = table[(table["region_id"] == "eu-nuts2-DE11") & (table["industry_id"] == "isic-29")].iloc[0]
    assert share == pytest.approx(row["focus"] / row["lq_home"], rel=1e-3)


def test_fields_add_up_known_divisions_with_their_weights(obs: Observatory) -> None:
    own = portfolio(obs, "us-msa-41940", "division").set_index("industry_id")["value"]
    sums = field_portfolio(obs, "us-msa-41940").set_index("field_id")
    weights = obs.tables["industry_fields"]
    textile = weights[weights["field_id"] == "textiles"]
    jobs = sum(own.get(i, 0.0) * w for i, w in zip(textile["industry_id"], textile["weight"], strict=True))
    assert sums.loc["textiles", "jobs"] == pytest.approx(jobs)
    assert field_portfolio(obs, "in-state-KA").empty


def test_a_field_quotient_of_the_average_is_one(obs: Observatory) -> None:
    sums = field_sums(obs)
    europe = np.isin(sums.names.str[:8], ["eu-nuts2"]) & ~np.isnan(sums.quotient[:, 0])
    weighted = np.average(sums.quotient[europe], axis=0, weights=sums.jobs[europe].sum(axis=1))
    assert ((weighted > 0.75) & (weighted < 1.35))[~np.isnan(weighted)].all()


def test_a_quotient_needs_half_of_its_field(obs: Observatory) -> None:
    # energy supply is confidential in Stuttgart: without it renewable energy says nothing
    fields = field_portfolio(obs, "eu-nuts2-DE11").set_index("field_id")
    assert np.isnan(fields.loc["renewable-energy", "lq"])
    assert fields.loc["renewable-energy", "hidden"] > 0


def test_related_strengths_are_traded_and_below_average(obs: Observatory) -> None:
    found = related_strengths(obs, "eu-nuts2-DE11")
    assert 0 < len(found) <= 8
    assert all(quotient < 1 for _, _, quotient in found)
    assert all(obs.catalogue.industries[name].traded != "local" for name, _, _ in found)
    assert [near for _, near, _ in found] == sorted((near for _, near, _ in found), reverse=True)
    assert related_strengths(obs, "jp-muni-23211") == []


def test_the_density_is_the_one_of_the_tables(obs: Observatory) -> None:
    row = obs.clusters.position["eu-nuts2-de11-isic-29"]
    from data.portfolio import relatedness

    _, _, near = relatedness(obs)
    figure = obs.clusters.matrix.figure(row, "relatedness_density")
    assert near.loc["eu-nuts2-DE11", "isic-29"] == pytest.approx(figure.value, rel=0.02)


def test_cars_go_with_machines(obs: Observatory) -> None:
    names = [name for name, _ in related_industries(obs, "isic-29")]
    assert {"isic-27", "isic-28"} <= set(names)
    assert "isic-29" not in names
    assert related_industries(obs, "usc-4") == []


def test_peers_are_comparable_and_ordered(obs: Observatory) -> None:
    row = obs.regions.position["eu-nuts2-DE11"]
    home, abroad = portfolio_peers(obs, row, 6, abroad=False), portfolio_peers(obs, row, 6, abroad=True)
    iso3 = obs.regions.frame["iso3"].to_numpy(str)
    assert {iso3[r] for r, _ in home} == {"DEU"}
    assert "DEU" not in {iso3[r] for r, _ in abroad}
    for found in (home, abroad):
        assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
        assert all(0 < s <= 1 for _, s in found)
    # a small US area is compared with its like only
    small = obs.regions.frame.index[obs.regions.frame["kind"] == "micro"][0]
    kinds = {obs.regions.frame["kind"].iloc[r] for r, _ in portfolio_peers(obs, int(small), 20)}
    assert kinds == {"micro"}


def test_sections_have_no_peers_abroad(obs: Observatory) -> None:
    row = obs.regions.position["ca-cma-535"]
    assert portfolio_peers(obs, row, 6, abroad=True) == []
    assert portfolio_peers(obs, row, 6, abroad=False)


def test_regions_of_an_industry_and_their_concentration(obs: Observatory) -> None:
    found = industry_regions(obs, "isic-29")
    values = found["value"].to_numpy(float)
    known = values[~np.isnan(values)]
    assert (np.diff(known) <= 0).all()
    assert np.isnan(values[len(known) :]).all()
    assert found["row"].is_unique
    spread = concentrate(found)
    assert spread is not None
    shares = known / known.sum()
    assert spread.herfindahl == pytest.approx(float((shares**2).sum()))
    assert spread.top == pytest.approx(float(shares[:5].sum() * 100))
    assert concentrate(found[:1]) is None
    best = most_specialised(found, 3)
    assert (best["value"] >= 1_000).all()


def test_clusters_of_industries_and_fields(obs: Observatory) -> None:
    frame = obs.clusters.frame
    cars = industry_clusters(obs, "isic-29")
    assert frame["counted"].to_numpy(bool)[cars].all()
    assert frame["id"].iloc[cars[0]] == "eu-nuts2-de11-isic-29"
    assert set(frame["granularity"].iloc[industry_clusters(obs, "usc-4")]) == {"benchmark"}
    assert set(frame["granularity"].iloc[industry_clusters(obs, "isic-B-E")]) == {"group"}
    assert len(industry_clusters(obs, "isic-U")) == 0
    assert "isic-21" in set(frame["industry_id"].iloc[field_clusters(obs, "health")[:30]])
    assert len(field_regions(obs, "health"))
