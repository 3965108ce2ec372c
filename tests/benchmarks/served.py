"""The application with one callback more that does nothing: the floor of every ratio.

Run as ``python -m tests.benchmarks.served PORT``.
"""

import sys

import uvicorn
from dash import Input, Output, callback

FLOOR_INPUT, FLOOR_OUTPUT = "bench-asked", "bench-answered"


def main() -> None:
    """Serve on 127.0.0.1 with one worker."""

    @callback(Output(FLOOR_OUTPUT, "children"), Input(FLOOR_INPUT, "value"))  # type: ignore[untyped-decorator]
    def answer(value: object) -> object:
        return value

    from app import build

    uvicorn.run(build(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
