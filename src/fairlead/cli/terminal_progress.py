"""Progress bars on a terminal; silence where the output goes elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from fairlead.model import progress as model


class TerminalProgress:
    """Shows each stage as a line: a bar where the number of steps is known, a spinner where not."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._current: TaskID | None = None

    def start(self, what: str, total: int | None = None) -> None:
        """Finish the line of the stage before and begin a new one."""
        self._finish()
        self._current = self._bars.add_task(what, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the current bar on."""
        if self._current is not None:
            self._bars.advance(self._current, steps)

    def _finish(self) -> None:
        if self._current is not None:
            self._bars.update(self._current, total=1, completed=1)

    def close(self) -> None:
        """Finish the last line."""
        self._finish()


@contextmanager
def terminal_progress(*, quiet: bool) -> Iterator[model.Progress]:
    """Give a progress that draws on standard error when that is a terminal and nobody asked for quiet."""
    if quiet or not sys.stderr.isatty():
        yield model.Silent()
        return
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        shown = TerminalProgress(bars)
        yield shown
        shown.close()
