"""The hits of a list of names as CSV: one row for each name and entry, and in words why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.screen import NameHit, hit_reasons
from fairlead.write.safe_cell import Value

HIT_COLUMNS: Final = ("id", "entry_id", "entry_name", "list", "edition", "score", "verdict", "reasons")

#: Digits after the point of a score.
_DIGITS: Final = 4


def hit_cells(hits: Iterable[NameHit], as_of: date, language: Language) -> Iterator[Sequence[Value]]:
    """Yield the rows of the file of hits, in the order given; reasons are in the reader's language."""
    for one in hits:
        hit = one.hit
        yield (
            one.name.row_id,
            hit.entry.entry_id,
            hit.listed_name,
            hit.watch_list.title,
            hit.watch_list.edition,
            score_text(hit.comparison.score),
            hit.comparison.verdict.value,
            sentences(hit_reasons(hit, as_of), language),
        )


def score_text(score: float) -> str:
    """Write a score from 0 to 1 with as many digits in every row."""
    return f"{score:.{_DIGITS}f}"


def sentences(messages: Iterable[Message], language: Language) -> str:
    """Write messages one after the other."""
    return " ".join(map(language.render, messages))
