"""What to offer where a portrait's address names no unit: the units most like it."""

from components.portraits.markup import link, tag
from components.prerender import Raw
from components.view import PORTRAITS, View
from data.portraits import near_matches


def near_units(view: View, path: object) -> Raw | None:
    """A list of up to eight units most like an unknown slug; ``None`` for other addresses and without any."""
    parts = path.strip("/").split("/") if isinstance(path, str) else []
    if len(parts) != 3 or parts[1].lower() not in PORTRAITS:
        return None
    found = near_matches(view.obs, parts[1].lower(), parts[2], view.lang)
    if not found:
        return None
    rows = [
        tag(
            "li",
            link(name, view.portrait(kind, unit)),
            tag("span", view.t(f"portrait.kind.{kind}"), cls="remark"),
        )
        for kind, unit, name in found
    ]
    return tag(
        "section",
        tag("h2", view.t("portrait.near.title")),
        tag("ul", *rows, cls="link-list"),
        cls="portrait-page",
    )
