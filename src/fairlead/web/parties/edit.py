"""Adds and corrects parties, for the pages and for the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party
from fairlead.web.parties.save import derive, new_uid
from fairlead.web.records.change import change

_DERIVED = ("folded", "legal_form", "names", "search")


def add_party(organisation: Organisation, user: User, values: Mapping[str, Any]) -> Party:
    """Add a party by hand; `values` are those of a valid `PartyForm`."""
    party = Party(organisation=organisation, uid=new_uid("pty"), **values)
    derive(party, ())
    with transaction.atomic():
        party.save()
        record("party.added", organisation=organisation, actor=user, subject=party.uid)
    return party


def edit_party(party: Party, user: User, values: Mapping[str, Any], *, seen: int) -> Party:
    """Correct a party's facts and return it as it is afterwards; `values` are those of a valid `PartyForm`.

    Raises ChangedMeanwhile where it no longer has the version `seen`.
    """
    corrected = Party(organisation=party.organisation, **values)
    derive(corrected, party.identifiers.values_list("value", flat=True))
    with transaction.atomic():
        after = change(party, {**values, **{name: getattr(corrected, name) for name in _DERIVED}}, seen=seen)
        if after.version != seen:
            record(
                "party.changed",
                organisation=party.organisation,
                actor=user,
                subject=party.uid,
                detail={"version": after.version},
            )
    return after
