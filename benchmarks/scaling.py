"""How time and memory grow with the length of a list, on DuckDB and on Spark, and what that says of longer ones.

Lists are made up (`generated_list`). Each run is a process of its own, measured with all processes that it starts.
"""

from __future__ import annotations

import contextlib
import csv
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Final, Protocol

import psutil

from benchmarks.generated_list import write_list
from fairlead.assess import resolve_files, screen_file
from fairlead.engine.cycles import seldom_look_for_cycles

LENGTHS: Final = (10_000, 100_000)
FULL_LENGTHS: Final = (*LENGTHS, 1_000_000)
#: Spark's overhead shows best on lists for which nobody needs it.
SPARK_LENGTHS: Final = (10_000,)
LISTED: Final = 100_000
#: The share of the names that are on the list.
ON_THE_LIST: Final = 0.01
PROJECTED: Final = (5_000_000, 20_000_000)
AS_OF: Final = date(2026, 1, 31)
_TICK: Final = 0.2


@dataclass(frozen=True)
class Run:
    """One run: rows, seconds by the clock, seconds of processor, peak memory in GB, seconds by the clock per stage."""

    rows: int
    wall: float
    cpu: float
    peak_gb: float
    stages: Mapping[str, float]

    @property
    def dominant(self) -> str:
        """The stage that took longest, with its share of the time by the clock."""
        stage = max(self.stages, key=lambda one: self.stages[one])
        return f"{stage} ({self.stages[stage] / sum(self.stages.values()):.0%})"


class Stopwatch:
    """A progress that keeps how long each stage took by the clock."""

    def __init__(self) -> None:
        self._started: list[tuple[str, float]] = []

    def start(self, what: str, total: int | None = None) -> None:
        """Note that a stage begins."""
        self._started.append((what, time.perf_counter()))

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps."""

    def stages(self) -> dict[str, float]:
        """Return the seconds of each stage."""
        ends = [*(began for _, began in self._started[1:]), time.perf_counter()]
        found: dict[str, float] = {}
        for (what, began), end in zip(self._started, ends, strict=True):
            found[what] = found.get(what, 0.0) + end - began
        return found


class Task(Protocol):
    """What is measured: makes the input of so many rows and returns the arguments of `work_and_tell`."""

    def __call__(self, folder: Path, rows: int) -> list[str]:
        """Write the input into the folder."""


def main(full: bool = False) -> None:
    """Measure duplicates and screening at several lengths; with `full` a million rows and more of Spark too."""
    lengths, on_spark = (FULL_LENGTHS, LENGTHS) if full else (LENGTHS, SPARK_LENGTHS)
    with tempfile.TemporaryDirectory() as name:
        print("### Duplicates: `fairlead resolve`\n")
        report(resolving, Path(name), lengths, on_spark)
        print(f"\n### Screening against {LISTED:,} names: `fairlead screen`\n")
        report(screening, Path(name), lengths, on_spark)
    if not full:
        print("\nA million rows are measured with `./run bench scaling --full`, which takes an hour.")


def report(task: Task, folder: Path, lengths: Sequence[int], on_spark: Sequence[int]) -> None:
    """Print one line for each engine and length, and what longer lists would take."""
    print("| engine | rows | wall s | CPU s | peak memory GB | longest stage |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    runs = [line("duckdb", task, folder, rows) for rows in lengths]
    if find_spec("pyspark") is None:
        print("| spark | the extra `spark` is not installed | | | | |")
    else:
        for rows in on_spark:
            line("spark", task, folder, rows)
    project(runs)


def line(engine: str, task: Task, folder: Path, rows: int) -> Run:
    """Measure one run and print its line."""
    run = measure([engine, *task(folder, rows)], rows)
    print(f"| {engine} | {rows:,} | {run.wall:.1f} | {run.cpu:.1f} | {run.peak_gb:.2f} | {run.dominant} |", flush=True)
    return run


def project(runs: Sequence[Run]) -> None:
    """Print what longer lists would take, if the growth between the two longest runs went on."""
    shorter, longer = runs[-2:]
    growth = {
        what: math.log(getattr(longer, what) / getattr(shorter, what)) / math.log(longer.rows / shorter.rows)
        for what in ("wall", "cpu", "peak_gb")
    }
    print(
        f"\nFrom {shorter.rows:,} to {longer.rows:,} rows the time by the clock grows with the power "
        f"{growth['wall']:.2f} of the rows, the processor's with {growth['cpu']:.2f}, memory with "
        f"{growth['peak_gb']:.2f}."
    )
    for rows in PROJECTED:
        wall, memory = (
            getattr(longer, what) * (rows / longer.rows) ** max(1.0, growth[what]) for what in ("wall", "peak_gb")
        )
        print(f"- {rows:,} rows: about {wall / 60:.0f} minutes and {memory:.0f} GB here; projected, not measured")


def resolving(folder: Path, rows: int) -> list[str]:
    """Make a list with duplicates."""
    path = folder / f"suppliers-{rows}.csv"
    if not path.exists():
        write_list(path, rows)
    return ["resolve", str(path), str(folder / "clusters.csv")]


def screening(folder: Path, rows: int) -> list[str]:
    """Make a list to screen against, and names of which few are on it."""
    listed, path = folder / "listed.csv", folder / f"names-{rows}.csv"
    if not listed.exists():
        write_names(listed, supplier_names(folder, LISTED, seed=1))
    if not path.exists():
        known = (name.upper() for name in islice(supplier_names(folder, LISTED, seed=1), int(rows * ON_THE_LIST)))
        write_names(path, chain(known, supplier_names(folder, rows - int(rows * ON_THE_LIST), seed=rows)))
    return ["screen", str(path), str(folder / "hits.csv"), str(listed)]


def supplier_names(folder: Path, rows: int, *, seed: int) -> Iterator[str]:
    """Yield so many made-up names of suppliers, the same for the same seed."""
    path = folder / "made.csv"
    write_list(path, rows, seed=seed, duplicates=0)
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["Supplier"] for row in csv.DictReader(file)]
    yield from names


def write_names(path: Path, names: Iterable[str]) -> None:
    """Write a table of names as `fairlead screen` reads it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "country", "kind"))
        writer.writerows((number, name, "", "company") for number, name in enumerate(names))


def measure(arguments: Sequence[str], rows: int) -> Run:
    """Run a task in a process of its own and measure it and every process that it starts."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", __name__, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        peak, cpu = watched(process)
        wall = time.perf_counter() - began
        assert process.stdout is not None
        told = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments[:2])}, {rows:,} rows: exit code {process.returncode}")
    return Run(rows, wall, cpu, peak / 2**30, json.loads(told.splitlines()[-1]))


def watched(process: subprocess.Popen[str]) -> tuple[int, float]:
    """Return the peak memory (bytes that are in use at one time) and the processor's seconds of a tree of processes."""
    root = psutil.Process(process.pid)
    peak, seconds = 0, dict[int, float]()
    while process.poll() is None:
        memory = 0
        for one in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                memory += one.memory_info().rss
                times = one.cpu_times()
                seconds[one.pid] = times.user + times.system
        peak = max(peak, memory)
        time.sleep(_TICK)
    return peak, sum(seconds.values())


def work_and_tell(engine: str, task: str, path: str, out: str, *lists: str) -> None:
    """Do one task in this process and print the seconds of its stages."""
    seldom_look_for_cycles()  # as the command line does
    watch = Stopwatch()
    if task == "resolve":
        resolve_files([Path(path)], out=Path(out), engine=engine, progress=watch)
    else:
        screen_file(Path(path), list(map(Path, lists)), out=Path(out), as_of=AS_OF, engine=engine, progress=watch)
    print(json.dumps(watch.stages()))


if __name__ == "__main__":
    work_and_tell(*sys.argv[1:])
