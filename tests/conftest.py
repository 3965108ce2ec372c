"""Fixtures shared by all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from data.observatory import Observatory, load_observatory
from data.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of input tables; tests of the pipeline's sources skip where it is not at hand."""
    folder = Path(os.environ.get("GCO_INPUTS", ROOT.parent / "shared" / "data"))
    if not (folder / "us").is_dir():
        pytest.skip(f"input tables not at hand: set GCO_INPUTS (looked in {folder})")
    return folder


@pytest.fixture(scope="session")
def obs() -> Observatory:
    """The observatory on the curated tables of the repository."""
    return load_observatory(ROOT / "data" / "curated")


@pytest.fixture(scope="session")
def application(obs: Observatory) -> FastAPI:
    """The whole application, as served."""
    from app import create_app

    return create_app(obs, Settings())


@pytest.fixture(scope="session")
def client(application: FastAPI) -> Iterator[TestClient]:
    """A client that talks to the application without a network."""
    with TestClient(application) as session:
        yield session
