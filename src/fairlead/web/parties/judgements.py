"""What people have said of who is who, kept for the organisation's next imports in the engine's own terms."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import Event, Seen, Side, Undo, judgement
from fairlead.resolve.judgements.event import chained, from_line, to_line
from fairlead.web.accounts.models import User
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import JudgementEntry, Party
from fairlead.web.parties.rows import keys_of


def events_of(organisation: Organisation) -> tuple[Event, ...]:
    """Return all judgements of an organisation in their order, for the argument `judgements` of the engine."""
    lines = JudgementEntry.objects.filter(organisation=organisation).order_by("pk").values_list("line", flat=True)
    return tuple(from_line(line.encode()) for line in lines.iterator())


def judge(one: Party, other: Party, decision: Decision, *, user: User, why: str = "", seen: Seen | None = None) -> str:
    """Keep what a person says of two parties, and return the id of the entry.

    It names the records by what is known of the two; `one` and `other` come from `with_what_tells`.
    """
    said = judgement(
        _side(one, keys_of(one)[0]),
        _side(other, keys_of(other)[0]),
        decision,
        user=str(user),
        time=_now(),
        reason=why,
        seen=seen,
    )
    return _enter(one.organisation, [said])[0]


def judge_sides(
    organisation: Organisation, one: Side, other: Side, decision: Decision, *, user: User, seen: Seen | None = None
) -> str:
    """Keep what a person says of two records as the engine names them, and return the id of the entry."""
    said = judgement(one, other, decision, user=str(user), time=_now(), seen=seen)
    return _enter(organisation, [said])[0]


def judge_records(
    kept: Party, keys: Iterable[str], other: Party, other_keys: Iterable[str], decision: Decision, *, user: User
) -> list[str]:
    """Keep that the records of one party are, or are not, the same as those of another; return the ids of the entries.

    The engine carries `same` over, and holds `different` between whole groups, so that each key is named once: the
    first key of a side with its others, and with the first of the other side.
    """
    mine, theirs = list(dict.fromkeys(keys)), list(dict.fromkeys(other_keys))
    if not mine or not theirs:
        return []
    time, first, second = _now(), _side(kept, mine[0]), _side(other, theirs[0])
    within = [
        judgement(_side(party, one), _side(party, further), Decision.SAME, user=str(user), time=time)
        for party, (one, *rest) in ((kept, mine), (other, theirs))
        for further in rest
    ]
    if mine[0] == theirs[0] and decision is Decision.DIFFERENT:
        return []  # both say the same: no key tells them apart
    between = judgement(first, second, decision, user=str(user), time=time)
    return _enter(kept.organisation, [*within, between])


def take_back(organisation: Organisation, event_ids: Iterable[str], *, user: User) -> None:
    """Undo judgements; their entries stay."""
    time = _now()
    _enter(organisation, [Undo(event_id, str(user), time) for event_id in event_ids])


def _enter(organisation: Organisation, events: Iterable[Event]) -> list[str]:
    """Add events at the end of the chain; others who want to add wait."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = JudgementEntry.objects.filter(organisation=organisation).order_by("-pk").first()
    previous = last.event_id if last else ""
    entries = []
    for event in events:
        entry = chained(event, previous)
        previous = entry.event_id
        entries.append(JudgementEntry(organisation=organisation, event_id=previous, line=to_line(entry).decode()))
    JudgementEntry.objects.bulk_create(entries, batch_size=500)
    return [entry.event_id for entry in entries]


def _side(party: Party, key: str) -> Side:
    return Side(key, party.name, party_id=party.uid)


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
