"""The cast of the tests: two organisations, people in every role, and an outsider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import django
import pytest

django.setup()  # models can be imported only after it

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.test import Client  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

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


_END_OTHERS = """
SELECT pg_terminate_backend(pid), left(query, 100) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """pytest-django's database, freed before it is thrown away: PostgreSQL keeps one that somebody is connected to.

    A test closes what it opens, and one that forgot is told of here; but a thread of the live server may still answer
    a browser that is gone, and that must not fail whichever test happens to be the last.
    """
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(_END_OTHERS)
        left = cursor.fetchall()
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        for _ended, query in left:
            print(f"\nA test left a connection open; its last query: {query}")


@pytest.fixture(autouse=True)
def _a_request_that_ends_leaves_the_transaction_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django lets go of a connection when a request ends, which would end the transaction around the test too.

    Its client prevents that while it asks, but not when a test closes an answer, or calls the application by itself;
    SQLite in memory hides it. Outside of tests no transaction is open there: none is begun around a request.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_of_transactions(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_of_transactions)


@pytest.fixture(autouse=True)
def _nothing_is_remembered_of_other_tests() -> None:
    """Neither how many requests somebody made, nor figures of an organisation that had the same number."""
    for name in settings.CACHES:
        caches[name].clear()


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
