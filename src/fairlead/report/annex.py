"""What stands at the end of the report: files, sources with marks, what was set aside, doubts, limits, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.reference import source_records
from fairlead.report.content import InputRow, Listing, ReviewRow, SetAsideRow, SourceRow

#: How many cells of a row, and letters of each, are shown; the CSV has them all.
_CELLS_SHOWN: Final = 6
_CELL_LENGTH: Final = 40


def input_rows(language: Language, assessment: Assessment) -> tuple[InputRow, ...]:
    """Return the files that were read."""
    return tuple(
        InputRow(
            file.name,
            file.sha256[:12],
            language.number(file.rows_in),
            language.number(file.rows_used),
            language.number(file.rows_rejected),
        )
        for file in assessment.inputs
    )


def source_rows(language: Language, assessment: Assessment) -> tuple[SourceRow, ...]:
    """Return the sources that were used; unchecked transcriptions and old editions are marked."""
    records = source_records()
    rows = []
    for edition in assessment.editions:
        marks = []
        record = records.get(edition.source_id)
        if record and not edition.checked:
            marks.append(language.gettext("transcribed, not yet checked against the publisher"))
        if record and record.edition == edition.edition and record.is_old(assessment.as_of):
            marks.append(language.gettext("old edition, a newer one is to be expected"))
        publisher = edition.publisher if record else language.gettext("your own list")
        rows.append(SourceRow(edition.title, publisher, edition.edition, edition.licence, edition.url, tuple(marks)))
    return tuple(rows)


def set_aside(language: Language, table: pa.Table, shown: int, file: str) -> Listing[SetAsideRow]:
    """Return the first rows of rejected or remarks; `file` is the name of the CSV that has them all."""
    rows = tuple(_set_aside(language, row) for row in table.slice(0, shown).to_pylist())
    return Listing(rows, table.num_rows, hidden(language, len(rows), table.num_rows, file))


def _set_aside(language: Language, row: Mapping[str, Any]) -> SetAsideRow:
    parts = [row["file"], row["sheet"] or ""]
    if row["row"] is not None:
        parts.append(language.gettext("row {rows}").format(rows=row["row"]))
    cells = [cell for cell in row["cells"] or () if cell.strip()]
    written = [cell if len(cell) <= _CELL_LENGTH else cell[:_CELL_LENGTH] + "…" for cell in cells[:_CELLS_SHOWN]]
    return SetAsideRow(
        place=" · ".join(part for part in parts if part),
        column=row["column"] or "",
        reason=language.render(row["reason"]),
        cells=" | ".join([*written, *(["…"] if len(cells) > _CELLS_SHOWN else [])]),
    )


def hidden(language: Language, shown: int, total: int, file: str) -> str:
    """Say how many rows are shown of how many, and where all are; empty when all are shown."""
    if shown >= total:
        return ""
    return language.gettext("The first {shown} of {total} are shown; {file} has all of them.").format(
        shown=language.number(shown), total=language.number(total), file=file
    )


def review_rows(language: Language, assessment: Assessment, shown: int) -> Listing[ReviewRow]:
    """Return the first pairs that may be one party."""
    pairs = assessment.review.slice(0, shown).to_pylist()
    rows = tuple(
        ReviewRow(
            pair["left_name"],
            pair["right_name"],
            language.percent(round(pair["probability"], 2)),
            language.render(pair["reason"]),
        )
        for pair in pairs
    )
    total = assessment.review.num_rows
    return Listing(rows, total, hidden(language, len(rows), total, "review.csv"))


def limits(language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the method cannot know, each as a short sentence and its explanation."""
    _ = language.gettext
    return (
        (
            _("A rating is no finding about a supplier."),
            _("Two suppliers of the same good, place and arrangements have the same rating, because no more is known."),
        ),
        (
            _("No findings is not clean."),
            _("Lists follow attention. A good that nobody has looked at is on no list."),
        ),
        (
            _("Facts are about goods, places and sectors."),
            _("A supplier can be far better or far worse than they are. Only asking tells."),
        ),
        (
            _("What workers say is not in it."),
            _("Speak with them, or with those whom they trust, safely, before you decide."),
        ),
        (
            _("Your lists are its horizon."),
            _("A subcontractor or labour provider that nobody wrote down is not here."),
        ),
        (
            _("A hit on a list is a fact about a list."),
            _(
                "Whether your supplier is that party is for you to find out, and whether the list binds you for a "
                "lawyer."
            ),
        ),
        (
            _("Weights are partly judgement."),
            _(
                "Where published figures exist they are used; the others are stated, with their spread, in the "
                "evidence cards."
            ),
        ),
    )


def footer(language: Language, assessment: Assessment) -> tuple[str, ...]:
    """Return the lines at the end: versions, date of the assessment, state of the translation."""
    _ = language.gettext
    lines = [
        _("Fairlead {version} · model {model} · as of {date}").format(
            version=assessment.program_version,
            model=assessment.model_version,
            date=language.date(assessment.as_of),
        )
    ]
    if not language.checked:
        lines.append(_("This translation has not been checked by a native speaker."))
    lines.append(_("The same input gives the same report, byte for byte. Nothing was sent anywhere to make it."))
    return tuple(lines)


def rows_in(assessment: Assessment) -> tuple[int, int]:
    """Return how many rows the supplier lists have, and how many were used."""
    lists: Sequence[Any] = [file for file in assessment.inputs if file.role == "suppliers"]
    return sum(file.rows_in for file in lists), sum(file.rows_used for file in lists)
