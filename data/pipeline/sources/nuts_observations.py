"""Context figures of NUTS 2 regions: people, product, research, qualification, labour market.

Accounts come from ARDECO (to 2019); where it has no row for a place, from Eurostat's regional tables
(to 2018). Shares, rates and growth are in percent. Missing figures are left out.
"""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.sources.nuts import SUCCESSORS, canonical_code, iso3_of, read_table, region_id, spread

ARDECO, EUROSTAT, RESEARCH = "jrc-ardeco", "eurostat-regional", "eurostat-rd-hrst"
GROWTH_YEARS = {ARDECO: (2014, 2019), EUROSTAT: (2013, 2018)}
PATENT_YEARS = range(2008, 2013)  # applications 2007-2012, population from 2008
LEAST_COVERAGE = 0.9  # of the country's people in regions with a patent figure
_POPULATION_FROM = 2010

_REGIONAL = {
    "gdp_mio_eur": "gdp_mio_eur",
    "population_1jan": "population",
    "unemployment_rate_pct": "unemployment_rate",
    "epo_patent_applications_per_million_inhabitants": "patents",
}
_RESEARCH = {
    "rd_e_gerdreg_SECTPERF_TOTAL__UNIT_PC_GDP": "rd_intensity",
    "edat_lfse_04_SEX_T__ISCED11_ED5-8__AGE_Y25-64__UNIT_PC": "tertiary_share",
    "htec_emp_reg2_NACE_R2_HTC__UNIT_PC_EMP__SEX_T": "hightech_employment_share",
}
_SUMS = ("population", "gdp_mio_eur", "gdp_mio_eur2015")
_KEYS = ["code", "indicator_id", "year"]


def _tidy(table: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """One row a place, indicator and year; where two vintages name the place, today's code wins."""
    table = table.dropna(subset=["code", "value"])
    table = table.assign(renamed=table["code"] != table["geo"], source_id=source_id)
    table = table.sort_values([*_KEYS, "renamed"]).drop_duplicates(_KEYS)
    return table[[*_KEYS, "value", "status", "source_id"]].reset_index(drop=True)


@lru_cache(maxsize=4)
def _ardeco(inputs: Path) -> pd.DataFrame:
    table = read_table(inputs / "world_regions" / "eu_nuts2_ardeco_totals_2000_2019.csv.gz")
    table = table[table["indicator"].isin(_SUMS)]
    table = table.rename(columns={"nuts2": "geo", "indicator": "indicator_id"})
    table["code"] = canonical_code(inputs, table["geo"])
    # the old codes in the source are kept only as retired regions
    table = table[(table["overlapping_old_code"] == 0) | table["code"].isin(list(SUCCESSORS))]
    # Mazowieckie was cut into exactly two regions
    halves = table[table["code"].isin(SUCCESSORS["PL12"])]
    whole = halves.groupby(["indicator_id", "year"], as_index=False)["value"].sum()
    whole = whole.assign(code="PL12", geo="PL12")
    return _tidy(pd.concat([table, whole], ignore_index=True).assign(status="observed"), ARDECO)


@lru_cache(maxsize=4)
def _eurostat(inputs: Path) -> pd.DataFrame:
    table = read_table(inputs / "eu" / "regional_indicators_long.csv.gz")
    table = table[(table["nuts"] == 2016) & table["indicator"].isin(list(_REGIONAL))]
    table = table.assign(
        code=canonical_code(inputs, table["geo"]),
        indicator_id=table["indicator"].map(_REGIONAL),
        status=table["flag"].str.contains("e", na=False).map({True: "estimated", False: "observed"}),
    )
    return _tidy(table, EUROSTAT)


@lru_cache(maxsize=4)
def _research(inputs: Path) -> pd.DataFrame:
    table = read_table(inputs / "world_regions" / "eu_nuts2_rd_hrst_hightech_2008_2018.csv.gz")
    table = table[table["indicator"].isin(list(_RESEARCH))].rename(columns={"nuts2": "geo"})
    table = table.assign(
        code=canonical_code(inputs, table["geo"]),
        indicator_id=table["indicator"].map(_RESEARCH),
        status="observed",
    )
    return _tidy(table, RESEARCH)


def _wide(long: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    return spread(long[long["indicator_id"] == indicator_id], "code", "year")


def _growth(long: pd.DataFrame, indicator_id: str, named: str) -> pd.DataFrame:
    """Compound growth in percent a year: ((b / a) ** (1 / years) - 1) * 100; the row carries the end year."""
    source_id = long["source_id"].iloc[0]
    first, last = GROWTH_YEARS[source_id]
    wide = _wide(long, indicator_id)
    rate = ((wide[last] / wide[first]) ** (1 / (last - first)) - 1) * 100
    return _rows(rate, named, last, "observed", source_id)


def _rows(
    values: "pd.Series[float]", named: str, year: int, status: "str | pd.Series[str]", source_id: str
) -> pd.DataFrame:
    frame = pd.DataFrame({"value": values.dropna()}).rename_axis("code")
    frame = frame.assign(indicator_id=named, year=year, source_id=source_id)
    frame["status"] = status if isinstance(status, str) else status.reindex(frame.index)
    return frame.reset_index()


def _head_ratio(long: pd.DataFrame, year: int) -> "pd.Series[float]":
    """Product per head over the country's, the country being the sum of its regions of one vintage."""
    frame = pd.DataFrame({"gdp": _wide(long, "gdp_mio_eur")[year], "people": _wide(long, "population")[year]})
    frame = frame.dropna()
    iso3 = iso3_of(frame.index.to_series())
    # a retired region repeats its successors where the source has both
    doubled = [c for c in frame.index if set(SUCCESSORS.get(c, ())) & set(frame.index)]
    country = frame.drop(index=doubled).groupby(iso3).sum().reindex(iso3)
    heads = country["gdp"].to_numpy() / country["people"].to_numpy()
    ratio: pd.Series[float] = frame["gdp"] / frame["people"] / heads
    return ratio


def _ratios(ardeco: pd.DataFrame, eurostat: pd.DataFrame) -> pd.DataFrame:
    """ARDECO 2019 where it covers the whole country, else Eurostat 2018 (France, Spain, Portugal, Norway)."""
    year, older = GROWTH_YEARS[ARDECO][1], GROWTH_YEARS[EUROSTAT][1]
    newest, other = _head_ratio(ardeco, year), _head_ratio(eurostat, older)
    outside = other.index.difference(newest.index)
    # a country with a living region outside ARDECO would be compared with its mainland only
    partial = set(iso3_of(outside[~outside.isin(list(SUCCESSORS))].to_series()))
    newest = newest[~iso3_of(newest.index.to_series()).isin(partial)]
    other = other[~other.index.isin(newest.index)]
    named = "gdp_per_head_national_ratio"
    parts = [_rows(newest, named, year, "observed", ARDECO), _rows(other, named, older, "observed", EUROSTAT)]
    return pd.concat(parts, ignore_index=True)


def _patents(eurostat: pd.DataFrame) -> pd.DataFrame:
    """Patent applications per million inhabitants, own country = 100.

    The country is the mean of its regions weighted by people; ``estimated`` where regions lack a
    figure, left out where these hold more than a tenth of the people.
    """
    patents, people = _wide(eurostat, "patents"), _wide(eurostat, "population")
    parts = []
    for year in PATENT_YEARS:
        frame = pd.DataFrame({"patents": patents[year], "people": people[year]}).dropna(subset=["people"])
        iso3 = iso3_of(frame.index.to_series())
        known = frame["people"].where(frame["patents"].notna())
        covered = known.groupby(iso3).transform("sum") / frame["people"].groupby(iso3).transform("sum")
        national = (frame["patents"] * known).groupby(iso3).transform("sum") / known.groupby(iso3).transform(
            "sum"
        )
        value = (frame["patents"] / national * 100).where(covered >= LEAST_COVERAGE)
        status = (covered > 1 - 1e-9).map({True: "observed", False: "estimated"})
        parts.append(_rows(value, "patents_per_million_relative", year, status, EUROSTAT))
    return pd.concat(parts, ignore_index=True)


@lru_cache(maxsize=4)
def _all_places(inputs: Path) -> pd.DataFrame:
    ardeco, eurostat = _ardeco(inputs), _eurostat(inputs)
    beside = eurostat[~eurostat["code"].isin(ardeco["code"])]
    accounts = pd.concat([ardeco, beside], ignore_index=True)
    lean = (accounts["indicator_id"] == "population") & (accounts["year"] >= _POPULATION_FROM)
    return pd.concat(
        [
            accounts[lean | (accounts["indicator_id"] == "gdp_mio_eur")],
            _growth(ardeco, "population", "population_growth"),
            _growth(beside, "population", "population_growth"),
            _growth(ardeco, "gdp_mio_eur2015", "gdp_growth_real"),
            _ratios(ardeco, eurostat),
            _patents(eurostat),
            eurostat[eurostat["indicator_id"] == "unemployment_rate"],
            _research(inputs),
        ],
        ignore_index=True,
    )


def regional_observations(inputs: Path, codes: set[str] | None = None) -> pd.DataFrame:
    """Observations of the canonical ``codes`` (None: all), sorted."""
    found = _all_places(inputs)
    if codes is not None:
        found = found[found["code"].isin(codes)]
    found = found.assign(entity_id=region_id(found["code"]))
    return found.sort_values(["entity_id", "indicator_id", "year"])[list(OBSERVATIONS)].reset_index(drop=True)


def observed_codes(inputs: Path) -> set[str]:
    """Canonical codes with at least one observation."""
    return set(_all_places(inputs)["code"])
