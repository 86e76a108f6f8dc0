"""`./run bench [NAME…] [--record]`: run the benchmarks and print what they measure.

Without names all of them run. With --record the output also goes to docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import sys
from pathlib import Path
from typing import Final

from benchmarks.machine import describe

RECORD: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"

#: Name on the command line, module, heading in the record.
BENCHMARKS: Final = {
    "assess": "Whole assessments",
    "resolution": "Who is who",
    "screening": "Who is on a list",
    "classification": "Goods and sectors",
}

PREFACE: Final = """# Benchmarks

Written by `./run bench --record`; each section is the output of `./run bench NAME`. Data sets that are not shipped with
Fairlead are named where they are used, and a part whose data set is absent says so instead of a figure. Times are
single runs on the machine described and serve comparison, not promises.
"""


def run(name: str) -> str:
    """Run one benchmark and return what it printed, printing it as well."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        importlib.import_module(f"benchmarks.{name}").main()
    sys.stdout.write(output.getvalue())
    return output.getvalue()


def main() -> int:
    """Run the benchmarks that were named, or all."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--record", action="store_true", help="write the results to docs/benchmarks.md")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; choose from {', '.join(BENCHMARKS)}")
    print(describe())
    sections = [f"## {BENCHMARKS[name]}\n\n{run(name).strip()}\n" for name in arguments.names or BENCHMARKS]
    if arguments.record:
        RECORD.write_text("\n".join([PREFACE, describe() + "\n", *sections]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
