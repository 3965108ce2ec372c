"""The things of the catalogue as immutable values: texts, licences, sources, themes, indicators, industries,
fields, the cluster rule, and the catalogue that holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    en: str
    de: str

    def get(self, lang: str) -> str:
        """The text in ``lang`` (``en`` or ``de``); raises :class:`KeyError` for any other language."""
        if lang not in LANGUAGES:
            raise KeyError(lang)
        return self.de if lang == "de" else self.en


@dataclass(frozen=True)
class Licence:
    """Terms under which data come in or go out. ``open`` means anybody may reuse the data, credit given."""

    id: str
    name: Text
    url: str
    open: bool


@dataclass(frozen=True)
class Source:
    """Where figures come from, under which terms, and what may be handed on (``licence_out``)."""

    id: str
    producer: str
    title: Text
    citation: str
    url: str
    licence_in: Licence
    licence_out: Licence
    credit: str
    years: str
    retrieved: Text
    note: Text


@dataclass(frozen=True)
class Theme:
    """One of the five dimensions of the uniform profile, or the context outside it."""

    id: str
    label: Text
    description: Text
    in_profile: bool
    order: int


@dataclass(frozen=True)
class Indicator:
    """A figure with its meaning. ``direction``: 1 higher is better, -1 lower is better, 0 neither.

    ``unit`` is the unit in words, ``unit_short`` what stands beside a number. Percentages are stored as
    percent numbers (12.5 means 12.5 %). ``kinds`` are the kinds of cluster the figure exists for.
    """

    id: str
    label: Text
    short_label: Text
    description: Text
    unit: Text
    unit_short: Text
    direction: int
    decimals: int
    theme: str
    level: str
    scaling: str
    rankable: bool
    in_profile: bool
    weight: float
    kinds: tuple[str, ...]
    method: Text
    formula: str
    caveats: Text
    sources: tuple[str, ...]
    years: Text
    order: int


@dataclass(frozen=True)
class Industry:
    """An industry of a scheme (``isic`` or ``usc``). ``members`` are the parts of a range or group."""

    industry_id: str
    scheme: str
    level: str
    parent_id: str
    name: Text
    short: Text
    traded: str
    members: tuple[str, ...]
    approximate: bool


@dataclass(frozen=True)
class Field:
    """A thematic field: one of the fourteen industrial ecosystems of the European Union."""

    field_id: str
    name: Text
    short: Text
    description: Text
    order: int


@dataclass(frozen=True)
class Thresholds:
    """What a cell must reach at one granularity; ``None`` where nothing is asked. Percent in percent."""

    granularity: str
    measure: str
    min_size: float | None
    min_lq: float
    min_focus: float | None
    min_national_share: float | None
    max_estimated_share: float
    description: Text


@dataclass(frozen=True)
class RuleLevel:
    """Where the rule is applied: regions of one ``level`` in ``countries`` (``"*"`` any other country)."""

    countries: tuple[str, ...]
    level: str
    granularity: str
    measure: str
    counted: bool
    min_total: float | None
    label: Text


@dataclass(frozen=True)
class Rule:
    """The rule that says which cells are industry clusters."""

    version: str
    traded: tuple[str, ...]
    thresholds: tuple[Thresholds, ...]
    levels: tuple[RuleLevel, ...]
    title: Text
    description: Text
    estimated_from: float

    def find_thresholds(self, granularity: str, measure: str = "employment") -> Thresholds | None:
        """The thresholds for a granularity and the measure a region is recorded in, if there are any."""
        found = (t for t in self.thresholds if (t.granularity, t.measure) == (granularity, measure))
        return next(found, None)

    def find_level(self, iso3: str, level: str, granularity: str) -> RuleLevel | None:
        """How regions of this country, level and granularity are treated; ``None``: no clusters there.

        An entry naming the country goes before one for any country.
        """
        fitting = [x for x in self.levels if (x.level, x.granularity) == (level, granularity)]
        for key in (iso3, "*"):
            for entry in fitting:
                if key in entry.countries:
                    return entry
        return None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The whole catalogue; mappings keep the order in which things are shown.

    ``industry_fields`` holds, by industry, the weight (0 to 1) of each field it belongs to.
    ``region_names_de`` holds German names of regions only where they differ from the English ones.
    """

    licences: Mapping[str, Licence]
    sources: Mapping[str, Source]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    industries: Mapping[str, Industry]
    fields: Mapping[str, Field]
    industry_fields: Mapping[str, Mapping[str, float]]
    rule: Rule
    remarks: Mapping[str, Text]
    region_names_de: Mapping[str, str]
    folder: Path
