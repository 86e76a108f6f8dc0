"""Tables of doubtful pairs: review.csv as it was written, and the same back from a person with decisions in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.errors import NoHeaderFound, Where
from fairlead.model.vocabulary import Decision
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import read_sheets
from fairlead.read.words import cell_key, clean, decisions

#: Without these a table is none of doubtful pairs.
NEEDED: Final = ("left_key", "right_key", "left_name", "right_name")
DECISION: Final = "decision"
WHY: Final = "why"
#: A short hash of the two keys, which shows when a table was sorted by one column alone.
CHECK: Final = "pair"


@dataclass(frozen=True)
class PairSide:
    """One of the two records, as the table shows it; what it does not show is empty."""

    key: str
    name: str
    party_id: str
    place: str  # file:sheet:row
    other_names: str
    address: str
    city: str
    country: str
    identifiers: str


@dataclass(frozen=True)
class DoubtfulPair:
    """One row of the table: the two records, what speaks for and against, and what a person has written beside.

    `row` is the row as a spreadsheet numbers it. `measures` are the levels and numbers of the comparison.
    `decision` and `why` are as they stand in the cells, `cells` all cells by their columns.
    """

    row: int
    left: PairSide
    right: PairSide
    probability: float | None
    reason: str
    measures: tuple[tuple[str, str], ...]
    decision: str
    why: str
    check: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class PairTable:
    """The pairs of a file in their order, and the columns it has."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    pairs: tuple[DoubtfulPair, ...]


def read_pair_table(path: Path) -> PairTable:
    """Read review.csv, or a table made from it, in any format and with any separator a spreadsheet saves.

    Raises NoHeaderFound where no sheet has the columns that are needed, and an InputError for what cannot be read.
    """
    for sheet in read_sheets(path):
        for place, row in enumerate(sheet.rows):
            columns = tuple(clean(cell).casefold() for cell in row)
            if set(NEEDED) <= set(columns):
                pairs = tuple(_pairs(sheet, columns, place + 1))
                return PairTable(sheet.file, sheet.sheet, tuple(filter(None, columns)), pairs)
    raise NoHeaderFound(
        f"No sheet has the columns {', '.join(NEEDED)}.",
        where=Where(file=path.name),
        do="Give the review.csv of `fairlead resolve` or `fairlead assess`, or what `fairlead judge export` made.",
    )


def read_decision(text: str) -> Decision | None:
    """Return the decision that a cell's words name, in English, Russian, Kazakh or French, or None."""
    word = text.strip().casefold() if text.strip() == "?" else cell_key(text)
    found = decisions().get(word)
    return Decision(found) if found else None


def _pairs(sheet: Sheet, columns: Sequence[str], start: int) -> Iterator[DoubtfulPair]:
    for number, row in enumerate(sheet.rows[start:], start + 1):
        if any(cell.strip() for cell in row):
            yield _pair(number, {column: str(cell) for column, cell in zip(columns, row, strict=False) if column})


def _pair(number: int, cells: Mapping[str, str]) -> DoubtfulPair:
    return DoubtfulPair(
        row=number,
        left=_side(cells, "left"),
        right=_side(cells, "right"),
        probability=_share(cells.get("probability", "")),
        reason=cells.get("reason", ""),
        measures=tuple(_measures(cells.get("measures", ""))),
        decision=cells.get(DECISION, "").strip(),
        why=cells.get(WHY, "").strip(),
        check=cells.get(CHECK, "").strip(),
        cells=cells,
    )


def _side(cells: Mapping[str, str], side: str) -> PairSide:
    def cell(column: str) -> str:
        return cells.get(f"{side}_{column}", "").strip()

    return PairSide(
        key=cell("key"),
        name=cell("name"),
        party_id=cell("party_id"),
        place=cell("row"),
        other_names=cell("other_names"),
        address=cell("address"),
        city=cell("city"),
        country=cell("country"),
        identifiers=cell("identifiers"),
    )


def _share(text: str) -> float | None:
    with suppress(ValueError):
        share = float(text.strip().replace(",", "."))
        return share if 0 <= share <= 1 else None
    return None


def _measures(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split("|"):
        name, sign, measure = part.strip().partition("=")
        if sign and name:
            yield name, measure
