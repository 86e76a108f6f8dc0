"""Keeps what a person says of a doubtful pair of an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import Seen, Side
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.imports import preview
from fairlead.web.imports.models import Import, ImportState, PairDecision
from fairlead.web.imports.state import NotNow, OtherPreview
from fairlead.web.imports.storage import preview_of
from fairlead.web.parties.duplicates import by_weight
from fairlead.web.parties.judgements import judge_sides
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import JudgementEntry, Party, Regrouping


class NoSuchPair(Exception):
    """The preview has no doubtful pair at the place that was named."""


def decide(one: Import, place: int, decision: Decision, *, shown: str, user: User) -> Regrouping | None:
    """Keep that two records are the same, different, or that one cannot tell; it holds for later imports too.

    `place` counts the pairs of the preview `shown` from 0. Where both parties are in use already, the same means that
    they are merged; the merge is returned. Raises NotNow while work goes on or where nothing was read, OtherPreview
    where the preview was made again, NoSuchPair.
    """
    if not one.seen or one.at_work:
        raise NotNow
    if shown != one.preview:
        raise OtherPreview
    rows, _total = preview.page(preview_of(one), preview.REVIEW, place, 1)
    if not rows:
        raise NoSuchPair
    with transaction.atomic():
        merged = _keep(one, rows[0], decision, user)
        record(
            "import.pair_decided",
            organisation=one.organisation,
            actor=user,
            subject=str(one.pk),
            detail={"decision": str(decision)},
        )
    return merged


def _keep(one: Import, row: Mapping[str, Any], decision: Decision, user: User) -> Regrouping | None:
    left, right = (_side(row, side) for side in ("left", "right"))
    entry = judge_sides(one.organisation, left, right, decision, user=user, seen=Seen(row["probability"]))
    PairDecision.objects.create(
        of_import=one,
        left_key=left.key,
        right_key=right.key,
        decision=decision,
        judgement=JudgementEntry.objects.get(organisation=one.organisation, event_id=entry),
        user=user,
    )
    if decision is Decision.SAME and one.state == ImportState.COMMITTED:
        return _merged(one, row, user)
    return None


def _side(row: Mapping[str, Any], side: str) -> Side:
    names = ("key", "name", "place", "party_id")
    return Side(**{name: row[f"{side}_{name}"] or "" for name in names})


def _merged(one: Import, row: Mapping[str, Any], user: User) -> Regrouping | None:
    uids = [row["left_party_id"], row["right_party_id"]]
    both = list(Party.live.filter(organisation=one.organisation, uid__in=uids))
    if len(both) != len(uids):
        return None
    kept, other = by_weight(*both)
    return merge(kept, [other], user=user)
