"""Joins parties that are one, so that it can be undone to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.errors import RegroupingError
from fairlead.model.vocabulary import Decision
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.parties.combined import combined
from fairlead.web.parties.judgements import judge_records
from fairlead.web.parties.models import Link, Party, RecordState, Regrouping, RegroupingKind
from fairlead.web.parties.moving import Moved, move_all, save_all
from fairlead.web.parties.rows import keys_of, with_what_tells
from fairlead.web.parties.save import derive

#: So many parties are merged in one go.
MOST: Final = 20


def merge(
    kept: Party, others: Sequence[Party], *, user: User, chosen: Mapping[str, Any] | None = None, why: str = ""
) -> Regrouping:
    """Merge parties of one organisation into one of them, and return what is needed to undo it.

    Names, numbers, sites, links, evidence and the rows of lists go over; links that would lead from the party to
    itself are withdrawn; the others stay as pages that lead on. Raises RegroupingError where one is not in use.
    """
    with transaction.atomic():
        kept, *others = _locked([kept, *others])
        regrouping = Regrouping(
            organisation=kept.organisation,
            kind=RegroupingKind.MERGE,
            kept=kept,
            others=[party.pk for party in others],
            user=user,
            why=why[:300],
        )
        reason = _("merge")
        keys = {party.pk: keys_of(party) for party in (kept, *others)}
        withdrawn = withdraw_between([kept, *others], user=user, why=reason)
        regrouping.withdrawn = [link.pk for link in withdrawn]
        stay = {"parties.Link": regrouping.withdrawn}
        moved: Moved = {}
        for other in others:
            for label, rows in move_all(other, kept, user=user, why=reason, leave=stay).items():
                moved.setdefault(label, []).extend(rows)
        regrouping.moved = moved
        set_values(regrouping, kept, combined(kept, others, chosen), user=user, why=reason)
        for other in others:
            other.state, other.merged_into = RecordState.MERGED, kept
        save_all(list(others), Party, ("state", "merged_into"), user=user, why=reason)
        regrouping.judgements = [
            entry
            for other in others
            for entry in judge_records(kept, keys[kept.pk], other, keys[other.pk], Decision.SAME, user=user)
        ]
        regrouping.save()
        record(
            "party.merged",
            organisation=kept.organisation,
            actor=user,
            subject=kept.uid,
            detail={"others": [party.uid for party in others], "moved": sum(map(len, moved.values()))},
        )
    return regrouping


def set_values(regrouping: Regrouping, party: Party, values: Mapping[str, Any], *, user: User, why: str) -> None:
    """Set values of the kept party and what follows from them; keep in the regrouping what was and what is."""
    names = (*values, "folded", "legal_form", "search")
    before = {name: getattr(party, name) for name in names}
    for name, value in values.items():
        setattr(party, name, value)
    derive(party, party.identifiers.order_by("pk").values_list("value", flat=True))
    changed = [name for name in names if getattr(party, name) != before[name]]
    regrouping.before = {name: before[name] for name in changed}
    regrouping.after = {name: getattr(party, name) for name in changed}
    save_all([party], Party, changed, user=user, why=why)


def withdraw_between(parties: Sequence[Party], *, user: User, why: str) -> list[Link]:
    """Withdraw the links in use that lead from one of the parties to another of them; return them."""
    ids = [party.pk for party in parties]
    links = list(Link.live.filter(from_party__in=ids, to_party__in=ids).order_by("pk"))
    for link in links:
        link.state = RecordState.WITHDRAWN
    save_all(links, Link, ("state",), user=user, why=why)
    return links


def _locked(parties: Sequence[Party]) -> list[Party]:
    """Return the parties in their order, held until the transaction is over."""
    ids = list(dict.fromkeys(party.pk for party in parties))
    if len(ids) < 2:  # noqa: PLR2004
        raise RegroupingError(_("A merge needs two parties."), do=_("Choose another one."))
    list(Party.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    found = {party.pk: party for party in with_what_tells(Party.live.filter(pk__in=ids))}
    if len(found) < len(ids) or len({party.organisation_id for party in found.values()}) > 1:
        raise RegroupingError(
            _("One of these parties is no longer in use: somebody else has merged or withdrawn it."),
            do=_("Open the list again and choose once more."),
        )
    return [found[pk] for pk in ids]
