"""The list of evidence: what a search finds, and how far it looks."""

from __future__ import annotations

import pytest

from fairlead.web.evidence import evidence_list
from fairlead.web.evidence.evidence_list import EVIDENCE_LIST
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party
from fairlead.web.parties.views import page
from tests.web.conftest import Cast, add_party


def add(party: Party, number: int, **said: str) -> Evidence:
    return Evidence.objects.create(
        organisation=party.organisation,
        party=party,
        uid=f"ev_{number:016x}",
        subject_kind="party",
        subject_uid=party.uid,
        finding="documents_held",
        polarity="supports",
        source_id="entered",
        asserted_by="union",
        confidence=1.0,
        visibility="organisation",
        **said,
    )


def found(cast: Cast, typed: str) -> set[str]:
    assert EVIDENCE_LIST.search is not None
    rows = EVIDENCE_LIST.rows(cast.ministry).filter(EVIDENCE_LIST.search(cast.ministry, typed))
    return set(rows.values_list("uid", flat=True))


@pytest.mark.parametrize("named_one_by_one", [0, 1_000])
@pytest.mark.parametrize("typed", ["heron blue", "harbour union", "passports office", "HARBOUR"])
def test_a_search_finds_the_party_the_source_and_the_quote(
    cast: Cast, typed: str, named_one_by_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_list, "ASKED_BEFOREHAND", named_one_by_one)
    quoted = "Passports are kept in the office of the harbour."
    one = add(cast.supplier, 1, source_title="Report of the harbour union", quote=quoted)
    other = add(add_party(cast.ministry, "Grey Gull Foods", "pty_000000000000009a"), 2, source_title="A letter")
    assert found(cast, typed) == {one.uid}
    page = cast.as_role(Role.VIEWER).get("/o/ministry/evidence/", {"q": typed}).text
    assert one.uid in page
    assert other.uid not in page


def test_a_search_finds_nothing_of_another_organisation(cast: Cast) -> None:
    add(add_party(cast.port, "Blue Heron Shipping", "pty_000000000000009b"), 3, source_title="Harbour log")
    assert found(cast, "heron") == found(cast, "harbour") == set()


def test_words_are_looked_for_in_the_newest_pieces_and_names_in_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_list, "_LOOKED_THROUGH", 2)
    old, *newer = [add(cast.supplier, number, quote="Wages came late.") for number in range(3)]
    assert found(cast, "wages late") == {each.uid for each in newer}
    assert found(cast, "heron") == {old.uid, *(each.uid for each in newer)}


def test_a_page_says_that_older_words_are_not_searched_only_where_somebody_searches_and_there_are_older(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "only of the newest 20,000 pieces"
    client = cast.as_role(Role.VIEWER)
    for number in range(3):
        add(cast.supplier, number, quote="Wages came late.")
    assert said not in client.get("/o/ministry/evidence/", {"q": "wages"}).text
    monkeypatch.setattr(evidence_list, "_LOOKED_THROUGH", 2)
    assert said not in client.get("/o/ministry/evidence/").text
    assert said in client.get("/o/ministry/evidence/", {"q": "wages"}).text
    assert said in client.get("/o/ministry/evidence/", {"q": "nothing has it"}, headers={"HX-Target": "list"}).text


def test_the_page_of_a_party_leads_to_all_its_evidence_and_to_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SHOWN", 1)
    mine = [add(cast.supplier, number) for number in (1, 2)]
    namesake = add(add_party(cast.ministry, cast.supplier.name, "pty_000000000000009c"), 3)
    viewer = cast.as_role(Role.VIEWER)
    address = f"/o/ministry/evidence/?party={cast.supplier.uid}"
    assert address in viewer.get(f"/o/ministry/parties/{cast.supplier.uid}/evidence/").text
    shown = viewer.get(address).text
    assert all(one.uid in shown for one in mine)
    assert namesake.uid not in shown
