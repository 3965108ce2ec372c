"""Settings come from the environment, are described in the README, and fail with a clear message."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from data.settings import DESCRIPTIONS, ROOT, Settings, SettingsError, load_settings


def test_defaults_and_values() -> None:
    assert load_settings({}) == Settings()
    found = load_settings({"GCO_PORT": "9000", "GCO_CURATED": "/elsewhere"})
    assert (found.port, found.curated) == (9000, Path("/elsewhere"))


@pytest.mark.parametrize("environ", [{"GCO_PORT": "eighty"}, {"GCO_PORT": "²"}, {"GCO_LOG_LEVEL": "loud"}])
def test_unreadable_settings_are_named(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(environ))):
        load_settings(environ)


def test_the_readme_lists_every_setting() -> None:
    names = {f"GCO_{part.name.upper()}" for part in fields(Settings)}
    assert names == set(DESCRIPTIONS)
    table = dict(re.findall(r"^\| `(GCO_\w+)` \| ([^|]+?) \|", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert table == DESCRIPTIONS
