"""Where results go: all of the new files or none, and never in the place of files that are read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fairlead.errors import OptionError, ReportError, Where
from fairlead.model.assessment import LATER_FILES, RESULT_FILES
from fairlead.model.message import message


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
    return path.resolve().parent == out.resolve() and path.name in (*RESULT_FILES, *LATER_FILES)


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
            message("The results folder cannot be written ({reason}).", reason=str(error.strerror)),
            where=Where(file=str(out)),
            do=message("Check the folder's permissions and the free space, or give another with --out."),
        ) from error
    try:
        yield partial
        for name in (*RESULT_FILES, *LATER_FILES):
            (out / name).unlink(missing_ok=True)
        for file in sorted(partial.iterdir()):
            file.replace(out / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def companion(out: Path, what: str) -> Path:
    """Return the path of a file beside a result: CLUSTERS.rejected.csv for CLUSTERS.csv and rejected.csv."""
    return out.with_name(f"{out.stem}.{what}")


def refuse_replacing(out: Path, beside: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Raise OptionError where `out` is a folder, lies among lists that are read as one, or would replace an input.

    `beside` are the files that are written with it.
    """
    where = Where(file=str(out))
    if out.is_dir():
        raise OptionError("The result needs a file, and this is a folder.", where=where, do="Give a file with --out.")
    written = [path.resolve() for path in (out, *beside)]
    if len(set(written)) < len(written):
        raise OptionError(
            "The result would have the name of a file that comes beside it.", where=where, do="Give another with --out."
        )
    if any(path.resolve() in written or path.resolve() == written[0].parent for path in inputs):
        raise OptionError(
            "The result would replace a file that is read, or be read as a list next time.",
            where=where,
            do="Give another file or folder with --out.",
        )


@contextmanager
def files_beside(out: Path, beside: Sequence[str]) -> Iterator[Path]:
    """Give a temporary folder; move its files to the folder of `out` when all went well.

    Files named in `beside` that an earlier run left are removed, so that none is taken for this run's. Raises
    ReportError where the folder cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=out.parent))
    except OSError as error:
        raise ReportError(
            f"The result cannot be written ({error.strerror}).",
            where=Where(file=str(out)),
            do="Check the folder's permissions and the free space, or give another with --out.",
        ) from error
    try:
        yield partial
        for name in beside:
            (out.parent / name).unlink(missing_ok=True)
        for file in sorted(partial.iterdir()):
            file.replace(out.parent / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
