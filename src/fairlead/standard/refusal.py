"""An answer in a file that could not be used: where it stands, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from fairlead.errors import Where
from fairlead.model.message import Message
from fairlead.model.schemas import REJECTED


@dataclass(frozen=True)
class Refusal:
    """A cell that holds no answer to its question: file, sheet, row and column, the reason, the question, the cell."""

    where: Where
    reason: Message
    question: str
    cell: str


def refused_table(refusals: Sequence[Refusal]) -> pa.Table:
    """Return refusals as REJECTED rows, the question and the cell as they stood."""
    rows = [
        {
            "file": one.where.file,
            "sheet": one.where.sheet or "",
            "row": one.where.row,
            "column": one.where.column,
            "reason": one.reason.to_arrow(),
            "cells": [one.question, str(one.cell)],
        }
        for one in refusals
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED)
