"""Writes the backtest to a folder: the figures as JSON, the tables as Markdown, the pictures as SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fairlead.errors import OptionError
from fairlead.language import Language
from fairlead.report.backtest_pictures import comparison_picture, reliability_picture
from fairlead.report.backtest_tables import notes, overview, table
from fairlead.risk.backtest import Backtest
from fairlead.write.json_file import write_json

#: The tests of which there are pictures: in the others hits are few.
PICTURED: Final = ("leave_country_out", "leave_good_out")
JSON_FILE: Final = "backtest.json"
TABLES_FILE: Final = "backtest.md"

#: How long lines of prose are in the Markdown.
_WIDTH: Final = 120


def write_backtest(result: Backtest, folder: Path) -> tuple[Path, ...]:
    """Write everything into a folder, which is made where it is not there; return the files.

    Raises OptionError when the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = [write_json(folder / JSON_FILE, result.to_json())]
        texts = {TABLES_FILE: tables_page(result), **pictures(result)}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            written.append(folder / name)
    except OSError as error:
        raise OptionError(f"{folder} cannot be written: {error.strerror}.", do="Give another folder.") from error
    return tuple(written)


def pictures(result: Backtest) -> Mapping[str, str]:
    """Return the pictures by their file names."""
    found = {}
    for test in result.tests:
        if test.name in PICTURED:
            found[f"backtest-{test.name.replace('_', '-')}.svg"] = comparison_picture(test)
            found[f"backtest-{test.name.replace('_', '-')}-reliability.svg"] = reliability_picture(test)
    return found


def tables_page(result: Backtest, *, heading: str = "#") -> str:
    """Return all tables as Markdown, with the notes before them; `heading` is the level of the first heading."""
    language = Language("en")
    parts = [f"{heading} Backtest", *(_wrapped(language.render(note)) for note in notes(result)), overview(result)]
    for test in result.tests:
        parts += [
            f"{heading}# {test.title}",
            _wrapped(f"{test.question} Trained on {test.trained_on}; hits are {test.hits}."),
            table(test),
        ]
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH)
