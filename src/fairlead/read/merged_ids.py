"""merged_ids.csv, as a run wrote it."""

from __future__ import annotations

from pathlib import Path

from fairlead.errors import NoHeaderFound, Where
from fairlead.read.sheets import read_sheets

_COLUMNS = ("old_party_id", "party_id", "judgement")


def read_merged_ids(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return old id, present id and the ids of the judgements between, for every row.

    Raises NoHeaderFound where the file has other columns, and an InputError for what cannot be read.
    """
    for sheet in read_sheets(path):
        if sheet.rows and tuple(cell.strip() for cell in sheet.rows[0][:3]) == _COLUMNS:
            return [(row[0], row[1], tuple(row[2].split())) for row in sheet.rows[1:] if len(row) >= len(_COLUMNS)]
    raise NoHeaderFound(
        f"The file does not begin with the columns {', '.join(_COLUMNS)}.",
        where=Where(file=path.name),
        do="Give the merged_ids.csv of a run with --judgements.",
    )
