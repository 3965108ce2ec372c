"""The first view: the same tree as HTML, nothing of it executable."""

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from dash.development.base_component import Component

from components.ids import control
from components.prerender import Raw, to_html


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, ""),
        ("a < b & c", "a &lt; b &amp; c"),
        (html.P("x", className="lead", lang="de"), '<p class="lead" lang="de">x</p>'),
        (html.Br(), "<br>"),
        (html.Div([html.B("1"), 2, None]), "<div><b>1</b>2</div>"),
        (html.Div(style={"fontSize": "3px"}), '<div style="font-size:3px"></div>'),
        (dcc.Link("there", href="/en/rank?a=1&b=2"), '<a href="/en/rank?a=1&amp;b=2">there</a>'),
        (html.Details("x", open=True), "<details open>x</details>"),
        (html.Div(Raw("<svg></svg>")), "<div><svg></svg></div>"),
    ],
)
def test_elements(node: Component | str | None, expected: str) -> None:
    assert to_html(node) == expected


def test_attributes_cannot_break_out() -> None:
    assert to_html(html.A("x", title='"><script>')) == '<a title="&quot;&gt;&lt;script&gt;">x</a>'


def test_charts_are_replaced_by_their_stand_ins() -> None:
    tree = html.Div(dcc.Graph(id="map"))
    assert to_html(tree, {"map": html.P("picture")}) == "<div><p>picture</p></div>"


def test_controls_are_native_and_named_after_their_key() -> None:
    options = [{"value": "DEU", "label": "Germany"}, {"value": "USA", "label": "<USA>"}]
    boxes = to_html(dbc.Checklist(id=control("country", "list"), options=options, value=["USA"]))
    assert boxes.count("<input") == 2
    assert (
        '<input class="form-check-input" type="checkbox" name="country" value="USA" checked>&lt;USA&gt;'
        in boxes
    )
    choice = to_html(dbc.Select(id=control("colour", "one"), options=options, value="DEU"))
    assert 'name="colour"' in choice
    assert '<option value="DEU" selected>Germany</option>' in choice
    assert 'name="q"' in to_html(dbc.Input(id=control("q", "text"), value="a"))
