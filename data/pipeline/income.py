"""Regional GDP per head on one yardstick: international dollars at purchasing power parity.

Every region takes its country's PPP GDP per head times its own ratio to the national GDP per head, as
national or European accounts give it. The country values are those printed in the Global Innovation
Index 2022 (year 2021, IMF): the edition nearest to the years of the ratios (2014 to 2021).
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.sources.countries import national_income

EDITION = 2022
YEAR = 2021  # the edition prints the values of the year before
RATIO = "gdp_per_head_national_ratio"


def gdp_per_head_ppp(observations: pd.DataFrame, iso3_of_entity: pd.Series, inputs: Path) -> pd.DataFrame:
    """Estimated PPP GDP per head of every place with a ratio; columns as observations.

    value = national PPP GDP per head (international dollars, 2021) x latest regional ratio.
    ``observations`` holds :data:`RATIO` rows (unitless) on regions and clusters; ``iso3_of_entity`` is
    indexed by their ids. The source is that of the ratio. A place without a ratio, or of a country
    without a PPP figure (Taiwan), gets no row. Example: Germany 58,150 x 1.3 = 75,595.
    """
    ratio = observations[observations["indicator_id"] == RATIO].dropna(subset=["value"])
    ratio = ratio.sort_values("year", kind="stable").drop_duplicates("entity_id", keep="last")
    iso3 = ratio["entity_id"].map(iso3_of_entity)
    value = iso3.map(national_income(inputs, EDITION)) * ratio["value"].astype(float)
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
