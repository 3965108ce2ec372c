"""Support programmes of four lists, with names, target groups and amounts in our own words in both
languages.

``data/catalogue/programmes_text.csv`` gives each programme its id, both names, codes of instruments and
target groups (words in ``programme_terms.yaml``) and its amount; the lists give agency, years, state and
addresses.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue_files import read_csv, read_yaml
from data.contracts_directory import EUROPEAN_UNION
from data.errors import InputError
from data.metadata import FOLDER
from data.pipeline.sources.countries import iso3_of
from data.pipeline.sources.initiatives_form import (
    find_address,
    full_address,
    rate_sources,
    read_list,
    state_of,
)

PROGRAMMES = (
    "programme_id", "name_en", "name_de", "iso3", "agency", "start", "end", "budget_value", "budget_currency",
    "budget_text_en", "budget_text_de", "instruments", "instruments_en", "instruments_de", "target_groups",
    "target_group_en", "target_group_de", "status", "status_year", "website", "source_url", "verified",
    "confidence", "counted", "source_id",
)  # fmt: skip
TEXT_COLUMNS = (
    "programme_id", "list", "name_in_list", "name_en", "name_de", "target_groups", "instruments",
    "budget_value",
    "budget_currency", "budget_en", "budget_de", "status", "status_year", "labels",
)  # fmt: skip
SOURCE = "initiative-pages"
_LISTS = {
    "us": ("us/us_programmes.csv", {"programme": "name", "start_year": "start", "web": "website"}),
    "eu": ("eu/support_programmes_europe.csv", {"run_by": "agency"}),
    "ai": (
        "asia_ca/programmes_ca_in_jp.csv",
        {"year_started": "start", "year_ended": "end", "url": "website"},
    ),
    "world": ("initiatives/programmes_world.csv", {}),
}


@lru_cache(maxsize=1)
def load_texts() -> pd.DataFrame:
    """The rows of ``programmes_text.csv``, all columns text."""
    return pd.DataFrame(
        read_csv(FOLDER / "programmes_text.csv", TEXT_COLUMNS, ("list", "name_in_list", "programme_id"))
    )


@lru_cache(maxsize=1)
def load_terms() -> Mapping[str, Any]:
    """The words for instruments, target groups and states."""
    terms: Mapping[str, Any] = read_yaml(
        FOLDER / "programme_terms.yaml", FOLDER / "schemas" / "programme_terms.json"
    )
    return terms


def _read(inputs: Path, code: str) -> pd.DataFrame:
    """One list in common columns, the code of the list and the name there among them."""
    file, names = _LISTS[code]
    rows = read_list(inputs / file).rename(columns=names)
    seen = rows["verification"] if "verification" in rows else pd.Series("", index=rows.index)
    remembered = seen.str.contains("from memory")
    website = rows.get("website", pd.Series("", index=rows.index)).map(full_address)
    address = rows["source"].map(find_address) if "source" in rows else website.mask(remembered, "")
    columns = ["name", "country", "agency", "start", "end", "status", "status_year", "confidence"]
    rows = rows.reindex(columns=columns, fill_value="")
    return rows.assign(
        list=code, country=rows["country"].replace({"": "US", "UK": "GB"}), website=website,
        source_url=address, verified=~remembered,
        confidence=rows["confidence"].mask(rows["confidence"] == "", rate_sources(address, website)),
    ).rename(columns={"name": "name_in_list"})  # fmt: skip


def load(inputs: Path) -> pd.DataFrame:
    """98 programmes with the columns :data:`PROGRAMMES`; empty cells are NA.

    A programme without a text, or a text without a programme, raises :class:`InputError` naming it.
    """
    listed = pd.concat([_read(inputs, code) for code in _LISTS], ignore_index=True)
    texts = load_texts()
    texts = texts.assign(country=texts["programme_id"].str[:2].str.upper())
    keys = ["list", "name_in_list", "country"]
    both = texts.merge(listed, how="outer", on=keys, suffixes=("", "_listed"), indicator="side")
    if (both["side"] != "both").any():
        odd = both[both["side"] != "both"].iloc[0]
        raise InputError(
            f"programmes: {odd['list']}: {odd['name_in_list']} stands on one side only ({odd['side']})"
        )
    number = {c: pd.to_numeric(both[c].replace("", None)) for c in ("budget_value", "start", "end")}
    year = both["status_year"].where(both["status_year"] != "", both["status_year_listed"])
    counted = both["verified"] & (both["confidence"] != "C") & (both["source_url"] != "")
    whole = both.assign(
        iso3=both["country"].map(lambda code: EUROPEAN_UNION if code == "EU" else iso3_of(code)),
        budget_text_en=both["budget_en"], budget_text_de=both["budget_de"],
        status=both["status"].mask(both["status"] == "", both["status_listed"].map(state_of)),
        status_year=pd.to_numeric(year.replace("", None)), counted=counted, source_id=SOURCE, **number,
        **_words(both, "instruments", "instruments"), **_words(both, "target_groups", "target_group"),
    )  # fmt: skip
    whole = whole[list(PROGRAMMES)].replace("", None).sort_values("programme_id", ignore_index=True)
    years = ["start", "end", "status_year"]
    return whole.astype(
        {**dict.fromkeys(years, "Int16"), "verified": bool, "counted": bool, "budget_value": float}
    )


def _words(rows: pd.DataFrame, column: str, target: str) -> dict[str, pd.Series]:
    """Columns ``target_en`` and ``target_de``: the words of the codes, joined by commas."""
    terms = load_terms()[column]
    return {
        f"{target}_{lang}": rows[column].map(
            lambda codes, k=lang: ", ".join(terms[c][k] for c in codes.split("|"))
        )
        for lang in ("en", "de")
    }
