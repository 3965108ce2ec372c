"""Australian local government areas of work with at least 50,000 jobs, by section (census)."""

import re
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.view_frames import (
    GROUPS,
    View,
    add_up,
    make_cells,
    make_left_out,
    make_regions,
    read_table,
    sum_values,
    view_harvest,
)

# ANZSIC division: section id and section letter for the common groups.
DIVISIONS: dict[str, tuple[str, str]] = {
    "Agriculture, Forestry and Fishing": ("isic-A", "A"),
    "Mining": ("isic-B", "B"),
    "Manufacturing": ("isic-C", "C"),
    "Electricity, Gas, Water and Waste Services": ("isic-D-E", "D"),
    "Construction": ("isic-F", "F"),
    "Wholesale Trade": ("isic-G", "G"),
    "Retail Trade": ("isic-G", "G"),
    "Accommodation and Food Services": ("isic-I", "I"),
    "Transport, Postal and Warehousing": ("isic-H", "H"),
    "Information Media and Telecommunications": ("isic-J", "J"),
    "Financial and Insurance Services": ("isic-K", "K"),
    "Rental, Hiring and Real Estate Services": ("isic-L", "L"),
    "Professional, Scientific and Technical Services": ("isic-M", "M"),
    "Administrative and Support Services": ("isic-N", "N"),
    "Public Administration and Safety": ("isic-O", "O"),
    "Education and Training": ("isic-P", "P"),
    "Health Care and Social Assistance": ("isic-Q", "Q"),
    "Arts and Recreation Services": ("isic-R", "R"),
    "Other Services": ("isic-S", "S"),
}
APPROXIMATE: dict[str, str] = {
    "isic-C": "without repair of machinery",
    "isic-G": "without vehicle repair",
    "isic-G-I": "without vehicle repair",
    "isic-J": "includes libraries; computer services are in M",
    "isic-L": "includes rental and hiring (ISIC N)",
    "isic-M": "includes computer services (ISIC J)",
    "isic-M-N": "includes computer services; rental and hiring are in L",
    "isic-N": "without security and rental",
    "isic-O": "includes security (ISIC N)",
    "isic-O-Q": "includes security",
    "isic-S": "includes repair of vehicles and machinery",
    "isic-R-U": "includes repair of vehicles and machinery",
}
# Statistical areas (SA3) whose mean point stands for an area of another name.
POINTS: dict[str, tuple[str, ...]] = {
    "Adelaide": ("Adelaide City",),
    "Bayside (NSW)": ("Botany", "Kogarah - Rockdale"),
    "Blacktown": ("Blacktown", "Blacktown - North", "Mount Druitt"),
    "Brisbane": ("Brisbane Inner",),
    "Cairns": ("Cairns - South",),
    "Canterbury-Bankstown": ("Canterbury", "Bankstown"),
    "Casey": ("Casey - North", "Casey - South"),
    "Central Coast (NSW)": ("Gosford", "Wyong"),
    "Cumberland": ("Merrylands - Guildford", "Auburn"),
    "Darebin": ("Darebin - North", "Darebin - South"),
    "Gold Coast": ("Southport", "Surfers Paradise", "Broadbeach - Burleigh", "Robina"),
    "Greater Dandenong": ("Dandenong",),
    "Greater Geelong": ("Geelong",),
    "Hobart": ("Hobart Inner",),
    "Hume": ("Tullamarine - Broadmeadows",),
    "Inner West": ("Leichhardt", "Marrickville - Sydenham - Petersham"),
    "Ipswich": ("Ipswich Inner",),
    "Kingston (Vic.)": ("Kingston",),
    "Lake Macquarie": ("Lake Macquarie - East", "Lake Macquarie - West"),
    "Logan": ("Springwood - Kingston", "Loganlea - Carbrook", "Browns Plains", "Beenleigh"),
    "Melbourne": ("Melbourne City",),
    "Moreton Bay": ("Strathpine", "North Lakes", "Redcliffe", "Caboolture", "Narangba - Burpengary"),
    "North Sydney": ("North Sydney - Mosman",),
    "Northern Beaches": ("Manly", "Warringah", "Pittwater"),
    "Parramatta": ("Parramatta", "Carlingford"),
    "Perth": ("Perth City",),
    "Port Adelaide Enfield": ("Port Adelaide - East", "Port Adelaide - West"),
    "Ryde": ("Ryde - Hunters Hill",),
    "Stonnington": ("Stonnington - East", "Stonnington - West"),
    "Sunshine Coast": ("Maroochy", "Buderim", "Caloundra", "Nambour - Pomona"),
    "Sutherland": ("Cronulla - Miranda - Caringbah", "Sutherland - Menai - Heathcote"),
    "Sydney": ("Sydney Inner City",),
    "The Hills": ("Baulkham Hills", "Rouse Hill - McGraths Hill"),
    "Unincorporated ACT": ("North Canberra", "South Canberra"),
    "Whitehorse": ("Whitehorse - East", "Whitehorse - West"),
    "Whittlesea": ("Whittlesea - Wallan",),
    "Willoughby": ("Chatswood - Lane Cove",),
}
# Earlier names of the areas of 2021: renamed, told apart, or merged whole.
EARLIER: dict[str, str] = {
    "Sutherland Shire (A)": "Sutherland",
    "The Hills Shire (A)": "The Hills",
    "Kingston (C)": "Kingston (Vic.)",
    "Kingston (DC)": "Kingston (SA)",
    "Bayside (C)": "Bayside (Vic.)",
    "Botany Bay (C)": "Bayside (NSW)",
    "Rockdale (C)": "Bayside (NSW)",
    "Central Coast (M)": "Central Coast (Tas.)",
    "Gosford (C)": "Central Coast (NSW)",
    "Wyong (A)": "Central Coast (NSW)",
    "Canterbury (C)": "Canterbury-Bankstown",
    "Bankstown (C)": "Canterbury-Bankstown",
    "Ashfield (A)": "Inner West",
    "Leichhardt (A)": "Inner West",
    "Marrickville (A)": "Inner West",
    "Manly (A)": "Northern Beaches",
    "Pittwater (A)": "Northern Beaches",
    "Warringah (A)": "Northern Beaches",
}
# Areas whose borders moved after the year given: earlier figures are of another place and are not shipped.
REDRAWN: dict[str, int] = {
    "Perth": 2016,
    "Cairns": 2011,
    "Sunshine Coast": 2011,
    "Parramatta": 2011,
    "The Hills": 2011,
    "Cumberland": 2011,
}
NAMES = {"Unincorporated ACT": "Canberra (ACT)"}
LEAST_JOBS = 50_000
FIRST, BASE = 2016, 2021
MEASURE = "employment"
SOURCE = "abs-census"
KIND = re.compile(r" \((?:A|C|R|S|T|M|B|DC|RC|AC)\)")


def load_areas(inputs: Path, state_ids: dict[str, str]) -> list[Harvest]:
    """Regions, cells and views of the large areas; *state_ids*: name of a state to its region id."""
    raw = read_table(inputs / "world_regions" / "au_lga_placeofwork_anzsic_division_2011_2016_2021.csv.gz")
    raw = raw.loc[raw["anzsic_division"].isin(DIVISIONS)].reset_index(drop=True)
    area = _harmonise(raw["lga_place_of_work"])
    raw = raw.assign(area=area, region_id=_area_id(area), value=raw["employed"])
    jobs = add_up(raw, BASE)
    large = raw.loc[raw["region_id"].isin(jobs[jobs.ge(LEAST_JOBS)].index), ["area", "region_id"]]
    regions = _regions(inputs, large.drop_duplicates("region_id"), state_ids)
    columns = raw["anzsic_division"].map(lambda name: DIVISIONS[name])
    mapped = {"section": columns.str[0], "group": columns.str[1].map(GROUPS)}
    redrawn = raw["year"].le(raw["area"].map(REDRAWN).fillna(0))
    parts, values = [Harvest(regions=regions, left_out=_left_out())], []
    for name, industry in mapped.items():
        added = sum_values(raw.assign(industry_id=industry))
        same_place = sum_values(raw.assign(industry_id=industry).loc[~redrawn])
        view = View(name, "AUS-lga", BASE, (FIRST, BASE), MEASURE, SOURCE)
        reference = added.groupby(["industry_id", "year"])["value"].sum()
        parts.append(view_harvest(same_place, view, totals=jobs, reference=reference))
        values.append(same_place)
    cells = pd.concat(values).drop_duplicates(["region_id", "industry_id", "year"], ignore_index=True)
    cells = cells.loc[cells["region_id"].isin(regions["region_id"])]
    return [*parts, Harvest(cells=make_cells(cells, measure=MEASURE, unit="persons", source_id=SOURCE))]


def _harmonise(names: pd.Series) -> pd.Series:
    """Name of 2021 for the names of all three censuses ("Adelaide (C)" is Adelaide)."""
    plain = {name: EARLIER.get(name, KIND.sub("", name)) for name in names.unique()}
    # Campbelltown (C) is in New South Wales in 2011 and in South Australia in 2016: kept apart from both.
    plain["Campbelltown (C)"] = "Campbelltown (C)"
    return names.map(plain)


def _area_id(area: pd.Series) -> pd.Series:
    slug = area.str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    return "au-lga-" + slug


def _regions(inputs: Path, large: pd.DataFrame, state_ids: dict[str, str]) -> pd.DataFrame:
    """Areas at the mean point of their statistical areas; an area without one raises ValueError."""
    places = read_table(inputs / "world_regions" / "au_sa3_patents_trademarks_rd_2009_2016.csv")
    places = places.loc[places["year"].eq(2016), ["name", "state", "lat", "lon"]]
    named = pd.DataFrame(
        [(area, name) for area in large["area"] for name in POINTS.get(area, (area,))],
        columns=["area", "name"],
    )
    found = named.merge(places, on="name", how="left", validate="many_to_one")
    if found["lat"].isna().any():
        raise ValueError(f"no point for {found.loc[found['lat'].isna(), 'area'].tolist()}")
    points = found.groupby("area").agg(lat=("lat", "mean"), lon=("lon", "mean"), state=("state", "first"))
    rows = large.merge(points.reset_index(), on="area", validate="one_to_one")
    name = rows["area"].replace(NAMES)
    rows = rows.assign(
        name_en=name,
        parent_id=rows["state"].map(state_ids),
        remark=rows["area"].isin(REDRAWN).map({True: "borders-changed", False: pd.NA}),
    )
    return make_regions(rows, iso3="AUS", level="lga", vintage="2021", has_outline=False)


def _left_out() -> pd.DataFrame:
    return make_left_out(
        {
            "AUS: small local government areas": (
                "below-size",
                "areas with fewer than 50,000 coded jobs count in the reference only",
            ),
            "AUS: earlier figures of redrawn areas": (
                "borders-changed",
                "; ".join(f"{k} to {v}" for k, v in REDRAWN.items()),
            ),
        }
    )
