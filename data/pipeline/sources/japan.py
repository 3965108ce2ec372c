"""Japan: establishments and employees of prefectures and municipalities by 18 JSIC sections.

Sources: Economic Census 2014 (basic survey; prefectures only, all establishments incl. the public sector) and
2016, 2021 (activity survey; private establishments only), the latter through SSDSE-A with census population.
2014 stands in the cells as history only and is never compared with later years. Growth is 2016-2021; the
census of 2021 also widened its business frame, so part of a rise is better coverage. A municipality is
shipped with at least 50,000 employees in 2021 (sum of its sections). The reference area is the sum of all
municipalities (0.01-0.03 % under the published national total: areas of undetermined boundary).
"""

from pathlib import Path

import pandas as pd

from data.pipeline.harvest import Harvest
from data.pipeline.sources.japan_places import (
    municipality_regions,
    prefecture_observations,
    prefecture_regions,
)
from data.pipeline.sources.view_frames import (
    View,
    add_up,
    finish,
    grow,
    make_cells,
    make_left_out,
    make_observations,
    read_table,
    sum_values,
    view_harvest,
)

SECTIONS: dict[str, str] = {
    "A": "isic-A",
    "B": "isic-A",
    "C": "isic-B",
    "D": "isic-F",
    "E": "isic-C",
    "F": "isic-D-E",
    "G": "isic-J",
    "H": "isic-H",
    "I": "isic-G",
    "J": "isic-K",
    "K": "isic-L",
    "L": "isic-M",
    "M": "isic-I",
    "N": "isic-R-S",
    "O": "isic-P",
    "P": "isic-Q",
    "Q": "isic-H-S",
    "R": "isic-N",
    "S": "isic-O",
}
GROUPS: dict[str, str] = {
    "A": "isic-A",
    "B": "isic-A",
    "C": "isic-B-E",
    "E": "isic-B-E",
    "F": "isic-B-E",
    "D": "isic-F",
    "G": "isic-J",
    "H": "isic-G-I",
    "I": "isic-G-I",
    "M": "isic-G-I",
    "J": "isic-K",
    "K": "isic-L",
    "L": "isic-M-N",
    "R": "isic-M-N",
    "O": "isic-O-Q",
    "P": "isic-O-Q",
    "S": "isic-O-Q",
    "N": "isic-R-U",
    "Q": "isic-R-U",
}
APPROXIMATE: dict[str, str] = {
    "isic-B-E": "waste management is in N",
    "isic-D-E": "energy and water supply; waste management is in N",
    "isic-G": "vehicle repair is in N",
    "isic-G-I": "without vehicle repair; post offices are in compound services",
    "isic-H": "post offices are in compound services",
    "isic-L": "includes rental of goods (ISIC N)",
    "isic-M": "includes advertising; head offices are with their industry",
    "isic-N": "includes waste management (ISIC E), repair (ISIC C, G, S) and associations (ISIC S)",
    "isic-M-N": "includes waste management, repair and associations; rental of goods is in L",
    "isic-R-S": "personal services and amusement, with travel agencies and funeral services",
    "isic-H-S": "post offices and co-operative associations",
    "isic-P": "includes libraries and museums",
    "isic-R-U": "includes post offices and co-operatives; associations are in N",
    "isic-O-Q": "private establishments only in 2016 and 2021; includes libraries and museums",
}
MEASURES = {"emp": ("employment", "persons"), "est": ("establishments", "establishments")}
LEAST_EMPLOYEES = 50_000
FIRST, BASE = 2016, 2021
SOURCE = "jp-economic-census"


def load(inputs: Path) -> Harvest:
    """All frames of Japan. Employees in persons, establishments as counts; the source withholds no cell."""
    folder = inputs / "asia_ca"
    municipalities = {year: _read_municipalities(folder, year) for year in (FIRST, BASE)}
    local = pd.concat([_melt(frame, year) for year, frame in municipalities.items()], ignore_index=True)
    broad = _read_prefectures(folder / "jp_prefecture_industry.csv")
    large = add_up(local.loc[local["kind"].eq("emp")], BASE)
    large_codes = large[large.ge(LEAST_EMPLOYEES)].index.str.removeprefix("jp-muni-").tolist()
    regions = pd.concat(
        [
            prefecture_regions(folder / "jp_prefecture_context.csv"),
            municipality_regions(folder / "jp_municipality_points.csv", large_codes),
        ],
        ignore_index=True,
    )
    shipped = regions["region_id"].tolist()
    parts = [Harvest(regions=regions, left_out=_left_out(len(large) - len(large_codes)))]
    for mapping, view_name in ((SECTIONS, "section"), (GROUPS, "group")):
        parts += _view_parts(local, broad, mapping, view_name, shipped)
    observations = [prefecture_observations(inputs, municipalities), _people(municipalities)]
    parts.append(Harvest(observations=pd.concat(observations).loc[lambda o: o["entity_id"].isin(shipped)]))
    return finish(parts, shipped)


def _read_municipalities(folder: Path, year: int) -> pd.DataFrame:
    raw = read_table(folder / f"jp_municipality_industry_{year}.csv", dtype={"muni_code": str})
    return raw.assign(region_id="jp-muni-" + raw["muni_code"]).set_index("region_id")


def _melt(wide: pd.DataFrame, year: int) -> pd.DataFrame:
    """Columns est_A … emp_R as rows: region_id, kind, jsic, year, value (published totals are dropped)."""
    columns = [
        f"{kind}_{section}"
        for kind in MEASURES
        for section in SECTIONS
        if f"{kind}_{section}" in wide.columns
    ]
    tidy = wide[columns].reset_index().melt("region_id", var_name="column")
    return tidy.assign(kind=tidy["column"].str[:3], jsic=tidy["column"].str[4:], year=year)


def _read_prefectures(path: Path) -> pd.DataFrame:
    raw = read_table(path)
    tidy = raw.rename(columns={"employees": "emp", "establishments": "est", "jsic_section": "jsic"})
    tidy = tidy.melt(["year", "pref_code", "jsic"], ["emp", "est"], var_name="kind")
    return tidy.assign(region_id="jp-pref-" + tidy["pref_code"].astype(str).str.zfill(2))


def _view_parts(
    local: pd.DataFrame, broad: pd.DataFrame, mapping: dict[str, str], name: str, shipped: list[str]
) -> list[Harvest]:
    """Cells of both measures, and the view on employment, of prefectures and municipalities."""
    view = View(name, "JPN", BASE, (FIRST, BASE), "employment", SOURCE, missing_parts="O")
    parts: list[Harvest] = []
    for kind, (measure, unit) in MEASURES.items():
        mapped = [
            sum_values(frame.loc[frame["kind"].eq(kind)].assign(industry_id=lambda f: f["jsic"].map(mapping)))
            for frame in (local, broad)
        ]
        shown = pd.concat([frame.loc[frame["region_id"].isin(shipped)] for frame in mapped])
        parts.append(Harvest(cells=make_cells(shown, measure=measure, unit=unit, source_id=SOURCE)))
        if kind == "emp":
            parts += [view_harvest(mapped[0], view), view_harvest(mapped[1], view)]
    return parts


def _people(municipalities: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Census population of municipalities 2020 and its growth since 2015 (percent a year)."""
    before, after = (municipalities[year]["population_census"] for year in (FIRST, BASE))
    return pd.concat(
        [
            make_observations(after, "population", year=2020, source_id="jp-ssdse"),
            make_observations(grow(before, after, 5), "population_growth", year=2020, source_id="jp-ssdse"),
        ]
    )


def _left_out(small: int) -> pd.DataFrame:
    return make_left_out(
        {
            "JPN: small municipalities": (
                "below-size",
                f"{small} municipalities with fewer than 50,000 employees count in the reference only",
            ),
            "JPN: growth since 2014": (
                "public-sector-included",
                "2014 covers the public sector as well, 2016 and 2021 private establishments only",
            ),
        }
    )
