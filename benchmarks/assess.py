"""Seconds and memory of whole `fairlead assess` runs, each in a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.generated_list import write_list
from benchmarks.machine import measure

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "ministry-tender"
FACILITIES = ROOT.parent / "shared" / "data" / "facilities" / "os_hub_facilities.csv"


def main() -> None:
    """Measure `--help`, the example case, 5,000 real facilities and 100,000 generated rows."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "generated.csv"
        write_list(large, 100_000)
        out = ["--out", str(Path(folder) / "out"), "--as-of", "2026-01-31", "--quiet"]
        runs = [
            ("`fairlead --help`", ["--help"], "0.4 s"),
            ("example case, about 400 rows, with PDF", ["assess", str(EXAMPLE), *out], "8 s"),
            ("Open Supply Hub facilities, 5,079 rows, with PDF", ["assess", str(FACILITIES), *out], "25 s"),
            ("generated list, 100,000 rows, without PDF", ["assess", str(large), *out, "--no-pdf"], "150 s, 4 GB"),
        ]
        print("| run | wall s | CPU s | peak memory GB | goal |\n| --- | ---: | ---: | ---: | --- |")
        for what, arguments, goal in runs:
            if arguments[1:2] == [str(FACILITIES)] and not FACILITIES.exists():
                print(f"| {what} | data set absent | | | {goal} |")
                continue
            measured = measure(arguments)
            if measured.exit_code:
                raise SystemExit(f"{what}: exit code {measured.exit_code}")
            print(f"| {what} | {measured.wall:.1f} | {measured.cpu:.1f} | {measured.peak_gb:.2f} | {goal} |")


if __name__ == "__main__":
    main()
