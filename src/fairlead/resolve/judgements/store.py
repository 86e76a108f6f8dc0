"""The file of judgements: JSON Lines, one event a line, only ever added to, safe for several people on one machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fairlead.errors import JudgementError, Where
from fairlead.resolve.judgements.event import Event, chained, from_line, to_line


@dataclass(frozen=True)
class History:
    """All events in the order in which they were entered.

    `torn` is a last line that was not written to its end, as after a power cut; it has no effect. `lines` is the
    number of lines, a torn one among them. `altered` are
    the lines, counted from 1, whose id does not fit their content and the line before: somebody has changed the
    file by hand, or lines are missing.
    """

    events: tuple[Event, ...] = ()
    torn: bytes = b""
    altered: tuple[int, ...] = ()
    lines: int = 0


class JudgementStore:
    """A file of judgements, which may not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def torn_path(self) -> Path:
        """Where a torn last line is kept."""
        return self.path.with_name(f"{self.path.name}.torn")

    def read(self) -> History:
        """Return what the file holds, nothing where there is no file.

        Raises JudgementError where a line other than the last is no event or the file cannot be read.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return History()
        except OSError as error:
            raise self._failed("read", error) from error
        return self._history(content)

    def append(self, *events: Event) -> tuple[Event, ...]:
        """Add events at the end and return them with their ids; all of them are written, or none."""
        return self.record(lambda _: events)

    def record(self, decide: Callable[[History], Sequence[Event]]) -> tuple[Event, ...]:
        """Add the events that `decide` makes of the history; nobody else can write in between.

        A torn last line is moved to `torn_path` first. `decide` may be called twice; what it raises is passed on, and
        then nothing is written. Raises JudgementError where the file is damaged or cannot be written.
        """
        if not self.path.exists():
            decide(History())  # what is refused leaves no empty file behind
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as file, _locked(file):
                return self._record(file, decide)
        except OSError as error:
            raise self._failed("written", error) from error

    def _record(self, file: BinaryIO, decide: Callable[[History], Sequence[Event]]) -> tuple[Event, ...]:
        file.seek(0)
        content = file.read()
        history = self._history(content)
        wanted = decide(history)
        if not wanted:
            return ()
        if history.torn:
            with self.torn_path.open("ab") as kept:
                kept.write(history.torn + b"\n")
            file.truncate(len(content) - len(history.torn))
        previous = history.events[-1].event_id if history.events else ""
        written: list[Event] = []
        for event in wanted:
            written.append(chained(event, previous))
            previous = written[-1].event_id
        ends_well = not content or content.endswith(b"\n") or bool(history.torn)
        file.write((b"" if ends_well else b"\n") + b"".join(map(to_line, written)))
        file.flush()
        os.fsync(file.fileno())
        return tuple(written)

    def _history(self, content: bytes) -> History:
        events: list[Event] = []
        altered: list[int] = []
        lines = content.split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                event = from_line(line)
            except ValueError as error:
                if number == len(lines):
                    return History(tuple(events), line, tuple(altered), number)
                raise JudgementError(
                    f"The line is not a judgement that can be read ({error}).",
                    where=Where(file=str(self.path), row=number),
                    do="Restore the file from a copy, or use the version of Fairlead that wrote it.",
                ) from error
            if event != chained(event, events[-1].event_id if events else ""):
                altered.append(number)
            events.append(event)
        return History(tuple(events), b"", tuple(altered), len(events))

    def _failed(self, what: str, error: OSError) -> JudgementError:
        return JudgementError(
            f"The file of judgements cannot be {what} ({error.strerror}).",
            where=Where(file=str(self.path)),
            do="Check the path and its permissions.",
        )


@contextmanager
def _locked(file: BinaryIO) -> Iterator[None]:
    """Hold the file for oneself; others who want to write wait."""
    if sys.platform == "win32":  # pragma: no cover  (another system)
        import msvcrt  # noqa: PLC0415

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)
