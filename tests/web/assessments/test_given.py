"""What an assessment is made from is of one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from fairlead.web.assessments import given
from fairlead.web.parties.models import Party
from tests.web.assessments.conftest import AS_OF, Chain
from tests.web.conftest import add_party

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(write: Callable[[], object]) -> None:
    """Write as somebody else, who has a connection of their own, and wait until it is done."""

    def written() -> None:
        try:
            write()
        finally:
            connection.close()

    other = threading.Thread(target=written)
    other.start()
    other.join()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory lets nobody write while another reads")
def test_what_is_written_meanwhile_is_not_read_by_halves(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    real = given.site_table

    def site_table(*of: Any) -> Any:
        meanwhile(lambda: (chain.find(of=add_party(chain.cast.ministry, "Late Comers", "pty_5")), chain.find()))
        return real(*of)

    monkeypatch.setattr(given, "site_table", site_table)
    read = given.recorded(chain.cast.ministry, AS_OF)
    assert (read.parties.num_rows, read.evidence.num_rows) == (3, 0)
    monkeypatch.undo()
    read = given.recorded(chain.cast.ministry, AS_OF)
    assert (read.parties.num_rows, read.evidence.num_rows) == (4, 2)


def test_the_same_is_read_within_a_transaction_and_without_and_afterwards_all_is_written_again(chain: Chain) -> None:
    chain.find()
    alone = given.recorded(chain.cast.ministry, AS_OF)
    with transaction.atomic():
        within = given.recorded(chain.cast.ministry, AS_OF)
    for name in ("parties", "sites", "links", "evidence", "rows"):
        assert getattr(alone, name).equals(getattr(within, name))
    assert Party.objects.filter(pk=chain.spinner.pk).update(note="Written") == 1


def test_an_assessment_outside_of_any_transaction_is_published_to_the_parties(chain: Chain) -> None:
    chain.assess()
    newest = chain.assess()
    for party in (chain.spinner, chain.cleaner, chain.unknown):
        party.refresh_from_db()
        kept = newest.ratings.get(party=party)
        assert (party.assessed, party.band, party.p, party.rank) == (True, kept.band, kept.p, kept.rank)
