"""The fields and industries of an initiative, by the documented rule of ``initiative_fields.yaml``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.catalogue_files import CatalogueError, read_yaml
from data.metadata import FOLDER, Catalogue
from data.names import fold

MOST_INDUSTRIES = 3
"""An initiative that names more industries than this is clear about none."""


@dataclass(frozen=True)
class FieldRule:
    """One rule: found words give fields and industries, unless one of the excluded words is found too."""

    found: re.Pattern[str]
    excluded: re.Pattern[str] | None
    fields: tuple[str, ...]
    industries: tuple[str, ...]


@dataclass(frozen=True)
class FieldRules:
    """All rules in their order, what programmes say of themselves, and hand corrections by initiative."""

    rules: tuple[FieldRule, ...]
    programme_fields: Mapping[str, tuple[str, ...]]
    corrections: Mapping[str, Mapping[str, tuple[str, ...]]]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words at a word's beginning; a trailing ``$`` asks for its end, too."""
    parts = [re.escape(w.removesuffix("$")) + (r"\b" if w.endswith("$") else "") for w in words]
    return re.compile(r"\b(?:" + "|".join(parts) + ")")


@lru_cache(maxsize=1)
def load_field_rules() -> FieldRules:
    """The rules of the catalogue; :class:`CatalogueError` if the file is malformed."""
    content = read_yaml(FOLDER / "initiative_fields.yaml", FOLDER / "schemas" / "initiative_fields.json")
    rules = tuple(
        FieldRule(
            _pattern(rule["match"]),
            _pattern(rule["not"]) if rule.get("not") else None,
            tuple(rule["fields"]),
            tuple(rule.get("industries", ())),
        )
        for rule in content["rules"]
    )
    return FieldRules(
        rules,
        {name: tuple(fields) for name, fields in content["programme_fields"].items()},
        {name: {k: tuple(v) for k, v in c.items()} for name, c in content["corrections"].items()},
    )


def check_field_rules(rules: FieldRules, catalogue: Catalogue) -> None:
    """Raise :class:`CatalogueError` for a rule with a field or industry the catalogue does not have."""
    fields = {f for rule in rules.rules for f in rule.fields}.union(*rules.programme_fields.values())
    industries = {i for rule in rules.rules for i in rule.industries}
    for correction in rules.corrections.values():
        fields.update(correction.get("fields", ()))
        industries.update(correction.get("industries", ()))
    for kind, unknown in (
        ("field", fields - {*catalogue.fields}),
        ("industry", industries - {*catalogue.industries}),
    ):
        if unknown:
            raise CatalogueError(f"initiative_fields.yaml: unknown {kind} {min(unknown)}")


@lru_cache(maxsize=4096)
def classify(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fields and industries of a text, each sorted; empty where no rule applies."""
    folded = fold(text)
    hits = [
        rule
        for rule in load_field_rules().rules
        if rule.found.search(folded) and not (rule.excluded and rule.excluded.search(folded))
    ]
    fields = sorted({f for rule in hits for f in rule.fields})
    return tuple(fields), tuple(sorted({i for rule in hits for i in rule.industries}))


def assign_fields(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Columns ``field_ids``, ``industry_ids`` ('|'-joined, '' if none) and ``field_basis`` by row.

    Read are initiative_id, subject, name and programme_id. The basis says where the fields come from:
    ``hand`` (a correction), ``subject``, ``name`` or ``programme``; NA where there are none.
    """
    rules = load_field_rules()
    rows = [
        _assign(rules, *row)
        for row in initiatives[["initiative_id", "subject", "name", "programme_id"]].to_numpy()
    ]
    return pd.DataFrame(rows, columns=["field_ids", "industry_ids", "field_basis"], index=initiatives.index)


def _assign(
    rules: FieldRules, identifier: str, subject: str, name: str, programme: str | None
) -> tuple[str, str, str | None]:
    fields, industries = classify(subject)
    basis = "subject"
    if not fields and not industries:
        fields, industries = classify(name)
        basis = "name"
    industries = industries if len(industries) <= MOST_INDUSTRIES else ()
    if own := rules.programme_fields.get(programme or ""):
        basis = basis if fields else "programme"
        fields = tuple(sorted({*fields, *own}))
    if correction := rules.corrections.get(identifier):
        fields = tuple(sorted(correction.get("fields", fields)))
        industries = tuple(sorted(correction.get("industries", industries)))
        basis = "hand"
    return "|".join(fields), "|".join(industries), basis if fields or industries else None
