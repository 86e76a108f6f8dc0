"""Sites, links and evidence through the API: added, corrected, withdrawn, by the rules of the pages."""

from __future__ import annotations

from typing import Any

import pytest

from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import PartyIdentifier, Site
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast, add_party

PARTY = "pty_1111111111111111"
FOUND = {
    "party": PARTY,
    "finding": "documents_held",
    "asserted_by": "union",
    "event_date": "2026-03",
    "source_title": "Talks at the gate",
    "confidence": 0.8,
}


def test_a_site_is_added_corrected_and_withdrawn(alice: Program) -> None:
    added = alice.post("sites", {"party": PARTY, "kind": "camp", "city": "Aktau", "workers": 40})
    assert (added.status_code, added.json()["city"], added.json()["name"]) == (201, "Aktau", None)
    changed = alice.patch(added["Location"], {"workers": 45}, If_Match=added["ETag"])
    assert (changed.json()["workers"], changed.json()["city"], changed["ETag"]) == (45, "Aktau", '"2"')
    address = f"{added['Location']}/withdraw"
    assert alice.post(address, If_Match=added["ETag"]).status_code == 412
    assert alice.post(address, If_Match=changed["ETag"]).status_code == 204
    assert alice.get(added["Location"]).status_code == 404
    assert Site.objects.get().state == "withdrawn"
    assert set(AuditEntry.objects.filter(action__startswith="site.").values_list("by", flat=True)) == {"token"}


@pytest.mark.parametrize("facts", [{}, {"latitude": 43.6}, {"city": "Aktau", "latitude": 99, "longitude": 0}])
def test_a_site_of_which_nothing_is_said_or_that_lies_nowhere_is_refused(facts: dict[str, Any], alice: Program) -> None:
    assert alice.post("sites", {"party": PARTY, **facts}).status_code == 422


def test_a_link_is_added_to_a_party_or_to_the_organisation(alice: Program, cast: Cast, bob: Program) -> None:
    add_party(cast.ministry, "Grey Gull Ltd", "pty_3333333333333333")
    add_party(cast.port, "Somebody else's", "pty_2222222222222222")
    link = {"from_party": PARTY, "kind": "supplies", "share": 0.255, "spend": "1250.50", "currency": "KZT"}
    to_us = alice.post("links", {**link, "to_organisation": True})
    assert (to_us.status_code, to_us.json()["to_party"], to_us.json()["share"]) == (201, None, 0.255)
    to_party = alice.post("links", {**link, "to_party": "pty_3333333333333333"})
    assert to_party.json()["to_party"] == "pty_3333333333333333"
    changed = alice.patch(to_party["Location"], {"tier": 2}, If_Match=to_party["ETag"]).json()
    assert (changed["tier"], changed["share"], changed["spend"]) == (2, 0.255, "1250.5000")
    for wrong in ({}, {"to_party": PARTY}, {"to_party": "pty_2222222222222222"}):
        assert alice.post("links", {**link, **wrong}).status_code == 422
    assert alice.post("links", {**link, "to_organisation": True, "currency": None}).status_code == 422
    assert alice.post(f"{to_us['Location']}/withdraw", If_Match='"1"').status_code == 204
    assert bob.get("/api/organisations/port/links").json()["items"] == []


def test_evidence_is_added_once_and_withdrawn_with_a_reason(alice: Program) -> None:
    added = alice.post("evidence", FOUND)
    assert added.status_code == 201, added.content
    body = added.json()
    assert (body["event_date"], body["confidence"], body["polarity"]) == ("2026-03", 0.8, "supports")
    assert alice.post("evidence", FOUND).json()["id"] == body["id"]
    assert Evidence.objects.count() == 1
    address = added["Location"]
    assert alice.post(f"{address}/withdraw", {"why": " "}, If_Match=added["ETag"]).status_code == 422
    gone = alice.post(f"{address}/withdraw", {"why": "About another firm."}, If_Match=added["ETag"])
    assert (gone.json()["state"], gone.json()["withdrawn_because"]) == ("withdrawn", "About another firm.")
    assert alice.get("evidence").json()["items"] == []
    assert alice.post(f"{address}/take-back", If_Match=gone["ETag"]).json()["state"] == "live"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"finding": "made_up"}, "body.finding"),
        ({"event_date": "2999"}, "body.event_date"),
        ({"event_date": "2026-02-31"}, "body.event_date"),
        ({"asserted_by": "model"}, "body.asserted_by"),
        ({"confidence": 0.7}, "body.confidence"),
        ({"source_title": ""}, "body.source_title"),
        ({"party": "pty_nobody"}, "body.party"),
    ],
)
def test_evidence_that_cannot_be_is_refused_by_name(changed: dict[str, Any], where: str, alice: Program) -> None:
    answer = alice.post("evidence", FOUND | changed)
    assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert not Evidence.objects.exists()


def test_restricted_evidence_is_added_with_the_scope_for_it_alone(cast: Cast) -> None:
    without = program(cast.alice, [Capability.SEE, Capability.EDIT])
    assert without.post("evidence", {**FOUND, "visibility": "restricted"}).json()["where"] == "body.visibility"
    assert program(cast.alice).post("evidence", {**FOUND, "visibility": "restricted"}).status_code == 201


def test_a_party_is_withdrawn_and_its_numbers_are_read_apart(alice: Program, cast: Cast) -> None:
    PartyIdentifier.objects.create(party=cast.supplier, scheme="KZ-BIN", value="123456789012", valid=None)
    [number] = alice.get(f"parties/{PARTY}/identifiers").json()["items"]
    assert number == {"scheme": "KZ-BIN", "value": "123456789012", "valid": None}
    assert alice.post(f"parties/{PARTY}/withdraw", If_Match='"1"').status_code == 204
    assert alice.get(f"parties/{PARTY}").status_code == 404
    assert alice.get("parties").json()["items"] == []
