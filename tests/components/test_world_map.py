"""The map's figure and its picture hold what the data say."""

import base64
import re

import numpy as np
import pytest

from components.figures.svg_map import mercator_y, svg_map
from components.figures.world_map import packed, world_map
from components.pages.explore import find
from components.view import View
from data.class_breaks import classify, cluster_scale, find_scale, round_limits
from data.observatory import Observatory
from data.region_layers import layer_figures, region_layers
from data.selection import DEFAULT, Selection


def view_of(obs: Observatory, selection: Selection = DEFAULT, lang: str = "en") -> View:
    return View(obs, selection, lang, "explore")


def figure_of(view: View) -> dict:
    return world_map(find(view).table, view)


def marks(figure: dict) -> dict[str, list]:
    """Rows of customdata by place."""
    return {
        row[0]: row
        for trace in figure["data"]
        if trace["name"] != "layer"
        for row in trace.get("customdata", [])
    }


def numbers(spec: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(spec["bdata"]), "<f4")


def test_every_place_is_drawn_once_with_its_count(obs: Observatory) -> None:
    view = view_of(obs)
    drawn = [row for trace in figure_of(view)["data"] for row in trace.get("customdata", [])]
    frame = obs.clusters.frame[view.mask()]
    assert {row[0]: row[1] for row in drawn} == frame.groupby("place_id").size().to_dict()
    assert len(drawn) == frame["place_id"].nunique()


def test_kinds_differ_in_form_not_only_in_colour(obs: Observatory) -> None:
    traces = {trace["name"]: trace for trace in figure_of(view_of(obs))["data"]}
    assert traces["science-technology"]["mode"] == "text"
    assert set(traces["science-technology"]["text"]) == {"◆"}
    assert traces["industry"]["mode"] == "markers"


@pytest.mark.parametrize("indicator", ["lq_home", "st_rank", "nearest_large_airport_km"])
def test_a_place_has_the_value_and_year_of_its_best_cluster(obs: Observatory, indicator: str) -> None:
    view = view_of(obs, DEFAULT.but(colour=indicator))
    mask, matrix = view.mask(), obs.clusters.matrix
    values = obs.clusters.frame[["place_id"]].assign(value=matrix.column(indicator))[mask]
    groups = values.groupby("place_id")["value"]
    best = groups.min() if obs.catalogue.indicators[indicator].direction < 0 else groups.max()
    for place, row in marks(figure_of(view)).items():
        if np.isnan(best[place]):
            assert row[3] == 0
        else:
            assert row[2] == pytest.approx(best[place], abs=1e-5)
            assert row[3] > 1990


def test_missing_is_hollow_and_never_coloured(obs: Observatory) -> None:
    view = view_of(obs, DEFAULT.but(colour="lq_home"))
    for trace in figure_of(view)["data"]:
        missing = [np.isnan(row[2]) for row in trace.get("customdata", [])]
        if not missing:
            continue
        assert all(missing) or not any(missing)
        if all(missing) and trace["mode"] == "text":
            assert set(trace["text"]) == {"◇"}
        if all(missing) and trace["mode"] == "markers":
            assert trace["marker"]["color"] == "var(--paper)"


def test_colours_stay_when_a_filter_narrows(obs: Observatory) -> None:
    def shade(selection: Selection) -> dict[str, int]:
        figure = figure_of(view_of(obs, selection))
        rows = (trace for trace in figure["data"] if trace["name"] == "industry")
        return {
            row[0]: shade
            for trace in rows
            for row, shade in zip(trace["customdata"], trace["marker"]["color"], strict=True)
        }

    wide, narrow = (
        shade(DEFAULT.but(colour="population")),
        shade(DEFAULT.but(colour="population", country=("DEU",))),
    )
    assert narrow
    assert all(wide[place] == value for place, value in narrow.items())


def test_every_class_has_its_own_step_of_the_colour_scale(obs: Observatory) -> None:
    figure = figure_of(view_of(obs, DEFAULT.but(colour="lq_home")))
    marker = next(t["marker"] for t in figure["data"] if t["name"] == "industry")
    n = cluster_scale(obs, "lq_home").classes
    assert len({colour for _, colour in marker["colorscale"]}) == n
    assert (marker["cmin"], marker["cmax"]) == (-0.5, n - 0.5)
    assert set(marker["color"]) == set(range(n))


def test_sizes_grow_with_the_count(obs: Observatory) -> None:
    trace = next(t for t in figure_of(view_of(obs))["data"] if t["name"] == "industry")
    sizes = numbers(trace["marker"]["size"])
    counts = np.array([row[1] for row in trace["customdata"]])
    assert np.all(np.diff(sizes[np.argsort(counts)]) >= 0)
    assert sizes.max() > sizes.min()


def test_a_layer_shows_the_regions_own_figures(obs: Observatory) -> None:
    selection = DEFAULT.but(layer="nuts2", layer_industry="isic-29")
    figures = layer_figures(obs, selection)
    assert figures is not None
    trace = figure_of(view_of(obs, selection))["data"][0]
    assert trace["type"] == "choroplethmap"
    assert re.fullmatch(r"/geo/nuts2\.geojson\?v=[0-9a-f]{12}", trace["geojson"])
    table = obs.tables["specialisations"]
    stuttgart = table[(table["region_id"] == "eu-nuts2-DE11") & (table["industry_id"] == "isic-29")][
        "lq_home"
    ].iloc[0]
    row = next(row for row in trace["customdata"] if row[0] == "eu-nuts2-DE11")
    assert row[1] == pytest.approx(stuttgart, abs=1e-5)
    assert all(
        shade == -1 for row, shade in zip(trace["customdata"], trace["z"], strict=True) if row[1] is None
    )


def test_every_layer_has_figures_with_and_without_an_industry(obs: Observatory) -> None:
    for layer in region_layers(obs):
        for lang in ("en", "de"):
            assert view_of(obs, lang=lang).t(f"explore.layer.names.{layer}")
        figures = layer_figures(obs, DEFAULT.but(layer=layer))
        assert figures is not None
        assert len(figures.ids) == len(set(figures.ids)) > 0


def test_the_style_asks_no_other_machine(obs: Observatory) -> None:
    style = figure_of(view_of(obs))["layout"]["map"]["style"]
    assert set(style) == {"version", "id", "sources", "layers"}
    assert all(source["data"].startswith("/geo/") for source in style["sources"].values())


def test_an_empty_table_gives_an_empty_map(obs: Observatory) -> None:
    view = view_of(obs, DEFAULT.but(text="zzzzzz"))
    assert figure_of(view)["data"] == []
    assert "<svg" in svg_map(find(view).table, view)


def test_the_picture_is_small_and_marks_every_science_place(obs: Observatory) -> None:
    view = view_of(obs)
    picture = svg_map(find(view).table, view)
    assert len(picture.encode()) <= 40_000
    science = int(find(view).table["science_technology"].sum())
    gems = re.findall(r'class="gem[^"]*" d="([^"]*)"', picture)
    assert 0.95 * science <= sum(path.count("M") for path in gems) <= science


def test_mercator_and_packing() -> None:
    assert mercator_y(0) == pytest.approx(500)
    assert mercator_y(66.51326) == pytest.approx(250, abs=0.01)
    assert numbers(packed(np.array([1.5, -2.25]))).tolist() == [1.5, -2.25]


def test_classes() -> None:
    assert classify(np.array([0.5, 1.0, np.nan, 3.0]), (1.0, 2.0)).tolist() == [0, 1, -1, 2]
    assert round_limits(np.array([np.nan])) == ()
    assert round_limits(np.array([5.0, 5.0])) == ()
    assert round_limits(np.arange(1.0, 71.0)) == (11.0, 21.0, 31.0, 40.0, 50.0, 60.0)
    both = find_scale(np.array([0.2, 0.9, 3.0]), "lq_home")
    assert both.diverging and both.limits == (0.25, 0.5, 0.8, 1.25, 2.0, 4.0)
    assert not find_scale(np.array([1.5, 2.0, 3.0]), "lq_home").diverging


def test_counted_clusters_are_not_shown_around_one(obs: Observatory) -> None:
    assert not cluster_scale(obs, "lq_home").diverging
