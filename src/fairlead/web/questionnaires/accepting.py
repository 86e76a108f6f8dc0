"""Takes answers into the evidence, each for as long as it stands, and takes them out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.standard import AnswerEvidence, evidence_from
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.store import keep_evidence
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.questionnaires.answers import answers_of, for_engine
from fairlead.web.questionnaires.models import AcceptedEvidence, Consent, Questionnaire, State
from fairlead.web.records.change import change
from fairlead.web.standards.keep import standard_of

#: Why evidence was withdrawn whose acceptance was undone; it is taken up again when the answers are accepted again.
UNDONE: Final = "The answers were taken out of the evidence again."


def party_now(one: Questionnaire) -> Party:
    """Return the party of a questionnaire, or the one into which it was merged."""
    party = one.party
    while party.state == RecordState.MERGED and party.merged_into is not None:
        party = party.merged_into
    return party


@dataclass(frozen=True)
class Taken:
    """Where answers go: the organisation, its party, and what the rows are kept to have come of."""

    organisation: Organisation
    party: Party
    came_of: Mapping[str, Questionnaire | Consent]
    title: str


def accept(one: Questionnaire, user: User, *, seen: int) -> int:
    """Take the answers into the evidence as the supplier's own word; return how many rows they became.

    Raises ChangedMeanwhile where the questionnaire was changed after it was seen.
    """
    submitted = one.submitted_at or timezone.now()
    with transaction.atomic():
        locked = change(one, {"state": State.ACCEPTED, "decided_at": timezone.now()}, seen=seen)
        answers = for_engine(answers_of(one).values())
        from_file = bool(answers) and all(answer.locator for answer in answers.values())
        with override(one.organisation.language):
            title = _("The supplier’s answers of %(date)s") % {"date": date_format(timezone.localdate(submitted))}
        made = evidence_from(
            standard_of(one.standard),
            answers,
            subject_id=party_now(one).uid,
            answered_on=timezone.localdate(submitted),
            source_sha256=one.source_sha256 or None if from_file else None,
        )
        take_in(made, Taken(one.organisation, party_now(one), {"questionnaire": locked}, title), user)
        record(
            "questionnaire.accepted",
            organisation=one.organisation,
            actor=user,
            subject=f"questionnaire {one.pk}",
            detail={"evidence": len(made.evidence), "not_known": len(made.not_known)},
        )
    return len(made.evidence)


def take_in(made: AnswerEvidence, to: Taken, user: User) -> None:
    """Keep what answers say as evidence, each row for as long as its answer stands. Call it within a transaction."""
    by_day: defaultdict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in made.evidence.to_pylist():
        by_day[made.expires[row["evidence_id"]] - timedelta(days=1)].append(row)
    for day, rows in sorted(by_day.items()):
        _keep(to, rows, day, user)


def _keep(to: Taken, rows: list[dict[str, Any]], day: date, user: User) -> None:
    keep_evidence(
        rows,
        organisation=to.organisation,
        party_of={to.party.uid: to.party},
        user=user,
        source_title=to.title,
        expires_on=day,
    )
    kept = Evidence.objects.filter(organisation=to.organisation, uid__in=[row["evidence_id"] for row in rows])
    for evidence in kept:
        if evidence.state == RecordState.WITHDRAWN and evidence.withdrawn_because == UNDONE:
            change(evidence, {"state": RecordState.LIVE, "withdrawn_because": ""}, seen=evidence.version)
    AcceptedEvidence.objects.bulk_create(
        [
            AcceptedEvidence(
                organisation=to.organisation,
                evidence=evidence,
                question=evidence.locator[:60],
                expires_on=day,
                **to.came_of,
            )
            for evidence in kept
        ],
        ignore_conflicts=True,
    )


def undo(one: Questionnaire, user: User, *, seen: int) -> int:
    """Withdraw the evidence that the answers became, apart from what other answers say too; return how many rows.

    Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        change(one, {"state": State.SUBMITTED, "decided_at": None}, seen=seen)
        gone = take_out(AcceptedEvidence.objects.filter(questionnaire=one))
        record(
            "questionnaire.acceptance_undone",
            organisation=one.organisation,
            actor=user,
            subject=f"questionnaire {one.pk}",
            detail={"evidence": gone},
        )
    return gone


def take_out(own: QuerySet[AcceptedEvidence]) -> int:
    """Withdraw the evidence that answers became, apart from what other answers say too; return how many rows.

    Call it within a transaction.
    """
    numbers, rows = list(own.values_list("evidence_id", flat=True)), list(own.values_list("pk", flat=True))
    others = AcceptedEvidence.objects.filter(evidence__in=numbers).exclude(pk__in=rows)
    backed = set(others.values_list("evidence_id", flat=True))
    gone = 0
    for evidence in Evidence.live.filter(pk__in=set(numbers) - backed):
        change(evidence, {"state": RecordState.WITHDRAWN, "withdrawn_because": UNDONE}, seen=evidence.version)
        gone += 1
    own.delete()
    return gone
