"""A questionnaire as a workbook: written in the supplier's language, and read back with each wrong cell named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from fairlead.errors import AnswerError, Where
from fairlead.language import Language
from fairlead.model.message import Message, message
from fairlead.read.sheet import Sheet, column_letter
from fairlead.read.sheets import file_hash, read_sheets
from fairlead.read.words import clean
from fairlead.standard.answers import (
    NOT_APPLICABLE_LABEL,
    NOT_KNOWN_LABEL,
    Answer,
    Answers,
    said_not_to_apply,
    understand,
)
from fairlead.standard.provisions import NO, NOT_KNOWN, YES, AnswerType, Condition, Question, Standard
from fairlead.standard.questionnaire import Asked, Questionnaire
from fairlead.standard.refusal import Refusal
from fairlead.write.form_file import Form, FormRow, text_of_form, write_form
from fairlead.write.safe_cell import Value
from fairlead.write.xlsx_file import Column

#: How the columns are called for the program, in the first row, which is hidden.
KEY: Final = "question"
ANSWER: Final = "answer"
CURRENCY: Final = "currency"
PROOF: Final = "proof"
NOTE: Final = "note"
_NAMES: Final = (KEY, "topic", "asked", "reason", "when", "wanted", ANSWER, "unit", CURRENCY, PROOF, NOTE)
_TO_FILL: Final = (ANSWER, CURRENCY, PROOF, NOTE)

#: How the lines of the cover are called for the program.
SUBJECT: Final = "subject"
STANDARD: Final = "standard"
QUESTIONNAIRE: Final = "questionnaire"

_HEADINGS: Final = (
    ("", 0.0),
    (message("Subject").template, 18.0),
    (message("Question").template, 48.0),
    (message("Why we ask").template, 34.0),
    (message("To be answered only if").template, 34.0),
    (message("Please attach").template, 30.0),
    (message("Your answer").template, 34.0),
    (message("Unit").template, 14.0),
    (message("Currency").template, 12.0),
    (message("Names of the files that you attach").template, 30.0),
    (message("Your remark").template, 40.0),
)

_INSTRUCTIONS: Final = (
    message("Answer in the yellow cells. Where a cell has a list, choose from it.").template,
    message("If you do not know, say so. Not knowing is an answer and is not held against you.").template,
    message("Where a question does not concern you, write “Does not apply to us”, and why in the remark.").template,
    message("Write a number with a point or comma for the decimals only, such as 1250 or 7.5.").template,
    message("Do not name workers, and attach nothing by which one of them can be recognised.").template,
    message("What you answer is kept with its date, as your own word, for the time that the standard gives.").template,
)

#: Stands in a cell for an answer only while a workbook is written.
_NOT_APPLICABLE: Final = "not_applicable"
_YES_LABEL: Final = message("Yes").template
_NO_LABEL: Final = message("No").template


@dataclass(frozen=True)
class FilledForm:
    """What a filled workbook holds: for whom and from which versions it was made, the answers, and what was refused.

    `not_applicable` are the questions that were said not to apply, with the reason given, empty where none was.
    """

    subject_id: str
    standard: str
    questionnaire: str
    answers: Mapping[str, Answer]
    refused: tuple[Refusal, ...]
    source_sha256: str
    not_applicable: Mapping[str, str] = field(default_factory=dict)


def write_questionnaire(
    path: Path,
    asked: Questionnaire,
    *,
    subject_id: str,
    asked_by: str,
    subject_name: str,
    standard: Standard,
    language: str = "en",
    answer_by: str = "",
    answers: Answers | None = None,
    not_applicable: Mapping[str, str] | None = None,
) -> Path:
    """Write a questionnaire as XLSX, with a cover, drop-down lists and the answers there are; returns its path.

    `language` is one of the catalogues; `answer_by` a date in ISO 8601. `not_applicable` gives the reason for each
    question that was said not to apply. Only reasons that come from the standard are in
    it, none from the rating or from evidence. Raises OptionError for a language that there is no catalogue for.
    """
    tongue, given = Language(language), dict(answers or {})
    for key, reason in (not_applicable or {}).items():
        given[key] = Answer(key, _NOT_APPLICABLE, note=reason)
    rows = [_row(one, tongue, standard, given.get(one.question.key)) for one in asked.asked]
    form = Form(
        title=tongue.gettext(standard.title),
        cover_name=tongue.gettext(message("Instructions").template),
        cover=list(_cover(asked, tongue, subject_id, asked_by, subject_name, answer_by)),
        rows_name=tongue.gettext(message("Questions").template),
        names=_NAMES,
        columns=[Column(tongue.gettext(heading), width, wrap=True) for heading, width in _HEADINGS],
        rows=rows,
        answer=_NAMES.index(ANSWER),
        to_fill=frozenset(_NAMES.index(name) for name in _TO_FILL),
    )
    return write_form(path, form)


def _cover(
    asked: Questionnaire, tongue: Language, subject_id: str, asked_by: str, subject_name: str, answer_by: str
) -> Iterator[tuple[str, str, str]]:
    yield "", tongue.gettext(message("Asked by").template), asked_by
    yield "", tongue.gettext(message("Asked of").template), subject_name
    if answer_by:
        yield "", tongue.gettext(message("Please answer by").template), tongue.date(answer_by)
    for number, line in enumerate(_INSTRUCTIONS, start=1):
        yield "", str(number), tongue.gettext(line)
    yield SUBJECT, tongue.gettext(message("Number of the supplier").template), subject_id
    yield STANDARD, tongue.gettext(message("Version of the standard").template), asked.standard
    yield QUESTIONNAIRE, tongue.gettext(message("Version of the questionnaire").template), asked.version


def _row(one: Asked, tongue: Language, standard: Standard, answer: Answer | None) -> FormRow:
    question = one.question
    labels = labels_of(question, tongue)
    return FormRow(
        cells=(
            question.key,
            tongue.gettext(standard.topics[one.provision.topic]),
            tongue.gettext(question.ask),
            tongue.render(one.reason),
            " ".join(condition_words(condition, standard, tongue) for condition in question.when),
            tongue.gettext(question.proof),
            _shown(answer, labels, tongue, numeric=question.type in (AnswerType.NUMBER, AnswerType.MONEY)),
            tongue.gettext(question.unit),
            answer.currency if answer else None,
            "\n".join(answer.proof) if answer else None,
            answer.note if answer else None,
        ),
        choices=(*labels.values(), *map(tongue.gettext, (NOT_KNOWN_LABEL, NOT_APPLICABLE_LABEL))) if labels else (),
    )


def labels_of(question: Question, tongue: Language) -> Mapping[str, str]:
    """Return the words of each answer that a question offers, in a language; none where nothing is to choose."""
    if question.type is AnswerType.YES_NO:
        return {YES: tongue.gettext(_YES_LABEL), NO: tongue.gettext(_NO_LABEL)}
    return {option.key: tongue.gettext(option.label) for option in question.options}


def _shown(answer: Answer | None, labels: Mapping[str, str], tongue: Language, *, numeric: bool) -> Value:
    if answer is None:
        return None
    if answer.value == NOT_KNOWN:
        return tongue.gettext(NOT_KNOWN_LABEL)
    if answer.value == _NOT_APPLICABLE:
        return tongue.gettext(NOT_APPLICABLE_LABEL)
    if numeric and Decimal(format(float(answer.value), ".15g")) == Decimal(answer.value):
        return Decimal(answer.value)  # as a number, which cannot be misread
    return labels.get(answer.value, answer.value)


def condition_words(condition: Condition, standard: Standard, tongue: Language) -> str:
    """Say in words when a question is to be answered."""
    asked, test = standard.questions[condition.question], condition.test
    if test.words:
        labels = labels_of(asked, tongue)
        words = " / ".join(labels[word] for word in test.words)
        return tongue.render(message("“{question:term}” is answered with: {words}.", question=asked.ask, words=words))
    if test.above is not None:
        return tongue.render(
            message("“{question:term}” is above {limit:number}.", question=asked.ask, limit=str(test.above))
        )
    return tongue.render(
        message("“{question:term}” is below {limit:number}.", question=asked.ask, limit=str(test.below))
    )


def read_questionnaire(path: Path, standard: Standard, *, name: str | None = None) -> FilledForm:
    """Read a workbook that `write_questionnaire` made and somebody filled in.

    An answer that cannot be used is refused with file, sheet, row, column and reason, and the others are taken.
    `name` is how messages call the file. Raises AnswerError where no sheet is such a form, and the errors of reading a
    file.
    """
    sheets = list(read_sheets(path, name=name))
    found = next(((sheet, top) for sheet in sheets if (top := _names(sheet)) is not None), None)
    if found is None:
        raise AnswerError(
            message("No sheet is a questionnaire of Fairlead."),
            where=Where(file=name or path.name),
            do=message("Fill in the workbook that was sent, or read it as another template."),
        )
    answers: dict[str, Answer] = {}
    refused: list[Refusal] = []
    not_applicable: dict[str, str] = {}
    sheet, (first, places) = found
    for row in range(first + 2, len(sheet.rows)):
        _read_row(sheet, row, places, standard, answers, not_applicable, refused)
    cover = _cover_of(sheets)
    return FilledForm(
        subject_id=cover.get(SUBJECT, ""),
        standard=cover.get(STANDARD, ""),
        questionnaire=cover.get(QUESTIONNAIRE, ""),
        answers={key: answers[key] for key in standard.questions if key in answers},
        refused=tuple(refused),
        source_sha256=file_hash(path),
        not_applicable={key: not_applicable[key] for key in standard.questions if key in not_applicable},
    )


def _names(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Return the row of the columns' names, from 0, and the place of each; None where the sheet has no such row."""
    for number, row in enumerate(sheet.rows):
        places = {cell: place for place, cell in enumerate(row) if cell in _NAMES}
        if {KEY, "reason", "wanted", ANSWER} <= places.keys():
            return number, places
    return None


def _read_row(
    sheet: Sheet,
    row: int,
    places: Mapping[str, int],
    standard: Standard,
    answers: dict[str, Answer],
    not_applicable: dict[str, str],
    refused: list[Refusal],
) -> None:
    def cell(field: str) -> str:
        place, cells = places.get(field, len(sheet.rows[row])), sheet.rows[row]
        text = cells[place] if place < len(cells) else ""
        return text if type(text) is not str else text_of_form(text)

    key, text = clean(cell(KEY)), cell(ANSWER)
    if not key and not text:
        return
    where = Where(sheet.file, sheet.sheet, row + 1, column_letter(places[ANSWER]))
    question = standard.questions.get(key)
    if question is None:
        reason = message("The standard has no question “{key}” in this version.", key=key)
        refused.append(Refusal(where, reason, key, text))
        return
    if said_not_to_apply(text) and key not in answers and key not in not_applicable:
        not_applicable[key] = cell(NOTE).strip()
        return
    found = understand(question, text, currency=cell(CURRENCY))
    if isinstance(found, Message):
        refused.append(Refusal(where, found, question.ask, text))
    elif found is not None and (key in answers or key in not_applicable):
        refused.append(Refusal(where, message("The question is answered twice."), question.ask, text))
    elif found is not None:
        answers[key] = Answer(
            key, *found, note=cell(NOTE), proof=_files(cell(PROOF)), locator=f"{sheet.sheet} {where.column}{row + 1}"
        )


def _files(text: str) -> tuple[str, ...]:
    return tuple(name for line in text.splitlines() for name in [line.strip()] if name)


def _cover_of(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """Return what the cover says to the program."""
    told: dict[str, str] = {}
    for sheet in sheets:
        for row in sheet.rows:
            if len(row) > 2 and row[0] in (SUBJECT, STANDARD, QUESTIONNAIRE):  # noqa: PLR2004 - name, label, text
                told.setdefault(str(row[0]), text_of_form(row[2]))
    return told
