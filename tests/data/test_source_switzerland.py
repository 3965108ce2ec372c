"""Switzerland: cantons add up to the country, and canton and region never stand for the same place twice."""

import csv
from pathlib import Path

import pytest

from data.pipeline.harvest import Harvest
from data.pipeline.sources import switzerland


@pytest.fixture(scope="module")
def harvest(inputs: Path) -> Harvest:
    return switzerland.load(inputs)


def test_the_country_is_seven_regions_and_24_cantons_inside_them(harvest: Harvest) -> None:
    regions = harvest.regions
    assert regions["level"].value_counts().to_dict() == {"region": 24, "nuts2": 7}
    cantons = regions[regions["level"] == "region"]
    assert set(cantons["parent_id"]) == {f"eu-nuts2-CH0{n}" for n in (1, 2, 3, 5, 6)}
    assert regions[["name_en", "name_de", "lon", "lat"]].notna().all(axis=None)
    assert harvest.cells.empty


def test_regions_add_up_to_the_published_country(inputs: Path, harvest: Harvest) -> None:
    path = inputs / "world_regions" / "ch_canton_gdp_employment_2008_2022.csv"
    with path.open(encoding="utf-8") as lines:
        country = {
            (r["indicator"], int(r["year"])): float(r["value"])
            for r in csv.DictReader(lines)
            if r["canton"] == "Switzerland"
        }
    nuts = harvest.observations[harvest.observations["entity_id"].str.startswith("eu-nuts2-")]
    sums = nuts.groupby(["indicator_id", "year"])["value"].sum()
    for key in (("gdp_mio_chf", 2018), ("gdp_mio_chf", 2022), ("employed_total", 2018)):
        assert sums[key] == pytest.approx(country[key], abs=15), key


def test_figures_of_2022_are_provisional(harvest: Harvest) -> None:
    product = harvest.observations.query("indicator_id == 'gdp_mio_chf'")
    assert set(product.loc[product["year"] == 2022, "status"]) == {"provisional"}
    assert set(product.loc[product["year"] < 2022, "status"]) == {"observed"}
