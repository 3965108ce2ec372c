"""Command line: ``python -m data.pipeline build|check|diff|add``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from data.errors import ObservatoryError
from data.pipeline.additions import add_initiatives, print_outcomes
from data.pipeline.additions_file import ADDITIONS
from data.pipeline.build import build
from data.pipeline.check import check
from data.pipeline.diff import diff, print_changes

CURATED = Path(__file__).resolve().parents[1] / "curated"
INTERRUPTED = 130
PARTLY_REFUSED = 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data.pipeline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("build", help="build the curated tables from the input tables")
    making.add_argument("--inputs", type=Path, default=os.environ.get("GCO_INPUTS"), metavar="DIR")
    making.add_argument("--out", type=Path, default=CURATED, metavar="DIR")
    making.add_argument("--quiet", action="store_true", help="no progress bar")
    checking = commands.add_parser("check", help="verify checksums and contracts of the curated tables")
    checking.add_argument("--curated", type=Path, default=CURATED, metavar="DIR")
    comparing = commands.add_parser("diff", help="tell what changed between two builds")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    adding = commands.add_parser("add", help="add or correct rows; the next build reads them")
    adding.add_argument("what", choices=["initiatives"])
    adding.add_argument("file", type=Path, metavar="FILE")
    adding.add_argument("--curated", type=Path, default=CURATED, metavar="DIR")
    adding.add_argument(
        "--additions", type=Path, default=ADDITIONS, metavar="CSV", help="where rows are kept"
    )
    adding.add_argument("--dry-run", action="store_true", help="judge the rows and write nothing")
    return parser


def _add(options: argparse.Namespace) -> int:
    """Add rows, print what became of each; 3 if some were refused."""
    outcomes = add_initiatives(options.file, options.curated, options.additions, dry_run=options.dry_run)
    print(print_outcomes(outcomes, dry_run=options.dry_run))
    return PARTLY_REFUSED if any(outcome.verdict == "refused" for outcome in outcomes) else 0


def _run(options: argparse.Namespace) -> str:
    if options.command == "diff":
        return print_changes(diff(options.before, options.after))
    if options.command == "check":
        rows = check(options.curated)
    else:
        rows = build(options.inputs, options.out, quiet=options.quiet)
    return "\n".join(f"{name:<18}{count:>10,}" for name, count in rows.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it went well, 1 with one line on standard error if not, 3 for refused rows."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "build" and options.inputs is None:
        parser.error("name the folder of the input tables with --inputs or GCO_INPUTS")
    try:
        if options.command == "add":
            return _add(options)
        print(_run(options))
    except ObservatoryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; the tables are unchanged", file=sys.stderr)
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
