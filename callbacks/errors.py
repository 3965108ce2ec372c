"""The one door for errors in callbacks: logged with a reference, told kindly."""

import logging
import secrets

from dash import html, set_props

from components.ids import Shell
from components.words import t

LOG = logging.getLogger("gco.callbacks")


def on_error(error: Exception) -> None:
    """Log the error under a reference and show the reference to the visitor."""
    reference = secrets.token_hex(4)
    LOG.error("callback failed, reference %s", reference, exc_info=error)
    texts = [html.P(t(lang, "shell.error", reference=reference), lang=lang) for lang in ("en", "de")]
    set_props(Shell.ERROR, {"children": texts})
