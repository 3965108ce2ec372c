"""Which scripts an entry document loads: Dash's own, less what no page uses, and plotly.js in parts.

The parts are built by ``tools/plotly`` where Node is at hand. Without them, or where they are of another
version than the plotly package, Dash loads that package's whole library when a page first shows a chart.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plotly.offline import get_plotlyjs_version

from data.settings import ROOT

PLOTLY_PARTS = ROOT / "build" / "plotly"
PREFIX = "/plotly"
SCRIPT = re.compile(r'<script src="(?P<src>[^"]+)"></script>\n?')
TABLE = "/dash_table/"
GRID = "/dash_ag_grid/"
GRID_PAGES = ("rank",)
"""Pages with a grid, whose script weighs more than all others of Dash; links to them load a document."""
POLYFILL = "/deps/polyfill@"


@dataclass(frozen=True)
class PlotlyParts:
    """The built parts: what the browser's loader is told, and the script that stands for the polyfill."""

    described: str
    generators: str


@cache
def plotly_parts(folder: Path = PLOTLY_PARTS) -> PlotlyParts | None:
    """The parts in a folder; None if there are none or not those of the installed plotly package."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if manifest["version"] != get_plotlyjs_version():
        return None
    files = {part: [f"{PREFIX}/{name}" for name in names] for part, names in manifest["files"].items()}
    described = json.dumps({"files": files, "types": manifest["types"]}, separators=(",", ":"))
    return PlotlyParts(described, f"{PREFIX}/{manifest['generators']}")


@cache
def trim(scripts: str, parts: PlotlyParts | None, page: str) -> str:
    """Dash's script tags for a page, less the deprecated table, the polyfill for browsers of ten years ago,
    and the grid where the page has none.

    Of the polyfill one thing is still needed, the run time of generator functions; it comes with ``parts``.
    """

    def kept(tag: re.Match[str]) -> str:
        if TABLE in tag["src"] or (GRID in tag["src"] and page not in GRID_PAGES):
            return ""
        if POLYFILL in tag["src"] and parts is not None:
            return f'<script src="{parts.generators}"></script>\n'
        return tag.group()

    return SCRIPT.sub(kept, scripts)


def preloads(page: str) -> str:
    """Links that fetch early what Dash asks for once its scripts run: layout, callbacks, chart component."""
    wanted = [("/_dash-layout", "fetch", " crossorigin"), ("/_dash-dependencies", "fetch", " crossorigin")]
    if page not in GRID_PAGES:
        wanted.append(("/_dash-component-suites/dash/dcc/async-graph.js", "script", ""))
    return "".join(f'<link rel="preload" href="{url}" as="{kind}"{mode}>' for url, kind, mode in wanted)
