"""The programme an initiative belongs to, read off the label it carries."""

import re

import pandas as pd

from data.names import fold


def find_programmes(initiatives: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """The programme_id by row, NA where no label names a programme.

    ``initiatives`` has country (alpha-2) and label; ``texts`` programme_id and labels (a pattern searched
    in the folded label at a word's beginning, '' for none). A programme of the own country comes before one
    of the EU.
    """
    patterns = [
        (programme, programme[:2].upper(), re.compile(rf"\b(?:{labels})"))
        for programme, labels in zip(texts["programme_id"], texts["labels"], strict=True)
        if labels
    ]
    found = [
        next((i for own in (country, "EU") for i, of, p in patterns if of == own and p.search(label)), None)
        for country, label in zip(initiatives["country"], initiatives["label"].map(fold), strict=True)
    ]
    return pd.Series(found, index=initiatives.index, dtype="object")
