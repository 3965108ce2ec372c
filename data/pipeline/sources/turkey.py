"""Turkey: employed residents of 26 regions by ten groups of sections (labour force survey), and context."""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources import nuts_groups
from data.pipeline.sources.nuts import describe_regions
from data.pipeline.sources.nuts_observations import regional_observations

VIEWS = ("section", "group")
"""The ten groups are the finest the source has, so its section view is the common grouping."""


def load(inputs: Path) -> Harvest:
    """Turkey's regions in the section and the group view, measured against Turkey."""
    groups = nuts_groups.read_groups(inputs)
    turkey = groups[groups["iso3"] == "TUR"]
    codes = set(turkey["code"])
    return Harvest(
        regions=describe_regions(inputs, codes, "residents-not-workplace"),
        cells=nuts_groups.group_cells(turkey).reset_index(drop=True),
        totals=pd.concat(
            [nuts_groups.group_totals(turkey, view, "TUR") for view in VIEWS], ignore_index=True
        ),
        reference=pd.concat(
            [nuts_groups.group_reference(turkey, view, "TUR") for view in VIEWS], ignore_index=True
        ),
        growth=nuts_groups.group_growth(turkey).reset_index(drop=True),
        observations=regional_observations(inputs, codes),
    )
