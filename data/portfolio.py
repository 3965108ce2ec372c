"""What the economy of a region is made of, and what would fit to it.

The finest view a region is measured in is used: divisions, else its source's sections, else the ten groups.
Missing-value rule: a confidential industry stands in the portfolio without a figure and is left out of sums;
a quotient of a sum takes only industries known on both sides.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.counted_levels import counted_regions, current_regions
from data.grouping import plain_rows, rows_where, texts
from data.indicators.relatedness import density, proximity, strengths
from data.observatory import Observatory

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
TABLE = "specialisations"
VIEWS = ("division", "section", "group")
LEARNING_LEVELS = ("metro", "nuts2")
AREAS = ("USA", "europe")
"""Reference areas whose regions teach which industries go together, as in the relatedness density."""
COLUMNS = [
    "industry_id", "view", "year", "measure", "value", "unit", "status", "estimated_share", "lq_home",
    "lq_pooled", "focus", "national_share", "growth", "growth_advantage", "growth_year", "reference_id",
    "source_id",
]  # fmt: skip
SMALL = "micro"
LIKE_LEAST = 12
"""Industries two regions must both have a quotient in to be compared."""


def find_cells(obs: Observatory, **keys: str) -> pd.DataFrame:
    """Rows of the specialisations whose columns hold the given ids, with plain strings."""
    (column, value), *others = keys.items()
    rows = rows_where(obs, TABLE, column, value)
    for name, wanted in others:
        rows = rows[texts(obs, TABLE, name)[rows] == wanted]
    return plain_rows(obs, TABLE, rows)


@lru_cache(maxsize=256)
def portfolio(obs: Observatory, region_id: str, view: str = "") -> pd.DataFrame:
    """The industries of a region in its finest view, or the view asked for: the largest first.

    Columns: :data:`COLUMNS`. Industries with an observed zero are left out, industries whose figure is
    confidential stay. Empty where the region is not measured by industry. ``attrs["region_id"]`` names the
    region.
    """
    rows = rows_where(obs, TABLE, "region_id", region_id)
    views = texts(obs, TABLE, "view")[rows]
    chosen = view or next((name for name in VIEWS if name in views), "")
    rows = rows[views == chosen]
    values = obs.tables[TABLE]["value"].to_numpy()[rows]
    rows, values = rows[~(values <= 0)], values[~(values <= 0)]
    rows = rows[np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")]
    found: pd.DataFrame = plain_rows(obs, TABLE, rows, COLUMNS).reset_index(drop=True)
    found.attrs["region_id"] = region_id
    return found


@lru_cache(maxsize=2)
def reference_shares(obs: Observatory) -> dict[tuple[str, str, str], float]:
    """Percent of the reference area's total by (view, reference, industry): focus ÷ location quotient.

    Every region of an area implies the same number; the middle one is taken against rounding.
    """
    table = obs.tables["specialisations"]
    known = table[(table["lq_home"] > 0) & (table["focus"] > 0)]
    implied = (known["focus"].astype(float) / known["lq_home"].astype(float)).rename("share")
    keys = [known[name].astype(str) for name in ("view", "reference_id", "industry_id")]
    middle = implied.groupby(keys).median()
    return {(str(k[0]), str(k[1]), str(k[2])): float(v) for k, v in zip(middle.index, middle, strict=True)}


@lru_cache(maxsize=4)
def _quotients(obs: Observatory, view: str) -> pd.DataFrame:
    """Regions × industries of a view: location quotient in the home reference, NaN where unknown."""
    cells = find_cells(obs, view=view)
    return cells.pivot(index="region_id", columns="industry_id", values="lq_home").astype(float)  # noqa: PD010


@lru_cache(maxsize=2)
def relatedness(obs: Observatory) -> tuple[tuple[str, ...], Floats, pd.DataFrame]:
    """(industries, proximity between them, density region × industry in percent), from US and EU regions."""
    cells = find_cells(obs, view="division")
    cells = cells[cells["reference_id"].isin(AREAS)]
    wide = _quotients(obs, "division").loc[lambda f: f.index.isin(set(cells["region_id"]))]
    shared = cells.groupby("industry_id")["reference_id"].nunique()
    wide = wide[[name for name in wide.columns if shared.get(name, 0) == len(AREAS)]]
    level = obs.regions.frame.set_index("id")["kind"].reindex(wide.index)
    strong = strengths(wide.to_numpy(float))
    phi = proximity(strong[level.isin(LEARNING_LEVELS).to_numpy(bool)])
    near = pd.DataFrame(density(strong, phi) * 100, index=wide.index, columns=wide.columns)
    return tuple(str(name) for name in wide.columns), phi, near


def related_industries(obs: Observatory, industry_id: str, most: int = 8) -> list[tuple[str, float]]:
    """(industry, proximity 0 to 1) of the divisions that go together with one, the closest first."""
    names, phi, _ = relatedness(obs)
    if industry_id not in names:
        return []
    row = np.nan_to_num(phi[names.index(industry_id)])
    return [(names[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:most] if row[i] > 0]


def related_strengths(obs: Observatory, region_id: str, most: int = 8) -> list[tuple[str, float, float]]:
    """(industry, density in %, LQ) of traded industries below the average that fit best to a region."""
    _, _, near = relatedness(obs)
    if region_id not in near.index:
        return []
    own, quotients = near.loc[region_id], _quotients(obs, "division").loc[region_id]
    industries = obs.catalogue.industries
    fitting = [
        (name, float(own[name]), float(quotients[name]))
        for name in own.index
        if own[name] > 0 and quotients[name] < 1 and industries[name].traded in obs.catalogue.rule.traded
    ]
    return sorted(fitting, key=lambda item: (-item[1], item[0]))[:most]


@lru_cache(maxsize=32)
def _shapes(obs: Observatory, view: str, area: str) -> tuple[pd.Index, Floats]:
    """(regions, symmetric quotients (LQ - 1) / (LQ + 1)) of a view, or of one reference area in it."""
    wide = _quotients(obs, view)
    if area:
        wide = wide.loc[wide.index.isin(set(find_cells(obs, view=view, reference_id=area)["region_id"]))]
    return wide.index, np.asarray((wide - 1) / (wide + 1), np.float64)


def portfolio_peers(
    obs: Observatory, row: int, most: int = 6, abroad: bool | None = None
) -> list[tuple[int, float]]:
    """(row of the regions, likeness -1 to 1) of the regions whose portfolio is most like that of one region.

    Cosine of the symmetric location quotients over the industries known in both. Divisions compare over
    countries, sections only within their own source. ``abroad`` keeps other countries (True) or the own one
    (False). Empty where the region has no portfolio.
    """
    rows, cosine = _likenesses(obs, row)
    if not len(rows):
        return []
    keep = ~np.isnan(cosine) & _comparable(obs, row)[rows] & (rows != row)
    if abroad is not None:
        iso3 = texts(obs, "regions", "iso3")[:]
        keep &= (iso3[rows] != iso3[row]) == abroad
    best = np.flatnonzero(keep)
    best = best[np.argsort(-cosine[best], kind="stable")][:most]
    return [(int(rows[i]), float(cosine[i])) for i in best if cosine[i] > 0]


@lru_cache(maxsize=64)
def _likenesses(obs: Observatory, row: int) -> tuple[Rows, Floats]:
    """(rows of the regions, cosine with one region) over all regions measured alike; empty for none."""
    ids = obs.regions.matrix.ids
    none = np.zeros(0, np.intp), np.zeros(0, np.float64)
    own = portfolio(obs, str(ids[row]))
    if own.empty:
        return none
    view, area = str(own["view"].iloc[0]), str(own["reference_id"].iloc[0])
    names, block = _shapes(obs, view, "" if view == "division" else area)
    at = names.get_indexer(pd.Index([str(ids[row])]))[0]
    return (ids.get_indexer(names), _cosines(block, int(at))) if at >= 0 else none


def _comparable(obs: Observatory, row: int) -> npt.NDArray[np.bool_]:
    """Regions of a counted kind compare over all countries, the small ones and all others with their like."""
    kinds, counted = texts(obs, "regions", "level")[:], counted_regions(obs)
    if counted[row] and kinds[row] != SMALL:
        return np.asarray(counted & (kinds != SMALL), bool)
    return np.asarray((kinds == kinds[row]) & current_regions(obs), bool)


def _cosines(block: Floats, at: int) -> Floats:
    """Cosine of one row with every row over the columns known in both; NaN where too few are."""
    known = ~np.isnan(block)
    filled = np.where(known, block, 0.0)
    both = known & known[at]
    own = np.where(both, filled[at], 0.0)
    theirs = np.where(both, filled, 0.0)
    norm = np.sqrt((own**2).sum(axis=1) * (theirs**2).sum(axis=1))
    least = min(LIKE_LEAST, max(int(known[at].sum() * 0.6), 3))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((both.sum(axis=1) >= least) & (norm > 0), (theirs @ filled[at]) / norm, np.nan)
