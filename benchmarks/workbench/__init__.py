"""The workbench under load: pages and an import at a size that hurts, many people at once, and kill -9.

`./run bench workbench` measures the pages and an import on SQLite and, where its programs are installed, on a
PostgreSQL of its own; with `--full` also two hundred people for ten minutes and fifty kills on each. Each part is a
program that can be run by itself; its first lines say how.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: What `--full` measures too, each on an empty database: the title of its section and the program.
_FULL: Final = (("Two hundred people for ten minutes", "users"), ("Fifty kills", "kills"))


def main(quick: bool = False, full: bool = False) -> None:
    """Measure the pages and an import on each database; with `full` also people and kills; with `quick` small ones."""
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with database() as variables:
            if variables is None:
                print(f"### {name}\n\nNot installed here, so not measured.\n")
                continue
            _pages_and_import(name, variables, quick=quick)
        for title, part in _FULL if full else ():
            with database() as variables:
                print(f"### {title} on {name}\n")
                _run(part, variables=variables)


def _pages_and_import(name: str, variables: dict[str, str], *, quick: bool) -> None:
    print(f"### Pages on {name}\n")
    home = ("--home", variables["FAIRLEAD_HOME"])
    _run("fill", *home, *(["--small"] if quick else []), variables=variables)
    _run("load", *home, *(["--seconds", "15"] if quick else []), variables=variables)
    print(f"### An import on {name}\n")
    _run("import_list", "--rows", "5000" if quick else "100000", variables=variables)


def _run(name: str, *options: str, variables: dict[str, str] | None = None) -> None:
    """Run one part in a process of its own, because Django is set up once in each, and print what it prints."""
    command = [sys.executable, "-m", f"benchmarks.workbench.{name}", *options]
    done = subprocess.run(
        command, env={**os.environ, **(variables or {})}, stdout=subprocess.PIPE, text=True, check=False
    )
    text = done.stdout.strip()
    print(text if text.startswith("|") else f"```text\n{text}\n```", end="\n\n", flush=True)
    if done.returncode:
        print(f"It ended with {done.returncode}.\n", flush=True)


@contextmanager
def _sqlite() -> Iterator[dict[str, str] | None]:
    with tempfile.TemporaryDirectory(prefix="fairlead-bench-") as home:
        yield {"FAIRLEAD_HOME": home}


@contextmanager
def _postgresql() -> Iterator[dict[str, str] | None]:
    """Run a PostgreSQL as administrators do, with every write on the disk; null where it is not installed."""
    from tests.postgresql import binaries, server

    try:
        binaries()
    except SystemExit:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="fairlead-bench-") as home, server(durable=True) as address:
        yield {"FAIRLEAD_HOME": home, "FAIRLEAD_DATABASE_URL": address}
