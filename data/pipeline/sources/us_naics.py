"""The NAICS tree of the United States and its way into industries of the observatory.

A *weights* frame has one row per six-digit NAICS code and one column per industry; an entry is the part of
the code that belongs to the industry. A code that touches several ISIC divisions is split equally.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.sources.view_frames import GROUPS, read_table

SPLIT_SECTORS = {
    "31": "31-33",
    "32": "31-33",
    "33": "31-33",
    "44": "44-45",
    "45": "44-45",
    "48": "48-49",
    "49": "48-49",
}
TOTAL = "00"
UNCLASSIFIED = "99"
TRADED_MAX = 51
"""Benchmark clusters 1 to 51 are traded, 101 to 116 local."""


def parent_code(code: str) -> str:
    """The next higher NAICS code: ``336411`` to ``33641``, ``336`` to ``31-33``, a sector to ``00``."""
    if len(code) == 2 or "-" in code:
        return TOTAL
    shorter = code[:-1]
    return SPLIT_SECTORS.get(shorter, shorter)


def tree_levels(leaves: pd.Index) -> list[pd.Index]:
    """The codes of each level from the total down to the six-digit *leaves*, each level sorted.

    The sectors include the unclassified one, which has no six-digit code.
    """
    levels = [pd.Index(sorted(leaves))]
    while len(levels[0]) > 1:
        above = {parent_code(code) for code in levels[0]}
        if TOTAL not in above and any(parent_code(code) == TOTAL for code in above):
            above.add(UNCLASSIFIED)
        levels.insert(0, pd.Index(sorted(above)))
    return levels


def merge_contractors(codes: pd.Series) -> pd.Series:
    """Six-digit codes in the Census form: QCEW cuts 238110 into residential 238111 and other 238112."""
    cut = codes.str.startswith("238")
    return codes.where(~cut, codes.str.slice(stop=5) + "0")


def division_weights(inputs: Path) -> pd.DataFrame:
    """Weights of NAICS 2017 codes in ISIC divisions (``isic-29``): 1/n for each of n divisions touched."""
    links = read_table(inputs / "concordance" / "naics2017_isic4.csv", dtype=str)
    # Three farm codes name an ISIC group (012, 014) with one zero too many, which reads as division 00.
    division = "isic-" + links["isic4_division"].replace({"00": "01"})
    touched = pd.crosstab(merge_contractors(links["naics"]), division).gt(0).astype(float)
    return touched.div(touched.sum(axis=1), axis=0).rename_axis(index="naics", columns="industry_id")


def section_weights(divisions: pd.DataFrame, inputs: Path) -> pd.DataFrame:
    """Division weights added up to ISIC sections (``isic-C``)."""
    structure = read_table(inputs / "concordance" / "isic4_structure.csv", dtype=str)
    structure = structure.loc[structure["level"].eq("division")]
    section = dict(zip("isic-" + structure["code"], "isic-" + structure["section"], strict=True))
    return _add_columns(divisions, section)


def group_weights(sections: pd.DataFrame) -> pd.DataFrame:
    """Section weights added up to the common groups (``isic-B-E``)."""
    return _add_columns(sections, {f"isic-{letter}": group for letter, group in GROUPS.items()})


def _add_columns(weights: pd.DataFrame, target: dict[str, str]) -> pd.DataFrame:
    targets = pd.Index(sorted({target[column] for column in weights.columns}), name="industry_id")
    into = np.array([[target[column] == to for to in targets] for column in weights.columns], dtype=float)
    # Rounding takes away the last digit of thirds and sixths, so that a whole code is exactly 1.
    return pd.DataFrame((weights.to_numpy() @ into).round(12), index=weights.index, columns=targets)


def benchmark_weights(inputs: Path) -> pd.DataFrame:
    """Weights of NAICS 2017 codes in the 67 benchmark clusters (``usc-1``): each code lies in one."""
    codes = read_table(inputs / "us" / "us_naics_cluster_map.csv", dtype=str)
    codes = codes.loc[codes["naics_vintage"].eq("2017")]
    table = pd.crosstab(codes["naics"], "usc-" + codes["cluster_code"]).gt(0).astype(float)
    ordered = sorted(table.columns, key=lambda industry: int(industry.removeprefix("usc-")))
    return table[ordered].rename_axis(index="naics", columns="industry_id")


def is_traded_benchmark(industry_id: str) -> bool:
    """Whether a benchmark cluster is one of the traded ones."""
    return int(industry_id.removeprefix("usc-")) <= TRADED_MAX


def business_economy(inputs: Path) -> pd.Index:
    """The 68 divisions (NACE B to J, L to N and S95) whose sum is the denominator of the division view."""
    divisions = read_table(inputs / "eu" / "nace_divisions.csv", dtype=str)
    return pd.Index("isic-" + divisions["nace"].str.slice(start=1))
