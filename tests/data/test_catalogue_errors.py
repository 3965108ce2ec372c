"""Mistakes in the catalogue are told with the file and the key, before anything is built on them."""

import re
import shutil
from pathlib import Path

import pytest

from data.metadata import FOLDER as CATALOGUE
from data.metadata import CatalogueError, load_catalogue


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("indicators/focus.yaml", "direction: 1", "direction: 7", "focus.yaml: direction"),
        ("indicators/focus.yaml", "id: focus", "id: foci", "focus.yaml: id"),
        ("indicators/focus.yaml", "- eurostat-sbs", "- eurostat-xyz", "eurostat-xyz"),
        ("indicators/focus.yaml", "unit:", "unit: [", "focus.yaml: not readable"),
        ("indicators/focus.yaml", "  en: Focus", "  fr: Focus", "focus.yaml: label"),
        ("sources.yaml", "licence_in: us-public-domain", "licence_in: mine", "us-cbp-2019"),
        ("sources.yaml", "  us-qcew:", "  us-qcew:\n    colour: red", "sources.us-qcew"),
        ("industries.csv", "isic-29,isic,division,isic-C", "isic-29,isic,division,isic-Z", "isic-29"),
        ("industries.csv", "\nisic-B,", "\nisic-A,", "isic-A stands twice"),
        ("industries.csv", "industry_id,", "id,", "columns are id"),
        ("industry_fields.csv", ",agri-food,", ",agrifood,", "agrifood"),
        ("cluster_rule.yaml", "min_lq: 1.5", "min_lq: much", "thresholds.0.min_lq"),
        ("region_names_de.csv", "us-state-CA,Kalifornien", "us-state-CA", "line 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_key(copy: Path, file: str, old: str, new: str, told: str) -> None:
    edit(copy / file, old, new)
    with pytest.raises(CatalogueError, match=re.escape(told)) as caught:
        load_catalogue(copy)
    assert file.rpartition("/")[2] in str(caught.value)


@pytest.mark.parametrize("file", ["themes.yaml", "industries.csv"])
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    with pytest.raises(CatalogueError, match=rf"{file}: not found"):
        load_catalogue(copy)
