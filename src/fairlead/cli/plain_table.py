"""Prints rows as a table that fits the terminal, in full where the output goes elsewhere, or as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

#: Wide enough that nothing is folded where no terminal sets the width.
_UNLIMITED: Final = 10_000


def print_table(heading: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[str] = ()) -> None:
    """Print rows of text under a heading; the columns named in `right` are aligned to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in heading:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
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
