"""The frame of every page: skip link, head with navigation, main part, live region, foot."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.ids import Shell, nav
from components.view import PAGES, STATIC_PAGES, View
from components.words import LANGUAGES
from data.selection import DEFAULT, KEYS


def defaults() -> dict[str, str]:
    """What each key of the address means when it is absent, as the address would write it."""
    return {key.name: key.write(getattr(DEFAULT, key.attribute)) for key in KEYS}


def layout(page: Component | None = None, **address: str) -> Component:
    """The constant outer layout; the page inside :attr:`Shell.FRAME` follows the address.

    Where the page is known already, so is its ``address`` (pathname, search): nothing is asked for twice.
    """
    return html.Div(
        [
            dcc.Location(id=Shell.URL, refresh="callback-nav", **address),
            dcc.Store(id=Shell.DEFAULTS, data=defaults()),
            dcc.Store(id=Shell.READY),
            html.Div(id=Shell.ERROR, role="alert", className="error"),
            html.Div(page, id=Shell.FRAME),
        ]
    )


def _anchor(view: View, page: str) -> Any:
    """Dash changes between its own pages; a plain document is loaded as one."""
    return html.A if {page, view.page} & set(STATIC_PAGES) else dcc.Link


def _link(view: View, page: str) -> Component:
    link: Component = _anchor(view, page)(
        view.t(f"shell.nav.{page}"),
        id=nav(page, view.lang),
        href=view.href(page),
        className="nav-page active" if page == view.page else "nav-page",
    )
    return link


def _language(view: View, lang: str) -> Component:
    name = view.t(f"shell.language.{lang}")
    if lang == view.lang:
        return html.Span(lang.upper(), className="language active", title=name)
    link: Component = _anchor(view, view.page)(
        lang.upper(), id=nav(view.page, lang), href=view.href(lang=lang), className="language", title=name
    )
    return link


def _head(view: View) -> Component:
    brand = html.A(
        [html.Span("", className="brand-mark", **aria(hidden=True)), view.t("shell.name")],
        href=f"/{view.lang}/explore",
        className="brand",
    )
    return html.Header(
        [
            html.A(view.t("shell.skip"), href="#main", className="skip"),
            brand,
            html.Nav([_link(view, page) for page in PAGES], **aria(label=view.t("shell.pages"))),
            html.Div(
                [
                    *(_language(view, lang) for lang in LANGUAGES),
                    html.Button(
                        html.Span("◐", **aria(hidden=True)),
                        id=Shell.THEME,
                        className="quiet theme",
                        title=view.t("shell.theme"),
                        type="button",
                        **aria(label=view.t("shell.theme")),
                    ),
                ],
                className="tools",
            ),
        ],
        className="head",
    )


def _foot(view: View) -> Component:
    return html.Footer(
        [
            html.P(view.t("shell.foot.version", version=view.obs.version)),
            html.P(
                [
                    view.t("shell.foot.licence"),
                    " ",
                    html.A(view.t("shell.foot.sources"), href=f"/{view.lang}/sources"),
                ]
            ),
        ],
        className="foot",
    )


def notice(view: View) -> Component | None:
    """What of the address was not understood, in a sentence; nothing if all was."""
    if not view.ignored:
        return None
    return html.P(view.t("shell.ignored", keys=", ".join(view.ignored[:8])), className="notice")


def frame(view: View, body: Component) -> Component:
    """A whole page around its body."""
    return html.Div(
        [
            _head(view),
            html.Div(notice(view), id=Shell.NOTICE, role="status"),
            html.Main(body, id=Shell.MAIN, className=f"page {view.page}", tabIndex="-1"),
            html.Div(id=Shell.LIVE, role="status", className="visually-hidden", **aria(live="polite")),
            _foot(view),
        ],
        lang=view.lang,
        **data(page=view.page),
    )
