"""What answers become as evidence: rows of the supplier's own word, for as long as each answer stands."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import content_id
from fairlead.model.message import Message, message
from fairlead.model.schemas import EVIDENCE
from fairlead.model.vocabulary import AssertedBy, SubjectKind, Visibility
from fairlead.risk.cards import Cards, Group, shipped_cards
from fairlead.standard.answers import Answer, Answers, answers_sha256, checked
from fairlead.standard.provisions import NO, NOT_KNOWN, YES, AnswerType, Effect, Question, Standard

_WORDS: Final = {YES: "Yes", NO: "No"}


@dataclass(frozen=True)
class AnswerEvidence:
    """The EVIDENCE rows that answers have become, and what they leave open.

    `expires` is, by evidence_id, the first day on which the answer no longer stands. `not_known` are the questions that
    were answered with not knowing: no data, which is neither good nor bad.
    """

    evidence: pa.Table
    expires: Mapping[str, date]
    not_known: tuple[str, ...]

    def in_force(self, as_of: date) -> pa.Table:
        """Return the rows whose answers still stand on a day."""
        standing = sorted(key for key, day in self.expires.items() if as_of < day)
        return self.evidence.filter(pc.is_in(self.evidence["evidence_id"], value_set=pa.array(standing, pa.string())))


def evidence_from(
    standard: Standard,
    answers: Answers,
    *,
    subject_id: str,
    answered_on: date,
    source_sha256: str | None = None,
    subject_kind: SubjectKind = SubjectKind.PARTY,
    cards: Cards | None = None,
) -> AnswerEvidence:
    """Return what the answers of one subject, given on one day, say as evidence.

    `source_sha256` is the hash of the file they came in; without one, the hash of the answers stands as source. All
    rows of one subject share a cluster, because ten answers of one company are one source and not ten; those about the
    workforce share the one of the supplier list, so that the same is not counted twice. What lowers an estimate counts
    only where the card's own rules let it, and a denial is kept and weighs nothing. Free texts, notes and files go into
    no row: they may hold what somebody told in confidence.

    Raises AnswerError where an answer belongs to no question of the standard, or is not in canonical form.
    """
    cards, given = cards or shipped_cards(), checked(standard, answers)
    common = {
        "subject_kind": str(subject_kind),
        "subject_id": subject_id,
        "source_id": source_sha256 or answers_sha256(standard, answers),
        "source_sha256": source_sha256,
        "edition": standard.version,
        "asserted_by": str(AssertedBy.SELF),
        "event_date": answered_on.isoformat(),
        "visibility": str(Visibility.ORGANISATION),
    }
    rows, expires = [], {}
    for answer in given:
        question = standard.questions[answer.question]
        for row in _rows(question, answer, common, cards):
            rows.append(row)
            expires[row["evidence_id"]] = months_later(answered_on, question.holds_months)
    rows.sort(key=lambda row: str(row["evidence_id"]))
    not_known = tuple(answer.question for answer in given if answer.value == NOT_KNOWN)
    return AnswerEvidence(pa.Table.from_pylist(rows, schema=EVIDENCE), expires, not_known)


def effects(question: Question, answer: Answer) -> Iterator[Effect]:
    """Yield what an answer says, as findings."""
    return (effect for effect in question.says if effect.test.holds(answer.value))


def _rows(question: Question, answer: Answer, common: Mapping[str, Any], cards: Cards) -> Iterator[dict[str, Any]]:
    for effect in effects(question, answer):
        card, subject = cards[effect.finding], common["subject_id"]
        yield {
            **common,
            "evidence_id": content_id(
                "evd", subject, question.key, answer.value, effect.finding, str(effect.polarity), common["event_date"]
            ),
            "finding": effect.finding,
            "indicator": str(card.indicators[0]) if len(card.indicators) == 1 else None,
            "polarity": str(effect.polarity),
            "value": effect.value,
            "unit": None,
            "locator": answer.locator or question.key,
            "verified_by": None,
            "confidence": effect.confidence * answer.confidence,
            "cluster_key": str(card.group) if card.group is Group.WORKFORCE else f"self:{subject}",
            "text": told(question, answer).to_arrow(),
        }


def told(question: Question, answer: Answer) -> Message:
    """Return an answer as a sentence; a text or a file is named and not quoted."""
    if answer.value == NOT_KNOWN:
        return message("The supplier's own answer. {question:term} Not known.", question=question.ask)
    if question.type in (AnswerType.YES_NO, AnswerType.CHOICE):
        labels = _WORDS | {option.key: option.label for option in question.options}
        return message(
            "The supplier's own answer. {question:term} {answer:term}.",
            question=question.ask,
            answer=labels[answer.value],
        )
    if question.type is AnswerType.NUMBER:
        return message(
            "The supplier's own answer. {question:term} {answer:number} {unit:term}.",
            question=question.ask,
            answer=answer.value,
            unit=question.unit,
        )
    if question.type is AnswerType.MONEY:
        return message(
            "The supplier's own answer. {question:term} {answer:number} {currency}.",
            question=question.ask,
            answer=answer.value,
            currency=answer.currency or "",
        )
    if question.type is AnswerType.DATE:
        return message(
            "The supplier's own answer. {question:term} {answer:date}.", question=question.ask, answer=answer.value
        )
    return message("The supplier's own answer. {question:term} Answered in its own words.", question=question.ask)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
