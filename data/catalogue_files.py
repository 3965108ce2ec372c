"""Reading of the catalogue's files: YAML held against its JSON Schema, CSV held against its columns."""

import csv
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from data.errors import ObservatoryError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CatalogueError(ObservatoryError):
    """A file of the catalogue is missing, malformed or contradicts another one."""


def load_yaml(text: str) -> Any:
    """Plain YAML, read by libyaml where PyYAML has it: ten times as fast as its reader in Python."""
    return yaml.load(text, LOADER)  # noqa: S506 (either is a safe loader)


@cache
def _validator(schema: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8")))


def read_yaml(path: Path, schema: Path) -> Any:
    """The content of a YAML file after its schema has accepted it."""
    try:
        content = load_yaml(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: not found") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not readable as YAML ({' '.join(str(error).split())})") from None
    fault = jsonschema.exceptions.best_match(_validator(schema).iter_errors(content))
    if fault is not None:
        key = ".".join(str(part) for part in fault.absolute_path) or "(whole file)"
        raise CatalogueError(f"{path}: {key}: {fault.message}")
    return content


def read_csv(path: Path, columns: Sequence[str], key: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file with exactly these columns and no repeated key."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, names = list(reader), list(reader.fieldnames or ())
    except FileNotFoundError:
        raise CatalogueError(f"{path}: not found") from None
    if names != list(columns):
        raise CatalogueError(f"{path}: columns are {', '.join(names)}; expected {', '.join(columns)}")
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise CatalogueError(f"{path}: line {number}: wrong number of fields")
        identity = tuple(row[name] for name in key)
        if identity in seen:
            raise CatalogueError(f"{path}: line {number}: {', '.join(identity)} stands twice")
        seen.add(identity)
    return rows
