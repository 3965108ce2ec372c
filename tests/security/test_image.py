"""The files of the container: what they name exists, is pinned, and runs without rights."""

import fnmatch
import re
from pathlib import Path

import yaml

from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def _copied() -> list[str]:
    lines = [line.split()[1:] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    return [source for words in lines if not words[0].startswith("--from") for source in words[:-1]]


def _ignored(path: str) -> bool:
    """Docker's rule: the last pattern that fits a path or a folder above it decides."""
    ignored = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip().lstrip("!").rstrip("/")
        if pattern and not line.startswith("#"):
            above = [path, *(str(parent) for parent in Path(path).parents if str(parent) != ".")]
            if any(fnmatch.fnmatch(name, pattern) for name in above):
                ignored = not line.startswith("!")
    return ignored


def test_every_file_that_is_copied_is_there_and_not_ignored() -> None:
    assert len(_copied()) > 5
    for source in _copied():
        assert (ROOT / source).exists(), source
        inside = source if not source.endswith("/") else f"{source}x.py"
        assert not _ignored(inside.rstrip("/")), source


def test_every_package_of_the_application_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools"}
    assert packages | {"assets"} <= {source.rstrip("/") for source in _copied()}


def test_nothing_else_gets_into_the_image() -> None:
    for name in (
        ".git/config",
        ".venv/bin/python",
        "tests/conftest.py",
        "docs/x.md",
        "data/pipeline/build.py",
        ".env",
    ):
        assert _ignored(name), name


def test_images_are_pinned_and_run_without_rights() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    images += [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    assert len(images) == 4
    for image in images:
        assert re.search(r":\d+\.\d+\.\d+", image), image
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER \d+$", final, re.M)
    assert "/healthz" in final
    assert "--require-hashes" in DOCKERFILE
    for service in COMPOSE["services"].values():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert COMPOSE["services"]["app"]["read_only"] is True
    assert "ports" not in COMPOSE["services"]["app"], "only the proxy can be reached from outside"


def test_the_lock_holds_every_requirement_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {name.lower() for name in re.findall(r"^([\w.-]+==\S+) \\$", lock, re.M)}
    wanted = re.findall(r"^([\w.-]+==\S+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert wanted
    assert {name.lower() for name in wanted} <= locked
    assert lock.count("--hash=sha256:") >= len(locked)
    assert "http" not in re.sub(r"#.*", "", lock).replace("httpx", "").replace("httpcore", "")
