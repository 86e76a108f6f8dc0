"""What an organisation knows already, as the engine compares a new list with it; and what people have decided."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.db.models import Count, Max, Sum

from fairlead.model.vocabulary import Decision
from fairlead.resolve import KnownParties
from fairlead.resolve.judgements import Event, Side, judgement
from fairlead.resolve.judgements.event import chained
from fairlead.web.imports.models import PairDecision
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site
from fairlead.web.parties.tables import link_table, party_table, site_table

_NOBODY: Final = "somebody"


def known_parties(organisation: Organisation) -> KnownParties:
    """Return the organisation's parties, sites and links as the engine compares new rows with them."""
    return KnownParties(party_table(organisation), site_table(organisation), link_table(organisation))


def events(organisation: Organisation) -> list[Event]:
    """Return what people have said of pairs, in the order in which they said it, as the engine takes it."""
    found: list[Event] = []
    for one in PairDecision.objects.filter(organisation=organisation).order_by("pk").select_related("user"):
        event = judgement(
            Side(**one.left),
            Side(**one.right),
            Decision(one.decision),
            user=str(one.user or _NOBODY),
            time=one.at.isoformat(timespec="seconds"),
        )
        found.append(chained(event, found[-1].event_id if found else ""))
    return found


def basis(organisation: Organisation) -> str:
    """Return a short text that is another one as soon as a party, site, link, number or decision is."""
    stand: list[Any] = []
    for model in (Party, Site, Link):
        live = model._default_manager.filter(organisation=organisation, state=RecordState.LIVE)
        stand.append(tuple(live.aggregate(Count("pk"), Max("pk"), Sum("version")).values()))
    numbers = PartyIdentifier.objects.filter(party__organisation=organisation, party__state=RecordState.LIVE)
    stand.append(tuple(numbers.aggregate(Count("pk"), Max("pk")).values()))
    decisions = PairDecision.objects.filter(organisation=organisation)
    stand.append(tuple(decisions.aggregate(Count("pk"), Max("pk")).values()))
    return hashlib.sha256(repr(stand).encode()).hexdigest()


def last_decision(organisation: Organisation) -> int:
    """Return the number of the newest decision; 0 where there is none."""
    return PairDecision.objects.filter(organisation=organisation).aggregate(last=Max("pk"))["last"] or 0
