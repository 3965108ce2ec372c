"""Exports: exactly the ranking on screen, all its rows, with everything needed to trust and to cite it.

Figures of a source whose terms forbid handing them on are left out; the file says how many and of whom.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.errors import ObservatoryError
from data.export_formats import Points, to_csv, to_geojson, to_json, to_parquet, to_xlsx
from data.export_provenance import Request, describe_file
from data.observatory import Observatory
from data.ranking_table import Ranking, table
from data.ranking_words import word
from data.selection import UNITS

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "json": "application/json",
}
NOT_EXPORTED = "not_exported"


class TooManyRowsError(ObservatoryError):
    """More rows than the format may have; the message says so in the language asked for."""


@dataclass(frozen=True)
class Export:
    """A finished file."""

    content: bytes
    name: str
    media_type: str


def exists(unit: str, kind: str) -> bool:
    """Whether there is such an export."""
    return unit in UNITS and kind in FORMATS


def is_closed(obs: Observatory, source_id: str) -> bool:
    """Whether figures of a source may be shown but not handed on."""
    source = obs.catalogue.sources.get(source_id)
    return source is not None and not source.licence_out.open


def without_closed(obs: Observatory, frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """The table without figures that may not be handed on, and how many those are by source."""
    closed = {name for name in obs.catalogue.sources if is_closed(obs, name)}
    left: dict[str, int] = {}
    changed = {}
    for name in (c.removesuffix("_source") for c in frame.columns if c.endswith("_source")):
        parts = frame[f"{name}_source"].str.split("|")
        hit = (
            np.array([bool(closed.intersection(ids)) for ids in parts], bool) & frame[name].notna().to_numpy()
        )
        if not hit.any():
            continue
        for ids in parts[hit]:
            for source in closed.intersection(ids):
                left[source] = left.get(source, 0) + 1
        changed[name] = frame[name].mask(hit)
        changed[f"{name}_status"] = frame[f"{name}_status"].mask(hit, NOT_EXPORTED)
    return frame.assign(**changed), dict(sorted(left.items()))


def _points(ranking: Ranking) -> Points:
    frame = ranking.found.frame
    if "lon" not in frame:
        return [None] * len(ranking)
    lon, lat = (frame[name].to_numpy(float)[ranking.rows] for name in ("lon", "lat"))
    pairs = zip(lon.round(5).tolist(), lat.round(5).tolist(), strict=True)
    return [None if np.isnan(x) or np.isnan(y) else (x, y) for x, y in pairs]


def export(obs: Observatory, request: Request, kind: str, most: int) -> Export:
    """The file of a request. ``most`` is the limit of rows of an XLSX file; beyond it
    :class:`TooManyRowsError`. ``kind`` is one of :data:`FORMATS`, else :class:`KeyError`.
    """
    media_type = FORMATS[kind]
    ranking = table(obs, request.selection, request.lang)
    if kind == "xlsx" and len(ranking) > most:
        raise TooManyRowsError(word(request.lang, "errors", "too_long", rows=len(ranking), most=most))
    frame, left = without_closed(obs, ranking.frame())
    told = describe_file(obs, ranking, request, left)
    if kind == "csv":
        content = to_csv(frame, told, request.lang)
    elif kind == "xlsx":
        content = to_xlsx(frame, told, request.lang, ranking.unit, request.date)
    elif kind == "parquet":
        content = to_parquet(frame, obs, told)
    elif kind == "geojson":
        content = to_geojson(frame, _points(ranking), obs, told)
    else:
        content = to_json(frame, obs, told)
    return Export(content, f"gco-{ranking.unit}-{request.date.isoformat()}.{kind}", media_type)
