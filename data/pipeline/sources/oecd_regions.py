"""Regional to national GDP per head of the large OECD regions in which science clusters lie.

The regions (whole US states, Japanese blocks) are coarser than the clusters, so the ratio is an
estimate. Prices are constant and the same above and below the line: the ratio has no unit and no
price base, which makes it fit for the common yardstick of :mod:`data.pipeline.income`.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.sources.countries import national_population

SOURCE = "oecd-regions"
YEAR = 2020
RATIO = "gdp_per_head_national_ratio"
_POPULATION_GAP = 0.05  # a country whose regions miss more of its people is not used (Belgium)


def _read(inputs: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(inputs / "global" / name, keep_default_na=False, na_values=[""])


def _national(regions: pd.DataFrame, inputs: Path) -> pd.Series:
    """GDP per head by iso3, of the countries whose listed regions add up to the country."""
    total = regions.groupby("iso3")[["gdp_musd_ppp_const2015", "population"]].sum()
    listed = total["population"] / national_population(inputs, edition=2022).reindex(total.index)
    complete = total[(listed - 1).abs() <= _POPULATION_GAP]
    return complete["gdp_musd_ppp_const2015"] / complete["population"]


def cluster_ratios(inputs: Path) -> pd.DataFrame:
    """Observations of :data:`RATIO`, 2020; ``entity_id`` is the name of the cluster as WIPO prints it.

    ratio = (GDP / population of the cluster's region or regions) / (the same of its country).
    Clusters outside the OECD list have no row.
    """
    regions = _read(inputs, "oecd_tl2_gdp_pop_2000_2020.csv").query("year == @YEAR")
    links = _read(inputs, "cluster_oecd_tl2_crosswalk.csv").dropna(subset=["oecd_tl2_ids"])
    links = links.assign(reg_id=links["oecd_tl2_ids"].str.split(";")).explode("reg_id")
    parts = links.merge(regions, on="reg_id", validate="many_to_one")
    sums = parts.groupby(["cluster", "iso3"], as_index=False)[["gdp_musd_ppp_const2015", "population"]].sum()
    national = sums["iso3"].map(_national(regions, inputs))
    frame = pd.DataFrame(
        {
            "entity_id": sums["cluster"],
            "indicator_id": RATIO,
            "year": YEAR,
            "value": (sums["gdp_musd_ppp_const2015"] / sums["population"] / national).round(4),
            "status": "estimated",
            "source_id": SOURCE,
        }
    )
    return frame.dropna(subset=["value"])[list(OBSERVATIONS)]
