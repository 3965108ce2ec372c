"""What lies at one place: its clusters, its region, its name."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.observatory import Observatory
from data.places import place_index
from data.queries import filter_mask
from data.selection import Selection


@dataclass(frozen=True)
class PlaceContents:
    """A place. ``rows`` are its clusters inside the filters, the most specialised first.

    ``outside`` counts the others; ``region_row`` is its row among the regions, ``None`` if it is none.
    """

    place_id: str
    names: dict[str, str]
    countries: dict[str, str]
    code: str
    lon: float
    lat: float
    rows: npt.NDArray[np.intp]
    outside: int
    region_row: int | None

    def name(self, lang: str) -> str:
        """The place's name."""
        return self.names[lang]

    def caption(self, lang: str) -> list[str]:
        """Country and official code, as far as known."""
        return [text for text in (self.countries[lang], self.code) if text]


def _rows(obs: Observatory, selection: Selection) -> tuple[npt.NDArray[np.intp], int]:
    """(clusters of the place inside the filters, most specialised first; number of those outside)."""
    index = place_index(obs)
    at = index.row(selection.place)
    here = np.flatnonzero(index.code == at) if at >= 0 else np.zeros(0, np.intp)
    if selection.unit != "clusters":
        selection = selection.but(unit="clusters")
    inside = here[filter_mask(obs, selection)[here]]
    matrix = obs.clusters.matrix
    keys = -np.nan_to_num(matrix.column("lq_home")[inside], nan=-1.0)
    counted = obs.clusters.frame["counted"].to_numpy(bool)[here].sum()
    return inside[np.argsort(keys, kind="stable")], max(int(counted) - len(inside), 0)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def place_contents(obs: Observatory, selection: Selection) -> PlaceContents | None:
    """The contents of ``selection.place``, or ``None`` where no place is chosen or it is unknown."""
    place_id = selection.place
    if not place_id:
        return None
    region = obs.regions.position.get(place_id)
    rows, outside = _rows(obs, selection)
    if region is not None:
        record = obs.regions.frame.iloc[region]
        code = place_id.rpartition("-")[2].upper()
        names = {lang: str(record[f"name_{lang}"]) for lang in ("en", "de")}
    else:
        index = place_index(obs)
        at = index.row(place_id)
        if at < 0:
            return None
        record, code = index.frame.iloc[at], ""
        names = {lang: str(record[f"name_{lang}"]) for lang in ("en", "de")}
    countries = {lang: _text(record[f"country_name_{lang}"]) for lang in ("en", "de")}
    return PlaceContents(
        place_id, names, countries, code, float(record["lon"]), float(record["lat"]), rows, outside, region
    )
