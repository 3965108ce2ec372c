"""DATA-LICENCES.md, written from the sources of the catalogue so that the two cannot drift apart."""

from pathlib import Path

from data.metadata import Catalogue, Source, load_catalogue

DOCUMENT = Path(__file__).resolve().parent.parent / "DATA-LICENCES.md"

HEAD = """# Licences of the data

The code is licensed under Apache-2.0 (LICENSE). The figures come from the sources below, each under its
own terms. *Licence in* is what the publisher grants, *licence out* what is given out here, and *credit* the
line to print wherever figures of the source are shown. Copies were read from stored public sources, not
fetched from the publisher; before a commercial release, check the terms of every source that is not marked
as open.

This file is written from `data/catalogue/sources.yaml` by `python -m data.licences`; change it there.

| Source | Publisher and title | Years | Licence in | Open | Licence out | Credit |
|---|---|---|---|---|---|---|
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _linked(text: str, url: str) -> str:
    return f"[{_cell(text)}]({url})" if url else _cell(text)


def _row(source: Source) -> str:
    """One line of the table; a source is open if both licences are."""
    parts = (
        f"`{source.id}`",
        f"{_cell(source.producer)}: {_linked(source.title.en, source.url)}",
        source.years,
        _linked(source.licence_in.name.en, source.licence_in.url),
        "yes" if source.licence_in.open and source.licence_out.open else "no",
        _linked(source.licence_out.name.en, source.licence_out.url),
        _cell(source.credit),
    )
    return f"| {' | '.join(parts)} |"


def _note(source: Source) -> str:
    return f"- `{source.id}`: {source.retrieved.en} {source.note.en}"


def render_licences(catalogue: Catalogue) -> str:
    """The whole document as Markdown, sources in the order of the catalogue."""
    sources = catalogue.sources.values()
    rows = "\n".join(map(_row, sources))
    notes = "\n".join(map(_note, sources))
    return f"{HEAD}{rows}\n\n## Notes\n\n{notes}\n"


if __name__ == "__main__":
    DOCUMENT.write_text(render_licences(load_catalogue()), "utf-8")
