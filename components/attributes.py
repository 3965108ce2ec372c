"""Attributes that are no Python names: ``aria-*`` and ``data-*``, to be unpacked into a component."""

from typing import Any


def aria(**values: object) -> dict[str, Any]:
    """``aria(label="Pages", hidden=True)`` as ``{"aria-label": "Pages", "aria-hidden": "true"}``.

    Names end without their underscore (``controls_`` for words that Python reserves).
    """
    return {f"aria-{name.rstrip('_')}": _text(value) for name, value in values.items() if value is not None}


def data(**values: object) -> dict[str, Any]:
    """``data(page="rank")`` as ``{"data-page": "rank"}``; underscores become hyphens."""
    return {
        f"data-{name.replace('_', '-')}": _text(value) for name, value in values.items() if value is not None
    }


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
