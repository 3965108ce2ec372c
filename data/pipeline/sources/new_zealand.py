"""New Zealand: employed residents of 16 regions by ANZSIC subdivision, census 2018.

Source: Stats NZ, Census 2018, by place of residence. Every cell is rounded at random to a multiple of
three, so sums differ a little from published totals: denominators are sums of the cells. One year only,
so no growth. Reference area: the sum of the 16 regions. Tasman, Nelson and Marlborough share one figure
of the OECD for population and product (`estimated`); Hawke's Bay and the West Coast have none.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.australia_anzsic import classify
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

# Region: main town (its point) and OECD region.
REGIONS: dict[str, tuple[str, str | None]] = {
    "Auckland": ("Auckland", "NZ12"),
    "Bay of Plenty": ("Tauranga", "NZ14"),
    "Canterbury": ("Christchurch", "NZ23"),
    "Gisborne": ("Gisborne", "NZ15"),
    "Hawke's Bay": ("Napier", None),
    "Manawatu-Whanganui": ("Palmerston North", "NZ18"),
    "Marlborough": ("Blenheim", "NZ21"),
    "Nelson": ("Nelson", "NZ21"),
    "Northland": ("Whangarei", "NZ11"),
    "Otago": ("Dunedin", "NZ24"),
    "Southland": ("Invercargill", "NZ25"),
    "Taranaki": ("New Plymouth", "NZ17"),
    "Tasman": ("Nelson", "NZ21"),
    "Waikato": ("Hamilton", "NZ13"),
    "Wellington": ("Wellington", "NZ19"),
    "West Coast": ("Greymouth", None),
}
# Richmond, seat of Tasman, is in no list of towns at hand and lies beside Nelson.
JOINT = "NZ21"
NAMES = {"Manawatu-Whanganui": "Manawatū-Whanganui", "Hawke's Bay": "Hawke’s Bay"}
BASE = 2018
MEASURE = "employment"
SOURCE = "statsnz-census"


def load(inputs: Path) -> Harvest:
    """All frames of New Zealand. Employment in persons."""
    raw = read_table(inputs / "world_regions" / "nz_region_anzsic_subdivision_2018.csv")
    coded = raw.loc[raw["anzsic_subdivision"].ne("Total people")].reset_index(drop=True)
    coded = coded.assign(
        region_id=_region_id(coded["region"].str.removesuffix(" Region")), year=BASE, value=coded["employed"]
    )
    coded = coded.join(classify(coded["isic_approx"]))
    everything = add_up(coded, BASE)
    totals = {
        "division": add_up(coded.loc[coded["business"]], BASE),
        "section": everything,
        "group": everything,
    }
    parts = [Harvest(regions=_regions(inputs), observations=_observations(inputs), left_out=_left_out())]
    values = []
    for name, total in totals.items():
        added = sum_values(coded.assign(industry_id=coded[name]))
        values.append(added)
        parts.append(view_harvest(added, View(name, "NZL", BASE, None, MEASURE, SOURCE), totals=total))
    cells = pd.concat(values).drop_duplicates(["region_id", "industry_id", "year"], ignore_index=True)
    parts.append(Harvest(cells=make_cells(cells, measure=MEASURE, unit="persons", source_id=SOURCE)))
    return finish(parts, sorted(everything.index))


def _region_id(names: pd.Series) -> pd.Series:
    """Slugs; the census table writes Wanganui, the region has been Whanganui since 2019."""
    slug = (
        names.str.lower()
        .str.replace("wanganui", "whanganui")
        .str.replace("'", "", regex=False)
        .str.replace(r"[^a-z]+", "-", regex=True)
    )
    return "nz-region-" + slug


def _regions(inputs: Path) -> pd.DataFrame:
    towns = read_table(inputs / "global" / "ne_10m_populated_places.csv")
    points = towns.loc[towns["adm0_a3"].eq("NZL")].drop_duplicates("name").set_index("name")
    names = pd.Series(list(REGIONS))
    town = names.map({name: seat for name, (seat, _) in REGIONS.items()})
    rows = pd.DataFrame(
        {
            "region_id": _region_id(names),
            "name_en": names.replace(NAMES),
            "lon": town.map(points["longitude"]),
            "lat": town.map(points["latitude"]),
        }
    )
    return make_regions(rows, iso3="NZL", level="region", vintage="2018", remark="residents-not-workplace")


def _observations(inputs: Path) -> pd.DataFrame:
    """OECD figures by region; population only where a region has its own, ratio and growth also where joint.

    The national mean of the ratio is that of the OECD's regions (about 95 % of the people).
    """
    oecd = read_table(inputs / "global" / "oecd_tl2_gdp_pop_2000_2020.csv")
    oecd = oecd.loc[oecd["iso3"].eq("NZL")]
    people = spread(oecd, "reg_id", "year", "population")
    product = spread(oecd, "reg_id", "year", "gdp_musd_ppp_const2015")
    names = pd.Series(list(REGIONS), index=_region_id(pd.Series(list(REGIONS))))
    number = names.map({name: code for name, (_, code) in REGIONS.items()})
    own = number[number.ne(JOINT)]
    ratio = compare_per_head(product[2019], people[2019])
    real, more = grow(product[2014], product[2019], 5), grow(people[2015], people[2020], 5)
    same: dict[str, Any] = {"source_id": "oecd-regions", "status": "estimated"}
    return pd.concat(
        [
            make_observations(own.map(people[2020]), "population", year=2020, **same),
            make_observations(number.map(more), "population_growth", year=2020, **same),
            make_observations(number.map(ratio), "gdp_per_head_national_ratio", year=2019, **same),
            make_observations(number.map(real), "gdp_growth_real", year=2019, **same),
        ]
    )


def _left_out() -> pd.DataFrame:
    return make_left_out(
        {
            "NZL: growth": ("one-year", "only the census of 2018 is at hand by region and subdivision"),
            "NZL: business locations 2022": (
                "other-classification",
                "business locations by ANZSIC division count units, not the employed of the census",
            ),
        }
    )
