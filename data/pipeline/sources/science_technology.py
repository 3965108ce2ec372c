"""The 100 science and technology clusters of WIPO's Global Innovation Index 2022.

Figures are WIPO's own: PCT applications by inventor address and scientific publications, both
2016-2020. A cluster stands at the mean of the cities in its name (GeoNames points), so that a circle
of 50 km around it holds all of them except Hong Kong and Guangzhou. Figures of other editions go
into ``editions`` one by one with their address and are never chained: the methods differ.
"""

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from data.pipeline.harvest import CLUSTERS, EDITIONS, LEFT_OUT, OBSERVATIONS, Harvest
from data.pipeline.sources.countries import iso3_of
from data.pipeline.sources.oecd_regions import cluster_ratios

SOURCE = "wipo-gii-clusters"
EDITION = 2022
PERIOD_END = 2020  # counts run over 2016-2020

GERMAN_CITIES = {
    "Beijing": "Peking", "Brussels": "Brüssel", "Cologne": "Köln", "Copenhagen": "Kopenhagen",
    "Hong Kong": "Hongkong", "Milan": "Mailand", "Montréal": "Montreal", "Moscow": "Moskau",
    "Munich": "München", "New York City": "New York", "Nuremberg": "Nürnberg", "Rome": "Rom",
    "Singapore": "Singapur", "Taipei": "Taipeh", "Tehran": "Teheran", "Tokyo": "Tokio",
    "Vienna": "Wien", "Warsaw": "Warschau",
}  # fmt: skip

# input column -> (indicator, year the figure belongs to)
_FIGURES = {
    "rank": ("st_rank", EDITION),
    "intensity_rank": ("st_intensity_rank", EDITION),
    "rank_change": ("st_rank_change", EDITION),
    "pct_applications": ("pct_applications", PERIOD_END),
    "publications": ("publications", PERIOD_END),
    "pct_share_pct": ("pct_share", PERIOD_END),
    "pub_share_pct": ("publication_share", PERIOD_END),
    "total_share": ("st_total_share", PERIOD_END),
    "pct_per_million": ("pct_per_million", PERIOD_END),
    "publications_per_million": ("publications_per_million", PERIOD_END),
    "balance": ("patent_publication_balance", PERIOD_END),
    "est_population": ("population", PERIOD_END),
}
_ESTIMATED = ("population", "pct_per_million", "publications_per_million")

# the input table gives Xiamen the point of Xi'an; GeoNames has it under this id
_CORRECTED_PLACES = {"Xiamen": 1790645}

_EDITION_FIGURES = {
    "rank": "st_rank",
    "intensity_rank": "st_intensity_rank",
    "pct_applications": "pct_applications",
    "publications": "publications",
    "pct_share_pct": "pct_share",
    "pub_share_pct": "publication_share",
}


def slugify(name: str) -> str:
    """Lower-case ASCII words joined by hyphens: ``Xi’an`` -> ``xian``, ``São Paulo`` -> ``sao-paulo``."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def translate_name(name: str) -> str:
    """The German name of a cluster: each city by its German name, the state suffix kept."""
    parts = [part.partition(", ") for part in name.split("–")]
    return "–".join(GERMAN_CITIES.get(city, city) + comma + state for city, comma, state in parts)


def _correct_points(table: pd.DataFrame, inputs: Path) -> pd.DataFrame:
    """Give the clusters of :data:`_CORRECTED_PLACES` their own GeoNames point."""
    path = inputs / "global" / "geonames_cities_50k.csv"
    places = pd.read_csv(path, keep_default_na=False, na_values=[""]).set_index("geonameid")
    place = table["cluster"].map(_CORRECTED_PLACES)
    for axis in ("lon", "lat"):
        right = place.map(places[axis])
        table[axis] = right.fillna(table[axis])
        table[f"centroid_{axis}"] = right.round(4).fillna(table[f"centroid_{axis}"])
    return table


def read_table(inputs: Path) -> pd.DataFrame:
    """WIPO's 100 rows with ``cluster_id``, share sum and balance added; one row a cluster, by rank.

    ``total_share`` is the sum of the two world shares in per cent, unrounded (WIPO ranks by it).
    ``balance`` = (PCT share - publication share) / (PCT share + publication share), -1 to 1.
    """
    path = inputs / "global" / "gii_clusters_2022.csv"
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    table = _correct_points(table, inputs)
    table["cluster_id"] = "st-" + table["cluster"].map(slugify)
    table["total_share"] = table["pct_share_pct"] + table["pub_share_pct"]
    table["balance"] = (table["pct_share_pct"] - table["pub_share_pct"]) / table["total_share"]
    return table.sort_values("rank", ignore_index=True)


def metro_points(inputs: Path) -> pd.DataFrame:
    """Frame[entity_id, lon, lat]: the first city of each cluster, for the match with a metro area."""
    table = read_table(inputs)
    return table[["cluster_id", "lon", "lat"]].rename(columns={"cluster_id": "entity_id"})


def _economies(component_cities: str, economies: str) -> list[str]:
    """ISO 3 codes, that of the first city first; the others in WIPO's order."""
    first = [str(json.loads(component_cities)[0]["cc"])]
    codes = first + [code for code in economies.split("/") if code not in first]
    return [iso3_of(code) for code in codes]


def _clusters(table: pd.DataFrame) -> pd.DataFrame:
    codes = [_economies(c, e) for c, e in zip(table["component_cities"], table["economies"], strict=True)]
    return pd.DataFrame(
        {
            "cluster_id": table["cluster_id"],
            "kind": "science-technology",
            "region_id": pd.NA,
            "industry_id": pd.NA,
            "iso3": [c[0] for c in codes],
            "iso3_all": ["|".join(c) for c in codes],
            "name_en": table["cluster"],
            "name_de": table["cluster"].map(translate_name),
            "lon": table["centroid_lon"],
            "lat": table["centroid_lat"],
            "granularity": "none",
            "counted": True,
            "rule": "wipo-top-100",
        }
    )[list(CLUSTERS)]


def _observations(table: pd.DataFrame) -> pd.DataFrame:
    long = table.melt(id_vars="cluster_id", value_vars=list(_FIGURES), var_name="column")
    long["indicator_id"] = long["column"].map({c: i for c, (i, _) in _FIGURES.items()})
    long["year"] = long["column"].map({c: y for c, (_, y) in _FIGURES.items()})
    long["status"] = long["indicator_id"].isin(_ESTIMATED).map({True: "estimated", False: "observed"})
    long["source_id"] = SOURCE
    return long.rename(columns={"cluster_id": "entity_id"})[list(OBSERVATIONS)]


def extract_address(source: pd.Series) -> pd.Series:
    """The web address in a note on a source; repository names and forwarded addresses written out."""
    plain = source.str.replace("github:", "https://github.com/").map(unquote)
    return plain.str.extract(r"(?:.*\?url=)?(https?://[^\s),;]+)", expand=False)


def _editions(inputs: Path, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures of other editions under the very name of 2022; all others are listed as left out.

    A different name is a different outline ("Shenzhen-Hong Kong" of 2019), so it is not carried over.
    """
    path = inputs / "global" / "gii_clusters_other_editions_partial.csv"
    raw = pd.read_csv(path, keep_default_na=False, na_values=[""])
    raw["entity_id"] = raw["cluster"].map(table.set_index("cluster")["cluster_id"])
    raw["indicator_id"] = raw["indicator"].map(_EDITION_FIGURES)
    raw["source_url"] = extract_address(raw["source"])
    known = raw["entity_id"].notna()
    used = known & raw["indicator_id"].notna() & raw["source_url"].notna()
    kept = raw[used][list(EDITIONS)]
    kept = kept.sort_values(["entity_id", "indicator_id", "edition"], ignore_index=True)
    rest = raw[~used]
    left = pd.DataFrame(
        {
            "entity": rest["cluster"],
            "reason_key": known[~used].map({True: "edition-figure-not-comparable", False: "other-outline"}),
            "detail": rest["edition"].astype(str) + " " + rest["indicator"],
        }
    )[list(LEFT_OUT)]
    return kept, left.reset_index(drop=True)


def load(inputs: Path) -> Harvest:
    """100 clusters, their figures, and the figures of other editions; raises OSError without the tables."""
    table = read_table(inputs)
    editions, left_out = _editions(inputs, table)
    ratios = cluster_ratios(inputs)
    ratios["entity_id"] = ratios["entity_id"].map(table.set_index("cluster")["cluster_id"])
    observations = pd.concat([_observations(table), ratios], ignore_index=True)
    return Harvest(observations=observations, clusters=_clusters(table), editions=editions, left_out=left_out)
