"""`./run build method`: write the backtest's tables and pictures into docs/method.md and docs/images.

The part between the two marks is what `fairlead risk backtest --out` writes; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fairlead.report.write_backtest import pictures, tables_page
from fairlead.risk.backtest import Backtest, backtest

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
PAGE: Final = DOCS / "method.md"
IMAGES: Final = DOCS / "images"
START: Final = "<!-- Written by `./run build method` from here; do not edit. -->"
END: Final = "<!-- Written by `./run build method` to here. -->"


def page(text: str, result: Backtest) -> str:
    """Return the page's text with the part between the marks made anew."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    shown = "\n".join(f"![{title(name)}](images/{name})" for name in pictures(result))
    made = f"Model {result.model_version}, as of {result.as_of}.\n\n{tables_page(result, heading='##')}\n{shown}\n"
    return f"{before}{START}\n\n{made}\n{END}{after}"


def title(name: str) -> str:
    """Return what a picture is called for those who do not see it, from its file name."""
    return name.removeprefix("backtest-").removesuffix(".svg").replace("-", " ").capitalize()


def main(_: Sequence[str]) -> None:
    """Write the page and the pictures."""
    result = backtest()
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8", newline="\n")
    for name, picture in pictures(result).items():
        (IMAGES / name).write_text(picture, encoding="utf-8", newline="\n")
