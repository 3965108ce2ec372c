"""The curated tables: their columns, order and compact types."""

from collections.abc import Mapping

import pandas as pd

from data.metadata import Catalogue

SPECIALISATIONS = (
    "region_id", "industry_id", "view", "granularity", "year", "measure", "value", "unit", "status",
    "estimated_share", "lq_home", "lq_pooled", "focus", "national_share", "growth", "growth_advantage",
    "growth_year", "reference_id", "source_id",
)  # fmt: skip
SORT_KEYS: dict[str, list[str]] = {
    "countries": ["iso3"],
    "regions": ["region_id"],
    "industries": [],
    "fields": [],
    "industry_fields": ["industry_id", "field_id"],
    "cells": ["source_id", "measure", "region_id", "industry_id", "year"],
    "specialisations": ["view", "region_id", "industry_id"],
    "clusters": ["cluster_id"],
    "observations": ["indicator_id", "entity_id", "year"],
    "editions": ["entity_id", "indicator_id", "edition"],
    "initiatives": ["initiative_id"],
    "programmes": ["programme_id"],
    "actors": ["actor_id"],
    "links": ["relation", "from_id", "to_id"],
    "left_out": ["reason_key", "entity", "detail"],
}
CATEGORIES: dict[str, tuple[str, ...]] = {
    "cells": ("region_id", "industry_id", "measure", "unit", "status", "source_id"),
    "specialisations": (
        "region_id", "industry_id", "view", "granularity", "measure", "unit", "status", "reference_id",
        "source_id",
    ),
    "observations": ("entity_id", "indicator_id", "status", "source_id"),
    "actors": ("type", "iso3", "region_id", "source_id"),
    "links": ("relation", "basis"),
}  # fmt: skip
SMALL_FLOATS: dict[str, tuple[str, ...]] = {
    "cells": ("estimated_share",),
    "specialisations": (
        "estimated_share", "lq_home", "lq_pooled", "focus", "national_share", "growth", "growth_advantage",
    ),
}  # fmt: skip
NULLABLE_YEARS = {"specialisations": ("growth_year",)}
PEOPLE = ("persons", "establishments")
_DECIMALS = 1  # a tenth of a person is finer than any source


def catalogue_tables(catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """industries, fields and industry_fields in the order of the catalogue."""
    industries = [
        {"industry_id": i.industry_id, "scheme": i.scheme, "level": i.level, "parent_id": i.parent_id or None,
         "name_en": i.name.en, "name_de": i.name.de, "short_en": i.short.en, "short_de": i.short.de,
         "traded": i.traded, "members": "|".join(i.members), "approximate": i.approximate}
        for i in catalogue.industries.values()
    ]  # fmt: skip
    fields = [
        {"field_id": f.field_id, "name_en": f.name.en, "name_de": f.name.de, "short_en": f.short.en,
         "short_de": f.short.de}
        for f in catalogue.fields.values()
    ]  # fmt: skip
    belonging = [
        {"industry_id": industry, "field_id": field, "weight": weight}
        for industry, weights in catalogue.industry_fields.items()
        for field, weight in weights.items()
    ]
    return {
        "industries": pd.DataFrame(industries),
        "fields": pd.DataFrame(fields),
        "industry_fields": pd.DataFrame(belonging),
    }


def finish_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table sorted, rounded and in its compact types; the same input gives the same frames."""
    return {name: _finish(name, tables[name]) for name in SORT_KEYS}


def _finish(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    if keys := SORT_KEYS[name]:
        frame = frame.sort_values(keys, kind="stable")
    frame = frame.reset_index(drop=True)
    if name in ("cells", "specialisations"):
        rounded = frame["value"].astype("float64").round(_DECIMALS)
        frame = frame.assign(value=rounded.where(frame["unit"].isin(PEOPLE), frame["value"]))
    for column in SMALL_FLOATS.get(name, ()):
        frame[column] = frame[column].astype("float32")
    for column in ("year", "edition"):
        if column in frame:
            frame[column] = frame[column].astype("int16")
    for column in NULLABLE_YEARS.get(name, ()):
        frame[column] = frame[column].astype("Int16")
    for column in ("counted", "has_outline", "approximate"):
        if column in frame:
            frame[column] = frame[column].astype("bool")
    for column in CATEGORIES.get(name, ()):
        present = sorted(frame[column].dropna().unique())
        frame[column] = pd.Categorical(frame[column], categories=present)
    return frame
