"""What has changed since an earlier screening, as CSV: one row for each hit that is new, gone or otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fairlead.language import Language
from fairlead.report.hits import score_text
from fairlead.screen import Changes, HitChange
from fairlead.write.safe_cell import Value

CHANGE_COLUMNS: Final = (
    "change",
    "id",
    "entry_id",
    "entry_name",
    "list",
    "edition_before",
    "edition_now",
    "score_before",
    "score_now",
    "verdict_before",
    "verdict_now",
    "reason",
)


def change_cells(changes: Changes, language: Language) -> Iterator[Sequence[Value]]:
    """Yield the rows of the file of changes; what was not there before, or is not there now, stays empty."""
    for change in changes.hits:
        before, now = change.before, change.now
        yield (
            change.kind.value,
            change.hit.row_id,
            change.hit.entry_id,
            change.hit.entry_name,
            change.hit.list_title,
            *_editions(change),
            score_text(before.score) if before else None,
            score_text(now.score) if now else None,
            before.verdict if before else None,
            now.verdict if now else None,
            language.render(change.reason),
        )


def _editions(change: HitChange) -> tuple[str | None, str | None]:
    lists = change.lists
    return lists.before.edition if lists.before else None, lists.now.edition if lists.now else None
