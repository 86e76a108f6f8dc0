"""The column of names in a list: what says that there is none, or that it holds something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from fairlead.errors import NoHeaderFound, Where
from fairlead.model.message import message
from fairlead.read.country import find_country
from fairlead.read.heading import EXACT, read_heading
from fairlead.read.sheet import Sheet
from fairlead.read.words import cell_key, clean, kinds

_NEEDED: Final = message(
    "Give the column with the names the heading “name”; “id”, “country” and “kind” may stand beside it."
)

_SHOWN: Final = 12
_LONGEST_SHOWN: Final = 60
#: A list of which more than this share is countries, numbers or kinds has its columns in the wrong places.
_MOST_OTHERS: Final = 0.5
_LOOKED_AT: Final = 2000


def no_column_of_names(sheets: Sequence[Sheet], file: str) -> NoHeaderFound:
    """Return the error that says which headings a table has and which it needs."""
    first = next((row for sheet in sheets for row in sheet.rows if any(map(str.strip, row))), ())
    shown = [f"“{clean(cell)[:_LONGEST_SHOWN]}”" for cell in first if clean(cell)][:_SHOWN]
    return NoHeaderFound(
        message("No column of names was found. The first row has: {headings}.", headings=", ".join(shown))
        if shown
        else message("No cell is filled."),
        where=Where(file=file),
        do=_NEEDED,
    )


def holds_values(cells: Sequence[str]) -> bool:
    """Whether a row is one of data although a cell reads like a heading: it begins with a number or has a country."""
    filled = [text for cell in cells if (text := clean(cell))]
    if not filled:
        return False
    return filled[0].isdigit() or any(
        read_heading(text).certainty < EXACT and find_country(text) is not None for text in filled
    )


def refuse_other_than_names(names: Iterable[str], heading: str, where: Where) -> None:
    """Raise NoHeaderFound where most of the first two thousand names are countries, kinds or numbers."""
    looked_at = [name for _, name in zip(range(_LOOKED_AT), names, strict=False)]
    for what, is_one in (
        (message("countries"), _is_country),
        (message("kinds"), _is_kind),
        (message("numbers"), _is_number),
    ):
        if looked_at and sum(map(is_one, looked_at)) > _MOST_OTHERS * len(looked_at):
            raise NoHeaderFound(
                message("The column “{heading}” holds {what:term} and not names.", heading=heading, what=what.template),
                where=where,
                why=message("Check whether the headings stand over the right columns."),
                do=_NEEDED,
            )


def _is_country(text: str) -> bool:
    return find_country(text) is not None


def _is_kind(text: str) -> bool:
    return cell_key(text) in kinds()


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text))
