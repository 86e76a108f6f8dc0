"""The answers of a questionnaire as the engine takes them, and how many of the questions that apply are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairlead.standard import Answer as Given
from fairlead.standard import Answers, FilledForm, TemplateAnswers, applies
from fairlead.standard import Questionnaire as Asked
from fairlead.web.questionnaires.models import NOT_APPLICABLE, Answer, Proof, Questionnaire


def answers_of(one: Questionnaire) -> dict[str, Answer]:
    """Return the answers by the keys of their questions."""
    return {answer.question: answer for answer in one.answers.all()}


def proofs_of(one: Questionnaire) -> dict[str, list[Proof]]:
    """Return the files that are attached, by the keys of their questions."""
    found: dict[str, list[Proof]] = {}
    for proof in one.proofs.filter(removed_at=None).select_related("file").order_by("pk"):
        found.setdefault(proof.question, []).append(proof)
    return found


def for_engine(answers: Iterable[Answer], proofs: Mapping[str, list[Proof]] | None = None) -> dict[str, Given]:
    """Return answers as the engine's; that a question does not apply is none of its answers and is left out."""
    return {
        one.question: Given(
            one.question,
            one.value,
            one.currency or None,
            one.note,
            tuple(proof.name for proof in (proofs or {}).get(one.question, [])),
            one.locator,
            one.confidence,
        )
        for one in answers
        if one.value and one.value != NOT_APPLICABLE
    }


def said_not_to_apply(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the questions that were said not to apply, with the reasons."""
    return {one.question: one.note for one in answers if one.value == NOT_APPLICABLE}


def of_form(filled: FilledForm | TemplateAnswers) -> dict[str, Given]:
    """Return what a file says: answers, and, where it is Fairlead's own form, that questions do not apply."""
    reasons = filled.not_applicable if isinstance(filled, FilledForm) else {}
    return {**filled.answers, **{key: Given(key, NOT_APPLICABLE, note=reason) for key, reason in reasons.items()}}


@dataclass(frozen=True)
class Progress:
    """How many questions apply after the answers so far, and how many of them are answered, by chapter too."""

    applying: frozenset[str]
    answered: frozenset[str]
    by_topic: Mapping[str, tuple[int, int]]  # answered, applying

    @property
    def share(self) -> int:
        """The answered share in whole per cent."""
        return round(100 * len(self.answered) / len(self.applying)) if self.applying else 0

    @property
    def open(self) -> int:
        """How many questions are open."""
        return len(self.applying) - len(self.answered)


def progress(asked: Asked, answers: Mapping[str, Answer]) -> Progress:
    """Return how far a questionnaire is answered."""
    given: Answers = for_engine(answers.values())
    applying = [one for one in asked.asked if applies(one.question, given)]
    answered = {one.question.key for one in applying if (kept := answers.get(one.question.key)) and kept.value}
    topics: dict[str, tuple[int, int]] = {}
    for one in applying:
        done, count = topics.get(one.provision.topic, (0, 0))
        topics[one.provision.topic] = (done + (one.question.key in answered), count + 1)
    return Progress(frozenset(one.question.key for one in applying), frozenset(answered), topics)
