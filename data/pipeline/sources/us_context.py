"""Figures about US areas and states: inhabitants, output, patents, research.

Growth runs from 2014 to 2019 for both inhabitants and output: there every area has the same borders at both
ends, while Connecticut's later figures follow other borders and stop at seven areas.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.sources.us_regions import msa_id, read_areas, read_counties, read_states
from data.pipeline.sources.view_frames import grow, make_observations, read_table

POPULATION_YEARS = (2014, 2019, 2020, 2021, 2022, 2023)
PATENT_YEAR, POPULATION_OF_PATENTS = 2015, 2014
RESEARCH_YEAR, POPULATION_OF_RESEARCH = 2017, 2019
"""Neither year has its own figure of inhabitants; the nearest one of the same borders is taken."""


def load_observations(inputs: Path) -> pd.DataFrame:
    """Observations of all areas and states; a figure the source lacks is left out."""
    states = _complete_states(inputs)
    nation = states.sum(numeric_only=True)
    areas = read_areas(inputs)
    frames = [frame for table in (areas, states) for frame in _figures(table, nation)]
    rd = make_observations(states["rd_intensity_2020_pct"], "rd_intensity", year=2020, source_id="us-nsf-rd")
    return pd.concat([*frames, rd, _patent_series(inputs)], ignore_index=True)


def _complete_states(inputs: Path) -> pd.DataFrame:
    """The states' table with the columns of the areas' one; inhabitants of 2014 are sums of counties."""
    states = read_states(inputs)
    early = read_counties(inputs).groupby("state_fips")["pop_2014"].sum()
    return states.assign(pop_2014=states["state_fips"].map(early)).rename(
        columns={
            "gdp_current_usd_thousand_2019": "gdp_2019_usd_thousand",
            "gdp_real2012_usd_thousand_2014": "gdp_real_2012_usd_thousand_2014",
            "gdp_real2012_usd_thousand_2019": "gdp_real_2012_usd_thousand_2019",
        }
    )


def _figures(table: pd.DataFrame, nation: pd.Series) -> list[pd.DataFrame]:
    """Observations of one table; *nation*: the sums of the states in the same columns."""
    population = "us-census-population"
    frames = [
        make_observations(table[f"pop_{year}"], "population", year=year, source_id=population)
        for year in POPULATION_YEARS
    ]
    output = grow(table["gdp_real_2012_usd_thousand_2014"], table["gdp_real_2012_usd_thousand_2019"], 5)
    growth = grow(table["pop_2014"], table["pop_2019"], 5)
    per_head = table["gdp_2019_usd_thousand"] / table["pop_2019"]
    per_head = per_head / (nation["gdp_2019_usd_thousand"] / nation["pop_2019"])
    research = table["univ_rd_fy2017_usd_thousand"] * 1000 / table[f"pop_{POPULATION_OF_RESEARCH}"]
    return [
        *frames,
        make_observations(growth, "population_growth", year=2019, source_id=population),
        make_observations(output, "gdp_growth_real", year=2019, source_id="us-bea-gdp"),
        make_observations(per_head, "gdp_per_head_national_ratio", year=2019, source_id="us-bea-gdp"),
        make_observations(
            _relative_patents(table, nation),
            "patents_per_million_relative",
            year=PATENT_YEAR,
            source_id="us-uspto",
        ),
        make_observations(research, "university_rd_per_head", year=RESEARCH_YEAR, source_id="us-nsf-herd"),
    ]


def _relative_patents(table: pd.DataFrame, nation: pd.Series) -> pd.Series:
    """Patents per inhabitant, the nation's = 100; the list is complete, so no patent is an observed 0."""
    patents, people = f"patents_{PATENT_YEAR}", f"pop_{POPULATION_OF_PATENTS}"
    return (table[patents] / table[people]) * (100 * float(nation[people]) / float(nation[patents]))


def _patent_series(inputs: Path) -> pd.DataFrame:
    """Number of patents of each area, 2000 to 2015."""
    series = read_table(inputs / "us" / "us_msa_patents_2000_2015.csv", dtype={"msa_code": str})
    series = series.set_index(msa_id(series["msa_code"])).drop(columns="msa_code")
    return pd.concat(
        [
            make_observations(series[year], "patents", year=int(str(year)), source_id="us-uspto")
            for year in series
        ],
        ignore_index=True,
    )
