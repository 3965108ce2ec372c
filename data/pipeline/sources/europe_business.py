"""Eurostat's structural business statistics of regions: cells, denominators and European structure.

Persons employed, local units and wages by NUTS 2 region and NACE Rev. 2 section and division, 2008-2015.
NACE divisions equal ISIC divisions. What Eurostat withholds stays ``confidential``.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data.pipeline.harvest import CELLS, REFERENCE, TOTALS
from data.pipeline.sources.eurostat_slips import mend
from data.pipeline.sources.nuts import canonical_code, iso3_of, read_table, region_id, spread

SOURCE = "eurostat-sbs"
BASE_YEAR, FULLER_YEAR = 2014, 2015
PARTS = ("B", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "N", "S95")
"""The business economy: twelve NACE sections and division S95."""

MEASURES = {
    "employment": ("persons_employed", "flag_emp", "persons"),
    "establishments": ("local_units", "flag_units", "establishments"),
    "wages": ("wages_meur", "flag_wages", "EUR million"),
}
# the groups F, J and L of ARDECO carry the same ids, for all employment instead of business only
_SECTIONS_OF_ARDECO = ("F", "J", "L")


def read_business(inputs: Path) -> pd.DataFrame:
    """Long SBS: code, country, nace, year, measure, value, unit, status, broken.

    ``code`` is the canonical NUTS 2 code, NA for countries and for codes that are no place of today;
    ``geo`` keeps Eurostat's own. Cells without value and without a confidentiality flag are left out.
    ``broken`` marks a break in the series.
    """
    table = mend(read_table(inputs / "eu" / "sbs_region_nace2_2008_2015.csv.gz"))
    geo = table["geo"].drop_duplicates()
    code = pd.Series(canonical_code(inputs, geo).to_numpy(), index=geo)
    parts = [
        _measure(table, measure, *columns).assign(broken=table[columns[1]].str.contains("b", na=False))
        for measure, columns in MEASURES.items()
    ]
    long = pd.concat(parts, ignore_index=True)
    long = long[long["status"] != "missing"]
    return long.assign(code=long["geo"].map(code), country=long["geo"].str[:2]).reset_index(drop=True)


def _measure(table: pd.DataFrame, measure: str, column: str, flag: str, unit: str) -> pd.DataFrame:
    value, flags = table[column], table[flag].fillna("")
    withheld = np.where(flags.str.contains("c"), "confidential", "missing")
    published = np.where(flags.str.contains("p"), "provisional", "observed")
    return table[["geo", "nace", "year"]].assign(
        measure=measure, value=value, unit=unit, status=np.where(value.isna(), withheld, published)
    )


def fill_remainders(business: pd.DataFrame, divisions: pd.DataFrame) -> pd.DataFrame:
    """Fill a confidential division that is the only one its published section lacks.

    The value is section minus published divisions and becomes ``estimated``. With several divisions
    lacking, any split would give all of them the same specialisation, so they stay confidential.
    """
    keys = ["geo", "year", "measure"]
    section_of = divisions.set_index("nace")["section"]
    size = section_of.value_counts()
    cells = business.assign(section=business["nace"].map(section_of))
    known = cells[cells["section"].notna()].groupby([*keys, "section"])["value"].agg(["count", "sum"])
    parent = business[business["nace"].str.len() == 1].set_index([*keys, "nace"])["value"]
    parent.index = parent.index.set_names([*keys, "section"])
    known["rest"] = parent.reindex(known.index) - known["sum"]
    single = known["count"] == known.index.get_level_values("section").map(size.to_dict()) - 1
    rest = known["rest"].where(single & (known["rest"] >= 0)).dropna()
    withheld = cells[cells["section"].notna() & (cells["status"] == "confidential")]
    match = withheld.join(rest, on=[*keys, "section"])["rest"].dropna().round(1)
    filled = business.copy()
    filled.loc[match.index, "value"] = match
    filled.loc[match.index, "status"] = "estimated"
    return filled


def industry_id(nace: pd.Series) -> pd.Series:
    """ISIC id of NACE sections and divisions: ``C`` is ``isic-C``, ``C29`` is ``isic-29``."""
    return "isic-" + nace.where(nace.str.len() == 1, nace.str[1:])


def business_cells(business: pd.DataFrame) -> pd.DataFrame:
    """Cells of the regions in ``business``; confidential ones with value NaN."""
    twin = business["nace"].isin(_SECTIONS_OF_ARDECO) & (business["measure"] == "employment")
    kept = business[business["code"].notna() & ~twin]
    share = kept["status"].map({"estimated": 1.0, "observed": 0.0, "provisional": 0.0})
    return kept.assign(
        region_id=region_id(kept["code"]),
        industry_id=industry_id(kept["nace"]),
        estimated_share=share,
        source_id=SOURCE,
    )[list(CELLS)]


def _parts(business: pd.DataFrame, divisions: pd.DataFrame) -> pd.DataFrame:
    """Employment by code, year and part of the business economy: ``published`` and ``known``.

    ``known`` of a part without a published total is the sum of its published divisions.
    """
    jobs = business[business["code"].notna() & (business["measure"] == "employment")]
    sections = divisions.set_index("nace")["section"].replace("S", "S95")
    keys = ["code", "year", "part"]
    total = jobs[jobs["nace"].isin(PARTS)].rename(columns={"nace": "part"}).set_index(keys)["value"]
    inside = jobs.assign(part=jobs["nace"].map(sections)).dropna(subset=["part"])
    frame = pd.DataFrame({"published": total, "children": inside.groupby(keys)["value"].sum()})
    frame["known"] = frame["published"].fillna(frame["children"])
    return frame


def business_totals(business: pd.DataFrame, divisions: pd.DataFrame) -> pd.DataFrame:
    """Denominator of each region: the business economy of 2014, or of 2015 where more parts are published.

    A part without a published total counts with its published divisions and is named in ``missing_parts``.
    """
    parts = _parts(business, divisions).reset_index()
    parts = parts[parts["year"].isin([BASE_YEAR, FULLER_YEAR])]
    published = parts.pivot_table(
        index=["code", "year"], columns="part", values="published", aggfunc="sum", min_count=1
    )
    published = published.reindex(columns=list(PARTS))
    frame = pd.DataFrame(
        {
            "value": parts.groupby(["code", "year"])["known"].sum(),
            "count": published.notna().sum(axis=1),
            "missing_parts": ["|".join(np.array(PARTS)[gaps]) for gaps in published.isna().to_numpy()],
        }
    ).reset_index()
    frame = frame[frame["value"] > 0].sort_values(["code", "count", "year"], ascending=[True, False, True])
    frame = frame.drop_duplicates("code")
    return frame.assign(
        region_id=region_id(frame["code"]),
        view="division",
        measure="employment",
        status="observed",
        reference_id="europe",
        source_id=SOURCE,
    )[list(TOTALS)]


def structure(business: pd.DataFrame, year: int) -> pd.DataFrame:
    """Employment by NACE code (rows) and country: the larger of country cell and sum of its regions."""
    jobs = business[(business["measure"] == "employment") & (business["year"] == year)]
    own = jobs[jobs["geo"].str.len() == 2].set_index(["nace", "country"])["value"]
    regions = jobs[jobs["geo"].str.len() == 4].groupby(["nace", "country"])["value"].sum(min_count=1)
    larger = pd.concat([own, regions], axis=1).max(axis=1)
    return spread(larger.rename("value").reset_index(), "nace", "country")


def _reference(values: "pd.Series[float]", reference_id: str, year: int) -> pd.DataFrame:
    """Reference rows of one area: its divisions and, as ``total``, its business economy."""
    division = values[values.index.str.len() == 3].dropna()
    rows = pd.concat([pd.Series({"total": values.reindex(list(PARTS)).sum()}), division])
    ids = pd.Series(rows.index)
    return pd.DataFrame(
        {
            "reference_id": reference_id,
            "view": "division",
            "industry_id": ids.where(ids == "total", industry_id(ids)),
            "year": year,
            "measure": "employment",
            "value": rows.to_numpy(),
            "source_id": SOURCE,
        }
    )[list(REFERENCE)]


def business_reference(business: pd.DataFrame) -> pd.DataFrame:
    """Europe (29 countries, 2014) and each country alone; Iceland has 2015 only and is not in Europe's sum.

    The United Kingdom stands in Europe's sum but has no row of its own: Britain has newer figures.
    """
    base, later = structure(business, BASE_YEAR).dropna(axis=1, how="all"), structure(business, FULLER_YEAR)
    late = [c for c in later.columns if c not in base.columns]
    parts = [_reference(base.sum(axis=1, min_count=1), "europe", BASE_YEAR)]
    for year, table in ((BASE_YEAR, base), (FULLER_YEAR, later[late])):
        iso3 = iso3_of(pd.Series(table.columns, index=table.columns))
        parts += [_reference(table[c], iso3[c], year) for c in table.columns if c != "UK"]
    return pd.concat(parts, ignore_index=True)
