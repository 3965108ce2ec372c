"""Region layers: one figure for every area of an outline file, for the map's coloured regions."""

import hashlib
import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.observatory import Observatory
from data.selection import Selection

BASE = ("countries", "countries_50m")
"""Outlines that draw the land itself."""
FROM_CELLS = {"lq_home": "lq_home", "employment": "value"}
"""Indicators a region has for one industry, and their column in the table of specialisations."""


class LayerFigures(NamedTuple):
    """``ids`` of the areas to draw, their values (NaN where missing) and years (0 where missing)."""

    ids: tuple[str, ...]
    values: npt.NDArray[np.float64]
    years: npt.NDArray[np.int64]
    indicator_id: str
    industry_id: str


@lru_cache(maxsize=32)
def layer_address(obs: Observatory, layer: str) -> str:
    """Address of an outline file with a fingerprint, so that a browser may keep it; empty if not at hand."""
    path = obs.folder / "geometry" / f"{layer}.geojson"
    if not path.is_file():
        return ""
    return f"/geo/{layer}.geojson?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=32)
def outlined(obs: Observatory, layer: str) -> tuple[str, ...]:
    """Ids of all areas of an outline file."""
    path = obs.folder / "geometry" / f"{layer}.geojson"
    if layer in BASE or not path.is_file():
        return ()
    features = json.loads(path.read_text("utf-8"))["features"]
    return tuple(str(feature["properties"]["id"]) for feature in features)


def region_layers(obs: Observatory) -> tuple[str, ...]:
    """Names of the layers that can be coloured."""
    return tuple(name for name in obs.layers if name not in BASE)


@lru_cache(maxsize=4)
def _successors(obs: Observatory) -> dict[str, tuple[str, ...]]:
    """Areas of older borders and what they became; their outlines lie over those of today."""
    frame = obs.tables["regions"]
    old = frame[frame["successor_ids"].fillna("") != ""]
    pairs = zip(old["region_id"].astype(str), old["successor_ids"].astype(str), strict=True)
    return {name: tuple(after.split("|")) for name, after in pairs}


def _is_drawn(
    obs: Observatory, ids: tuple[str, ...], values: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Every area of today; one of older borders only where it has a figure and none of its successors has."""
    known = {name for name, value in zip(ids, values, strict=True) if not np.isnan(value)}
    after = _successors(obs)
    return np.array(
        [name not in after or (name in known and not known & set(after[name])) for name in ids], bool
    )


@lru_cache(maxsize=32)
def layer_indicators(obs: Observatory, layer: str, industry_id: str = "") -> tuple[str, ...]:
    """Indicators with a figure for some area of the layer; with an industry, the figures of the industry."""
    if industry_id:
        return tuple(FROM_CELLS)
    rows = [obs.regions.position[name] for name in outlined(obs, layer) if name in obs.regions.position]
    known = ~np.isnan(obs.regions.matrix.values[rows]).all(axis=0) if rows else np.zeros(0, bool)
    levels = obs.catalogue.indicators
    names = zip(obs.regions.matrix.indicators, np.atleast_1d(known).tolist(), strict=False)
    return tuple(name for name, has in names if has and levels[name].level != "country")


@lru_cache(maxsize=32)
def layer_industries(obs: Observatory, layer: str) -> tuple[str, ...]:
    """Industries with a figure for some area of the layer, in the catalogue's order."""
    table = obs.tables["specialisations"]
    here = table["region_id"].isin(outlined(obs, layer))
    present = set(table.loc[here, "industry_id"].astype(str))
    return tuple(name for name in obs.catalogue.industries if name in present)


def _of_industry(
    obs: Observatory, ids: tuple[str, ...], industry_id: str, column: str
) -> tuple[object, object]:
    table = obs.tables["specialisations"]
    rows = table[(table["industry_id"] == industry_id) & table["region_id"].isin(ids)]
    rows = rows.drop_duplicates("region_id").set_index("region_id").reindex(list(ids))
    return rows[column].to_numpy(float, na_value=np.nan), rows["year"].fillna(0).to_numpy(np.int64)


def _of_region(obs: Observatory, ids: tuple[str, ...], indicator_id: str) -> tuple[object, object]:
    matrix, position = obs.regions.matrix, obs.regions.position
    values, years = np.full(len(ids), np.nan), np.zeros(len(ids), np.int64)
    if indicator_id in matrix.indicators:
        col = matrix.indicators.index(indicator_id)
        for at, name in enumerate(ids):
            if name in position:
                values[at], years[at] = matrix.values[position[name], col], matrix.years[position[name], col]
    return values, years


def _choice(obs: Observatory, selection: Selection) -> tuple[str, str]:
    """(indicator, industry) of the layer; what is left open or asked for in vain gets a sensible value."""
    industry = selection.layer_industry
    if industry not in layer_industries(obs, selection.layer):
        industry = ""
    known = layer_indicators(obs, selection.layer, industry)
    if selection.layer_indicator in known:
        return selection.layer_indicator, industry
    for name in ("lq_home", "gdp_per_head_ppp", "population"):
        if name in known:
            return name, industry
    return (known[0] if known else ""), industry


@lru_cache(maxsize=64)
def _figures(obs: Observatory, layer: str, indicator: str, industry: str) -> LayerFigures:
    ids = outlined(obs, layer)
    found = (
        _of_industry(obs, ids, industry, FROM_CELLS[indicator])
        if industry
        else _of_region(obs, ids, indicator)
    )
    values, years = np.asarray(found[0], float), np.asarray(found[1], np.int64)
    keep = _is_drawn(obs, ids, values)
    kept = tuple(name for name, here in zip(ids, keep, strict=True) if here)
    return LayerFigures(kept, values[keep], years[keep], indicator, industry)


def layer_figures(obs: Observatory, selection: Selection) -> LayerFigures | None:
    """What the chosen layer shows, or ``None`` where no layer is chosen."""
    if selection.layer not in region_layers(obs):
        return None
    indicator, industry = _choice(obs, selection)
    return _figures(obs, selection.layer, indicator, industry)
