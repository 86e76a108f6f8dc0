"""The sections of `./run bench risk`, run one after the other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.risk import backtest, cases, moved_numbers, spread, upstream


@dataclass(frozen=True)
class Section:
    """A part of the benchmark: its name for --only, its heading, and what prints it."""

    name: str
    heading: str
    measure: Callable[..., None]


SECTIONS: Final = (
    Section("backtest", "The rating against lists it was not told of", backtest.measure),
    Section("cases", "Known cases", cases.measure),
    Section("sensitivity", "Every number of the model moved", moved_numbers.measure),
    Section("spread", "Spread along a million parties and ten million links", spread.measure),
    Section("upstream", "Exposure upstream in a table of 9,800 industries", upstream.measure),
)


def main(*, quick: bool = False, only: Sequence[str] = ()) -> None:
    """Print the sections, all or those named in `only`; `quick` takes samples."""
    known = [section.name for section in SECTIONS]
    if unknown := [name for name in only if name not in known]:
        raise SystemExit(f"There is no section {unknown[0]}; choose from {', '.join(known)}.")
    if quick:
        print("**Samples only (--quick): these figures are no record.**\n")
    for section in SECTIONS:
        if only and section.name not in only:
            continue
        started = time.perf_counter()
        print(f"### {section.heading}\n")
        try:
            section.measure(quick=quick)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            print(f"**This part could not be measured: {error}.**\n")
        print(f"risk, {section.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
