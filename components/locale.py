"""Numbers and dates in the form of the language, through Babel."""

import datetime
import math
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

MISSING = "–"


@lru_cache(maxsize=4)
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


@lru_cache(maxsize=32)
def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


@lru_cache(maxsize=65_536)
def number(lang: str, value: float | None, decimals: int = 0) -> str:
    """``1234.5`` as ``1.234,5`` or ``1,234.5``; a dash for what is missing."""
    if value is None or math.isnan(value):
        return MISSING
    return format_decimal(value, _pattern(decimals), locale=_locale(lang)).replace("-", "−")


def day(lang: str, date: datetime.date) -> str:
    """A date in words: ``24. November 2026`` or ``November 24, 2026``."""
    return format_date(date, "long", locale=_locale(lang))
