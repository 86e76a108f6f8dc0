"""Collects the rows and values that could not be used, as the table `REJECTED` holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from fairlead.model.message import Message
from fairlead.model.schemas import REJECTED


@dataclass
class Remarks:
    """A growing list of what was set aside in one sheet; row 0, null in the table, is the sheet as a whole."""

    file: str
    sheet: str
    entries: list[tuple[int, str, Message, tuple[str, ...]]] = field(default_factory=list)

    def add(self, row: int, column: str, reason: Message, cells: Sequence[str] = ()) -> None:
        """Note that a row, or the value in one of its columns, could not be used."""
        self.entries.append((row, column, reason, tuple(str(cell) for cell in cells)))

    def table(self) -> pa.Table:
        """Return the notes as a table, by row and in the order in which they were made."""
        entries = sorted(self.entries, key=lambda entry: entry[0])
        return pa.table(
            {
                "file": [self.file] * len(entries),
                "sheet": [self.sheet] * len(entries),
                "row": [row or None for row, _, _, _ in entries],
                "column": [column for _, column, _, _ in entries],
                "reason": [reason.to_arrow() for _, _, reason, _ in entries],
                "cells": [list(cells) for _, _, _, cells in entries],
            },
            schema=REJECTED,
        )
