"""From an address to a page, as Dash components and as the server's first view."""

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from dash import dcc, html
from dash.development.base_component import Component

from callbacks.wire import to_bytes
from components.pages import PAGE_MODULES, Page
from components.portraits import PORTRAIT_MODULES, Portrait
from components.portraits.near import near_units
from components.prerender import to_html
from components.shell import frame, layout
from components.view import PAGES, STATIC_PAGES, View, make_view
from components.words import LANGUAGES
from data.observatory import Observatory
from data.selection import DEFAULT

REMEMBERED = 16
"""First views and layouts kept, up to 0.3 MB each: most visitors begin at the same few addresses."""


@dataclass(frozen=True)
class FirstView:
    """The parts of the entry document that depend on the address."""

    lang: str
    title: str
    description: str
    body: str
    head: str
    status: int = 200
    static: bool = False
    """A page without anything to compute is a plain document; Dash is not loaded for it."""
    page: str = ""


def _missing(obs: Observatory, lang: str, near: str | None = None) -> Component:
    view = View(obs, DEFAULT, lang, "explore")
    links = [html.Li(html.A(view.t(f"shell.nav.{page}"), href=f"/{lang}/{page}")) for page in PAGES]
    text = [html.H1(view.t("shell.not_found.title")), html.P(view.t("shell.not_found.text")), html.Ul(links)]
    return frame(view, html.Div([*text, near]))


def _language(path: object) -> str:
    return "de" if isinstance(path, str) and path.startswith("/de") else "en"


def _page(view: View | None) -> Page | Portrait | None:
    """The module that draws a view; ``None`` where there is no such page or unit."""
    if view is None:
        return None
    if view.page in PAGE_MODULES:
        return PAGE_MODULES[view.page]
    portrait = PORTRAIT_MODULES.get(view.page)
    return portrait if portrait is not None and portrait.exists(view) else None


def draw(obs: Observatory, path: object, query: object) -> Component:
    """The page of an address as components; an unknown path gets the page that says so."""
    view = make_view(obs, path, query)
    if view is None or view.page in STATIC_PAGES:
        return _missing(obs, _language(path))
    page = PAGE_MODULES[view.page]
    whole = frame(view, page.layout(view))
    setattr(whole, "data-title", f"{page.title(view)} · {view.t('shell.name')}")
    return whole


def _alternates(view: View) -> str:
    links = (
        f'<link rel="alternate" hreflang="{lang}" href="{escape(view.href(lang=lang))}">'
        for lang in LANGUAGES
    )
    return "".join(links) + f'<link rel="canonical" href="{escape(view.href())}">'


def _structured(portrait: Portrait, view: View) -> str:
    """What a portrait is about, for machines; no text of it can end the element."""
    text = json.dumps(portrait.structured(view), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


@lru_cache(maxsize=REMEMBERED)
def first_view(obs: Observatory, path: str, query: str) -> FirstView:
    """The same page as plain HTML, with what belongs into the document's head; the latest are remembered."""
    view = make_view(obs, path, query)
    page = _page(view)
    if view is None or page is None:
        lang = _language(path)
        view = View(obs, DEFAULT, lang, "explore")
        title = f"{view.t('shell.not_found.title')} · {view.t('shell.name')}"
        near = near_units(view, path)
        return FirstView(lang, title, "", to_html(_missing(obs, lang, near)), "", 404, static=True)
    stand_ins = {} if view.slug else PAGE_MODULES[view.page].stand_ins(view)
    body = to_html(frame(view, page.layout(view)), stand_ins)
    title = f"{page.title(view)} · {view.t('shell.name')}"
    head = _alternates(view) + (_structured(PORTRAIT_MODULES[view.page], view) if view.slug else "")
    static = view.page in STATIC_PAGES
    return FirstView(view.lang, title, page.description(view), body, head, static=static, page=view.page)


def first_layout(obs: Observatory, referer: str) -> bytes:
    """Dash's layout holding the page that asks for it; without one where the browser does not say which."""
    try:
        asked = urlsplit(referer)
    except ValueError:
        return to_bytes(layout())
    return _layout_with_page(obs, asked.path, asked.query)


@lru_cache(maxsize=REMEMBERED)
def _layout_with_page(obs: Observatory, path: str, query: str) -> bytes:
    view = make_view(obs, path, query)
    if view is None or view.page in STATIC_PAGES:
        return to_bytes(layout())
    search = f"?{query}" if query else ""
    return to_bytes(layout(draw(obs, path, query), pathname=path, search=search))


def skeleton(obs: Observatory) -> Component:
    """Every component with an id of every interactive page, bare.

    Dash checks the ids of callbacks against the layout; the pages come later, so this stands for them.
    """
    found: dict[str, Component] = {}
    for page in PAGES:
        if page not in STATIC_PAGES:
            whole = draw(obs, f"/en/{page}", "")
            for part in [whole, *whole._traverse()]:
                ident = getattr(part, "id", None)
                if isinstance(part, Component) and ident is not None and not isinstance(part, dcc.Link):
                    found.setdefault(str(ident), type(part)(id=ident))
    return html.Div(list(found.values()))
