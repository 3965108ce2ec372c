"""Regional GDP per head on one yardstick: international dollars at purchasing power parity.

Every region takes its country's PPP GDP per head times its own ratio to the national GDP per head, as
national or European accounts give it. The country values are those printed in the Global Innovation
Index 2025 (year 2024, IMF); the ratios are older (2014 to 2023), which assumes that they move slowly.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.sources.countries import national_income

EDITION = 2025
YEAR = 2024  # the edition prints the values of the year before
RATIO = "gdp_per_head_national_ratio"


def gdp_per_head_ppp(observations: pd.DataFrame, iso3_of_entity: pd.Series, inputs: Path) -> pd.DataFrame:
    """Estimated PPP GDP per head of every place with a ratio; columns as observations.

    value = national PPP GDP per head (international dollars, 2024) x latest regional ratio.
    ``observations`` holds :data:`RATIO` rows (unitless) on regions and clusters; ``iso3_of_entity`` is
    indexed by their ids. The source is that of the ratio. A place without a ratio, or of a country
    without a PPP figure (Taiwan), gets no row. Example: Germany 70,930 x 1.3 = 92,209.
    """
    ratio = observations[observations["indicator_id"] == RATIO].dropna(subset=["value"])
    ratio = ratio.sort_values("year", kind="stable").drop_duplicates("entity_id", keep="last")
    iso3 = ratio["entity_id"].map(iso3_of_entity)
    national = pd.to_numeric(iso3.map(national_income(inputs, EDITION)))
    value = national * ratio["value"].astype(float)
    frame = pd.DataFrame(
        {
            "entity_id": ratio["entity_id"],
            "indicator_id": "gdp_per_head_ppp",
            "year": YEAR,
            "value": value.round(0),
            "status": "estimated",
            "source_id": ratio["source_id"],
        }
    )
    return frame.dropna(subset=["value"]).sort_values("entity_id", ignore_index=True)[list(OBSERVATIONS)]
