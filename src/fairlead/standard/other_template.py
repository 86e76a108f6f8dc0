"""Takes answers from another template: which cell is which question is found, shown, corrected, and then read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from fairlead.errors import MappingError, NothingToRead, Where
from fairlead.model.message import Message, message
from fairlead.read.sheet import Sheet, column_index, column_letter
from fairlead.read.sheets import file_hash, read_sheets
from fairlead.read.words import cell_key, cell_words, clean, fold_words
from fairlead.standard.answers import Answer, understand
from fairlead.standard.entry import Entry
from fairlead.standard.provisions import NO, YES, AnswerType, Standard
from fairlead.standard.question_words import IGNORED, Meaning, QuestionWords, shipped_words
from fairlead.standard.refusal import Refusal

#: How sure it is that a question recognised by its words is ours; one that a person has named is surely so.
RECOGNISED: Final = 0.8

#: A sheet is taken for a questionnaire from so many recognised questions on.
_FEWEST: Final = 2

_HEAD: Final = """\
# Which cell of the other template answers which of our questions. Correct what is wrong and pass the file back.
#
#   answers    the letter of the column in which the answers stand
#   text       the other template's question, by which it is found again; the cell only tells where it stood
#   question   the key of our question (docs/reference/labour-standard.md), or ignored, or unknown
#   means      where the other question's yes or no mean another of our answers
"""

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class QuestionUse:
    """One question of another template: where it stands (row from 1), its text, and what it is for us."""

    row: int
    text: str
    meaning: Meaning | None


@dataclass(frozen=True)
class TemplateSheet:
    """How one sheet of another template is used: columns of questions and answers (from 0), and each question."""

    file: str
    sheet: str
    questions: int
    answers: int
    uses: tuple[QuestionUse, ...]
    corrected: bool = False


@dataclass(frozen=True)
class UnknownQuestion:
    """A question of another template that is none of ours, with its answer, kept for people to read."""

    where: Where
    text: str
    answer: str


@dataclass(frozen=True)
class TemplateAnswers:
    """What was taken from another template: our answers, what could not be used, and what is none of our questions."""

    answers: Mapping[str, Answer]
    refused: tuple[Refusal, ...]
    unknown: tuple[UnknownQuestion, ...]
    source_sha256: str


def recognise_template(path: Path, standard: Standard) -> tuple[TemplateSheet, ...]:
    """Return how the sheets of a filled template are understood: one question in a row, its answer in another column.

    Raises NothingToRead where no sheet has two questions or more that are recognised, and the other errors of reading a
    file.
    """
    words = shipped_words(standard)
    found = [each for sheet in read_sheets(path) for each in _recognise(sheet, words)]
    if not found:
        raise NothingToRead(
            message("No sheet holds questions that are recognised."),
            where=Where(file=path.name),
            do=message("Put each question in a row of its own, with its answer beside it."),
        )
    return tuple(found)


def _recognise(sheet: Sheet, words: QuestionWords) -> Iterator[TemplateSheet]:
    width = max(map(len, sheet.rows), default=0)
    known = [
        [row for row in range(len(sheet.rows)) if _meant(words, _cell(sheet, row, column))] for column in range(width)
    ]
    questions = max(range(width), key=lambda column: (len(known[column]), -column), default=0)
    if not known or len(known[questions]) < _FEWEST:
        return
    rows, first = known[questions], min(known[questions])
    answers = _answer_column(sheet, words, questions, rows, width)
    if answers is None:
        return
    uses = [
        QuestionUse(row + 1, text, words.recognise(text))
        for row in range(first, len(sheet.rows))
        if (text := _cell(sheet, row, questions)) and (row in rows or _cell(sheet, row, answers))
    ]
    yield TemplateSheet(sheet.file, sheet.sheet, questions, answers, tuple(uses))


def _meant(words: QuestionWords, text: str) -> bool:
    return bool(text) and words.recognise(text) is not None


def _answer_column(sheet: Sheet, words: QuestionWords, questions: int, rows: Sequence[int], width: int) -> int | None:
    """Return the column right of the questions that is called answers, else the one filled most; None without any."""
    columns = range(questions + 1, width)
    for row in range(min(rows)):
        for column in columns:
            if fold_words(_cell(sheet, row, column)).startswith(words.answers):
                return column
    filled = {column: sum(bool(_cell(sheet, row, column)) for row in rows) for column in columns}
    remarks = {
        column
        for row in range(min(rows))
        for column in columns
        if fold_words(_cell(sheet, row, column)).startswith(words.remarks)
    }
    left = [column for column in columns if column not in remarks and filled[column]]
    return max(left, key=lambda column: (filled[column], -column), default=None)


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    text = cells[column] if column < len(cells) else ""
    return text if type(text) is not str else clean(text)


def read_template(path: Path, standard: Standard, mapping: Sequence[TemplateSheet] | None = None) -> TemplateAnswers:
    """Read the answers of a filled template, by what is recognised or by a mapping that a person has corrected.

    A question that two cells answer differently is refused, with both cells named. Raises the errors of reading a file,
    and those of `recognise_template`.
    """
    sheets = {each.sheet: each for each in read_sheets(path)}
    taken: dict[str, list[Answer]] = {}
    refused: list[Refusal] = []
    unknown: list[UnknownQuestion] = []
    for part in recognise_template(path, standard) if mapping is None else mapping:
        if part.sheet in sheets:
            _read(sheets[part.sheet], part, standard, taken, refused, unknown)
    answers = {key: found[0] for key, found in taken.items() if len({one.value for one in found}) == 1}
    for key, found in sorted(taken.items()):
        if key not in answers:
            refused.append(_twice(path.name, standard, key, found))
    ordered = {key: answers[key] for key in standard.questions if key in answers}
    return TemplateAnswers(ordered, tuple(refused), tuple(unknown), file_hash(path))


def _read(
    sheet: Sheet,
    part: TemplateSheet,
    standard: Standard,
    taken: dict[str, list[Answer]],
    refused: list[Refusal],
    unknown: list[UnknownQuestion],
) -> None:
    by_text = {fold_words(use.text): use for use in part.uses}
    for row in range(len(sheet.rows)):
        use = by_text.get(fold_words(_cell(sheet, row, part.questions)))
        answer = _cell(sheet, row, part.answers)
        if use is None or not answer:
            continue
        where = Where(sheet.file, sheet.sheet or None, row + 1, column_letter(part.answers))
        if use.meaning is None or use.meaning.question == IGNORED:
            unknown.append(UnknownQuestion(where, use.text, answer))
            continue
        question = standard.questions[use.meaning.question]
        found = understand(question, _translated(answer, use.meaning))
        if isinstance(found, Message):
            refused.append(Refusal(where, found, use.text, answer))
        elif found is not None:
            locator = f"{sheet.sheet} {column_letter(part.answers)}{row + 1}".strip()
            sure = 1.0 if part.corrected else RECOGNISED
            taken.setdefault(question.key, []).append(Answer(question.key, *found, locator=locator, confidence=sure))


def _translated(answer: str, meaning: Meaning) -> str:
    """Return what an answer means for us: yes and no by the table, everything else as it stands."""
    key, means = cell_key(answer), dict(meaning.means)
    if means and key in cell_words("affirmed"):
        return means[YES]
    if means and key in cell_words("denied"):
        return means[NO]
    return answer


def _twice(file: str, standard: Standard, key: str, found: Sequence[Answer]) -> Refusal:
    places = ", ".join(one.locator for one in found)
    return Refusal(
        Where(file=file),
        message("Several cells answer the same question differently: {places}.", places=places),
        standard.questions[key].ask,
        "; ".join(one.value for one in found),
    )


def write_template_mapping(sheets: Sequence[TemplateSheet], path: Path) -> None:
    """Write how a template was understood as YAML, with a comment at the top that says how to correct it."""
    content = {"sheets": [_sheet_content(sheet) for sheet in sheets]}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(_HEAD + text, encoding="utf-8")


def _sheet_content(sheet: TemplateSheet) -> dict[str, Any]:
    column = column_letter(sheet.questions)
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "questions": column,
        "answers": column_letter(sheet.answers),
        "cells": [
            {
                "cell": f"{column}{use.row}",
                "text": str(use.text),
                "question": use.meaning.question if use.meaning else UNKNOWN,
            }
            | ({"means": dict(use.meaning.means)} if use.meaning and use.meaning.means else {})
            for use in sheet.uses
        ],
    }


def read_template_mapping(path: Path, standard: Standard) -> tuple[TemplateSheet, ...]:
    """Read a mapping that a person may have corrected.

    Raises MappingError, which names the entry, where the file is not YAML or says something that cannot be.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise MappingError(
            message("The mapping cannot be read."), where=Where(file=path.name), do=message("Write it anew.")
        ) from error
    entry = Entry(content, path.name, message("The mapping").template, ("sheets",), MappingError)
    fields = ("file", "sheet", "questions", "answers", "cells")
    return tuple(_sheet_from(sheet, standard) for sheet in entry.entries("sheets", fields))


def _sheet_from(entry: Entry, standard: Standard) -> TemplateSheet:
    columns = []
    for field in ("questions", "answers"):
        try:
            columns.append(column_index(entry.text(field)))
        except ValueError as error:
            raise entry.wrong(field, message("must be the letter of a column.")) from error
    uses = tuple(_use_from(cell, standard) for cell in entry.entries("cells", ("cell", "text", "question", "means")))
    sheet = str(entry.content.get("sheet") or "")
    return TemplateSheet(entry.text("file"), sheet, columns[0], columns[1], uses, corrected=True)


def _use_from(entry: Entry, standard: Standard) -> QuestionUse:
    key, means = entry.text("question"), entry.entry("means", (YES, NO))
    if key not in (*standard.questions, IGNORED, UNKNOWN):
        raise entry.wrong("question", message("is “{key}”, which is no question of the standard.", key=key))
    pairs = tuple((word, means.text(word)) for word in (YES, NO)) if means else ()
    if pairs and key in standard.questions and standard.questions[key].type is not AnswerType.CHOICE:
        raise entry.wrong("means", message("is for questions that have answers to choose from."))
    digits = "".join(sign for sign in entry.text("cell") if sign.isdigit())
    return QuestionUse(int(digits or 0), entry.text("text"), None if key == UNKNOWN else Meaning(key, pairs))
