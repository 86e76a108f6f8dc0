"""What an organisation knows already, as the engine compares a new list with it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Count, Max, Sum

from fairlead.resolve import KnownParties
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import JudgementEntry, Link, Party, PartyIdentifier, RecordState, Site
from fairlead.web.parties.tables import link_table, party_table, site_table


def known_parties(organisation: Organisation) -> KnownParties:
    """Return the organisation's parties, sites and links as the engine compares new rows with them."""
    return KnownParties(party_table(organisation), site_table(organisation), link_table(organisation))


def basis(organisation: Organisation) -> str:
    """Return a short text that is another one as soon as a party, site, link, number or decision is."""
    stand: list[Any] = []
    for model in (Party, Site, Link):
        live = model._default_manager.filter(organisation=organisation, state=RecordState.LIVE)
        stand.append(tuple(live.aggregate(Count("pk"), Max("pk"), Sum("version")).values()))
    numbers = PartyIdentifier.objects.filter(party__organisation=organisation, party__state=RecordState.LIVE)
    stand.append(tuple(numbers.aggregate(Count("pk"), Max("pk")).values()))
    stand.append(last_judgement(organisation))
    return hashlib.sha256(repr(stand).encode()).hexdigest()


def last_judgement(organisation: Organisation) -> int:
    """Return the number of the newest judgement; 0 where there is none."""
    return JudgementEntry.objects.filter(organisation=organisation).aggregate(last=Max("pk"))["last"] or 0
