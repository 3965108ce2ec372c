"""Australia: employment of states by ANZSIC subdivision and of local government areas of work by section.

Sources: ABS Labour Force Survey, detailed (states, mean of four quarters, 2010-2024; base 2024, growth
2019-2024) and ABS Census by place of work (local government areas, 2011, 2016, 2021; base 2021, growth
2016-2021). About 4 % of the survey's persons have no coded industry and about 4 % of the census's none
stated: both are left out of cells and denominators. Small cells of the survey have large sampling errors.
The census of 2011 left about a tenth of the jobs without an area, so its figures are history only.
Reference areas: AUS = sum of the states (survey), AUS-lga = sum of all areas of work (census).
"""

from pathlib import Path
from typing import Any

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.australia_anzsic import classify
from data.pipeline.sources.australia_lga import load_areas
from data.pipeline.sources.view_frames import (
    View,
    add_up,
    compare_per_head,
    finish,
    grow,
    make_cells,
    make_left_out,
    make_observations,
    make_regions,
    read_table,
    spread,
    sum_values,
    view_harvest,
)

# State: code, capital, OECD region.
STATES: dict[str, tuple[str, str, str]] = {
    "New South Wales": ("NSW", "Sydney", "AU1"),
    "Victoria": ("VIC", "Melbourne", "AU2"),
    "Queensland": ("QLD", "Brisbane", "AU3"),
    "South Australia": ("SA", "Adelaide", "AU4"),
    "Western Australia": ("WA", "Perth", "AU5"),
    "Tasmania": ("TAS", "Hobart", "AU6"),
    "Northern Territory": ("NT", "Darwin", "AU7"),
    "Australian Capital Territory": ("ACT", "Canberra", "AU8"),
}
FIRST, BASE = 2019, 2024
MEASURE = "employment"
SOURCE = "abs-lfs"
PATENT_YEAR = 2016
LEAST_COVER = 0.9


def load(inputs: Path) -> Harvest:
    """All frames of Australia. Employment in persons; a cell the survey does not show is left out."""
    folder = inputs / "world_regions"
    states = read_table(folder / "au_state_anzsic_subdivision_employment_2010_2024.csv.gz")
    areas = load_areas(inputs, {name: "au-state-" + code for name, (code, _, _) in STATES.items()})
    parts = [
        Harvest(regions=_regions(inputs), observations=_observations(inputs)),
        *_state_parts(states),
        *areas,
        Harvest(
            left_out=make_left_out(
                {
                    "AUS: not further defined": (
                        "not-coded",
                        "persons whose industry the survey or census could not code are in no cell",
                    ),
                }
            )
        ),
    ]
    shipped = pd.concat([p.regions for p in parts if not p.regions.empty])["region_id"].tolist()
    return finish(parts, shipped)


def _state_id(names: pd.Series) -> pd.Series:
    return "au-state-" + names.map({name: code for name, (code, _, _) in STATES.items()})


def _state_parts(raw: pd.DataFrame) -> list[Harvest]:
    coded = raw.loc[raw["isic_approx"].notna()]
    coded = coded.assign(region_id=_state_id(coded["state"]), value=coded["employed_persons"])
    coded = coded.join(classify(coded["isic_approx"]))
    everything = add_up(coded, BASE)
    totals = {
        "division": add_up(coded.loc[coded["business"]], BASE),
        "section": everything,
        "group": everything,
    }
    parts, values = [], []
    for name, total in totals.items():
        added = sum_values(coded.assign(industry_id=coded[name]))
        values.append(added)
        view = View(name, "AUS", BASE, (FIRST, BASE), MEASURE, SOURCE)
        parts.append(view_harvest(added, view, totals=total))
    cells = pd.concat(values).drop_duplicates(["region_id", "industry_id", "year"], ignore_index=True)
    return [*parts, Harvest(cells=make_cells(cells, measure=MEASURE, unit="persons", source_id=SOURCE))]


def _regions(inputs: Path) -> pd.DataFrame:
    cities = read_table(inputs / "global" / "geonames_cities_50k.csv")
    points = cities.loc[cities["country_code"].eq("AU")].drop_duplicates("name").set_index("name")
    names = pd.Series(list(STATES))
    capital = names.map({name: city for name, (_, city, _) in STATES.items()})
    rows = pd.DataFrame(
        {
            "region_id": _state_id(names),
            "name_en": names,
            "lon": capital.map(points["lon"]),
            "lat": capital.map(points["lat"]),
        }
    )
    return make_regions(rows, iso3="AUS", level="state", vintage="2021")


def _observations(inputs: Path) -> pd.DataFrame:
    """Population, GDP per head ratio, real growth (OECD); patent applicants per head (Australia = 100)."""
    oecd = read_table(inputs / "global" / "oecd_tl2_gdp_pop_2000_2020.csv")
    ids = {number: "au-state-" + code for code, _, number in STATES.values()}
    oecd = oecd.assign(region_id=oecd["reg_id"].map(ids)).dropna(subset=["region_id"])
    people = spread(oecd, "region_id", "year", "population")
    product = spread(oecd, "region_id", "year", "gdp_musd_ppp_const2015")
    ratio = compare_per_head(product[2019], people[2019])
    same: dict[str, Any] = {"source_id": "oecd-regions", "status": "estimated"}
    return pd.concat(
        [
            make_observations(people[2020], "population", year=2020, **same),
            make_observations(grow(people[2015], people[2020], 5), "population_growth", year=2020, **same),
            make_observations(ratio, "gdp_per_head_national_ratio", year=2019, **same),
            make_observations(grow(product[2014], product[2019], 5), "gdp_growth_real", year=2019, **same),
            _patents(inputs / "world_regions" / "au_sa3_patents_trademarks_rd_2009_2016.csv"),
        ]
    )


def _patents(path: Path) -> pd.DataFrame:
    """Patent applicants per head, Australia = 100; a state with under 90 % of its people covered has none.

    An area without a figure is left out of applicants and population alike, and makes its state `estimated`.
    """
    raw = read_table(path)
    raw = raw.loc[raw["year"].eq(PATENT_YEAR)].assign(region_id=lambda f: _state_id(f["state"]))
    known = raw.loc[raw["patent_applicants"].notna()]
    sums = known.groupby("region_id")[["patent_applicants", "population"]].sum()
    cover = sums["population"] / raw.groupby("region_id")["population"].sum()
    relative = compare_per_head(sums["patent_applicants"], sums["population"]) * 100
    status = cover.lt(1).map({True: "estimated", False: "observed"})
    return make_observations(
        relative[cover.ge(LEAST_COVER)],
        "patents_per_million_relative",
        year=PATENT_YEAR,
        source_id="abs-innovation-map",
        status=status,
    )
