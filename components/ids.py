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
    MAP = "explore-map"
    UNDER = "explore-map-under"
    FIGURE = "explore-figure"
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

    CHART = "compare-chart"
    TABLE = "compare-table"
    NOTES = "compare-notes"
    SEARCH = "compare-search"
    HITS = "compare-hits"
    UNITS = "compare-units"


class Rank(StrEnum):
    """The ranking page."""

    GRID = "rank-grid"
    COUNT = "rank-count"
    SUMMARY = "rank-summary"


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
