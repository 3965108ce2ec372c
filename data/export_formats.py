"""A table and what it says about itself as CSV, XLSX, Parquet, GeoJSON or JSON.

CSV begins with notes: lines that start with ``#``. Read it with ``pandas.read_csv(file, comment="#")``; texts
that hold a ``#`` are quoted, so nothing is cut. In CSV and XLSX nothing becomes a formula.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from data.export_provenance import Provenance, as_record, column_text
from data.observatory import Observatory
from data.ranking_words import word

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_INSIDE = re.compile(r"([,;|\t\"'])(\s*)(?=[=+\-@])")
WIDEST = 60
Points = list[tuple[float, float] | None]


def neutralise(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be gets an apostrophe in front."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _note(text: str) -> str:
    """One line of notes; what a spreadsheet would split off cannot start a formula."""
    flat = " ".join(text.split())
    return "# " + _INSIDE.sub(r"\1\2'", flat)


def _notes(told: Provenance, lang: str) -> Iterable[str]:
    for label, text in told.facts:
        yield _note(f"{label}: {text}")
    for text in told.withheld:
        yield _note(f"{word(lang, 'provenance', 'withheld')}: {text}")
    for column in told.columns:
        yield _note(f"{word(lang, 'provenance', 'columns')} – {column.id}: {column_text(column)}")
    yield _note(told.companions)
    for name, text in told.sources:
        yield _note(f"{word(lang, 'provenance', 'sources')} – {name}: {text}")
    yield _note(word(lang, "provenance", "neutralised"))


def _plain(frame: pd.DataFrame) -> list[list[object]]:
    """Values as Python objects, ``None`` where missing; texts stay texts."""
    columns = []
    for name in frame:
        column = frame[name].astype("object")
        columns.append(column.where(frame[name].notna(), None).tolist())
    return [list(row) for row in zip(*columns, strict=True)]


def to_csv(frame: pd.DataFrame, told: Provenance, lang: str) -> bytes:
    """UTF-8 with a byte order mark, commas, points, every text in quotation marks."""
    out = io.StringIO()
    out.write("\r\n".join([*_notes(told, lang), ""]))
    writer = csv.writer(
        out, quoting=csv.QUOTE_STRINGS if hasattr(csv, "QUOTE_STRINGS") else csv.QUOTE_NONNUMERIC
    )
    writer.writerow(frame.columns)
    for row in _plain(frame):
        writer.writerow([neutralise(v) if isinstance(v, str) else v for v in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def to_xlsx(frame: pd.DataFrame, told: Provenance, lang: str, unit: str, date: datetime.date) -> bytes:
    """The table on the first sheet, everything about it on the second; texts are written as texts only."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(date.year, date.month, date.day)})
    sheet, about = (
        book.add_worksheet(word(lang, "units", unit)),
        book.add_worksheet(word(lang, "sheets", "about")),
    )
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, min(max(len(name) + 2, 10), WIDEST))
    for at, row in enumerate(_plain(frame), start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, neutralise(value))
            elif value is not None:
                sheet.write_number(at, column, value)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    about.set_column(0, 0, 30)
    about.set_column(1, 1, 110)
    for at, (label, text) in enumerate(_about(told, lang)):
        about.write_string(at, 0, neutralise(label), bold)
        about.write_string(at, 1, neutralise(text), wrap)
    book.close()
    return out.getvalue()


def _about(told: Provenance, lang: str) -> list[tuple[str, str]]:
    rows = list(told.facts)
    rows += [(word(lang, "provenance", "withheld"), text) for text in told.withheld]
    rows += [(column.id, column_text(column)) for column in told.columns]
    rows.append((word(lang, "provenance", "columns"), told.companions))
    return rows + list(told.sources)


def to_parquet(frame: pd.DataFrame, obs: Observatory, told: Provenance) -> bytes:
    """The table with ``gco`` in its schema's metadata (JSON), and label and unit at every column."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    meaning = {c.id: {"label": c.label, "unit": c.unit, "description": c.description} for c in told.columns}
    fields = [
        field.with_metadata(meaning[field.name]) if field.name in meaning else field for field in table.schema
    ]
    about = {**(table.schema.metadata or {}), b"gco": orjson.dumps(as_record(obs, told))}
    out = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, metadata=about)), out, compression="zstd")
    return out.getvalue()


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in _plain(frame)]


def to_json(frame: pd.DataFrame, obs: Observatory, told: Provenance) -> bytes:
    """``{"provenance": …, "rows": […]}``; missing values are null."""
    return orjson.dumps({"provenance": as_record(obs, told), "rows": _records(frame)})


def to_geojson(frame: pd.DataFrame, points: Points, obs: Observatory, told: Provenance) -> bytes:
    """A feature collection of points with ``provenance`` beside it; what has no place has no geometry."""
    features = [
        {
            "type": "Feature",
            "id": record["id"],
            "geometry": {"type": "Point", "coordinates": point} if point else None,
            "properties": record,
        }
        for record, point in zip(_records(frame), points, strict=True)
    ]
    return orjson.dumps(
        {"type": "FeatureCollection", "provenance": as_record(obs, told), "features": features}
    )
