"""From ANZSIC 2006 subdivisions (Australia, New Zealand) to ISIC Rev. 4 divisions, sections and groups.

The input tables carry an approximate ISIC code per subdivision. A range such as C29-C30 stays one industry.
Where a subdivision cuts across divisions in another way, OVERRIDES names the nearest one and APPROXIMATE
says how it differs.
"""

import re

import pandas as pd

from data.pipeline.sources.view_frames import GROUPS

# Code in the table: industry id and ISIC section.
OVERRIDES: dict[str, tuple[str, str]] = {
    "A": ("isic-01", "A"),
    "G45-G46": ("isic-45", "G"),
    "H49-H51": ("isic-49", "H"),
    "J58-J63": ("isic-63", "J"),
    "J61-J63": ("isic-63", "J"),
    "J63-R91": ("isic-91", "R"),
    "N78-N82": ("isic-78-82", "N"),
    "N81-N82": ("isic-78-82", "N"),
    "C33-G45-S95": ("isic-33-95", "S"),
    "O84-N80": ("isic-84", "O"),
}
APPROXIMATE: dict[str, str] = {
    "isic-01": "includes support services to forestry and fishing",
    "isic-33-95": "repair of vehicles, machinery and household goods: ISIC 33, 95 and part of 45",
    "isic-45": "without vehicle repair",
    "isic-49": "includes scenic transport",
    "isic-61": "without internet providers",
    "isic-63": "internet publishing, providers, search portals and data processing",
    "isic-78-82": "without security (ISIC 80)",
    "isic-84": "includes private security and regulatory services",
    "isic-91": "includes libraries and other information services",
    "isic-94-96": "without repair (ISIC 95)",
    "isic-C": "without repair of machinery",
    "isic-G": "without vehicle repair",
    "isic-N": "without security",
    "isic-O": "includes security",
    "isic-S": "includes repair of vehicles and machinery",
    "isic-B-E": "without repair of machinery",
    "isic-G-I": "without vehicle repair",
    "isic-M-N": "without security",
    "isic-O-Q": "includes security",
    "isic-R-U": "includes repair of vehicles and machinery, and libraries",
}
# The business economy is these sections, and repair (ISIC 33, 45, 95).
BUSINESS_SECTIONS = tuple("BCDEFGHIJLMN")
BUSINESS_EXTRA = ("isic-33-95",)

_CODE = re.compile(r"([A-U])(\d\d)(?:-[A-U](\d\d))?")


def read_code(code: str) -> tuple[str, str]:
    """Industry id and ISIC section of a code such as C25, C29-C30 or an override.

    >>> read_code("C29-C30")
    ('isic-29-30', 'C')

    Raises ValueError for a code that is neither.
    """
    if code in OVERRIDES:
        return OVERRIDES[code]
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"unknown ISIC code {code!r} of an ANZSIC subdivision")
    section, first, last = match.groups()
    return f"isic-{first}" + (f"-{last}" if last else ""), section


def classify(codes: pd.Series) -> pd.DataFrame:
    """Columns division, section (`isic-C`), group and business (bool) for a series of codes, same index."""
    read = {code: read_code(code) for code in codes.unique()}
    division = codes.map({code: pair[0] for code, pair in read.items()})
    letter = codes.map({code: pair[1] for code, pair in read.items()})
    section = ("isic-" + letter).where(~letter.isin(["D", "E"]), "isic-D-E")
    business = letter.isin(BUSINESS_SECTIONS) | division.isin(BUSINESS_EXTRA)
    return pd.DataFrame(
        {"division": division, "section": section, "group": letter.map(GROUPS), "business": business}
    )
