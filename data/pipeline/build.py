"""From the input tables to the curated tables: harvest, harmonise, measure, apply the rule, write.

The steps are pure functions of the inputs and the catalogue; nothing depends on the clock or on the order
of a set, so that two builds give the same bytes.
"""

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from data.contracts import check_tables
from data.errors import InputError
from data.metadata import Catalogue, load_catalogue
from data.pipeline import figures
from data.pipeline.base_indicators import specialise
from data.pipeline.cluster_rule import apply_rule, describe
from data.pipeline.context import context
from data.pipeline.directory import directory
from data.pipeline.geometry import build_layers
from data.pipeline.harmonise import harmonise
from data.pipeline.harvest import Harvest, join
from data.pipeline.income import gdp_per_head_ppp
from data.pipeline.inputs import check_inputs
from data.pipeline.outlines import SAME_OUTLINE
from data.pipeline.relatedness import relatedness_density
from data.pipeline.sources.countries import countries_frame
from data.pipeline.sources.science_technology import metro_points
from data.pipeline.tables import SORT_KEYS, SPECIALISATIONS, catalogue_tables, finish_tables
from data.pipeline.writing import DISK_ERRORS, describe_table, hash_file, staged, write_manifest, write_table

VERSION = "2026.11.0"
"""Version of the data (CalVer): raised with every build that changes figures."""
SOURCES = (
    "data.pipeline.sources.science_technology",
    "data.pipeline.sources.countries",
    "data.pipeline.sources.us",
    "data.pipeline.sources.europe",
    "data.pipeline.sources.great_britain",
    "data.pipeline.sources.turkey",
    "data.pipeline.sources.switzerland",
    "data.pipeline.sources.canada",
    "data.pipeline.sources.japan",
    "data.pipeline.sources.india",
    "data.pipeline.sources.australia",
    "data.pipeline.sources.new_zealand",
)
READING_ERRORS = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, IndexError)


def harvest_sources(inputs: Path, sources: Iterable[str] = SOURCES, *, quiet: bool = False) -> Harvest:
    """All sources in their fixed order; :class:`InputError` names the source that cannot be read."""
    parts = []
    for path in tqdm(list(sources), desc="harvest", unit="source", disable=quiet):
        with _reading(f"source {path.rpartition('.')[2]}"):
            parts.append(importlib.import_module(path).load(inputs))
    return join(parts)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Turn what goes wrong while reading into one line; a full disk is not the input's fault."""
    try:
        yield
    except READING_ERRORS as error:
        if getattr(error, "errno", None) in DISK_ERRORS:
            raise
        raise InputError(f"{name}: {type(error).__name__}: {' '.join(str(error).split())}") from error


def compute(
    harvest: Harvest, countries: pd.DataFrame, catalogue: Catalogue, inputs: Path
) -> dict[str, pd.DataFrame]:
    """All curated tables of a harvest, sorted and typed."""
    harvest = harmonise(harvest, catalogue, set(countries["iso3"]))
    cells = figures.add_stars(figures.add_status(specialise(harvest, catalogue), catalogue.rule))
    density = relatedness_density(cells, harvest.regions)
    found = apply_rule(cells, harvest.regions, catalogue)
    found = found.merge(density, how="left", on=["region_id", "industry_id"])
    found.loc[found["view"] != "division", "relatedness_density"] = float("nan")
    found = found.assign(strong_siblings=figures.count_siblings(found, catalogue))
    clusters = pd.concat([harvest.clusters, describe(found, harvest.regions, catalogue)], ignore_index=True)
    own = [figures.cluster_observations(found), figures.region_observations(cells, catalogue)]
    observations = pd.concat([harvest.observations, *own], ignore_index=True)
    observations = pd.concat(
        [observations, *_surroundings(observations, harvest, clusters, inputs)], ignore_index=True
    )
    tables = {
        "countries": countries,
        "regions": harvest.regions,
        **catalogue_tables(catalogue),
        "cells": harvest.cells,
        "specialisations": cells.assign(status=cells["own_status"])[list(SPECIALISATIONS)],
        "clusters": clusters,
        "observations": observations,
        "editions": harvest.editions,
        "left_out": harvest.left_out,
    }
    with _reading("directory"):
        tables |= directory(tables, catalogue, inputs)
    return finish_tables(tables)


def _surroundings(
    observations: pd.DataFrame, harvest: Harvest, clusters: pd.DataFrame, inputs: Path
) -> list[pd.DataFrame]:
    """Income on one yardstick, and what lies around the regions with clusters and the S&T clusters."""
    own = harvest.clusters.rename(columns={"cluster_id": "entity_id"})
    places = harvest.regions[harvest.regions["region_id"].isin(clusters["region_id"])]
    places = places.rename(columns={"region_id": "entity_id"})
    columns = ["entity_id", "iso3", "lon", "lat"]
    counts = observations[observations["indicator_id"] == "population"].sort_values("year", kind="stable")
    people = counts.drop_duplicates("entity_id", keep="last").set_index("entity_id")["value"]
    points = pd.concat([own[columns], places[columns]], ignore_index=True)
    points = points.assign(population=points["entity_id"].map(people)).astype({"lon": float, "lat": float})
    everywhere = pd.concat(
        [own[columns], harvest.regions.rename(columns={"region_id": "entity_id"})[columns]]
    )
    income = gdp_per_head_ppp(observations, everywhere.set_index("entity_id")["iso3"], inputs)
    return [income, context(points.drop(columns="iso3"), inputs, metro_points(inputs))]


def build(
    inputs: Path, out: Path, sources: Iterable[str] = SOURCES, *, quiet: bool = False
) -> dict[str, int]:
    """Build all tables and outlines into ``out``; return the number of rows by table.

    Raises :class:`InputError` for an input that is missing or broken, :class:`ContractError` for a table
    that does not keep its contract, :class:`CuratedError` if ``out`` cannot be written. In every case the
    tables that were there stay as they are.
    """
    listed = check_inputs(inputs)
    catalogue = load_catalogue()
    with staged(out) as folder, tqdm(total=4, desc="build", unit="step", disable=quiet) as steps:
        harvest = harvest_sources(inputs, sources, quiet=quiet)
        steps.update()
        with _reading("outlines"):
            drawn = {*SAME_OUTLINE}.union(*build_layers(inputs, folder / "geometry").values())
        outlined = harvest.regions["region_id"].isin(drawn)
        harvest = replace(harvest, regions=harvest.regions.assign(has_outline=outlined))
        steps.update()
        with _reading("countries"):
            countries = countries_frame(inputs)
        tables = compute(harvest, countries, catalogue, inputs)
        check_tables(tables, catalogue)
        steps.update()
        _write(tables, listed, folder)
        steps.update()
    return {name: len(frame) for name, frame in tables.items()}


def _write(tables: dict[str, pd.DataFrame], inputs: dict[str, str], folder: Path) -> None:
    described = {}
    for name in SORT_KEYS:
        path = folder / f"{name}.parquet"
        write_table(tables[name], path)
        described[name] = describe_table(tables[name], path)
    geometry = {p.name: hash_file(p) for p in sorted((folder / "geometry").iterdir())}
    write_manifest(folder, {"version": VERSION, "tables": described, "geometry": geometry, "inputs": inputs})
