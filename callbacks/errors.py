"""Failures as the visitor meets them: in a callback a line on the page, elsewhere a page of its own.

Both carry a reference that stands in the log beside what happened; neither says more.
"""

import logging
import secrets
from typing import Any

from dash import html, set_props

from callbacks.routes import FirstView
from components.ids import Shell
from components.prerender import to_html
from components.words import t

LOG = logging.getLogger("gco.callbacks")


def on_error(error: Exception) -> None:
    """Log the error under a reference and show the reference to the visitor."""
    reference = secrets.token_hex(4)
    LOG.error("callback failed, reference %s", reference, exc_info=error)
    texts = [html.P(t(lang, "shell.error", reference=reference), lang=lang) for lang in ("en", "de")]
    set_props(Shell.ERROR, {"children": texts})


def failure_view(path: str, reference: str) -> FirstView:
    """The page for a failure, in both languages, that of the address first; needs no data."""
    lang = "de" if path.startswith("/de") else "en"
    second = "en" if lang == "de" else "de"
    parts = [_apology(lang, reference, html.H1), _apology(second, reference, html.H2)]
    body = html.Div(html.Main(parts, id=Shell.MAIN, className="page failure"), lang=lang)
    title = f"{t(lang, 'failure.title')} · {t(lang, 'shell.name')}"
    return FirstView(lang, title, "", to_html(body), "", 500, static=True)


def _apology(lang: str, reference: str, heading: Any) -> html.Section:
    return html.Section(
        [
            heading(t(lang, "failure.title")),
            html.P(t(lang, "failure.text")),
            html.P(t(lang, "failure.reference", reference=reference)),
            html.P(html.A(t(lang, "failure.home"), href=f"/{lang}/explore")),
        ],
        lang=lang,
    )
