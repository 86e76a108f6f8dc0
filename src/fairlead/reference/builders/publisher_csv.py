"""Reads a publisher's CSV file, which may not be as tidy as the pack's own tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fairlead.errors import InvalidReference, Where
from fairlead.reference.load import Row


def publisher_rows(
    content: bytes, *, file: str, needed: Iterable[str], encoding: str = "utf-8-sig", delimiter: str = ","
) -> tuple[Row, ...]:
    """Return the rows of a publisher's CSV file, cells stripped of white space.

    `needed` are the headings without which the file is of no use; others may come and go.
    Raises InvalidReference when one of them is missing, or the file has no rows.
    """
    text = content.decode(encoding, errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = sorted(set(needed) - set(reader.fieldnames or ()))
    if missing:
        raise InvalidReference(
            f"lacks the columns {', '.join(missing)}.",
            where=Where(file=file),
            do="The publisher may have changed the format; a newer version of Fairlead may know it.",
        )
    rows = tuple({key: (value or "").strip() for key, value in row.items() if key is not None} for row in reader)
    if not rows:
        raise InvalidReference("has no rows.", where=Where(file=file), do="Fetch the file again.")
    return rows
