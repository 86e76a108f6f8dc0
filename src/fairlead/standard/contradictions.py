"""Where an answer cannot be right beside something else that is known. Both are shown; which holds is for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import AssertedBy, Polarity, SubjectKind, Visibility
from fairlead.standard.answers import Answer, Answers, answers_sha256, applies, checked
from fairlead.standard.evidence import effects, told
from fairlead.standard.provisions import NOT_KNOWN, ContradictionRule, Standard


class SourceKind(StrEnum):
    """What stands against an answer."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    LINK = "link"


@dataclass(frozen=True)
class Side:
    """One of two sources that contradict each other: what it is, its id (or a question's key), and what it says.

    `restricted` is set for what the supplier must not be shown, such as a signal from a worker.
    """

    kind: SourceKind
    id: str
    text: Message
    restricted: bool = False


@dataclass(frozen=True)
class Contradiction:
    """An answer, what it cannot be right beside, and the sentence that says so."""

    key: str
    subject_id: str
    answer: Side
    other: Side
    sentence: Message

    @property
    def restricted(self) -> bool:
        """Whether the supplier must not learn of it, because it could lead back to a worker who spoke."""
        return self.answer.restricted or self.other.restricted


def contradictions(
    standard: Standard,
    answers: Answers,
    *,
    subject_id: str,
    evidence: pa.Table | None = None,
    links: pa.Table | None = None,
    source_sha256: str | None = None,
) -> tuple[Contradiction, ...]:
    """Return where one subject's answers contradict each other, other evidence about it, and links.

    `evidence` and `links` are EVIDENCE and LINK tables of any subjects. Rows that these very answers have become are
    left out; `source_sha256` is the hash of the file they came in, if any. A contradiction is a reason to find out and
    no finding. Sorted by question and then by what stands against it.

    Raises AnswerError where an answer belongs to no question of the standard.
    """
    given = {answer.question: answer for answer in checked(standard, answers)}
    own = {answers_sha256(standard, answers), source_sha256}
    found = [
        *_not_to_be_asked(standard, given, subject_id),
        *_against_evidence(standard, given, subject_id, _about(evidence, subject_id, own)),
        *_by_rule(standard, given, subject_id, _rows(links)),
    ]
    order = {key: place for place, key in enumerate(standard.questions)}
    return tuple(sorted(found, key=lambda one: (order[one.answer.id], one.key, one.other.kind, one.other.id)))


def _side(standard: Standard, answer: Answer) -> Side:
    return Side(SourceKind.ANSWER, answer.question, told(standard.questions[answer.question], answer))


def _not_to_be_asked(standard: Standard, given: Answers, subject_id: str) -> Iterator[Contradiction]:
    """Yield answers to questions that other answers have made void."""
    for key, answer in given.items():
        question = standard.questions[key]
        if answer.value == NOT_KNOWN or applies(question, given):
            continue
        for condition in question.when:
            other = given.get(condition.question)
            if other and other.value != NOT_KNOWN and not condition.test.holds(other.value):
                yield Contradiction(
                    "void_question",
                    subject_id,
                    _side(standard, answer),
                    _side(standard, other),
                    message("A question is answered that another answer leaves without object."),
                )


def _against_evidence(
    standard: Standard, given: Answers, subject_id: str, rows: Iterable[Mapping[str, Any]]
) -> Iterator[Contradiction]:
    """Yield answers that deny what evidence on the same card says, or say what it denies."""
    opposite = {Polarity.SUPPORTS: Polarity.CONTRADICTS, Polarity.CONTRADICTS: Polarity.SUPPORTS}
    by_finding: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_finding.setdefault((row["finding"], row["polarity"] or Polarity.SUPPORTS), []).append(row)
    for key, answer in given.items():
        for effect in effects(standard.questions[key], answer):
            against = opposite.get(effect.polarity)
            for row in by_finding.get((effect.finding, str(against)), ()):
                yield Contradiction(
                    effect.finding, subject_id, _side(standard, answer), _evidence_side(row), _sentence(row)
                )


def _evidence_side(row: Mapping[str, Any]) -> Side:
    restricted = row["visibility"] == Visibility.RESTRICTED or row["asserted_by"] == AssertedBy.WORKER_SIGNAL
    return Side(SourceKind.EVIDENCE, row["evidence_id"], Message.from_arrow(row["text"]), restricted)


def _sentence(row: Mapping[str, Any]) -> Message:
    if row["event_date"]:
        return message(
            "The answer and evidence of {date:date} say different things. Find out which holds.", date=row["event_date"]
        )
    return message("The answer and evidence without a date say different things. Find out which holds.")


def _by_rule(
    standard: Standard,
    given: Answers,
    subject_id: str,
    links: list[dict[str, Any]],
) -> Iterator[Contradiction]:
    for rule in standard.contradictions:
        answer = given.get(rule.question)
        if answer is None or answer.value == NOT_KNOWN or (rule.test and not rule.test.holds(answer.value)):
            continue
        for other in _others(standard, rule, answer, given, subject_id, links):
            yield Contradiction(rule.key, subject_id, _side(standard, answer), other, Message(rule.sentence))


def _others(
    standard: Standard,
    rule: ContradictionRule,
    answer: Answer,
    given: Answers,
    subject_id: str,
    links: list[dict[str, Any]],
) -> Iterator[Side]:
    """Yield what stands against an answer by one rule."""
    if rule.other and rule.other.question in given and rule.other.test.holds(given[rule.other.question].value):
        yield _side(standard, given[rule.other.question])
    if rule.above_answer and _exceeds(answer, given.get(rule.above_answer)):
        yield _side(standard, given[rule.above_answer])
    if rule.link:
        for link in links:
            if link["kind"] == rule.link and link[f"{rule.link_end}_id"] == subject_id:
                yield Side(SourceKind.LINK, link["link_id"], Message(rule.sentence))


def _exceeds(answer: Answer, limit: Answer | None) -> bool:
    return limit is not None and limit.value != NOT_KNOWN and Decimal(answer.value) > Decimal(limit.value)


def _about(evidence: pa.Table | None, subject_id: str, own: set[str | None]) -> list[dict[str, Any]]:
    """Return what is on record about the subject, apart from what comes from the answers themselves."""
    if evidence is None:
        return []
    party = pc.equal(evidence["subject_kind"], str(SubjectKind.PARTY))
    rows = evidence.filter(pc.and_(party, pc.equal(evidence["subject_id"], subject_id))).to_pylist()
    return [row for row in rows if row["source_id"] not in own]


def _rows(links: pa.Table | None) -> list[dict[str, Any]]:
    return [] if links is None else list(links.select(["link_id", "from_id", "to_id", "kind"]).to_pylist())
