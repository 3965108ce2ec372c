"""A bare Dash page of the same data, as a tutorial would write it: a select, a map, a table, one callback.

It runs on the same kind of server as ours and compresses, so that only the page is compared.

Run as ``python -m tests.benchmarks.peers.bare_dash PORT``.
"""

import sys
from typing import Any

import plotly.express as px
import uvicorn
from dash import Dash, Input, Output, dash_table, dcc, html
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from tests.benchmarks.peers.places import read_places


def main() -> None:
    """Serve on 127.0.0.1."""
    places = read_places()
    server = FastAPI()
    server.add_middleware(GZipMiddleware)
    app = Dash(__name__, backend="fastapi", server=server)  # type: ignore[arg-type]
    countries = sorted(places["country"].unique())
    app.layout = html.Div(
        [
            html.H1("Clusters"),
            dcc.Dropdown(countries, id="country"),
            html.Div(id="count"),
            dcc.Graph(id="map"),
            dash_table.DataTable(id="table", page_size=25),
        ]
    )

    @app.callback(
        Output("map", "figure"),
        Output("table", "data"),
        Output("count", "children"),
        Input("country", "value"),
    )
    def update(country: str | None) -> tuple[Any, Any, str]:
        found = places[places["country"] == country] if country else places
        style = {"version": 8, "sources": {}, "layers": []}
        figure = px.scatter_map(found, lon="lon", lat="lat", hover_name="name", color="kind", zoom=1)
        figure.update_layout(map_style=style)
        return figure, found.to_dict("records"), f"{len(found)} clusters"

    uvicorn.run(server, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
