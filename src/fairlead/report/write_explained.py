"""Writes a rating taken apart as a page or as a picture, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fairlead.errors import OptionError, ReportError, Where
from fairlead.report.explained_content import Explained
from fairlead.report.explained_page import explained_page
from fairlead.report.svg import for_print
from fairlead.report.waterfall import waterfall


def write_explained(told: Explained, out: Path) -> Path:
    """Write the page (.html) or the picture (.svg); return the path.

    Raises OptionError for another ending, ReportError where the file cannot be written.
    """
    makers: dict[str, Callable[[], str]] = {".html": lambda: explained_page(told), ".svg": lambda: _picture(told)}
    if out.suffix.lower() not in makers:
        raise OptionError(
            "The file must end in .html or .svg.", where=Where(file=str(out)), do="Give another name with --out."
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(makers[out.suffix.lower()](), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ReportError(f"The file cannot be written ({error.strerror}).", where=Where(file=str(out))) from error
    return out


def _picture(told: Explained) -> str:
    """Return the picture with its own colours. Raises OptionError where the party is not rated."""
    if not told.steps:
        raise OptionError(
            f"There is no waterfall to draw. {told.rating}", do="Leave --out away, or give an .html file."
        )
    return for_print(waterfall(told))
