"""The cast of the tests: two organisations, people in every role, and an outsider."""

from __future__ import annotations

from dataclasses import dataclass

import django
import pytest

django.setup()  # models can be imported only after it

from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402

from fairlead.web.accounts.models import User  # noqa: E402
from fairlead.web.organisations.capabilities import Role  # noqa: E402
from fairlead.web.organisations.forms import make_account  # noqa: E402
from fairlead.web.organisations.models import Membership, Organisation  # noqa: E402
from fairlead.web.parties.models import Party  # noqa: E402
from fairlead.web.parties.save import derive  # noqa: E402

PASSWORD = "a quiet harbour at dawn"


@dataclass(frozen=True)
class Cast:
    """Alice administers the ministry, Bob administers the port; one person of the ministry in each other role."""

    ministry: Organisation
    port: Organisation
    alice: User
    bob: User
    people: dict[Role, User]
    supplier: Party

    def client(self, user: User) -> Client:
        """A browser in which somebody is signed in."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def as_role(self, role: Role) -> Client:
        """A browser of the person who has this role in the ministry."""
        return self.client(self.people[role])


def add_party(organisation: Organisation, name: str, uid: str, **facts: object) -> Party:
    """A party of an organisation, with what follows from its name."""
    party = Party(organisation=organisation, name=name, uid=uid, **facts)
    derive(party, ())
    party.save()
    return party


@pytest.fixture(autouse=True)
def _requests_of_other_tests_do_not_count() -> None:
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in the database of one test."""
    ministry = Organisation.objects.create(name="Ministry of Quiet Waters", slug="ministry")
    port = Organisation.objects.create(name="Port of Lantern", slug="port")
    supplier = add_party(ministry, "Blue Heron Textiles LLP", "pty_1111111111111111", country="KAZ")
    people = {}
    for role in Role:
        user = make_account(f"{role}@ministry.example", f"The {role.label}", PASSWORD, "en")
        party = supplier if role == Role.SUPPLIER else None
        Membership.objects.create(organisation=ministry, user=user, role=role, party=party)
        people[role] = user
    bob = make_account("bob@port.example", "Bob", PASSWORD, "en")
    Membership.objects.create(organisation=port, user=bob, role=Role.ADMINISTRATOR)
    return Cast(ministry, port, people[Role.ADMINISTRATOR], bob, people, supplier)
