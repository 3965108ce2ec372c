"""One income yardstick: national PPP figure times the regional ratio."""

from pathlib import Path

import pandas as pd
import pytest

from data.pipeline.harvest import OBSERVATIONS
from data.pipeline.income import RATIO, gdp_per_head_ppp


def _ratios(rows: list[tuple[str, int, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entity_id", "year", "value"])
    return frame.assign(indicator_id=RATIO, status="observed", source_id="jrc-ardeco")[list(OBSERVATIONS)]


def test_product_of_country_and_latest_ratio(inputs: Path) -> None:
    ratios = _ratios([("eu-nuts2-DE11", 2018, 1.2), ("eu-nuts2-DE11", 2019, 1.3), ("ca-cma-535", 2019, 1.0)])
    iso3 = pd.Series({"eu-nuts2-DE11": "DEU", "ca-cma-535": "CAN"})
    got = gdp_per_head_ppp(ratios, iso3, inputs).set_index("entity_id")
    assert got.loc["eu-nuts2-DE11", "value"] == 92209  # 70,930.36 x 1.3
    assert got.loc["ca-cma-535", "value"] == 62766
    assert set(got["status"]) == {"estimated"}
    assert set(got["year"]) == {2024}
    assert set(got["source_id"]) == {"jrc-ardeco"}


@pytest.mark.parametrize(("iso3", "ratio"), [("TWN", 1.0), ("DEU", float("nan")), (None, 1.0)])
def test_without_ratio_or_country_figure_there_is_no_row(
    inputs: Path, iso3: str | None, ratio: float
) -> None:
    got = gdp_per_head_ppp(_ratios([("x", 2019, ratio)]), pd.Series({"x": iso3}), inputs)
    assert got.empty
    assert list(got.columns) == list(OBSERVATIONS)
