"""India: gross value added of 31 states and union territories by sector, current prices.

Source: state accounts published through MoSPI (gross state value added, base 2011-12; INR lakh = 100,000
rupees). A fiscal year is named by its first calendar year: 2014 is April 2014 to March 2015. Base is
2014-15, the last year all 31 states have; growth 2011-12 to 2014-15 is nominal, prices included. Value
added stands where other countries have employment, with the same formulas. Reference area: the sum of the
31 states (West Bengal, Ladakh and three small territories are missing). Trade and hotels, and transport
and communication, are split by their published subsectors.
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.india_places import LEFT_OUT, read_states, state_observations
from data.pipeline.sources.view_frames import (
    VALUES,
    View,
    add_up,
    finish,
    make_cells,
    make_left_out,
    read_table,
    spread,
    view_harvest,
)

# Item numbers of the source, plus and minus, that make an industry.
SECTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "isic-A": (("1",), ()),
    "isic-B": (("2",), ()),
    "isic-C": (("3",), ()),
    "isic-D-E": (("4",), ()),
    "isic-F": (("5",), ()),
    "isic-G": (("6.1",), ()),
    "isic-I": (("6.2",), ()),
    "isic-H": (("7",), ("7.7",)),
    "isic-J": (("7.7",), ()),
    "isic-K": (("8",), ()),
    "isic-L-N": (("9",), ()),
    "isic-O": (("10",), ()),
    "isic-P-U": (("11",), ()),
}
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "isic-A": (("1",), ()),
    "isic-B-E": (("2", "3", "4"), ()),
    "isic-F": (("5",), ()),
    "isic-G-I": (("6", "7"), ("7.7",)),
    "isic-J": (("7.7",), ()),
    "isic-K": (("8",), ()),
    "isic-O-Q": (("10", "11"), ()),
}
APPROXIMATE: dict[str, str] = {
    "isic-D-E": "electricity, gas, water supply and other utilities",
    "isic-G": "trade and repair services",
    "isic-H": "includes storage; postal services may be in communication",
    "isic-G-I": "transport without communication",
    "isic-J": "communication and broadcasting only; computer services are in L-N",
    "isic-L-N": "real estate, ownership of dwellings and professional services, with computer services",
    "isic-P-U": "education, health, recreation and other services in one",
    "isic-O-Q": "includes recreation and other services (ISIC R-U)",
}
FIRST, BASE = 2011, 2014
MEASURE = "gross_value_added"
SOURCE = "in-mospi-gsva"


def load(inputs: Path) -> Harvest:
    """All frames of India. Value added in INR lakh, current prices; a missing item is left out."""
    raw = _read(inputs / "asia_ca" / "in_state_industry_gsva.csv")
    sections, groups = _combine(raw, SECTIONS), _combine(raw, GROUPS)
    totals = add_up(raw.loc[raw["level"].eq("sector")], BASE)
    regions = read_states(inputs, raw)
    cells = pd.concat([sections, groups]).drop_duplicates(
        ["region_id", "industry_id", "year"], ignore_index=True
    )
    parts = [
        Harvest(regions=regions, observations=state_observations(inputs, regions["region_id"].tolist())),
        Harvest(cells=make_cells(cells, measure=MEASURE, unit="INR lakh", source_id=SOURCE)),
        Harvest(left_out=make_left_out(LEFT_OUT)),
    ]
    for name, values in (("section", sections), ("group", groups)):
        view = View(name, "IND", BASE, (FIRST, BASE), MEASURE, SOURCE)
        parts.append(view_harvest(values, view, totals=totals))
    return finish(parts, regions["region_id"].tolist())


def _read(path: Path) -> pd.DataFrame:
    raw = read_table(path, dtype={"item_no": str})
    return raw.assign(
        region_id="in-state-" + raw["iso_3166_2"].str[3:],
        year=raw["start_year"],
        value=raw["gsva_current_inr_lakh"],
    )


def _combine(raw: pd.DataFrame, mapping: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> pd.DataFrame:
    """Items added and subtracted; an industry whose leading item a state lacks is left out for that year."""
    items = spread(raw.loc[raw["item_no"].notna()], ["region_id", "year"], "item_no", "value")
    # Manipur publishes no mining; its sectors add up to the total without it, so sums are whole.
    whole = items.fillna({"2": 0.0})
    columns = {
        industry: (items if len(plus) == 1 else whole)[list(plus)].sum(axis=1, min_count=len(plus))
        - items[list(minus)].sum(axis=1, min_count=len(minus))
        for industry, (plus, minus) in mapping.items()
    }
    tidy = pd.DataFrame(columns).reset_index().melt(["region_id", "year"], var_name="industry_id")
    return tidy.dropna(subset=["value"]).assign(status="observed", estimated_share=0.0)[list(VALUES)]
