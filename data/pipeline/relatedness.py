"""Relatedness density of divisions, its proximities from US metropolitan and European regions pooled."""

import pandas as pd

from data.indicators.relatedness import density, proximity, strengths
from data.pipeline.base_indicators import EUROPE

VIEW = "division"
LEARNING_LEVELS = ("metro", "nuts2")
"""Regions the proximities are learned from; micropolitan areas are too small for stable quotients."""
AREAS = ("USA", EUROPE)


def relatedness_density(specialisations: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Frame[region_id, industry_id, relatedness_density] in percent, for regions measured against AREAS.

    The neighbourhood is made of the divisions that both areas have, so that American and European figures
    mean the same; withheld cells leave gaps, see :mod:`data.indicators.relatedness`.
    """
    rows = specialisations[specialisations["view"].eq(VIEW) & specialisations["reference_id"].isin(AREAS)]
    if rows["reference_id"].nunique() < len(AREAS):
        return pd.DataFrame(columns=["region_id", "industry_id", "relatedness_density"])
    wide = rows.pivot(index="region_id", columns="industry_id", values="lq_home")  # noqa: PD010
    level = regions.set_index("region_id")["level"].reindex(wide.index)
    strong = strengths(wide)
    phi = proximity(strong[level.isin(LEARNING_LEVELS).to_numpy()])
    own = rows.groupby("industry_id")["reference_id"].nunique().reindex(wide.columns)
    phi[~own.eq(len(AREAS)).to_numpy(), :] = 0.0
    found = pd.DataFrame(density(strong, phi) * 100, index=wide.index, columns=wide.columns)
    long = found.reset_index().melt("region_id", var_name="industry_id", value_name="relatedness_density")
    return long.dropna(subset=["relatedness_density"])
