"""Everything the app takes from the environment, read once.

The README's table of settings is compared with :data:`DESCRIPTIONS` by a test.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


class SettingsError(ValueError):
    """A setting in the environment cannot be read."""


ROOT = Path(__file__).resolve().parent.parent

DESCRIPTIONS = {
    "GCO_CURATED": "folder of the curated tables",
    "GCO_HOST": "address the server listens on",
    "GCO_PORT": "port the server listens on",
    "GCO_WORKERS": "number of server processes",
    "GCO_BASE_URL": "public address written into exports and citations (empty: taken from the request)",
    "GCO_LOG_LEVEL": "debug, info, warning or error",
    "GCO_EXPORT_ROWS": "most rows of one XLSX export",
}


@dataclass(frozen=True)
class Settings:
    """The app's settings. Every field has an environment variable ``GCO_<FIELD>``."""

    curated: Path = ROOT / "data" / "curated"
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 1
    base_url: str = ""
    log_level: str = "info"
    export_rows: int = 20_000


def _parse(name: str, text: str, kind: object) -> Path | str | int:
    if kind is Path:
        return Path(text)
    if kind is int:
        if not (text.isascii() and text.isdecimal()):
            raise SettingsError(f"{name}={text!r}: expected a whole number")
        return int(text)
    return text


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; an unreadable one raises :class:`SettingsError`."""
    environ = os.environ if environ is None else environ
    found: dict[str, Path | str | int] = {}
    for part in fields(Settings):
        name = f"GCO_{part.name.upper()}"
        if environ.get(name):
            found[part.name] = _parse(name, environ[name], part.type)
    settings = Settings(**found)  # type: ignore[arg-type]
    if settings.log_level not in {"debug", "info", "warning", "error"}:
        raise SettingsError(f"GCO_LOG_LEVEL={settings.log_level!r}: expected debug, info, warning or error")
    return settings
