"""Every id of the pages, written once. Repeated things get a function that returns a dict id."""

from enum import StrEnum


class Shell(StrEnum):
    """The frame around all pages."""

    URL = "url"
    FRAME = "frame"
    MAIN = "main"
    DEFAULTS = "defaults"
    LIVE = "live"
    READY = "ready"
    NOTICE = "notice"
    ERROR = "error"
    THEME = "theme"
    COPY = "copy-link"
    RESET = "reset"
    CHIPS = "chips"
    EXPORTS = "exports"


class Explore(StrEnum):
    """The map page."""

    BODY = "explore-body"
    ADDRESS = "explore-address"
    MAP = "explore-map"
    UNDER = "explore-map-under"
    LAYER = "explore-layer"
    KEPT = "explore-kept"
    FIGURE = "explore-figure"
    DRAWN = "explore-drawn"
    TOOLS = "explore-tools"
    LEGEND = "explore-legend"
    LIST = "explore-list"
    CARD = "explore-card"
    COUNT = "explore-count"
    SEARCH = "explore-search"
    HITS = "explore-hits"
    FOUND = "explore-found"
    EVENT = "explore-event"


class Compare(StrEnum):
    """The comparison page."""

    BODY = "compare-body"
    SEARCH = "compare-search"
    HITS = "compare-hits"
    FOUND = "compare-found"
    UNITS = "compare-units"
    TOOLS = "compare-tools"
    SENTENCE = "compare-sentence"
    HIDDEN = "compare-hidden"
    PRESETS = "compare-presets"
    FRAME = "compare-frame"
    CHART = "compare-chart"
    FIGURE = "compare-figure"
    NOTES = "compare-notes"
    TABLE = "compare-table"
    EXAMPLES = "compare-examples"


class Rank(StrEnum):
    """The ranking page."""

    BODY = "rank-body"
    GRID = "rank-grid"
    COUNT = "rank-count"
    SUMMARY = "rank-summary"
    UNITS = "rank-units"
    TOOLS = "rank-tools"
    CHOOSER = "rank-chooser"
    COLUMNS = "rank-columns"
    STATE = "rank-state"
    TRAY = "rank-tray"
    WAIT = "rank-wait"
    ADDRESS = "rank-address"


class Sources(StrEnum):
    """Sources and methods."""

    BODY = "sources-body"


def control(key: str, kind: str, part: str = "") -> dict[str, str]:
    """Id of a control that writes one key of the address.

    ``kind`` says how its value is written: list, one, text, flag or range. Several controls may
    share a key; ``part`` tells them apart.
    """
    return {"type": "control", "key": key, "kind": kind, "part": part}


def nav(page: str, lang: str) -> dict[str, str]:
    """Id of a link that keeps the present query while changing page or language."""
    return {"type": "nav", "page": page, "lang": lang}


def add(unit_id: str) -> dict[str, str]:
    """Id of a button that puts a unit into the comparison."""
    return {"type": "add", "unit": unit_id}
