"""The common form of all lists of initiatives, and how words of the sources become codes.

The rules stand in ``data/catalogue/initiative_rules.yaml``. Nothing is guessed: a figure that the text does
not state plainly stays empty, and a row that no source was seen for says so.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from data.catalogue_files import read_yaml
from data.metadata import FOLDER
from data.names import fold

FORM = (
    "key", "name", "name_local", "country", "type", "region", "region_code", "place", "lon", "lat",
    "coord_basis",
    "subject", "founded", "members", "members_as_of", "organisation", "website", "label", "state_text",
    "status_year", "last_checked", "verified", "confidence", "source_url", "source_id",
)  # fmt: skip
"""Columns of a list: texts as in the source, '' where it has none; points, years, members are numbers."""
NUMBERS = ("lon", "lat", "founded", "members", "members_as_of", "status_year")
PAGES, EDIH, ROR = "initiative-pages", "edih-catalogue", "ror"

_LOCAL = re.compile(r"\s*[（(]([^()（）]*[\u3040-\u9fff\uac00-\ud7af][^()（）]*)[)）]")
_ADDRESS = re.compile(r"https?://[^\s;,\"']+")
_BARE_ADDRESS = re.compile(r"^([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s;,()]*)?)", re.IGNORECASE)
_REPOSITORY = re.compile(r"^([\w.-]+/[\w.-]+)@([0-9a-f]{7,40}):(\S+)")
_COUNTED = re.compile(r"^(?:about |around |nearly |more than |over )?(\d{1,3}(?:,\d{3})+|\d+)\b(.*)$")
_NOT_MEMBERS = ("project", "facilit", "attracted")


def read_list(path: Path) -> pd.DataFrame:
    """A table of texts, '' where a cell is empty; NA is a country code, not a gap."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@lru_cache(maxsize=1)
def load_rules() -> Mapping[str, Any]:
    """The content of ``initiative_rules.yaml``."""
    rules: Mapping[str, Any] = read_yaml(
        FOLDER / "initiative_rules.yaml", FOLDER / "schemas" / "initiative_rules.json"
    )
    return rules


def in_form(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the columns of :data:`FORM`: absent ones empty, numbers as float64."""
    whole = frame.reindex(columns=list(FORM))
    for column in NUMBERS:
        whole[column] = pd.to_numeric(whole[column].replace("", None), errors="coerce").astype("float64")
    whole["verified"] = whole["verified"].fillna(True).astype(bool)
    texts = [column for column in FORM if column not in (*NUMBERS, "verified")]
    whole[texts] = (
        whole[texts].astype("object").fillna("").astype("str").apply(lambda column: column.str.strip())
    )
    # some subjects carry the jobs of each trade in brackets
    whole["subject"] = whole["subject"].str.replace(r"\s*\(\d[\d,]*\)", "", regex=True)
    return whole.reset_index(drop=True)


def split_local(names: pd.Series) -> pd.DataFrame:
    """Columns ``name`` and ``name_local``: Han, kana or hangul in brackets is the local name."""
    local = names.str.extract(_LOCAL, expand=False).fillna("")
    return pd.DataFrame({"name": names.str.replace(_LOCAL, "", regex=True).str.strip(), "name_local": local})


def count_members(text: str) -> float:
    """The number of members a text states, NaN unless it states one number of bodies and nothing else."""
    found = _COUNTED.match(re.sub(r"\([^)]*\)", "", text).strip())
    if found is None or re.search(r"\d", found[2]) or any(word in found[2] for word in _NOT_MEMBERS):
        return float("nan")
    return float(found[1].replace(",", ""))


def state_of(text: str) -> str:
    """The state a text means: that of the first rule whose pattern is found, else ``unknown``."""
    folded = fold(text)
    return next((r["state"] for r in load_rules()["states"] if re.search(r["match"], folded)), "unknown")


def find_address(source: str, website: str = "") -> str:
    """The web address of a source text, '' if it has none.

    A source that names a site only is its page ``website`` if that lies on the same site, else the site.
    """
    for beginning, address in load_rules()["source_addresses"].items():
        if source.startswith(beginning):
            return str(address)
    if found := _ADDRESS.search(source):
        return found[0].rstrip(").")
    if found := _REPOSITORY.match(source):
        return f"https://github.com/{found[1]}/blob/{found[2]}/{found[3]}"
    bare = _BARE_ADDRESS.match(source)
    if bare is None:
        return ""
    host = bare[1].partition("/")[0]
    if "/" not in bare[1] and (urlsplit(website).hostname or "").endswith(host):
        return website
    return f"https://{bare[1]}"


def is_on(address: str, ends: list[str]) -> bool:
    """Whether the host of an address ends like one of the list."""
    host = urlsplit(address).hostname or ""
    return any(host == end or host.endswith(end if end.startswith(".") else f".{end}") for end in ends)


def rate_source(address: str, website: str = "") -> str:
    """A for official pages, B for other pages, C without an address or for a wiki alone.

    A wiki counts as B where the initiative has a website of its own, a second sign of it.
    """
    rules = load_rules()
    if not address or (is_on(address, rules["weak_hosts"]) and not website):
        return "C"
    return "A" if is_on(address, rules["official_hosts"]) else "B"


def rate_sources(addresses: pd.Series, websites: pd.Series) -> pd.Series:
    """:func:`rate_source` row by row."""
    rated = [rate_source(*pair) for pair in zip(addresses, websites, strict=True)]
    return pd.Series(rated, index=addresses.index)


def full_address(website: str) -> str:
    """A website as an address with scheme; '' where the text is none."""
    site = website.strip()
    if not site or site.startswith(("http://", "https://")):
        return site
    return f"https://{site}" if _BARE_ADDRESS.match(site) else ""
