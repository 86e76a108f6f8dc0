"""Parts a party into two where it was two all along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fairlead.errors import RegroupingError
from fairlead.model.vocabulary import Decision
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.parties.judgements import judge_records
from fairlead.web.parties.merge import set_values
from fairlead.web.parties.models import Party, Record, RecordState, Regrouping, RegroupingKind
from fairlead.web.parties.moving import Moved, move_rows, moving
from fairlead.web.parties.rows import keys_of, with_what_tells
from fairlead.web.parties.save import derive, new_uid

#: What a person chooses from, by the part of the page: `app.Model.field` as in `moving`.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "rows": ("parties.SourceRow.party",),
    "identifiers": ("parties.PartyIdentifier.party",),
    "sites": ("parties.Site.party",),
    "links": ("parties.Link.from_party", "parties.Link.to_party"),
    "evidence": ("evidence.Evidence.party",),
    "questionnaires": ("questionnaires.Questionnaire.party",),
    "challenges": ("assessments.Challenge.party",),
    "actions": ("actions.CorrectiveAction.party",),
    "accounts": ("organisations.Membership.party",),
    "invitations": ("organisations.Invitation.party",),
}


@dataclass(frozen=True)
class Leaving:
    """What leaves: the facts of the new party, the names that go with it, and the pks by the keys of `PARTS`."""

    name: str
    kind: str
    country: str | None
    names: Sequence[str] = ()
    chosen: Mapping[str, Sequence[int]] = field(default_factory=dict)


def split(party: Party, leaving: Leaving, *, user: User, why: str = "") -> Regrouping:
    """Make a party of its own from what was chosen of another; return what is needed to undo it.

    Raises RegroupingError where the party is not in use or nothing was chosen.
    """
    with transaction.atomic():
        list(Party.objects.select_for_update().filter(pk=party.pk))
        kept = with_what_tells(Party.live.filter(pk=party.pk)).first()
        if kept is None:
            raise RegroupingError(_("This party is no longer in use."), do=_("Open the list again."))
        new = Party(
            organisation=kept.organisation,
            uid=new_uid("pty"),
            name=leaving.name,
            kind=leaving.kind,
            country=leaving.country,
            names=list(leaving.names),
        )
        derive(new, ())
        new.save()
        reason = _("split")
        moved = _moved(kept, new, leaving.chosen, user=user, why=reason)
        if not moved and not leaving.names:
            raise RegroupingError(_("Nothing was chosen that would leave."), do=_("Choose what belongs to the other."))
        regrouping = Regrouping(
            organisation=kept.organisation,
            kind=RegroupingKind.SPLIT,
            kept=kept,
            others=[new.pk],
            moved=moved,
            user=user,
            why=why[:300],
        )
        going = set(leaving.names) - {kept.name}
        values: dict[str, Any] = {"names": [name for name in kept.names if name not in going]}
        set_values(regrouping, kept, values, user=user, why=reason)
        derive(new, new.identifiers.order_by("pk").values_list("value", flat=True))
        new.save()
        regrouping.judgements = _judged(kept, new, user)
        regrouping.save()
        record(
            "party.split",
            organisation=kept.organisation,
            actor=user,
            subject=kept.uid,
            detail={
                "new": new.uid,
                "moved": sum(map(len, moved.values())),
                "accounts": len(moved.get("organisations.Membership.party", ())),
            },
        )
    return regrouping


def choosable(party: Party, part: str) -> list[QuerySet[Any]]:
    """Return the rows of a party that may leave with a part, one set for each key by which they hang on it."""
    found = []
    for label, model, name in moving():
        if label in PARTS[part]:
            live = Q(state=RecordState.LIVE) if issubclass(model, Record) else Q()
            found.append(model._default_manager.filter(live, **{name: party}).order_by("pk"))
    return found


def _moved(kept: Party, new: Party, chosen: Mapping[str, Sequence[int]], *, user: User, why: str) -> Moved:
    moved: Moved = {}
    for label, model, name in moving():
        for part, labels in PARTS.items():
            if label in labels and chosen.get(part):
                rows = model._default_manager.filter(pk__in=list(chosen[part]), **{name: kept}).order_by("pk")
                done = move_rows(rows, name, new, user=user, why=why)
                if done:
                    moved[label] = done
    return moved


def _judged(kept: Party, new: Party, user: User) -> list[str]:
    """Tell later imports that the records of the two are different ones."""
    both = {party.pk: party for party in with_what_tells(Party.objects.filter(pk__in=[kept.pk, new.pk]))}
    one, other = both[kept.pk], both[new.pk]
    mine, theirs = keys_of(one), keys_of(other)
    theirs = [key for key in theirs if key not in mine]
    return judge_records(one, mine, other, theirs, Decision.DIFFERENT, user=user)
