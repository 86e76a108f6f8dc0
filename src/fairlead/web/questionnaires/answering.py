"""Saves what a supplier writes, question by question, so that two people do not overwrite each other's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from fairlead.model.message import Message
from fairlead.standard import NOT_KNOWN, AnswerType, Asked, Question, understand
from fairlead.standard import Answer as Given
from fairlead.standard.answers import LONGEST_TEXT, plain_text
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.questionnaires.answers import answers_of, progress
from fairlead.web.questionnaires.asking import asked_of
from fairlead.web.questionnaires.models import NOT_APPLICABLE, Answer, Questionnaire, State
from fairlead.web.records.change import as_seen
from fairlead.web.site.templatetags.words import reader

LONGEST_NOTE: Final = 4_000
_OFFERED: Final = frozenset({NOT_KNOWN, NOT_APPLICABLE})
_TO_CHOOSE: Final = (AnswerType.YES_NO, AnswerType.CHOICE)

#: The fields of an answer that a form says.
FIELDS: Final = ("value", "currency", "typed", "note")


class NotOpen(Exception):
    """The questionnaire takes no answers now: it was sent in, cancelled or taken into the evidence meanwhile."""


@dataclass(frozen=True)
class Written:
    """What a form says about one question; `problem` says why `typed` could not be read."""

    value: str = ""
    currency: str = ""
    typed: str = ""
    note: str = ""
    problem: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the answer."""
        return {name: getattr(self, name) for name in FIELDS}


@dataclass
class Outcome:
    """What came of a form: what was saved, what could not be read, and what somebody else had answered meanwhile."""

    saved: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Written] = field(default_factory=dict)


def written(question: Question, form: QueryDict, before: Answer | None) -> Written:
    """Return what a form says about a question.

    The fields of a form are a-KEY (the answer), x-KEY (answer, not_known or not_applicable), c-KEY (currency) and
    n-KEY (a remark). An answer that stands there as it was kept is taken as it was kept.
    """
    key = question.key
    text = plain_text(form.get(f"a-{key}", ""))[: LONGEST_TEXT + 1]
    note = plain_text(form.get(f"n-{key}", ""))[:LONGEST_NOTE]
    currency = plain_text(form.get(f"c-{key}", ""))[:40]
    offered = form.get(f"x-{key}", "")
    kept = before.value if before and before.value not in _OFFERED else ""
    if text in _OFFERED and question.type in _TO_CHOOSE:
        return Written(text, note=note)
    if offered in _OFFERED and (not text or text == kept):
        return Written(offered, note=note)
    if text and before and text == before.value and currency == before.currency:
        return Written(before.value, before.currency, note=note)
    found = understand(question, text, currency=currency)
    if isinstance(found, Message):
        return Written("", "", text if len(text) <= LONGEST_TEXT else "", note, reader().render(found))
    return Written(note=note) if found is None else Written(found[0], found[1] or "", note=note)


def _mine(form: QueryDict) -> QueryDict:
    """Return the form with one's own answer, where somebody has chosen it over what another had answered meanwhile."""
    key = form.get("take-mine", "")
    if not key:
        return form
    changed = form.copy()
    for name in ("a", "x", "c", "n"):
        changed[f"{name}-{key}"] = form.get(f"m{name}-{key}", "")
    return changed


def save(
    one: Questionnaire, asked: Sequence[Asked], form: QueryDict, *, by: User | None, page: str = ""
) -> tuple[Questionnaire, Outcome]:
    """Save what a form says about some questions; v-KEY is the version of each answer that the page showed.

    What somebody else has answered since, and this form would overwrite, is left and told. Raises NotOpen.
    """
    form, outcome = _mine(form), Outcome()
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=one.pk)
        if not locked.with_supplier:
            raise NotOpen
        before = answers_of(locked)
        for each in asked:
            if f"v-{each.question.key}" in form:
                _save_one(locked, each.question, form, before.get(each.question.key), outcome, page)
        if outcome.saved:
            after_saving(locked)
            record(
                "questionnaire.answered",
                organisation=locked.organisation,
                actor=by,
                subject=f"questionnaire {locked.pk}",
                detail={"questions": len(outcome.saved)},
                by="supplier" if by else "supplier link",
            )
    return locked, outcome


def after_saving(one: Questionnaire) -> None:
    """Bring the counts and the state of a questionnaire up to date after its answers have changed."""
    done = progress(asked_of(one), answers_of(one))
    one.asked_count, one.answered_count = len(done.applying), len(done.answered)
    if one.state in {State.SENT, State.OPENED}:
        one.state = State.SAVED
    one.save(update_fields=["asked_count", "answered_count", "state"])


def _save_one(
    one: Questionnaire, question: Question, form: QueryDict, before: Answer | None, outcome: Outcome, page: str
) -> None:
    told = written(question, form, before)
    if told.problem:
        outcome.problems[question.key] = told.problem
    now = {name: getattr(before, name) if before else "" for name in FIELDS}
    if told.fields == now:
        return
    seen = form.get(f"v-{question.key}", "")
    version = before.version if before else 0
    if seen != str(version) and not (page and before and before.page == page):
        if told.fields != _seen(before, seen):
            outcome.conflicts[question.key] = told
        return
    keep_answer(one, question.key, told.fields, before, page=page)
    outcome.saved.append(question.key)


def _seen(before: Answer | None, seen: str) -> Mapping[str, str]:
    """Return the fields of an answer as the page showed them."""
    earlier = as_seen(before, int(seen)) if before and seen.isascii() and seen.isdigit() and seen != "0" else None
    return {name: getattr(earlier, name) if earlier else "" for name in FIELDS}


def keep_answer(
    one: Questionnaire,
    key: str,
    fields: Mapping[str, str],
    before: Answer | None,
    *,
    page: str = "",
    locator: str = "",
    confidence: float = 1.0,
    reused_from: Answer | None = None,
) -> Answer:
    """Keep an answer in place of the one that is there."""
    answer = before or Answer(questionnaire=one, question=key, version=0)
    for name in FIELDS:
        setattr(answer, name, fields.get(name, ""))
    answer.page, answer.locator, answer.confidence, answer.reused_from = page, locator, confidence, reused_from
    answer.version += 1
    answer.save()
    return answer


def submit(one: Questionnaire, *, by: User | None) -> Questionnaire:
    """Send the answers in; from then on they are read-only until they are returned. Raises NotOpen."""
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=one.pk)
        if not locked.with_supplier:
            raise NotOpen
        after_saving(locked)
        locked.state, locked.submitted_at = State.SUBMITTED, timezone.now()
        locked.version += 1
        locked.save(update_fields=["state", "submitted_at", "version"])
        record(
            "questionnaire.submitted",
            organisation=locked.organisation,
            actor=by,
            subject=f"questionnaire {locked.pk}",
            detail={"answered": locked.answered_count, "asked": locked.asked_count},
            by="supplier" if by else "supplier link",
        )
    return locked


def take_answers(
    one: Questionnaire, given: Mapping[str, Given], *, by: User | None, how: str, source_sha256: str = ""
) -> int:
    """Put answers from a file in place of those that are there; return how many were new or other.

    `how` says in the log who brought them. Call it within a transaction that has locked the questionnaire.
    """
    before, keys, count = answers_of(one), set(one.keys), 0
    for key, answer in given.items():
        if key not in keys:
            continue
        fields = {"value": answer.value, "currency": answer.currency or "", "typed": "", "note": answer.note}
        kept = before.get(key)
        if kept and all(getattr(kept, name) == value for name, value in fields.items()):
            continue
        keep_answer(one, key, fields, kept, locator=answer.locator[:200], confidence=answer.confidence)
        count += 1
    if source_sha256:
        one.source_sha256 = source_sha256
        one.save(update_fields=["source_sha256"])
    after_saving(one)
    record(
        "questionnaire.answers_read",
        organisation=one.organisation,
        actor=by,
        subject=f"questionnaire {one.pk}",
        detail={"questions": count},
        by=how,
    )
    return count
