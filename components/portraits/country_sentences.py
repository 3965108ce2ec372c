"""Plain sentences about a country: what is counted there, and what we hold and lack."""

from components.locale import number
from components.portraits.markup import Column, table
from components.portraits.parts import section, small
from components.portraits.region_sentences import industry_names
from components.prerender import Raw
from components.view import View
from data.country_profile import (
    Held,
    country_clusters,
    country_held,
    country_regions,
    leading_industries,
    science_clusters,
)

PARTS = ("held", "partly", "lacking")


def summary(view: View, iso3: str) -> list[str]:
    """What is counted in the country, and which industries form most clusters. Never names the country, so
    that no article is needed."""
    obs = view.obs
    industry, science = len(country_clusters(obs, iso3)), len(science_clusters(obs, iso3))
    counts = [view.t(f"portrait.country.say.{name}", n=n, count=number(view.lang, n))
              for name, n in (("industry", industry), ("science", science)) if n]  # fmt: skip
    regions = sum(len(rows) for _, rows in country_regions(obs, iso3))
    if not counts:
        key = "none_regions" if regions else "none"
        return [view.t(f"portrait.country.say.{key}", n=regions)]
    said = [view.t("portrait.country.say.counted", counts=_both(view, counts))]
    leading = leading_industries(obs, iso3)
    if len(leading) > 1:
        said.append(view.t("portrait.country.say.leading", names=industry_names(view, leading[:3])))
    elif leading:
        said.append(view.t("portrait.country.say.leading_one", name=industry_names(view, leading)))
    if not industry:
        said.append(view.t("portrait.country.say.science_only"))
    return said


def _both(view: View, counts: list[str]) -> str:
    """One or two counts in words."""
    return view.t("portrait.say.and", first=counts[0], last=counts[1]) if len(counts) > 1 else counts[0]


def _cell(view: View, ids: tuple[str, ...]) -> str:
    names = [view.obs.catalogue.indicators[name].short_label.get(view.lang) for name in ids]
    return "; ".join(names) or "–"


def held_section(view: View, iso3: str) -> Raw:
    """Which indicators are known for the clusters of the country, by theme."""
    heading = view.t("portrait.country.held.title")
    held: dict[str, Held] = country_held(view.obs, iso3)
    if not held:
        return section(heading, small(view.t("portrait.country.held.none")), anchor="held")
    rows = [
        [
            view.obs.catalogue.themes[theme].label.get(view.lang),
            *(_cell(view, getattr(parts, name)) for name in PARTS),
        ]
        for theme, parts in held.items()
    ]
    columns = [Column(view.t("portrait.country.held.theme"))]
    columns += [Column(view.t(f"portrait.country.held.{name}")) for name in PARTS]
    return section(
        heading,
        table(columns, rows, heading, "held"),
        anchor="held",
        lead=view.t("portrait.country.held.lead"),
    )
