"""The results folder: all of the new files or none, and never among the files that were read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fairlead.errors import OptionError, ReportError, Where
from fairlead.model.assessment import RESULT_FILES


def refuse_output_among_inputs(out: Path, paths: Sequence[Path]) -> None:
    """Raise OptionError where `out` is a file, or a folder that is itself read as input."""
    if out.exists() and not out.is_dir():
        raise OptionError(
            "The results need a folder, and this is a file.",
            where=Where(file=str(out)),
            do="Give another folder with --out.",
        )
    for path in paths:
        if out.resolve() in (path.resolve(), path.resolve().parent) and (path.is_dir() or _holds(out, path)):
            raise OptionError(
                "The results would be written among the supplier lists and be read as one next time.",
                where=Where(file=str(out)),
                do="Give another folder with --out.",
            )


def _holds(out: Path, path: Path) -> bool:
    """Say whether the input file has the name of a result, so that writing would destroy it."""
    return path.resolve().parent == out.resolve() and path.name in RESULT_FILES


@contextmanager
def fresh_output(out: Path) -> Iterator[Path]:
    """Give a temporary folder beside the results; move its files into `out` together when all went well.

    Raises ReportError where the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=out))
    except OSError as error:
        raise ReportError(
            f"The results folder cannot be written ({error.strerror}).",
            where=Where(file=str(out)),
            do="Check the folder's permissions and the free space, or give another with --out.",
        ) from error
    try:
        yield partial
        for name in RESULT_FILES:
            (out / name).unlink(missing_ok=True)
        for file in sorted(partial.iterdir()):
            file.replace(out / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
