"""ISO 3166 country codes, alpha-2 to alpha-3, from CLDR's table of territory codes."""

from collections.abc import Mapping, Sequence

from babel.core import get_global

_RETIRED = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}  # of former countries, kept in CLDR as aliases


def _alpha3_by_alpha2() -> dict[str, str]:
    aliases: Mapping[str, Sequence[str]] = get_global("territory_aliases")
    pairs = {
        targets[0]: code
        for code, targets in aliases.items()
        if len(code) == 3 and code.isalpha() and len(targets) == 1 and code not in _RETIRED
    }
    return {**pairs, "XK": "XKX"}  # Kosovo's user-assigned code is XKX in most statistics


ISO3_BY_ISO2: dict[str, str] = _alpha3_by_alpha2()
