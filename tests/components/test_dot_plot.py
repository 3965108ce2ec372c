"""The dot plot by its data."""

import numpy as np

from components.figures.dot_plot import dot_plot
from components.figures.profile_svg import dots_svg
from components.view import make_view
from data.comparison import compare
from data.observatory import Observatory


def test_rows_are_axes_and_dots_are_known_scores(obs: Observatory) -> None:
    frame = obs.clusters.frame
    science = frame["kind"] == "science-technology"
    column = obs.clusters.matrix.column("gdp_per_head_ppp")
    without = frame.loc[science & np.isnan(column), "id"].astype(str).tolist()[:2]
    ids = [*without, *frame.loc[science & ~np.isnan(column), "id"].astype(str).tolist()[:4]]
    view = make_view(
        obs, "/en/compare", f"?ids={'~'.join(ids)}&chart=dots&axes=gdp_per_head_ppp~pct_share~gii_score"
    )
    assert view is not None
    comparison = compare(obs, view.selection)
    figure = dot_plot(view, comparison)
    span, *dots = figure["data"]
    assert figure["layout"]["xaxis"]["range"] == [0, 100]
    assert len(figure["layout"]["yaxis"]["ticktext"]) == 3
    assert len(dots) == 6, "all units in one plot"
    known = 0
    for trace, row in zip(dots, comparison.points, strict=True):
        scores = [round(p.score, 1) for p in row if p.score is not None]
        assert trace["x"] == scores
        known += len(scores)
    assert span["x"].count(None) == 3
    assert dots_svg(view, comparison, "label").count('class="dot u') == known == 16
