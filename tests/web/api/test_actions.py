"""Corrective actions through the API: added, agreed, done, and verified by somebody else."""

from __future__ import annotations

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.organisations.capabilities import Role
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast

NEW = {"party": "pty_1111111111111111", "words": "Give the passports back.", "owed": "1250.50", "currency": "KZT"}


def test_an_action_goes_its_way_from_adding_to_verifying(cast: Cast) -> None:
    lead, verifier = program(cast.people[Role.CASE_LEAD]), program(cast.people[Role.VERIFIER])
    added = lead.post("actions", NEW)
    assert (added.status_code, added.json()["owed"], added.json()["state"]) == (201, "1250.50", "proposed")
    address = added["Location"]
    agreed = lead.post(f"{address}/agree", {}, If_Match=added["ETag"])
    assert (agreed.status_code, agreed.json()["state"]) == (200, "agreed")
    without_proof = lead.post(f"{address}/done", {}, If_Match=agreed["ETag"])
    assert without_proof.status_code == 422
    done = lead.post(f"{address}/done", {"words": "Photos of the handover."}, If_Match=agreed["ETag"])
    seen = {"words": "Talked with nine workers.", "verifier": "union", "verifier_name": "Union of the Lake"}
    assert lead.post(f"{address}/verify", seen, If_Match=done["ETag"]).status_code == 403
    verified = verifier.post(f"{address}/verify", seen, If_Match=done["ETag"])
    assert (verified.json()["state"], verified.json()["verifier"]) == ("verified", "union")
    events = lead.get(f"{address}/events").json()["items"]
    assert [each["kind"] for each in events] == ["agree", "done", "verify"]


def test_a_step_needs_the_version_and_is_taken_once(alice: Program) -> None:
    added = alice.post("actions", NEW)
    address = added["Location"]
    assert alice.post(f"{address}/agree", {}).status_code == 428
    assert alice.post(f"{address}/agree", {}, If_Match='"9"').status_code == 412
    first = alice.post(f"{address}/agree", {}, If_Match=added["ETag"], Idempotency_Key="agree")
    again = alice.post(f"{address}/agree", {}, If_Match=added["ETag"], Idempotency_Key="agree")
    assert first.content == again.content
    assert (first.status_code, again.status_code) == (200, 200)


def test_what_is_agreed_can_be_changed_and_what_is_left_out_stays(alice: Program) -> None:
    added = alice.post("actions", NEW)
    changed = alice.patch(added["Location"], {"due_on": "2026-12-31"}, If_Match=added["ETag"])
    assert (changed.status_code, changed.json()["due_on"], changed.json()["owed"]) == (200, "2026-12-31", "1250.50")
    assert changed.json()["words"] == NEW["words"]
    assert alice.patch(added["Location"], {"currency": ""}, If_Match=changed["ETag"]).status_code == 422
    assert alice.patch(added["Location"], {"due_on": "2026-02-31"}, If_Match=changed["ETag"]).status_code == 422
    assert alice.patch(added["Location"], {"workers": 4}, If_Match=added["ETag"]).status_code == 412
    assert CorrectiveAction.objects.get().workers is None


def test_actions_of_another_organisation_s_party_cannot_be_added(bob: Program) -> None:
    answer = bob.post("/api/organisations/port/actions", NEW)
    assert (answer.status_code, answer.json()["where"]) == (422, "body.party")
