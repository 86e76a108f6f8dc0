"""What a builder of a reference table is, and how its rows become the bytes of the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.errors import InvalidReference
from fairlead.reference.load import Row, parse_csv
from fairlead.reference.source import SOURCE_COLUMNS, Source

_INPUTS: Final = Path(__file__).parent / "inputs"

#: The publishers' files by their name in the folder of samples.
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Builder:
    """Makes one table: which publishers' files it needs, and the function that turns them into rows.

    A row names its `source_id`; edition, licence and checked are filled in from that source unless the row
    has its own.
    """

    table: str
    columns: tuple[str, ...]
    files: tuple[str, ...]
    rows: Callable[[Files], Iterable[Row]]

    def build(self, files: Files, sources: Mapping[str, Source]) -> bytes:
        """Return the table as CSV: rows in the order of their cells, each ending with where it comes from.

        Raises InvalidReference when a file is not in the publisher's format or a row names an unknown source.
        """
        return table_bytes(self.columns, (with_source(row, sources) for row in self.rows(files)))


def with_source(row: Row, sources: Mapping[str, Source]) -> Row:
    """Return the row with the edition, licence and checked of its source, where it has none of its own."""
    source = sources.get(row["source_id"])
    if source is None:
        raise InvalidReference(
            f"The source “{row['source_id']}” is not in sources.csv.", do="Add it there, then build again."
        )
    facts = {
        "edition": source.edition,
        "licence": source.licence,
        "checked": "yes" if source.checked else "no",
    }
    return {**facts, **row}


def table_bytes(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return rows as a CSV table in UTF-8, sorted by the cells from left to right."""
    header = [*columns, *SOURCE_COLUMNS]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted([row[column] for column in header] for row in rows))
    return text.getvalue().encode()


def read_input(name: str) -> tuple[Row, ...]:
    """Return the rows of a table kept by hand beside the builders, given its name without suffix."""
    path = _INPUTS / f"{name}.csv"
    return parse_csv(path.read_bytes(), path.name)
