"""The one table a run prints."""

import os
from dataclasses import dataclass, field

HEAD = ("what", "measured", "target", "")


@dataclass
class Table:
    """Rows of (what, measured, target, verdict), printed together at the end."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def part(self, title: str) -> None:
        """Begin a part of the table."""
        self.rows.append((title, "", "", ""))

    def add(self, what: str, value: float, unit: str, most: float | None = None, more: str = "") -> None:
        """A figure; it holds if it is at most ``most``."""
        measured = f"{value:,.{_decimals(value)}f} {unit}".strip() + (f"  ({more})" if more else "")
        target = "" if most is None else f"≤ {most:g} {unit}".strip()
        verdict = "" if most is None else "holds" if value <= most else "MISSED"
        self.rows.append((f"  {what}", measured, target, verdict))

    def note(self, what: str, why: str) -> None:
        """Something that could not be measured."""
        self.rows.append((f"  {what}", why, "", ""))

    def text(self) -> str:
        """All rows in columns, with what else the machine was doing."""
        rows = [HEAD, *self.rows]
        widths = [max(len(row[i]) for row in rows if row[1] or not i) for i in range(3)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True))
            for row in rows
        ]
        load = " ".join(f"{value:.1f}" for value in os.getloadavg())
        return "\n".join(line.rstrip() for line in [*lines, "", f"{os.cpu_count()} processors, load {load}"])


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
