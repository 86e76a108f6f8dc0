"""The address of a party's page."""

from __future__ import annotations

from django.urls import reverse

from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party


def address_of(party: Party, organisation: Organisation) -> str:
    """Return the address of a party's page in an organisation."""
    return reverse("parties:party", kwargs={"slug": organisation.slug, "uid": party.uid})
