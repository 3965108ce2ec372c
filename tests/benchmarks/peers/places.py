"""The table that every peer shows: one row a counted cluster with its place and some figures."""

import pandas as pd

from data.observatory import load_observatory
from data.settings import load_settings

FIGURES = ("employment", "lq_home", "national_share", "population", "gdp_per_head_ppp")


def read_places() -> pd.DataFrame:
    """Counted clusters: id, name, kind, country, lon, lat and the figures of :data:`FIGURES`; NaN is missing."""
    units = load_observatory(load_settings().curated).clusters
    frame = units.frame
    table = pd.DataFrame(
        {
            "id": frame["id"], "name": frame["name_en"], "kind": frame["kind"].astype(str),
            "country": frame["country_name_en"].astype(str), "lon": frame["lon"], "lat": frame["lat"],
        }
    )  # fmt: skip
    for name in FIGURES:
        table[name] = units.matrix.values[:, units.matrix.indicators.index(name)]
    return table[frame["counted"].to_numpy(bool)].reset_index(drop=True)
