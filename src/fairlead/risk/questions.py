"""The questions that can be asked about a supplier, from the reference table questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.model.vocabulary import AssertedBy
from fairlead.reference import load_yaml
from fairlead.risk.cards import shipped_cards

FILE: Final = "questions.yaml"


@dataclass(frozen=True)
class Question:
    """What can be asked: the cards its answers are (empty where no card), who answers, and `shown`.

    `shown` is the share of workplaces with forced labour where asking so finds the problem (see `forecast`); elicited.
    """

    key: str
    ask: str
    found: str
    clean: str
    by: AssertedBy
    shown: float


def shipped_questions() -> tuple[Question, ...]:
    """Return the questions of the reference pack. Raises InvalidReference when one is malformed."""
    cards = shipped_cards()
    try:
        questions = tuple(
            Question(
                key=entry["key"],
                ask=entry["ask"],
                found=entry["found"],
                clean=entry["clean"],
                by=AssertedBy(entry["by"]),
                shown=float(entry["shown"]),
            )
            for entry in load_yaml("questions")["questions"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"cannot be read: {error!r}.", where=Where(file=FILE)) from error
    for question in questions:
        unknown = [key for key in (question.found, question.clean) if key and key not in cards]
        if unknown or not 0 < question.shown < 1 or not (question.found or question.clean):
            raise InvalidReference(f"the question “{question.key}” is malformed.", where=Where(file=FILE))
    return questions
