"""Prints rows as a table that fits the terminal, in full where the output goes elsewhere, or as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

from rich.console import Console
from rich.table import Table

#: Wide enough that nothing is folded where no terminal sets the width.
_UNLIMITED: Final = 10_000


def print_table(
    heading: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[str] = (), whole: Collection[str] = ()
) -> None:
    """Print rows under a heading; columns named in `right` are set to the right, those in `whole` are not folded."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in heading:
        justify: Literal["right", "left"] = "right" if name in right else "left"
        table.add_column(name, justify=justify, overflow="fold", no_wrap=name in whole)
    for row in rows:
        table.add_row(*row)
    console = Console(markup=False, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=_UNLIMITED)
    console.print(table)


def print_csv(heading: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Print rows as CSV with a heading."""
    writer = csv.DictWriter(sys.stdout, heading, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
