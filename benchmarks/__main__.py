"""`./run bench [NAME…] [--quick|--full] [--only SECTION…] [--record]`: run the benchmarks, print what they measure.

Without names all of them run. With --record the output also goes to docs/benchmarks.md, where sections that were
not run stay as they are.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import describe
from benchmarks.record import recorded

RECORD: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"

#: Name on the command line, module, heading in the record.
BENCHMARKS: Final = {
    "assess": "Whole assessments",
    "identity": "Who is who and who is on a list, beside peers",
    "risk": "Ratings, spread along links and exposure upstream, beside peers",
    "resolution": "Who is who in generated lists",
    "screening": "Whole screenings",
    "scaling": "From ten thousand rows to a million",
    "classification": "Goods and sectors",
    "workbench": "Pages of the workbench under load",
}


def run(name: str, options: Mapping[str, Any]) -> str:
    """Run one benchmark with the options that it knows and return what it printed, printing it as well."""
    measure: Callable[..., None] = importlib.import_module(f"benchmarks.{name}").main
    known = inspect.signature(measure).parameters
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        measure(**{key: value for key, value in options.items() if key in known})
    sys.stdout.write(output.getvalue())
    return output.getvalue()


def has_more(name: str) -> bool:
    """Say whether a benchmark measures more with --full."""
    return "full" in inspect.signature(importlib.import_module(f"benchmarks.{name}").main).parameters


def main() -> int:
    """Run the benchmarks that were named, or all."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="samples only, where a benchmark can; not for the record")
    parser.add_argument("--full", action="store_true", help="also what takes an hour, where a benchmark has it")
    parser.add_argument("--only", nargs="+", default=(), metavar="SECTION", help="parts of identity or risk")
    parser.add_argument("--record", action="store_true", help="write the results to docs/benchmarks.md")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; choose from {', '.join(BENCHMARKS)}")
    if arguments.record and (arguments.quick or arguments.only):
        parser.error("--record takes whole benchmarks, without --quick and --only")
    print(describe())
    options = {"quick": arguments.quick, "full": arguments.full, "only": arguments.only}
    found = {BENCHMARKS[name]: run(name, options).strip() for name in arguments.names or BENCHMARKS}
    if arguments.record:
        before = RECORD.read_text(encoding="utf-8") if RECORD.exists() else ""
        in_part = set() if arguments.full else {BENCHMARKS[name] for name in BENCHMARKS if has_more(name)}
        text = recorded(before, found, describe(), tuple(BENCHMARKS.values()), in_part)
        RECORD.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
