"""What the observatory knows about its own figures: indicators, sources, industries, fields, rule, remarks.

Everything is read from the files of ``data/catalogue`` once and never changes afterwards. YAML files are
checked against the JSON Schemas beside them; a mistake is reported with the file and the key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from data.catalogue_files import CatalogueError, read_csv, read_yaml
from data.catalogue_types import (
    Catalogue,
    Field,
    Indicator,
    Industry,
    Licence,
    Rule,
    RuleLevel,
    Source,
    Text,
    Theme,
    Thresholds,
)  # fmt: skip

__all__ = [
    "Catalogue", "CatalogueError", "Field", "Indicator", "Industry", "Licence", "Rule",
    "RuleLevel", "Source", "Text", "Theme", "Thresholds", "load_catalogue",
]  # fmt: skip

FOLDER = Path(__file__).resolve().parent / "catalogue"
_T = TypeVar("_T")


def _text(value: Mapping[str, str]) -> Text:
    """Runs of white space, as YAML folds them, become single spaces."""
    return Text(en=" ".join(value["en"].split()), de=" ".join(value["de"].split()))


def _fill(kind: type[_T], content: Mapping[str, Any], **given: Any) -> _T:
    """A dataclass of the catalogue from its mapping: texts from en/de pairs, lists as tuples."""
    hints, values = get_type_hints(kind), dict(given)
    for part in fields(kind):  # type: ignore[arg-type]
        if part.name in values:
            continue
        value = content.get(part.name)
        if hints[part.name] is Text and value is not None:
            value = _text(value)
        values[part.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _sorted_by_order(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: item.order)


def _load_sources(folder: Path) -> tuple[dict[str, Licence], dict[str, Source]]:
    path = folder / "sources.yaml"
    content = read_yaml(path, folder / "schemas" / "sources.json")
    licences = {name: _fill(Licence, entry, id=name) for name, entry in content["licences"].items()}
    sources = {}
    for name, entry in content["sources"].items():
        unknown = {entry["licence_in"], entry["licence_out"]} - set(licences)
        if unknown:
            raise CatalogueError(f"{path}: sources.{name}: no such licence {', '.join(sorted(unknown))}")
        terms = {key: licences[entry[key]] for key in ("licence_in", "licence_out")}
        sources[name] = _fill(Source, entry, id=name, **terms)
    return licences, sources


def _load_themes(folder: Path) -> dict[str, Theme]:
    content = read_yaml(folder / "themes.yaml", folder / "schemas" / "themes.json")
    themes = [_fill(Theme, entry, id=name) for name, entry in content.items()]
    return {theme.id: theme for theme in _sorted_by_order(themes)}


def _load_indicators(folder: Path, themes: Mapping[str, Theme], known: Iterable[str]) -> dict[str, Indicator]:
    found, sources = [], set(known)
    for path in sorted((folder / "indicators").glob("*.yaml")):
        content = read_yaml(path, folder / "schemas" / "indicator.json")
        if content["id"] != path.stem:
            raise CatalogueError(f"{path}: id: {content['id']} does not match the name of the file")
        missing = [name for name in content["sources"] if name not in sources]
        if missing:
            raise CatalogueError(f"{path}: sources: no such source {', '.join(missing)}")
        found.append(_fill(Indicator, content))
    rank = {name: theme.order for name, theme in themes.items()}
    found.sort(key=lambda item: (rank[item.theme], item.order, item.id))
    return {item.id: item for item in found}


def _load_industries(folder: Path) -> dict[str, Industry]:
    columns = ("industry_id", "scheme", "level", "parent_id", "name_en", "name_de", "short_en", "short_de",
               "traded", "members", "approximate")  # fmt: skip
    path = folder / "industries.csv"
    rows = read_csv(path, columns, ("industry_id",))
    known = {row["industry_id"] for row in rows}
    industries = {}
    for row in rows:
        members = tuple(row["members"].split("|")) if row["members"] else ()
        lost = [name for name in (*members, row["parent_id"]) if name and name not in known]
        if lost:
            raise CatalogueError(f"{path}: {row['industry_id']}: no such industry {', '.join(lost)}")
        industries[row["industry_id"]] = Industry(
            industry_id=row["industry_id"], scheme=row["scheme"], level=row["level"],
            parent_id=row["parent_id"], name=Text(row["name_en"], row["name_de"]),
            short=Text(row["short_en"], row["short_de"]), traded=row["traded"], members=members,
            approximate=row["approximate"] == "true",
        )  # fmt: skip
    return industries


def _load_fields(folder: Path) -> dict[str, Field]:
    columns = (
        "field_id",
        "name_en",
        "name_de",
        "short_en",
        "short_de",
        "description_en",
        "description_de",
        "order",
    )
    rows = read_csv(folder / "fields.csv", columns, ("field_id",))
    found = [
        Field(
            row["field_id"], Text(row["name_en"], row["name_de"]), Text(row["short_en"], row["short_de"]),
            Text(row["description_en"], row["description_de"]), int(row["order"]),
        )
        for row in rows
    ]  # fmt: skip
    return {item.field_id: item for item in _sorted_by_order(found)}


def _load_industry_fields(
    folder: Path, industries: Mapping[str, Industry], known: Mapping[str, Field]
) -> dict[str, dict[str, float]]:
    path, weights = folder / "industry_fields.csv", dict[str, dict[str, float]]()
    for row in read_csv(path, ("industry_id", "field_id", "weight"), ("industry_id", "field_id")):
        industry, field = row["industry_id"], row["field_id"]
        if industry not in industries or field not in known:
            raise CatalogueError(f"{path}: {industry}, {field}: no such industry or field")
        weights.setdefault(industry, {})[field] = float(row["weight"])
    return weights


def _load_rule(folder: Path) -> Rule:
    content = read_yaml(folder / "cluster_rule.yaml", folder / "schemas" / "cluster_rule.json")
    thresholds = tuple(_fill(Thresholds, entry) for entry in content["thresholds"])
    levels = tuple(_fill(RuleLevel, entry) for entry in content["levels"])
    return _fill(Rule, content, thresholds=thresholds, levels=levels)


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read and check the whole catalogue. Raises :class:`CatalogueError` naming file and key."""
    licences, sources = _load_sources(folder)
    themes, industries, known = _load_themes(folder), _load_industries(folder), _load_fields(folder)
    remarks = read_yaml(folder / "remarks.yaml", folder / "schemas" / "remarks.json")
    names = read_csv(folder / "region_names_de.csv", ("region_id", "name_de"), ("region_id",))
    return Catalogue(
        licences=licences,
        sources=sources,
        themes=themes,
        indicators=_load_indicators(folder, themes, sources),
        industries=industries,
        fields=known,
        industry_fields=_load_industry_fields(folder, industries, known),
        rule=_load_rule(folder),
        remarks={key: _text(text) for key, text in remarks.items()},
        region_names_de={row["region_id"]: row["name_de"] for row in names},
        folder=folder,
    )
