"""Answers to the questions of a standard: what was written, read into one canonical form or refused with a reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

import orjson

from fairlead.errors import AnswerError
from fairlead.language import LANGUAGES, Language
from fairlead.model.message import Message, message
from fairlead.read.amount import AmountReading, read_amount
from fairlead.read.currency import find_currency
from fairlead.read.sheet import Number
from fairlead.read.words import cell_key, cell_words, clean
from fairlead.standard.provisions import NO, NOT_KNOWN, YES, AnswerType, Question, Standard

#: The longest text that is taken as an answer, in characters; a cell of a spreadsheet holds little more.
LONGEST_TEXT: Final = 10_000

#: The words for not knowing that a form offers; other words for it stand in cell_words.yaml.
NOT_KNOWN_LABEL: Final = message("We do not know").template

#: By these words a form lets somebody say that a question does not concern them; it is no answer to the question, says
#: nothing as evidence, and stands with the reason that is given in the remark.
NOT_APPLICABLE_LABEL: Final = message("Does not apply to us").template

_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][0-9:.]*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Answer:
    """What was answered to one question.

    `value` is in canonical form: yes or no, an option's key, a number with a point, a date in ISO 8601, a text, the
    name of a file, or not_known. `currency` is the ISO 4217 code of an amount of money. `confidence` (0 to 1) is how
    sure it is that this question was answered, less than 1 where a question of another template was taken for it.
    `locator` is where the answer stands in a file.
    """

    question: str
    value: str
    currency: str | None = None
    note: str = ""
    proof: tuple[str, ...] = ()
    locator: str = ""
    confidence: float = 1.0


#: The answers of one questionnaire by the keys of their questions.
Answers = Mapping[str, Answer]


def read_answer(
    question: Question,
    text: str,
    *,
    currency: str = "",
    note: str = "",
    proof: tuple[str, ...] = (),
    locator: str = "",
    confidence: float = 1.0,
) -> Answer | None:
    """Read what was written as the answer to a question; None where nothing was.

    Words are understood in all languages of the catalogues. A number that can be read in two ways, such as 1,234, is
    refused rather than guessed. Raises AnswerError when it is no answer to the question.
    """
    found = understand(question, text, currency=currency)
    if isinstance(found, Message):
        raise AnswerError(
            message("The answer to “{question:term}” cannot be used.", question=question.ask),
            why=found,
            do=message("Correct it, or write that you do not know."),
        )
    if found is None:
        return None
    value, code = found
    return Answer(question.key, value, code, clean(note), proof, locator, confidence)


#: What came of a text: its canonical form with the currency of money, why it is no answer, or nothing.
Understood = tuple[str, str | None] | Message | None


def understand(question: Question, text: str, *, currency: str = "") -> Understood:
    """Return the canonical form of an answer and its currency, the reason why it is none, or None where it is empty."""
    if question.type in (AnswerType.TEXT, AnswerType.FILE):
        text = plain_text(text)
    elif type(text) is str:
        text = clean(text)
    if not text:
        return None
    if text == NOT_KNOWN or cell_key(text) in _not_known():
        return NOT_KNOWN, None
    return _READ[question.type](question, text, currency)


def plain_text(text: str) -> str:
    """Return a text without control characters and outer spaces, its lines ended alike."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _yes_no(_question: Question, text: str, _currency: str) -> Understood:
    key = cell_key(text)
    if key in cell_words("affirmed"):
        return YES, None
    if key in cell_words("denied"):
        return NO, None
    return message("“{value}” is neither yes nor no.", value=text)


def _choice(question: Question, text: str, _currency: str) -> Understood:
    key = cell_key(text)
    for option in question.options:
        if key == option.key or any(key == cell_key(language.gettext(option.label)) for language in _languages()):
            return option.key, None
    return message("“{value}” is none of the answers to choose from.", value=text)


def _number(_question: Question, text: str, _currency: str) -> Understood:
    reading = read_amount(text.removesuffix("%").rstrip() if type(text) is str else text, frozenset())
    return _positive(text, reading)


def _positive(text: str, reading: AmountReading) -> tuple[str, str | None] | Message:
    if reading.amount is None:
        return message("“{value}” cannot be read as one number without doubt.", value=str(text))
    if reading.amount < 0:
        return message("“{value}” is below zero.", value=str(text))
    return number_text(reading.amount), None


def _money(_question: Question, text: str, currency: str) -> Understood:
    reading = read_amount(text, frozenset())
    amount = _positive(text, reading)
    if isinstance(amount, Message):
        return amount
    code = find_currency(clean(currency)) if clean(currency) else find_currency(reading.words)
    if code is None:
        return message("“{value}” has no currency that is known.", value=str(text))
    return amount[0], code


def _date(_question: Question, text: str, _currency: str) -> Understood:
    iso, day_first = _ISO_DATE.fullmatch(text), _DAY_FIRST.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat(), None
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1])).isoformat(), None
    except ValueError:
        pass  # such as 31 February
    return message("“{value}” is no date such as 2026-01-31 or 31.01.2026.", value=text)


def _text(_question: Question, text: str, _currency: str) -> Understood:
    if len(text) > LONGEST_TEXT:
        return message(
            "The text has {length:number} characters; the limit is {limit:number}.",
            length=str(len(text)),
            limit=str(LONGEST_TEXT),
        )
    return text, None


_READ: Final[Mapping[AnswerType, Callable[[Question, str, str], Understood]]] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.CHOICE: _choice,
    AnswerType.NUMBER: _number,
    AnswerType.MONEY: _money,
    AnswerType.DATE: _date,
    AnswerType.TEXT: _text,
    AnswerType.FILE: _text,
}


def number_text(value: Decimal) -> str:
    """Write a number in canonical form: a point, no exponent, no zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _languages() -> tuple[Language, ...]:
    return tuple(Language(code) for code in LANGUAGES)


@cache
def _not_known() -> frozenset[str]:
    told = {cell_key(language.gettext(NOT_KNOWN_LABEL)) for language in _languages()}
    return (cell_words("missing") - cell_words("denied")) | told


def said_not_to_apply(text: str) -> bool:
    """Say whether somebody wrote that a question does not apply, in the words of the form in any language."""
    return type(text) is str and cell_key(clean(text)) in _not_applicable()


@cache
def _not_applicable() -> frozenset[str]:
    return frozenset(cell_key(language.gettext(NOT_APPLICABLE_LABEL)) for language in _languages())


def applies(question: Question, answers: Answers) -> bool:
    """Say whether a question is to be asked after these answers: whether each of its conditions holds."""
    return all(
        condition.question in answers and condition.test.holds(answers[condition.question].value)
        for condition in question.when
    )


def checked(standard: Standard, answers: Answers) -> tuple[Answer, ...]:
    """Return the answers in the order of the standard's questions.

    Raises AnswerError where an answer belongs to no question of the standard, stands under another key or is not in
    canonical form.
    """
    for key, answer in sorted(answers.items()):
        if key not in standard.questions or answer.question != key:
            raise AnswerError(
                message("The standard has no question “{key}”.", key=key),
                do=message("Use the standard that was asked with."),
            )
        again = understand(
            standard.questions[key], _as_stored(standard.questions[key], answer), currency=answer.currency or ""
        )
        if again != (answer.value, answer.currency):
            raise AnswerError(
                message("The answer to “{key}” is not in canonical form.", key=key),
                do=message("Read it with read_answer."),
            )
    return tuple(answers[key] for key in standard.questions if key in answers)


def _as_stored(question: Question, answer: Answer) -> str:
    """Return an answer as a workbook would give it: a number in canonical form cannot be misread."""
    numeric = question.type in (AnswerType.NUMBER, AnswerType.MONEY) and answer.value != NOT_KNOWN
    return Number(answer.value) if numeric else answer.value


def answers_sha256(standard: Standard, answers: Answers) -> str:
    """Return the SHA-256, in hexadecimal digits, of a standard's version and all that was answered, in any order."""
    content = [
        [one.question, one.value, one.currency, one.note, sorted(one.proof), one.confidence]
        for one in checked(standard, answers)
    ]
    return hashlib.sha256(orjson.dumps([standard.version, content])).hexdigest()
