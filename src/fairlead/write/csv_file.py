"""CSV: UTF-8, commas, a point in decimals, line feeds; no cell can run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from fairlead.write.safe_cell import Value, safe_text


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Path:
    """Write a table with its headings; rows are taken one by one, so they may be very many.

    An empty cell stands for null. Returns the path.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_written(value) for value in row] for row in rows)
    return path


def _written(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return safe_text(value) if isinstance(value, str) else value


def plain_decimal(value: Decimal) -> str:
    """Write a decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
