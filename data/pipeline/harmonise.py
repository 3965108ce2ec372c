"""One harvest of the whole world from those of the sources: checked keys, known ids, German names."""

from collections.abc import Collection, Iterable

import pandas as pd

from data.errors import ContractError
from data.metadata import Catalogue
from data.pipeline.harvest import Harvest

KEYS = {
    "regions": ["region_id"],
    "cells": ["region_id", "industry_id", "year", "measure"],
    "totals": ["region_id", "view"],
    "reference": ["reference_id", "view", "industry_id", "measure"],
    "growth": ["region_id", "industry_id"],
    "wage": ["region_id", "industry_id"],
    "observations": ["entity_id", "indicator_id", "year"],
    "clusters": ["cluster_id"],
    "editions": ["entity_id", "indicator_id", "edition"],
}
TOTAL = "total"
"""The row of a reference that holds its whole economy."""


def harmonise(harvest: Harvest, catalogue: Catalogue, countries: Collection[str]) -> Harvest:
    """The checked harvest with the catalogue's German region names.

    ``countries``: known iso3 codes. Raises :class:`ContractError` naming frame, column and the first
    offending values if a key repeats or an id is not known.
    """
    check_keys(harvest)
    check_ids(harvest, catalogue, countries)
    regions = harvest.regions.copy()
    german = regions["region_id"].map(dict(catalogue.region_names_de))
    regions["name_de"] = german.fillna(regions["name_de"]).fillna(regions["name_en"])
    return Harvest(**{name: getattr(harvest, name) for name in KEYS if name != "regions"},
                   regions=regions, left_out=harvest.left_out)  # fmt: skip


def check_keys(harvest: Harvest) -> None:
    """Raise :class:`ContractError` if a key stands twice or has a gap."""
    for name, key in KEYS.items():
        frame: pd.DataFrame = getattr(harvest, name)
        if frame[key].isna().to_numpy().any():
            raise ContractError(f"{name}: a row without {' + '.join(key)}")
        twice = frame.duplicated(key, keep=False)
        if twice.any():
            first = " ".join(str(part) for part in frame.loc[twice, key].iloc[0])
            raise ContractError(f"{name}: {int(twice.sum())} rows share a key, the first is {first}")


def check_ids(harvest: Harvest, catalogue: Catalogue, countries: Collection[str]) -> None:
    """Raise :class:`ContractError` for an id that neither the catalogue nor the harvest knows."""
    regions = set(harvest.regions["region_id"])
    entities = regions | set(harvest.clusters["cluster_id"]) | set(countries)
    industries = {*catalogue.industries, TOTAL}
    for name in ("cells", "growth", "wage", "reference"):
        _require(getattr(harvest, name)["industry_id"], industries, f"{name}.industry_id")
    for name in ("cells", "totals", "growth", "wage", "reference", "observations"):
        _require(getattr(harvest, name)["source_id"], catalogue.sources, f"{name}.source_id")
    for name in ("cells", "totals", "growth", "wage"):
        _require(getattr(harvest, name)["region_id"], regions, f"{name}.region_id")
    for name in ("observations", "editions"):
        _require(getattr(harvest, name)["entity_id"], entities, f"{name}.entity_id")
        _require(getattr(harvest, name)["indicator_id"], catalogue.indicators, f"{name}.indicator_id")
    for name in ("regions", "clusters"):
        _require(getattr(harvest, name)["iso3"], countries, f"{name}.iso3")
    _require(harvest.regions["remark"].dropna(), catalogue.remarks, "regions.remark")
    parents = harvest.regions["parent_id"].dropna()
    _require(parents, regions | set(countries), "regions.parent_id")


def _require(values: pd.Series, known: Iterable[str], where: str) -> None:
    unknown = sorted(set(values.unique()) - set(known))
    if unknown:
        shown = ", ".join(unknown[:5]) + (" …" if len(unknown) > 5 else "")
        raise ContractError(f"{where}: {len(unknown)} unknown ids: {shown}")
