"""The sections of `./run bench identity`, run one after the other, and the summary that stands before them."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.identity import company_names, dates, lists, name_pairs, notes, os_hub, own_pairs, screening
from benchmarks.identity.table import Results, print_summary

PREFACE: Final = """Fairlead beside its peers on the same data in the same run: nomenklatura's logic-v1 and logic-v2,
rules of rapidfuzz, and Splink with ready-made comparisons, in an environment of their own (`benchmarks/peers`).
Fairlead is measured through its commands wherever they give what is measured, at the thresholds that it ships; where
its weights were fitted on the data shown, they are fitted again without the fold. Peers get the threshold that is
best on the data shown, or on the other folds where the text says so. CPU seconds are those of a process; names a
second leave the preparation of the list out. "Ours / theirs" divides Fairlead's first row by the peer's.
"""


@dataclass(frozen=True)
class Section:
    """A part of the benchmark: its name for --only, its heading, what prints it, and what its figures leave open."""

    name: str
    heading: str
    measure: Callable[..., None]
    note: str = ""


SECTIONS: Final = (
    Section("names", "Pairs of names", name_pairs.measure),
    Section("companies", "Two names of one company", company_names.measure),
    Section("screening", "Persons against 100,000 names", screening.measure),
    Section(
        "company-screening",
        "Companies against 100,000 names",
        screening.measure_companies,
        note=notes.COMPANY_SCREENING,
    ),
    Section("dates", "Dates of birth on two lists", dates.measure),
    Section("chicago", "Child-care sites of Chicago", lists.chicago, note=notes.CHICAGO),
    Section("os-hub", "Open Supply Hub's labelled pairs", os_hub.measure, note=notes.OS_HUB),
    Section("historical", "Historical persons (historical_50k)", lists.historical),
    Section("febrl", "Generated persons (febrl4)", lists.febrl),
    Section("own-pairs", "The project's own labelled pairs", own_pairs.measure, note=notes.OWN_PAIRS),
)


def main(*, quick: bool = False, only: Sequence[str] = ()) -> None:
    """Print the summary and the sections, all or those named in `only`; `quick` takes samples."""
    known = [section.name for section in SECTIONS]
    if unknown := [name for name in only if name not in known]:
        raise SystemExit(f"There is no section {unknown[0]}; choose from {', '.join(known)}.")
    results, output, failed = Results(), io.StringIO(), list[str]()
    for section in SECTIONS:
        if only and section.name not in only:
            continue
        started = time.perf_counter()
        with contextlib.redirect_stdout(output):
            print(f"### {section.heading}\n")
            try:
                section.measure(results, quick=quick)
            except (RuntimeError, subprocess.CalledProcessError) as error:
                print(f"**This part could not be measured: {error}.**\n")
                failed.append(section.name)
            if section.note:
                print(f"{section.note}\n")
        print(f"identity, {section.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    print(PREFACE)
    if quick:
        print("**Samples only (--quick): these figures are no record.**\n")
    print_summary(results)
    print(output.getvalue().rstrip())
    if failed:
        print(f"identity: these parts failed: {', '.join(failed)}", file=sys.stderr)
