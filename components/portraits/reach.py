"""Initiatives, programmes and actors of a unit, where the observatory has them."""

from collections.abc import Sequence

from components.locale import number
from components.portraits.markup import tag
from components.portraits.parts import join_names, section, small
from components.prerender import Raw
from components.view import View
from data.observatory import Observatory
from data.portraits import KINDS
from data.reach import (
    Actors,
    Reach,
    Record,
    actors_around,
    actors_in,
    address_of,
    initiative_words,
    initiatives_of,
    programmes_of,
)

MOST = 18
SOURCES = ("initiative-pages", "ror")


def directory_sources(obs: Observatory) -> list[str]:
    """Sources of initiatives and actors, for the list at the end of a portrait."""
    return list(SOURCES) if has_directory(obs) else []


def has_directory(obs: Observatory) -> bool:
    """Whether the observatory holds initiatives at all."""
    return "initiatives" in obs.tables and len(obs.tables["initiatives"]) > 0


def _named(view: View, kind: str, unit_id: str, name: str, address: str) -> Raw:
    """A name leading to its portrait where there are such portraits, else to its own site."""
    if kind in KINDS:
        return tag("a", name, href=view.portrait(kind, unit_id))
    return tag("a", name, href=address, rel="external noopener") if address else tag("span", name)


def _list(rows: Sequence[tuple[Raw, str]], cls: str = "") -> Raw:
    items = [tag("li", name, tag("span", remark, cls="remark") if remark else None) for name, remark in rows]
    return tag("ul", *items, cls=f"link-list {cls}".strip())


def _initiative(view: View, record: Record) -> tuple[Raw, str]:
    words = initiative_words(view.obs)
    kind, status = words[f"kind.{record['kind']}"].get(view.lang), str(record["status"])
    remark = (
        kind if status in {"active", "unknown"} else f"{kind} · {words[f'status.{status}'].get(view.lang)}"
    )
    name = _named(view, "initiative", str(record["initiative_id"]), str(record["name"]), address_of(record))
    return name, remark


def initiatives_section(view: View, kind: str, unit_id: str) -> Raw | None:
    """Initiatives of a cluster, region, field or country; ``None`` where there is no directory."""
    if not has_directory(view.obs):
        return None
    found: Reach = initiatives_of(view.obs, kind, unit_id)
    title, notes = view.t("portrait.reach.initiatives"), []
    shown = found.initiatives[:MOST]
    if len(found.initiatives) > MOST:
        notes.append(view.t("portrait.reach.more", n=len(found.initiatives) - MOST))
    if found.unchecked:
        notes.append(view.t("portrait.reach.unchecked", n=found.unchecked))
    body = (
        _list([_initiative(view, r) for r in shown], "loose")
        if shown
        else small(view.t(f"portrait.reach.none_{kind}"))
    )
    note = small(" ".join(notes)) if notes else None
    return section(title, body, note, anchor="initiatives", lead=view.t(f"portrait.reach.lead_{kind}"))


def programmes_section(view: View, iso3: str) -> Raw | None:
    """Support programmes of a country; ``None`` where there is no directory."""
    if not has_directory(view.obs):
        return None
    rows = []
    for record in programmes_of(view.obs, iso3):
        years = "–".join(
            str(int(y)) for y in dict.fromkeys((record["start"], record["end"])) if y is not None
        )
        if record["start"] is not None and record["end"] is None:
            years = view.t("portrait.reach.since", year=int(record["start"]))
        name = _named(
            view,
            "programme",
            str(record["programme_id"]),
            str(record[f"name_{view.lang}"]),
            address_of(record),
        )
        rows.append((name, years))
    body = _list(rows) if rows else small(view.t("portrait.reach.no_programmes"))
    return section(
        view.t("portrait.reach.programmes"),
        body,
        anchor="programmes",
        lead=view.t("portrait.reach.programmes_lead"),
    )


def _types(view: View, found: Actors) -> str:
    ordered = sorted(found.types.items(), key=lambda item: (-item[1], item[0]))
    counts = [view.t(f"portrait.reach.type.{name}", n=n, count=number(view.lang, n)) for name, n in ordered]
    return view.t("portrait.reach.types", counts=join_names(view, counts))


def _actors(view: View, found: Actors, lead: str) -> Raw:
    title = view.t("portrait.reach.actors")
    if not found.named:
        return section(title, small(view.t("portrait.reach.no_actors")), anchor="actors")
    rows = [
        (_named(view, "actor", str(r["actor_id"]), str(r["name"]), address_of(r)), "") for r in found.named
    ]
    return section(title, tag("p", _types(view, found)), _list(rows), anchor="actors", lead=lead)


def actors_section(view: View, region_id: str) -> Raw | None:
    """Actors in a region."""
    if not has_directory(view.obs):
        return None
    return _actors(view, actors_in(view.obs, region_id), view.t("portrait.reach.actors_region"))


def actors_near(view: View, lon: float, lat: float) -> Raw | None:
    """Actors within 50 km of a point."""
    if not has_directory(view.obs):
        return None
    return _actors(view, actors_around(view.obs, lon, lat), view.t("portrait.reach.actors_around"))
