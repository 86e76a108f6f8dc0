"""Fairlead as users meet it: the commands, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.identity.data import ROOT, Row, rows, write_rows


@dataclass(frozen=True)
class Ran:
    """What a command wrote, and the CPU seconds of its process."""

    rows: list[Row]
    cpu_seconds: float


def fairlead(arguments: Sequence[str], out: Path) -> Ran:
    """Run `fairlead` with --out and return the rows that it wrote."""
    process = subprocess.Popen(
        [sys.executable, "-m", "fairlead", *arguments, "--out", str(out), "--quiet"], stdout=sys.stderr, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"fairlead {arguments[0]} ended with {process.returncode}; its message stands above")
    return Ran(rows(out), usage.ru_utime + usage.ru_stime)


def compared(pairs: Sequence[dict[str, Any]]) -> Ran:
    """Return pairs (id, left, right, kind) as `fairlead compare` gives them back, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "pairs.csv", Path(folder) / "compared.csv"
        write_rows(given, [{key: pair[key] for key in ("id", "left", "right", "kind")} for pair in pairs])
        ran = fairlead(["compare", str(given)], out)
    if [row["id"] for row in ran.rows] != [pair["id"] for pair in pairs]:
        raise RuntimeError("fairlead compare gave back other rows than it was given")
    return ran


def screened(queries: Sequence[Row], listed: Sequence[Row]) -> Ran:
    """Return the hits of `fairlead screen` for queries (id, name, country, kind) against one list."""
    with tempfile.TemporaryDirectory() as folder:
        names, watch_list, out = (Path(folder) / name for name in ("names.csv", "list.csv", "hits.csv"))
        write_rows(names, list(queries))
        write_rows(watch_list, list(listed))
        return fairlead(["screen", str(names), "--list", str(watch_list)], out)
