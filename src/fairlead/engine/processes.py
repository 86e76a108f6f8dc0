"""Work on the parts of a long list in processes beside this one, so that every processor of the machine helps.

The processes are started anew, never as copies of this one: the threads of a database do not survive copying, and a
program that uses Fairlead as a library is not run a second time.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from fairlead.engine.cycles import seldom_look_for_cycles
from fairlead.errors import EngineError
from fairlead.model.message import message

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Answer = TypeVar("Answer")

#: With fewer parts the start of processes costs more than they save.
LEAST_PARTS: Final = 4
_WORK: Final = "work"
_START: Final = "import sys; from fairlead.engine.processes import main; main(*sys.argv[1:])"


def map_in_processes(
    work: Callable[[Shared, Part], Answer], shared: Shared, parts: Sequence[Part], processes: int
) -> list[Answer]:
    """Return `work(shared, part)` for every part, in the order of the parts.

    With one process, or few parts, the work is done here. Raises EngineError where `work` failed in another
    process, which has said why.
    """
    if processes == 1 or len(parts) < LEAST_PARTS:
        return [work(shared, part) for part in parts]
    with tempfile.TemporaryDirectory(prefix="fairlead-") as name:
        folder = Path(name)
        _save(folder / _WORK, (work, shared))
        for number, part in enumerate(parts):
            _save(folder / f"part-{number}", part)
        _run(folder, len(parts), processes)
        return [_load(folder / f"answer-{number}") for number in range(len(parts))]


def _run(folder: Path, parts: int, processes: int) -> None:
    """Deal the parts out to the processes in turn, and wait for all of them."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _START, str(folder), *map(str, range(first, parts, processes))],
            stdin=subprocess.DEVNULL,
            env=environment,
        )
        for first in range(processes)
    ]
    try:
        codes = [process.wait() for process in running]
    finally:
        for process in running:
            process.kill()
    if any(codes):
        raise EngineError(
            message("A process that worked on a part of the list has failed; it has said why above."),
            do=message("Free some memory, or give fewer rows at a time, and try again."),
        )


def _save(path: Path, content: object) -> None:
    with path.open("wb") as file:
        pickle.dump(content, file, protocol=5)


def _load(path: Path) -> Any:
    """Read what a process has left, and remove it."""
    with path.open("rb") as file:
        content = pickle.load(file)  # noqa: S301  (written by this program, in a folder of its own)
    path.unlink()
    return content


def main(name: str, *numbers: str) -> None:
    """Work on the parts of these numbers in the folder of this name."""
    seldom_look_for_cycles()
    folder = Path(name)
    with (folder / _WORK).open("rb") as file:
        work, shared = pickle.load(file)  # noqa: S301  (written by this program, in a folder of its own)
    for number in numbers:
        _save(folder / f"answer-{number}", work(shared, _load(folder / f"part-{number}")))
