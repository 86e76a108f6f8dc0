"""Files through the API: proofs of evidence, files of actions, challenges; and leaving a supplier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.files.models import StoredFile
from fairlead.web.organisations.capabilities import Capability
from tests.web.api.conftest import BASE, Program, program
from tests.web.conftest import Cast

PARTY = "pty_1111111111111111"


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def action(cast: Cast) -> CorrectiveAction:
    return CorrectiveAction.objects.create(
        organisation=cast.ministry,
        uid="act_1",
        party=cast.supplier,
        words="Give them back.",
        due_on=timezone.localdate(),
    )


@pytest.fixture
def evidence(cast: Cast) -> Evidence:
    return Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=cast.supplier,
        subject_uid=PARTY,
        finding="x",
        source_id="s",
        asserted_by="union",
        visibility="restricted",
    )


def send(caller: Program, path: str, name: str = "file", content: bytes = b"photograph", **data: str) -> HttpResponse:
    sent = {**data, name: SimpleUploadedFile("proof.pdf", content)} if name else data
    return caller.client.post(f"{BASE}/{path}", sent, headers={"Authorization": f"Bearer {caller.secret}"})


def test_a_proof_is_attached_listed_and_given_back_as_it_was(alice: Program, evidence: Evidence) -> None:
    made = send(alice, "evidence/evd_1/proofs")
    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "proof.pdf", 10)
    [proof] = alice.get("evidence/evd_1/proofs").json()["items"]
    given = alice.get(f"evidence/evd_1/proofs/{proof['number']}")
    assert b"".join(given.streaming_content) == b"photograph"  # type: ignore[attr-defined]
    assert given["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="evidence.proof_taken").count() == 1


def test_proofs_of_restricted_evidence_are_not_there_without_the_scope(
    alice: Program, cast: Cast, evidence: Evidence
) -> None:
    number = send(alice, "evidence/evd_1/proofs").json()["number"]
    narrow = program(cast.alice, [Capability.SEE, Capability.EDIT])
    assert narrow.get("evidence/evd_1/proofs").status_code == 404
    assert narrow.get(f"evidence/evd_1/proofs/{number}").status_code == 404
    assert send(narrow, "evidence/evd_1/proofs").status_code == 404
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("path", ["evidence/evd_1/proofs", "actions/act_1/files"])
def test_a_file_that_is_too_large_or_empty_is_not_kept(
    path: str, alice: Program, settings: Any, action: CorrectiveAction, evidence: Evidence
) -> None:
    settings.UPLOAD_LIMIT = 5
    assert send(alice, path).status_code == 413
    assert send(alice, path, content=b"").status_code == 422
    assert send(alice, path, name="").status_code in {415, 422}
    assert StoredFile.objects.count() == 0


def test_a_file_of_an_action_stands_among_its_events(alice: Program, bob: Program, action: CorrectiveAction) -> None:
    made = send(alice, "actions/act_1/files", words="The receipts")
    assert (made.status_code, made.json()["file"], made.json()["words"]) == (201, "proof.pdf", "The receipts")
    [event] = alice.get("actions/act_1/events").json()["items"]
    given = alice.get(f"actions/act_1/files/{event['id']}")
    assert b"".join(given.streaming_content) == b"photograph"  # type: ignore[attr-defined]
    assert bob.get(f"/api/organisations/port/actions/act_1/files/{event['id']}").status_code == 404


def test_a_challenge_needs_a_rating(alice: Program) -> None:
    today = timezone.localdate().isoformat()
    answer = send(alice, f"parties/{PARTY}/challenges", "", text="We are not it.", received_on=today, due_on=today)
    assert answer.status_code in {409, 415}


def test_leaving_is_decided_only_when_harm_to_workers_was_weighed(alice: Program) -> None:
    before = alice.get(f"parties/{PARTY}/leaving").json()
    assert (before["version"], before["taken"]) == (None, [])
    body: dict[str, Any] = {"version": None, "decision": "leave", "reasons": "It would not talk."}
    assert alice.post(f"parties/{PARTY}/leaving", body).status_code == 422
    assert alice.get(f"parties/{PARTY}/leaving").json()["version"] is None
    yes = {"answer": "yes", "words": "With the union, twice."}
    kept = alice.post(f"parties/{PARTY}/leaving", {"version": None, "points": {"tried": yes}}).json()
    assert "tried" not in kept["still_open"]
    assert alice.post(f"parties/{PARTY}/leaving", body).status_code == 409
    points = dict.fromkeys(kept["still_open"], yes)
    done = alice.post(f"parties/{PARTY}/leaving", {**body, "version": kept["version"], "points": points})
    assert [each["decision"] for each in done.json()["taken"]] == ["leave"]
    assert alice.post(f"parties/{PARTY}/leaving", {"version": None, "points": {"no": yes}}).status_code == 422


def test_what_is_due_is_told_by_day(alice: Program, action: CorrectiveAction) -> None:
    assert [each["kind"] for each in alice.get("deadlines").json()["items"]] == ["action"]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert alice.get(f"deadlines?first={tomorrow}").json()["items"] == []
    assert alice.get("deadlines?first=2020-01-01&last=2024-01-01").status_code == 422
    assert alice.get("deadlines?first=soon").status_code == 422


def test_proposals_become_actions_once(alice: Program, cast: Cast) -> None:
    proposed = alice.get(f"parties/{PARTY}/proposals").json()["items"]
    assert alice.post(f"parties/{PARTY}/proposals/take", {"proposals": ["nothing"]}).status_code == 422
    for each in proposed[:1]:
        assert alice.post(f"parties/{PARTY}/proposals/take", {"proposals": [each["id"]]}).status_code == 201
        assert each["id"] not in {one["id"] for one in alice.get(f"parties/{PARTY}/proposals").json()["items"]}


def test_an_own_list_is_uploaded_once_and_screened_against(alice: Program) -> None:
    names = b"name,country\nGrey Gull Foods,KAZ\n"
    assert send(alice, "own-lists", content=b"\x89PNG\r\n\x1a\n").status_code == 422
    sent = [SimpleUploadedFile("names.csv", names) for _ in range(2)]
    headers = {"Authorization": f"Bearer {alice.secret}"}
    one, other = (alice.client.post(f"{BASE}/own-lists", {"file": each}, headers=headers) for each in sent)
    assert one.status_code == 201
    assert one.json() == other.json()
    assert [each["name"] for each in alice.get("own-lists").json()["items"]] == ["names.csv"]
    assert alice.post("assessments", {"lists": [999]}).status_code == 422
    assert alice.post("assessments", {"lists": [one.json()["number"]]}).status_code == 201
