"""Parties that may be one are found, and what people say of them holds."""

from __future__ import annotations

import pytest

from fairlead.model.progress import Silent
from fairlead.model.vocabulary import Decision
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties import duplicates
from fairlead.web.parties.judgements import events_of
from fairlead.web.parties.models import DuplicatePair, Party, PartyIdentifier, RecordState, Regrouping
from fairlead.web.parties.undo_regrouping import undo
from tests.web.conftest import Cast, add_party

DUPLICATES = "/o/ministry/parties/duplicates/"


@pytest.fixture
def pair(cast: Cast) -> DuplicatePair:
    twin = add_party(cast.ministry, "BLUE HERON TEXTILES", "pty_2222222222222222", country="KAZ")
    PartyIdentifier.objects.create(party=twin, scheme="LEI", value="5493001KJTIIGC8Y1R12", valid=True)
    add_party(cast.ministry, "Quite another mill", "pty_3333333333333333", country="KAZ")
    duplicates.find(cast.ministry, Silent())
    return DuplicatePair.objects.get()


def test_a_pair_with_the_same_name_is_put_before_a_person(cast: Cast, pair: DuplicatePair) -> None:
    page = cast.as_role(Role.VIEWER).get(DUPLICATES).content.decode()
    assert "BLUE HERON TEXTILES" in page
    assert "Same name" in page
    assert "Quite another mill" not in page


def test_two_parties_with_the_same_number_are_found_although_their_names_differ(cast: Cast) -> None:
    for number, uid in (("Heron Mill", "pty_4"), ("Heron Mill Ltd", "pty_5")):
        party = add_party(cast.ministry, number, uid, country="KAZ")
        PartyIdentifier.objects.create(party=party, scheme="KZ-BIN", value="980540000397", valid=True)
    duplicates.find(cast.ministry, Silent())
    assert DuplicatePair.objects.get(sure=True).right.uid == "pty_5"


def test_the_search_goes_on_in_the_background_and_leads_to_the_pairs(cast: Cast, pair: DuplicatePair) -> None:
    pair.delete()
    client = cast.as_role(Role.ANALYST)
    answer = client.post(f"{DUPLICATES}search/", follow=True)
    assert answer.redirect_chain[-1][0] == DUPLICATES
    assert DuplicatePair.objects.count() == 1


def test_saying_same_merges_them_and_undo_gives_both_back(cast: Cast, pair: DuplicatePair) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(f"{DUPLICATES}{pair.pk}/", {"decision": "same"})
    assert Party.objects.filter(state=RecordState.MERGED).get().pk == cast.supplier.pk  # the other has a number
    undo(Regrouping.objects.get(), user=cast.alice)
    client.post(f"{DUPLICATES}{pair.pk}/reopen/")
    pair.refresh_from_db()
    assert (pair.decision, Party.live.filter(organisation=cast.ministry).count()) == ("", 3)


@pytest.mark.parametrize("said", ["different", "unsure"])
def test_what_was_said_is_not_asked_again_until_it_is_taken_back(cast: Cast, pair: DuplicatePair, said: str) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(f"{DUPLICATES}{pair.pk}/", {"decision": said})
    assert [one.decision for one in events_of(cast.ministry)] == [Decision(said)]
    duplicates.find(cast.ministry, Silent())
    assert not DuplicatePair.objects.filter(decision="").exists()
    client.post(f"{DUPLICATES}{pair.pk}/reopen/")
    assert DuplicatePair.objects.filter(decision="").count() == 1


def test_a_pair_is_decided_once(cast: Cast, pair: DuplicatePair) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(f"{DUPLICATES}{pair.pk}/", {"decision": "different"})
    client.post(f"{DUPLICATES}{pair.pk}/", {"decision": "same"})
    assert not Regrouping.objects.exists()


def test_nobody_decides_a_pair_of_another_organisation(cast: Cast, pair: DuplicatePair) -> None:
    answer = cast.client(cast.bob).post(f"/o/port/parties/duplicates/{pair.pk}/", {"decision": "same"})
    assert answer.status_code == 404
    assert "BLUE HERON" not in cast.client(cast.bob).get("/o/port/parties/duplicates/").content.decode()
