"""Earlier answers of the same company, offered to its own accounts only; taking one over is its own decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from fairlead.standard.evidence import months_later
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership
from fairlead.web.questionnaires.answering import NotOpen, after_saving, keep_answer
from fairlead.web.questionnaires.answers import answers_of
from fairlead.web.questionnaires.models import ANSWERED, Answer, Questionnaire
from fairlead.web.questionnaires.shown import words_of
from fairlead.web.site.templatetags.words import reader
from fairlead.web.standards.keep import standard_of


@dataclass(frozen=True)
class Earlier:
    """An earlier answer: its words, the day it was sent in, and the organisation it was given to."""

    answer: Answer
    words: str
    on: date
    to: str


def own_parties(user: User) -> list[int]:
    """Return the parties, in all organisations, for which somebody answers."""
    found = Membership.objects.filter(user=user, role=Role.SUPPLIER, party__isnull=False)
    return [number for number in found.values_list("party_id", flat=True) if number is not None]


def earlier_answers(one: Questionnaire, user: User) -> Mapping[str, Earlier]:
    """Return, by question, the newest answer that the company gave elsewhere and that still stands.

    Only answers that were sent in by a company for which this account answers are looked at, and only questions that
    are not answered here yet. Questions are the same where their key and wording are.
    """
    standard, tongue, today = standard_of(one.standard), reader(), timezone.localdate()
    rows = (
        Answer.objects.filter(
            questionnaire__party__in=own_parties(user), questionnaire__state__in=ANSWERED, question__in=one.keys
        )
        .exclude(questionnaire=one)
        .exclude(value="")
        .select_related("questionnaire__organisation", "questionnaire__standard")
        .order_by("-questionnaire__submitted_at", "-pk")
    )
    answered = {key for key, answer in answers_of(one).items() if answer.value}
    found: dict[str, Earlier] = {}
    for answer in rows:
        question = standard.questions[answer.question]
        asked = standard_of(answer.questionnaire.standard).questions.get(answer.question)
        submitted = answer.questionnaire.submitted_at
        if answer.question in found or answer.question in answered or submitted is None or asked is None:
            continue
        on = timezone.localdate(submitted)
        same = (asked.ask, asked.type, asked.options) == (question.ask, question.type, question.options)
        if same and today < months_later(on, question.holds_months):
            words = words_of(question, answer, tongue)
            found[answer.question] = Earlier(answer, words, on, answer.questionnaire.organisation.name)
    return found


def reuse(one: Questionnaire, user: User, keys: Iterable[str]) -> int:
    """Take earlier answers over into a questionnaire; return how many. Raises NotOpen."""
    offered, count = earlier_answers(one, user), 0
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=one.pk)
        if not locked.with_supplier:
            raise NotOpen
        before = answers_of(locked)
        for key in keys:
            if key in offered and not (key in before and before[key].value):
                earlier = offered[key].answer
                fields = {"value": earlier.value, "currency": earlier.currency}  # a remark was for the other reader
                keep_answer(locked, key, fields, before.get(key), reused_from=earlier)
                count += 1
        if count:
            after_saving(locked)
            record(
                "questionnaire.answers_reused",
                organisation=locked.organisation,
                actor=user,
                subject=f"questionnaire {locked.pk}",
                detail={"questions": count},
                by="supplier",
            )
    return count
