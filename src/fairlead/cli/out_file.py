"""What --out may be where a command gives a table back with columns added."""

from __future__ import annotations

from pathlib import Path

from fairlead.errors import OptionError


def refuse_out(out: Path, given: Path, done: str) -> None:
    """Raise OptionError where the result cannot be written, or would replace what is `done`, such as compared."""
    if out.resolve() == given.resolve():
        raise OptionError(f"--out is the file that is {done}.", do="Give the result another name.")
    if out.is_dir() or not out.parent.is_dir():
        raise OptionError(f"{out} cannot be written.", do="Give a file in a folder that exists.")
