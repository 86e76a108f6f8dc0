"""Finds pairs of parties that may be one, by the rules that find duplicates in lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.errors import RegroupingError
from fairlead.model.message import message
from fairlead.model.progress import Progress
from fairlead.model.vocabulary import Decision
from fairlead.resolve import who_is_who
from fairlead.resolve.judgements import Seen
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.jobs import run
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.judgements import events_of, judge, take_back
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import DuplicatePair, Party, RecordState
from fairlead.web.parties.rows import row_table, with_what_tells

#: The kind of the work that looks for pairs.
SEARCH: Final = "parties.duplicates"

#: The surest pairs are kept; nobody would go through more.
MOST: Final = 10_000
_CHUNK: Final = 1_000

_RULES: Final = message("The rules that read lists would make these one: a number, or name and place agree")


def find(organisation: Organisation, progress: Progress) -> int:
    """Compare all parties in use and keep the pairs that a person has to decide; return how many.

    What was decided stays; pairs that are open and no longer found go.
    """
    parties = Party.live.filter(organisation=organisation)
    found = who_is_who(row_table(parties), judgements=events_of(organisation), progress=progress)
    pk_of = dict(parties.values_list("uid", "pk"))
    pairs = list(_pairs(found, pk_of))[:MOST]
    progress.start("Writing down the pairs")
    with transaction.atomic():
        DuplicatePair.objects.filter(organisation=organisation, decision="").delete()
        DuplicatePair.objects.bulk_create(
            [DuplicatePair(organisation=organisation, **pair) for pair in pairs],
            ignore_conflicts=True,
            batch_size=_CHUNK,
        )
    return len(pairs)


def _pairs(found: Any, pk_of: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield what a pair is made of, the surest first; each row of the table has the id of its party as its id."""
    sure = dict(zip(found.members["row_id"].to_pylist(), found.members["probability"].to_pylist(), strict=True))
    for uids in found.groups.values():
        first, *rest = sorted(uids)
        for other in rest:
            left, right = sorted((pk_of[first], pk_of[other]))
            reason = {"template": _RULES.template, "values": {}}
            yield {"left_id": left, "right_id": right, "probability": sure[other], "reason": reason, "sure": True}
    for row in found.review.to_pylist():
        left, right = sorted((pk_of[row["left_row_id"]], pk_of[row["right_row_id"]]))
        if left == right:
            continue
        reason = {"template": row["reason"]["template"], "values": dict(row["reason"]["values"] or ())}
        yield {
            "left_id": left,
            "right_id": right,
            "probability": row["probability"],
            "reason": reason,
            "measures": dict(row["measures"] or ()),
        }


def pairs_of(organisation: Organisation, decision: str) -> QuerySet[DuplicatePair]:
    """Return the pairs of which something was said, or with an empty `decision` those that are to be decided.

    The surest stand first.
    """
    pairs = DuplicatePair.objects.filter(organisation=organisation, decision=decision)
    if not decision:
        pairs = pairs.filter(left__state=RecordState.LIVE, right__state=RecordState.LIVE)
    return pairs.select_related("left", "right", "decided_by").order_by("-probability", "pk")


def look(organisation: Organisation, user: User) -> Job:
    """Put the search for pairs into the queue, or return the one that goes on already."""
    going = (JobState.WAITING, JobState.RUNNING)
    jobs = Job.objects.filter(organisation=organisation, kind=SEARCH, state__in=going)
    return jobs.first() or run.start(SEARCH, "", organisation=organisation, user=user)


def decide(pair: DuplicatePair, decision: Decision, *, user: User) -> None:
    """Keep what a person says of a pair: `same` merges the two, the one with more behind it is kept.

    Raises RegroupingError where the pair was decided already, or one of the two is no longer in use.
    """
    with transaction.atomic():
        if DuplicatePair.objects.select_for_update().get(pk=pair.pk).decision:
            raise RegroupingError(_("Somebody has decided this pair already."), do=_("Look at the list again."))
        both = {
            party.pk: party for party in with_what_tells(Party.objects.filter(pk__in=[pair.left_id, pair.right_id]))
        }
        left, right = both[pair.left_id], both[pair.right_id]
        if decision is Decision.SAME:
            kept, other = by_weight(left, right)
            pair.regrouping = merge(kept, [other], user=user)
        else:
            seen = Seen(pair.probability, "", tuple(sorted(pair.measures.items())))
            pair.judgement = judge(left, right, decision, user=user, seen=seen)
        pair.decision, pair.decided_by, pair.decided_at = str(decision), user, timezone.now()
        pair.save()
        if decision is not Decision.SAME:
            record(
                "party.pair.judged",
                organisation=pair.organisation,
                actor=user,
                subject=left.uid,
                detail={"other": right.uid, "decision": str(decision)},
            )


def reopen(pair: DuplicatePair, *, user: User) -> None:
    """Take back what was said of a pair, other than a merge, which is undone as a merge."""
    with transaction.atomic():
        if pair.judgement:
            take_back(pair.organisation, [pair.judgement], user=user)
        pair.decision, pair.judgement, pair.decided_by, pair.decided_at, pair.regrouping = "", "", None, None, None
        pair.save()
        record("party.pair.reopened", organisation=pair.organisation, actor=user, subject=str(pair.pk))


def by_weight(one: Party, other: Party) -> tuple[Party, Party]:
    """Return two parties, the one of which more is known first; of equals the one that was there before."""
    ordered = sorted((one, other), key=lambda party: (-_weight(party), party.pk))
    return ordered[0], ordered[1]


def _weight(party: Party) -> int:
    return sum(
        related.count()
        for related in (party.identifiers, party.sites, party.source_rows, party.links_in, party.links_out)
    )
