"""Where an industry or a field is concentrated: map, regions, concentration; shared by both portraits."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.figures.svg_locator import Point, world_map
from components.locale import number
from components.portraits.markup import Column, link, table, tag
from components.portraits.parts import figure_of, section, small
from components.prerender import Raw
from components.view import View
from data.industry_regions import Concentration, concentrate, most_specialised
from data.portraits import record_of

Rows = npt.NDArray[np.intp]
LISTED = 10
MOST_MARKS = 600


def size_of(view: View, rows: Rows) -> str:
    """What tells the size of clusters: jobs, or value added where most have no figure of jobs."""
    frame = view.obs.clusters.frame
    industry = rows[(frame["kind"] == "industry").to_numpy(bool)[rows]]
    jobs = view.obs.clusters.matrix.column("employment")[industry]
    return "employment" if np.isnan(jobs).sum() * 2 <= len(industry) else "gross_value_added"


def marks(view: View, rows: Rows) -> list[Point]:
    """Marks of clusters; the area grows with their size, the largest of the map has size 1."""
    units = view.obs.clusters
    jobs = np.nan_to_num(units.matrix.column(size_of(view, rows))[rows])
    top = max(float(jobs.max(initial=0.0)), 1.0)
    lon, lat = (units.frame[name].to_numpy(float)[rows] for name in ("lon", "lat"))
    science = (units.frame["kind"] == "science-technology").to_numpy(bool)[rows]
    found = zip(lon.tolist(), lat.tolist(), jobs.tolist(), science.tolist(), strict=True)
    return [Point(x, y, math.sqrt(size / top), gem) for x, y, size, gem in found if not math.isnan(x)]


def map_section(view: View, rows: Rows, clusters_by: str) -> Raw:
    """The world with the clusters, sized by jobs."""
    title = view.t("portrait.world.title")
    if not len(rows):
        return section(title, small(view.t("portrait.world.none")), anchor="map")
    countries = len(set(view.obs.clusters.frame["iso3"].iloc[rows]))
    said = view.t("portrait.world.label", n=len(rows), countries=view.t("portrait.countries", n=countries))
    caption = view.t(f"portrait.world.caption_{clusters_by}", n=len(rows))
    return section(
        title,
        figure_of(world_map(view.obs, marks(view, rows[:MOST_MARKS]), said), caption, "wide"),
        anchor="map",
    )


def region_name(view: View, row: int) -> str:
    """Region with its country."""
    record = record_of(view.obs, "regions", row)
    return view.t(
        "portrait.named_in", name=record[f"name_{view.lang}"], country=record[f"country_name_{view.lang}"]
    )


def _region_table(view: View, found: pd.DataFrame, label: str) -> Raw:
    lang, rows = view.lang, []
    persons = found["measure"].iloc[0] == "employment"
    unit = view.t("portrait.unit.employment") if persons else str(found["unit"].iloc[0])
    for item in found.to_dict("records"):
        record = record_of(view.obs, "regions", int(item["row"]))
        note = view.t("portrait.status.estimated") if item["status"] == "estimated" else ""
        size = [
            number(lang, round(float(item["value"]))),
            tag("small", note, cls="estimate") if note else None,
        ]
        name = link(
            region_name(view, int(item["row"])), view.portrait("region", str(record["id"])), "quiet-link"
        )
        rows.append(
            [name, size, number(lang, item["lq_home"], 2), number(lang, item["focus"], 1), str(item["year"])]
        )
    columns = [
        Column(view.t("portrait.world.region")),
        Column(view.t("portrait.portfolio.size", unit=unit), numeric=True),
        Column(view.t("portrait.portfolio.lq"), numeric=True),
        Column(view.t("portrait.portfolio.focus"), numeric=True),
        Column(view.t("portrait.year"), numeric=True),
    ]
    return table(columns, rows, label, "regions")


def _split(found: pd.DataFrame) -> list[pd.DataFrame]:
    """Regions measured in persons, and those measured in value added, never in one list."""
    parts = [found[found["unit"] == unit] for unit in ("persons", *sorted(set(found["unit"]) - {"persons"}))]
    return [part for part in parts if len(part)]


def regions_section(view: View, found: pd.DataFrame) -> Raw:
    """Top regions by size and by specialisation."""
    title = view.t("portrait.world.regions")
    known = found[found["value"].notna() & (found["value"] > 0)]
    if known.empty:
        return section(title, small(view.t("portrait.world.no_regions")), anchor="regions")
    body: list[Raw] = []
    for part in _split(known):
        kind = "size" if part["unit"].iloc[0] == "persons" else "value_added"
        body += [tag("h3", view.t(f"portrait.world.by_{kind}")), _region_table(view, part[:LISTED], title)]
        special = most_specialised(part, LISTED)
        if len(special) and kind == "size":
            body += [tag("h3", view.t("portrait.world.by_lq")), _region_table(view, special, title)]
    return section(
        title,
        *body,
        anchor="regions",
        lead=view.t(f"portrait.world.lead_{known['view'].iloc[0].split('-')[0]}"),
    )


def _index(view: View, name: str, value: float, places: int) -> list[str]:
    return [
        view.t(f"portrait.concentration.{name}"),
        number(view.lang, value, places),
        view.t(f"portrait.concentration.{name}_means"),
    ]


def concentration_section(view: View, found: pd.DataFrame) -> Raw:
    """How concentrated it is, in a sentence and in figures."""
    title, lang = view.t("portrait.concentration.title"), view.lang
    spread: Concentration | None = concentrate(found)
    if spread is None:
        return section(title, small(view.t("portrait.concentration.none")), anchor="concentration")
    equal = number(lang, 1 / spread.herfindahl)
    first, last = spread.years
    said = [
        view.t(
            "portrait.concentration.say",
            regions=number(lang, spread.regions),
            jobs=number(lang, round(spread.jobs)),
            top=number(lang, spread.top, 1),
            equal=equal,
            years=str(first) if first == last else f"{first}–{last}",
        )
    ]
    if spread.hidden:
        said.append(view.t("portrait.concentration.hidden", n=spread.hidden))
    rows = [_index(view, "herfindahl", spread.herfindahl, 4)]
    if not math.isnan(spread.ellison_glaeser):
        rows.append(_index(view, "ellison_glaeser", spread.ellison_glaeser, 4))
    columns = [
        Column(view.t("portrait.concentration.measure")),
        Column(view.t("portrait.value"), numeric=True),
        Column(view.t("portrait.concentration.reading")),
    ]
    return section(
        title, tag("p", " ".join(said)), table(columns, rows, title, "reading"), anchor="concentration"
    )
