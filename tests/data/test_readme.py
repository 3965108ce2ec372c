"""The README's figures are those of the tables."""

import re

from data.observatory import Observatory
from data.settings import ROOT


def test_the_figures_of_the_readme_are_true(obs: Observatory) -> None:
    part = (
        (ROOT / "README.md")
        .read_text("utf-8")
        .split("<!-- figures:start -->")[1]
        .split("<!-- figures:end -->")[0]
    )
    said = [
        int(number.replace(",", ""))
        for number in re.findall(r"\b\d[\d,]*\b(?!\.)", part.split("Data version")[0])
    ]
    counted = obs.tables["clusters"].query("counted")
    initiatives = obs.tables["initiatives"].query("counted")
    industry = int((counted["kind"] == "industry").sum())
    assert said == [
        len(counted), counted["iso3"].nunique(), industry, len(counted) - industry, len(obs.tables["regions"]),
        len(obs.tables["cells"]), len(obs.catalogue.indicators), len(initiatives), initiatives["iso3"].nunique(),
        len(obs.tables["programmes"]),
    ]  # fmt: skip
    assert obs.version in part
