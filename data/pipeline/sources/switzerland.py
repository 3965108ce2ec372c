"""Switzerland: seven NUTS 2 regions and the cantons in them, with product and employment as context only.

Zürich and Ticino are a canton and a NUTS 2 region at once: they stand once, as the NUTS 2 region.
The source has no industries finer than three sectors, so there are no cells.
"""

import json
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import OBSERVATIONS, REGIONS, Harvest
from data.pipeline.sources.nuts import NAMES_FILE, describe_regions, read_table
from data.pipeline.sources.nuts_observations import regional_observations

SOURCE = "ch-fso"
RATIO_YEAR = 2018  # the newest year with population

# canton in the source: (id, code of its NUTS 2 region, HASC code of its point)
CANTONS = {
    "Aargau": ("aargau", "CH03", "CH.AG"),
    "Appenzell Ausserrhoden": ("appenzell-ausserrhoden", "CH05", "CH.AR"),
    "Appenzell Innerrhoden": ("appenzell-innerrhoden", "CH05", "CH.AI"),
    "Basel-Landschaft": ("basel-landschaft", "CH03", "CH.BL"),
    "Basel-Stadt": ("basel-stadt", "CH03", "CH.BS"),
    "Berne": ("berne", "CH02", "CH.BE"),
    "Fribourg": ("fribourg", "CH02", "CH.FR"),
    "Geneva": ("geneva", "CH01", "CH.GE"),
    "Glarus": ("glarus", "CH05", "CH.GL"),
    "Graubünden": ("graubunden", "CH05", "CH.GR"),
    "Jura": ("jura", "CH02", "CH.JU"),
    "Lucerne": ("lucerne", "CH06", "CH.LU"),
    "Neuchâtel": ("neuchatel", "CH02", "CH.NE"),
    "Nidwalden": ("nidwalden", "CH06", "CH.NW"),
    "Obwalden": ("obwalden", "CH06", "CH.OW"),
    "Schaffhausen": ("schaffhausen", "CH05", "CH.SH"),
    "Schwyz": ("schwyz", "CH06", "CH.SZ"),
    "Solothurn": ("solothurn", "CH02", "CH.SO"),
    "St. Gallen": ("st-gallen", "CH05", "CH.SG"),
    "Thurgau": ("thurgau", "CH05", "CH.TG"),
    "Ticino": (None, "CH07", "CH.TI"),
    "Uri": ("uri", "CH06", "CH.UR"),
    "Valais": ("valais", "CH01", "CH.VS"),
    "Vaud": ("vaud", "CH01", "CH.VD"),
    "Zug": ("zug", "CH06", "CH.ZG"),
    "Zurich": (None, "CH04", "CH.ZH"),
}
_INDICATORS = {"gdp_mio_chf": "gdp_mio_chf", "employed_total": "employed_total"}


def _canton_table() -> pd.DataFrame:
    """canton, region_id, parent_id, code of NUTS 2, hasc; the two double ones carry the NUTS 2 id."""
    rows = [(name, slug, code, hasc) for name, (slug, code, hasc) in CANTONS.items()]
    frame = pd.DataFrame(rows, columns=["canton", "slug", "code", "hasc"])
    frame["parent_id"] = "eu-nuts2-" + frame["code"]
    frame["region_id"] = ("ch-canton-" + frame["slug"]).fillna(frame["parent_id"])
    return frame


def _canton_regions(inputs: Path) -> pd.DataFrame:
    layer = json.loads((inputs / "global" / "admin1_world_simplified.geojson").read_text(encoding="utf-8"))
    points = pd.DataFrame([f["properties"] for f in layer["features"] if f["properties"]["adm0_a3"] == "CHE"])
    cantons = (
        _canton_table()
        .dropna(subset=["slug"])
        .merge(points.dropna(subset=["hasc"]), on="hasc", validate="1:1")
    )
    names = read_table(NAMES_FILE).set_index("region_id")
    return cantons.assign(
        iso3="CHE",
        level="region",
        vintage="",
        successor_ids="",
        name_en=cantons["region_id"].map(names["name_en"]),
        name_de=cantons["region_id"].map(names["name_de"]),
        name_local=cantons["name"],
        has_outline=False,
        remark=None,
    )[list(REGIONS)]


def _observations(table: pd.DataFrame) -> pd.DataFrame:
    """Product (CHF million) and employed persons of cantons and, summed, of NUTS 2 regions."""
    keys = ["indicator", "year"]
    cantons = table[table["region_id"].str.startswith("ch-")].rename(columns={"region_id": "entity_id"})
    regions = table.groupby(["parent_id", *keys], as_index=False)[["value", "provisional"]].agg(
        {"value": "sum", "provisional": "max"}
    )
    both = pd.concat([cantons, regions.rename(columns={"parent_id": "entity_id"})], ignore_index=True)
    return both.assign(
        indicator_id=both["indicator"].map(_INDICATORS),
        status=both["provisional"].eq(1).map({True: "provisional", False: "observed"}),
        source_id=SOURCE,
    )[list(OBSERVATIONS)]


def _head_ratio(accounts: pd.DataFrame, nuts: pd.DataFrame) -> pd.DataFrame:
    """Product per head over the country's; ``estimated``, product and population being of two producers."""
    product = accounts.query("indicator_id == 'gdp_mio_chf' and year == @RATIO_YEAR").set_index("entity_id")[
        "value"
    ]
    people = nuts.query("indicator_id == 'population' and year == @RATIO_YEAR").set_index("entity_id")[
        "value"
    ]
    product = product.reindex(people.index)
    ratio = product / people / (product.sum() / people.sum())
    return ratio.rename_axis("entity_id").reset_index(name="value").assign(
        indicator_id="gdp_per_head_national_ratio", year=RATIO_YEAR, status="estimated", source_id=SOURCE
    )[list(OBSERVATIONS)]  # fmt: skip


def load(inputs: Path) -> Harvest:
    """Regions and observations of Switzerland; no cells."""
    table = read_table(inputs / "world_regions" / "ch_canton_gdp_employment_2008_2022.csv")
    table = table[table["indicator"].isin(list(_INDICATORS))].merge(_canton_table(), on="canton")
    codes = set(table["code"])
    accounts = _observations(table)
    nuts = regional_observations(inputs, codes)
    observations = pd.concat([accounts, nuts, _head_ratio(accounts, nuts)], ignore_index=True)
    return Harvest(
        regions=pd.concat([describe_regions(inputs, codes), _canton_regions(inputs)], ignore_index=True),
        observations=observations.sort_values(["entity_id", "indicator_id", "year"], ignore_index=True),
    )
