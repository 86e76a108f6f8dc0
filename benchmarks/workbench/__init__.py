"""The workbench under load: pages and an import at a size that hurts, many people at once, and kill -9.

`./run bench workbench` measures the pages and an import on SQLite and, where its programs are installed, on a
PostgreSQL of its own; with `--full` also two hundred people for ten minutes and fifty kills. Each part is a program
that can be run by itself; its first lines say how.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


def main(quick: bool = False, full: bool = False) -> None:
    """Measure the pages and an import on each database; with `full` also people and kills; with `quick` small ones."""
    for name, database in (("SQLite", _sqlite()), ("PostgreSQL", _postgresql())):
        with database as variables:
            if variables is None:
                print(f"### {name}\n\nNot installed here, so not measured.\n")
                continue
            print(f"### Pages on {name}\n")
            home = ("--home", variables["FAIRLEAD_HOME"])
            _run("fill", *home, *(["--small"] if quick else []), variables=variables)
            _run("load", *home, *(["--seconds", "15"] if quick else []), variables=variables)
            print(f"### An import on {name}\n")
            _run("import_list", "--rows", "5000" if quick else "100000", variables=variables)
    if full:
        print("### Two hundred people for ten minutes\n")
        _run("users")
        print("### Fifty kills\n")
        _run("kills")


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
