"""Questions and answers as pages and files show them, in the reader's language. No reason of the organisation's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from fairlead.language import Language
from fairlead.standard import NOT_KNOWN, AnswerType, Asked, Question, Standard, condition_words, labels_of
from fairlead.standard import Questionnaire as AskedAll
from fairlead.standard.answers import NOT_KNOWN_LABEL
from fairlead.web.questionnaires.answering import Written
from fairlead.web.questionnaires.answers import Progress
from fairlead.web.questionnaires.models import NOT_APPLICABLE, Answer, Proof
from fairlead.web.site.templatetags.words import reader

#: Kinds of answers whose field takes a line, and what a phone's keyboard should offer.
_INPUT_MODES: Final = {AnswerType.NUMBER: "decimal", AnswerType.MONEY: "decimal"}


@dataclass(frozen=True)
class ShownQuestion:
    """One question with its answer, as a supplier sees it."""

    key: str
    ask: str
    reason: str
    only_if: str
    type: str
    unit: str
    proof_wanted: str
    choices: Sequence[tuple[str, str]]
    input_mode: str
    applies: bool
    answered: bool
    value: str
    currency: str
    note: str
    version: int
    answer_words: str
    proofs: Sequence[Proof]
    problem: str = ""
    mine: Written | None = None
    mine_words: str = ""
    earlier: Any = None

    @property
    def offered(self) -> str:
        """Which of answer, not_known and not_applicable is on, for questions that are answered in a field."""
        return self.value if self.value in (NOT_KNOWN, NOT_APPLICABLE) else "answer"

    @property
    def in_field(self) -> str:
        """What stands in the field."""
        return "" if self.value in (NOT_KNOWN, NOT_APPLICABLE) else self.value


@dataclass(frozen=True)
class Section:
    """One chapter of a questionnaire."""

    key: str
    title: str
    questions: Sequence[ShownQuestion]
    answered: int = 0
    applying: int = 0


@dataclass(frozen=True)
class About:
    """What is needed to show a questionnaire: its standard, questions, answers, files, and how far it is."""

    standard: Standard
    asked: AskedAll
    answers: Mapping[str, Answer]
    proofs: Mapping[str, list[Proof]]
    done: Progress
    problems: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Written] = field(default_factory=dict)
    earlier: Mapping[str, Any] = field(default_factory=dict)


def sections(about: About) -> list[Section]:
    """Return the chapters that have questions, in the order of the standard."""
    tongue = reader()
    made = []
    for topic, title in about.standard.topics.items():
        asked = [one for one in about.asked.asked if one.provision.topic == topic]
        if asked:
            answered, applying = about.done.by_topic.get(topic, (0, 0))
            shown = [shown_question(one, about, tongue) for one in asked]
            made.append(Section(topic, tongue.gettext(title), shown, answered, applying))
    return made


def shown_question(one: Asked, about: About, tongue: Language) -> ShownQuestion:
    """Return one question with its answer."""
    question, answer = one.question, about.answers.get(one.question.key)
    labels = labels_of(question, tongue) if question.type in (AnswerType.YES_NO, AnswerType.CHOICE) else {}
    mine = about.conflicts.get(question.key)
    return ShownQuestion(
        key=question.key,
        ask=tongue.gettext(question.ask),
        reason=tongue.render(one.reason),
        only_if=" ".join(condition_words(condition, about.standard, tongue) for condition in question.when),
        type=str(question.type),
        unit=tongue.gettext(question.unit) if question.unit else "",
        proof_wanted=tongue.gettext(question.proof) if question.proof else "",
        choices=list(labels.items()),
        input_mode=_INPUT_MODES.get(question.type, "text"),
        applies=question.key in about.done.applying,
        answered=question.key in about.done.answered,
        value=(answer.value or answer.typed) if answer else "",
        currency=answer.currency if answer else "",
        note=answer.note if answer else "",
        version=answer.version if answer else 0,
        answer_words=words_of(question, answer, tongue),
        proofs=about.proofs.get(question.key, []),
        problem=about.problems.get(question.key, ""),
        mine=mine,
        mine_words=_words(question, mine.value or mine.typed, mine.currency, tongue) if mine else "",
        earlier=about.earlier.get(question.key),
    )


def words_of(question: Question, answer: Answer | None, tongue: Language) -> str:
    """Return an answer in words, empty where there is none yet."""
    return _words(question, answer.value, answer.currency, tongue) if answer and answer.value else ""


def _words(question: Question, value: str, currency: str, tongue: Language) -> str:
    if value == NOT_APPLICABLE:
        return _("Does not apply to us")
    labels = {**labels_of(question, tongue), NOT_KNOWN: tongue.gettext(NOT_KNOWN_LABEL)}
    if value in labels:
        return labels[value]
    try:
        return _WRITE[question.type](value, currency, tongue, question) if question.type in _WRITE else value
    except (ValueError, ArithmeticError):
        return value  # typed, and not readable


_WRITE: Final[Mapping[AnswerType, Callable[[str, str, Language, Question], str]]] = {
    AnswerType.NUMBER: lambda value, _currency, tongue, question: (
        f"{tongue.number(value)} {tongue.gettext(question.unit)}"
    ),
    AnswerType.MONEY: lambda value, currency, tongue, _question: f"{tongue.number(value)} {currency}",
    AnswerType.DATE: lambda value, _currency, tongue, _question: tongue.date(value),
}


def rows(about: About, *, keys: Iterable[str] | None = None) -> list[tuple[str, str, str, str, str]]:
    """Return chapter, question, answer, remark and names of files of each question that applies, for a file."""
    tongue, wanted = reader(), set(keys) if keys is not None else None
    made = []
    for one in about.asked.asked:
        question = one.question
        if question.key not in about.done.applying or (wanted is not None and question.key not in wanted):
            continue
        answer = about.answers.get(question.key)
        made.append(
            (
                tongue.gettext(about.standard.topics[one.provision.topic]),
                tongue.gettext(question.ask),
                words_of(question, answer, tongue) or _("not answered"),
                answer.note if answer else "",
                "\n".join(proof.name for proof in about.proofs.get(question.key, [])),
            )
        )
    return made
