"""Tables of doubtful pairs for the tests; every supplier is fictional."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from fairlead.write.review_file import REVIEW_COLUMNS

NAMES = {
    "a": ("ТОО «Қызыл Алма»", "ул. Абая, д. 12"),
    "b": ("Qyzyl Alma LLP", "Abay st. 14"),
    "c": ("Fictional Weaving [Unit 2] Ltd", "Plot 9"),
    "d": ("=Formula Trading", ""),
}


def key(letter: str) -> str:
    """A key of the right shape for each letter."""
    return f"rec_{ord(letter):016x}"


def pair_cells(left: str, right: str, **more: str) -> dict[str, str]:
    cells = dict.fromkeys(REVIEW_COLUMNS, "")
    for side, letter in (("left", left), ("right", right)):
        name, address = NAMES[letter]
        cells |= {
            f"{side}_key": key(letter),
            f"{side}_name": name,
            f"{side}_address": address,
            f"{side}_city": "Almaty",
            f"{side}_country": "KAZ",
            f"{side}_row": f"list.xlsx:Реестр:{ord(letter)}",
            f"{side}_party_id": f"pty_{ord(letter):016x}",
        }
    return cells | {"probability": "0.61", "reason": "Similar name", "measures": "name=same | grams=0.7"} | more


def write_table(path: Path, rows: Sequence[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else list(REVIEW_COLUMNS), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def review(path: Path) -> Path:
    """Three pairs: a with b, b with c, a with c."""
    return write_table(path, [pair_cells(*pair) for pair in ("ab", "bc", "ac")])
