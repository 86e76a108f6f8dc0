"""The overview: figures that mean what they say, from a bounded number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.dashboards.figures import of_parties, progress, remedy
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Link, Party, RecordState
from tests.web.conftest import Cast, add_party

TODAY = date(2026, 11, 26)


@pytest.fixture
def rated(cast: Cast) -> Cast:
    """Blue Heron is not assessed; three others are, one of them without data; somebody else has a party as well."""
    add_party(cast.ministry, "A", "pty_a", band="high", assessed=True, rank=1, country="KAZ", tier=2)
    add_party(cast.ministry, "B", "pty_b", band="low", assessed=True, rank=2)
    add_party(cast.ministry, "C", "pty_c", assessed=True, rank=3)
    add_party(cast.port, "D", "pty_d", band="very_high", assessed=True)
    return cast


def test_no_data_and_not_assessed_are_never_counted_as_low(rated: Cast) -> None:
    found, _coverage = of_parties(rated.ministry)
    counts = {share.key: share.count for share in found.shares if share.count}
    assert counts == {"high": 1, "low": 1, "no_data": 1, "not_assessed": 1}
    assert (found.total, found.raised, found.unknown) == (4, 1, 2)
    assert sum(share.width for share in found.shares) == pytest.approx(100)


def test_coverage_counts_what_is_known(rated: Cast) -> None:
    def counts() -> dict[str, int]:
        return {each.key: each.count for each in of_parties(rated.ministry)[1]}

    assert counts() == {"country": 2, "product": 0, "tier": 1, "beyond": 1, "assessed": 2}
    for number, named in enumerate([{}, {"good": "cotton"}, {"sector": "cleaning"}, {"good": "cotton"}]):
        of = Party.objects.get(uid="pty_b" if number == 3 else "pty_a")
        Link.objects.create(organisation=rated.ministry, uid=f"lnk_{number}", from_party=of, kind="supplies", **named)
    Link.objects.filter(uid="lnk_3").update(state=RecordState.WITHDRAWN)
    assert counts()["product"] == 1


def _action(cast: Cast, number: int, **facts: Any) -> None:
    action = CorrectiveAction.objects.create(
        organisation=cast.ministry, uid=f"act_{number}", party=cast.supplier, words="Pay", **facts
    )
    CorrectiveAction.objects.filter(pk=action.pk).update(created_at=datetime(2026, 11, 1, tzinfo=UTC))


def test_what_is_done_but_not_verified_is_not_overdue_and_not_closed(cast: Cast) -> None:
    _action(cast, 1, state="agreed", due_on=date(2026, 11, 25))
    _action(cast, 2, state="done", due_on=date(2026, 11, 25))
    _action(cast, 3, state="verified", verified_on=date(2026, 11, 11))
    _action(cast, 4, state="verified", verified_on=date(2026, 11, 21))
    _action(cast, 5, state="verified", verified_on=date(2020, 1, 1))
    found = progress(cast.ministry, TODAY)
    assert (found.open, found.overdue, found.unverified, found.closed, found.days) == (2, 1, 1, 2, 15)


def test_without_a_closed_action_the_time_to_close_is_no_data(cast: Cast) -> None:
    assert progress(cast.ministry, TODAY).days is None


def test_sums_in_different_currencies_are_not_added_up_and_cancelled_ones_not_counted(cast: Cast) -> None:
    _action(cast, 1, owed=Decimal(100), paid=Decimal(40), currency="KZT", workers=5)
    _action(cast, 2, owed=Decimal(50), paid=Decimal(50), currency="KZT", state="verified")
    _action(cast, 3, owed=Decimal(7), currency="EUR")
    _action(cast, 4, owed=Decimal(1000), currency="KZT", state="cancelled")
    euro, tenge = remedy(cast.ministry)
    assert (euro.currency, euro.owed, euro.paid, euro.workers) == ("EUR", 7, None, None)
    assert (tenge.owed, tenge.paid, tenge.verified, tenge.workers) == (150, 90, 50, 5)


def test_the_page_says_first_what_matters_most(rated: Cast) -> None:
    page = rated.as_role(Role.VIEWER).get("/o/ministry/overview/").content.decode()
    assert "1 of 4 parties are rated high or very high" in page
    assert "that is not the same as low" in page
    assert "What was done last" not in page, "the log is for those who may read it"


def test_an_empty_organisation_is_told_how_to_begin(cast: Cast) -> None:
    assert "Begin with your suppliers" in cast.client(cast.bob).get("/o/port/overview/").content.decode()


def test_the_number_of_queries_does_not_grow(rated: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        add_party(rated.ministry, f"P{number}", f"pty_{number}", band="high", assessed=True, rank=number)
        _action(rated, number, due_on=date(2026, 12, 1), followed_by=rated.alice)
    client = rated.as_role(Role.ADMINISTRATOR)
    client.get("/o/ministry/overview/")
    with django_assert_max_num_queries(16):
        client.get("/o/ministry/overview/")
