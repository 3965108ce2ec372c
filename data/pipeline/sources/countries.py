"""Countries: names, continent, income group and point, and their Global Innovation Index figures.

The list is Natural Earth's 1:50m countries under ISO 3166 codes; areas without a code of their own
are left out, except Kosovo (XKX, user-assigned). Names are CLDR's. Income groups are those printed in
the Global Innovation Index; a country the index does not cover has none.
"""

from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from babel import Locale

from data.pipeline.harvest import OBSERVATIONS, Harvest
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2

SOURCE = "wipo-gii"
COUNTRIES = ("iso3", "iso2", "name_en", "name_de", "continent", "un_region", "income_group", "lon", "lat")
CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america", "oceania")

# Natural Earth's own codes and its -99 gaps -> ISO 3166
_ISO3_OF_NATURAL_EARTH = {"ALD": "ALA", "KOS": "XKX", "PSX": "PSE", "SAH": "ESH", "SDS": "SSD"}
# areas without an ISO code, and Antarctica, which lies on none of the six continents
_NO_COUNTRY = ("ATA", "ATC", "ATF", "CYN", "HMD", "IOA", "IOT", "KAS", "SGS", "SOL")
_ISLANDS_CONTINENT = {"MDV": "asia", "MUS": "africa", "SHN": "africa", "SYC": "africa"}
_INCOME = {"HI": "HI", "UM": "UM", "LM": "LM", "LI": "LO"}
# CLDR's long forms are too long for a list of countries
_SHORT_NAMES = {"HK": ("Hong Kong", "Hongkong"), "MO": ("Macao", "Macau")}

_BY_SCORE = {
    "GII": "gii_score",
    "IN.1": "gii_institutions",
    "IN.2": "gii_human_capital",
    "IN.3": "gii_infrastructure",
    "IN.4": "gii_market",
    "IN.5": "gii_business",
    "OUT.6": "gii_knowledge_outputs",
    "OUT.7": "gii_creative_outputs",
}
# the number of an indicator moves between editions, the start of its name does not
_SURVEYED = {
    "State of cluster development": "gii_cluster_development",
    "University-industry R&D collaboration": "gii_university_industry",
}
_BY_VALUE = {
    "FDI net inflows, % GDP": "gii_fdi_inflows",
    "High-tech exports, % total trade": "gii_hightech_exports",
}
_FIRST_EDITION = 2022  # the numbering and several methods changed after 2021


def iso3_of(iso2: str) -> str:
    """The ISO 3166 alpha-3 code of an alpha-2 code; raises KeyError for an unknown one."""
    return ISO3_BY_ISO2[iso2]


def canonical_code(adm0_a3: pd.Series) -> pd.Series:
    """ISO 3166 alpha-3 of Natural Earth's ``ADM0_A3``; NA for an area that is no country of its own."""
    return adm0_a3.replace(_ISO3_OF_NATURAL_EARTH).where(~adm0_a3.isin(_NO_COUNTRY))


@lru_cache(maxsize=2)
def _names(language: str) -> dict[str, str]:
    short = {code: names[language == "de"] for code, names in _SHORT_NAMES.items()}
    return {**dict(Locale(language).territories), **short}


def _label_points(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """A point inside the largest part of each country, so that France lies in Europe."""
    parts = shapes.explode(ignore_index=False)
    # degrees are good enough to tell which part of a country is its largest
    by_size = parts.iloc[np.argsort(-shapely.area(parts.to_numpy()), kind="stable")]
    largest = by_size[~by_size.index.duplicated()]
    return largest.representative_point().reindex(shapes.index)


def _economies(inputs: Path) -> pd.DataFrame:
    path = inputs / "global" / "gii_economies_2022_2025.csv"
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def countries_frame(inputs: Path) -> pd.DataFrame:
    """One row a country, columns :data:`COUNTRIES`, sorted by ``iso3``.

    ``income_group``: HI, UM, LM or LO of the latest edition that states one, else NA.
    ``un_region``: slug of the UN statistical subregion. ``lon``/``lat``: a point inside, degrees.
    """
    world = gpd.read_file(inputs / "global" / "ne_50m_countries.geojson")
    world["iso3"] = canonical_code(world["ADM0_A3"])
    world = world[world["iso3"].notna()].set_index("iso3").sort_index()
    iso2 = pd.Series({iso3: iso2 for iso2, iso3 in ISO3_BY_ISO2.items()}).reindex(world.index)
    income = _economies(inputs).dropna(subset=["income"]).sort_values("edition")
    latest = income.groupby("iso3")["income"].last().map(_INCOME)
    points = _label_points(world.geometry)
    slug = world["CONTINENT"].str.casefold().str.replace(" ", "-")
    frame = pd.DataFrame(
        {
            "iso2": iso2,
            "name_en": iso2.map(_names("en")),
            "name_de": iso2.map(_names("de")),
            "continent": slug.where(slug.isin(CONTINENTS), world.index.map(_ISLANDS_CONTINENT)),
            "un_region": world["SUBREGION"].str.casefold().str.replace(" ", "-"),
            "income_group": latest.reindex(world.index),
            "lon": points.x.round(3),
            "lat": points.y.round(3),
        }
    )
    return frame.rename_axis("iso3").reset_index()[list(COUNTRIES)]


def national_income(inputs: Path, edition: int) -> pd.Series:
    """GDP per head in current international dollars (PPP) by iso3, as printed in one edition."""
    table = _economies(inputs)
    return table[table["edition"] == edition].dropna(subset=["ppppc"]).set_index("iso3")["ppppc"]


def national_population(inputs: Path, edition: int) -> pd.Series:
    """Population in persons by iso3, as printed in one edition (the printed unit is thousand)."""
    table = _economies(inputs)
    return table[table["edition"] == edition].dropna(subset=["pop"]).set_index("iso3")["pop"] * 1000


def _index_figures(inputs: Path) -> pd.DataFrame:
    path = inputs / "global" / "gii_country_2021_2025.csv.gz"
    table = pd.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)
    table = table[table["edition"] >= _FIRST_EDITION]
    name = table["name"].str.replace("–", "-").str.strip("†*")
    name = name.str.removesuffix(" and depth")  # "State of cluster development and depth" until 2022
    scored = table["num"].map(_BY_SCORE).fillna(name.map(_SURVEYED))
    return table.assign(scored=scored, measured=name.map(_BY_VALUE))


def load(inputs: Path) -> Harvest:
    """GII figures by country for the editions 2022-2025: scores by edition, indicators by data year.

    Scores (0-100; also those of the two survey questions) carry the year of the edition and are not
    strictly comparable across editions. The two trade and investment figures keep their unit (per cent)
    and the year of their data; where two editions print the same data year the later one counts. A
    figure WIPO does not print is left out.
    """
    table = _index_figures(inputs)
    scores = table[table["scored"].notna()].assign(
        indicator_id=lambda t: t["scored"], figure=lambda t: t["score"], year=lambda t: t["edition"]
    )
    values = table[table["measured"].notna()].assign(
        indicator_id=lambda t: t["measured"], figure=lambda t: t["value"], year=lambda t: t["data_year"]
    )
    both = pd.concat([scores, values]).dropna(subset=["figure", "year"]).sort_values("edition", kind="stable")
    both = both.drop_duplicates(["iso3", "indicator_id", "year"], keep="last")
    frame = pd.DataFrame(
        {
            "entity_id": both["iso3"],
            "indicator_id": both["indicator_id"],
            "year": both["year"].astype(int),
            "value": both["figure"].astype(float),
            "status": "observed",
            "source_id": SOURCE,
        }
    )
    keys = ["indicator_id", "entity_id", "year"]
    return Harvest(observations=frame.sort_values(keys, ignore_index=True)[list(OBSERVATIONS)])
