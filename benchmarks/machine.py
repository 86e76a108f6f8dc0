"""What machine the figures were taken on, and how a whole command is measured."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Measured:
    """One run of a command: seconds by the clock, seconds of processor, peak memory in GB, exit code."""

    wall: float
    cpu: float
    peak_gb: float
    exit_code: int


def describe() -> str:
    """Describe the machine and the versions that decide the figures, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "splink", "pyarrow", "typst"))
    return (
        f"Machine: {os.cpu_count()} processors, {memory:.0f} GB memory, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {packages}."
    )


def measure(arguments: Sequence[str]) -> Measured:
    """Run `fairlead` with the arguments in a process of its own and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "fairlead", *arguments], stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1]
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, process.returncode)
