"""A supplier's challenge and the reply to it stay on record, whatever happens after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.web.assessments.models import Challenge, ChallengeState, Sealed
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from tests.web.assessments.conftest import Chain
from tests.web.assessments.test_pages import of_party

ROOT = "/o/ministry/assessments/"
SAID = {"text": "We hand <b>passports</b> back.", "received_on": "2026-11-20", "due_on": "2026-12-20"}


@pytest.fixture
def challenged(chain: Chain) -> Chain:
    chain.find()
    chain.assess()
    proof = SimpleUploadedFile("handover.html", b"<script>alert(1)</script>", content_type="text/html")
    answer = chain.cast.as_role(Role.ANALYST).post(
        f"{ROOT}challenges/of/{chain.spinner.uid}/", {**SAID, "proof": proof}
    )
    assert answer["Location"] == f"{ROOT}challenges/1/"
    return chain


def reply(chain: Chain, text: str = "You are right.", **besides: Any) -> Any:
    return chain.cast.as_role(Role.CASE_LEAD).post(f"{ROOT}challenges/1/", {"reply": text, **besides})


def test_a_challenge_is_entered_against_the_newest_rating_and_shown_with_its_deadline(challenged: Chain) -> None:
    one = Challenge.objects.get()
    assert (one.party, one.rating.assessment.number, one.state) == (challenged.spinner, 1, ChallengeState.OPEN)
    shown = challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/1/").content.decode()
    assert "20 December 2026" in shown
    assert "&lt;b&gt;passports&lt;/b&gt;" in shown
    assert "Challenge 1" in of_party(challenged, challenged.spinner)
    assert "Challenge 1" in challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/").content.decode()


def test_without_a_rating_there_is_nothing_to_challenge(chain: Chain) -> None:
    answer = chain.cast.as_role(Role.ANALYST).post(f"{ROOT}challenges/of/{chain.spinner.uid}/", SAID)
    assert answer["Location"] == f"/o/ministry/parties/{chain.spinner.uid}/"
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(("received", "due"), [("2999-01-01", "2999-02-01"), ("2026-11-20", "2026-11-01")])
def test_days_that_cannot_be_are_refused(chain: Chain, received: str, due: str) -> None:
    chain.assess()
    days = {**SAID, "received_on": received, "due_on": due}
    answer = chain.cast.as_role(Role.ANALYST).post(f"{ROOT}challenges/of/{chain.spinner.uid}/", days)
    assert answer.status_code == 200
    assert not Challenge.objects.exists()


def test_a_proof_over_the_limit_is_named_and_the_challenge_is_not_entered_without_it(
    chain: Chain, settings: Any
) -> None:
    chain.assess()
    settings.UPLOAD_LIMIT = 10
    proof = SimpleUploadedFile("handover.pdf", b"more than ten letters")
    answer = chain.cast.as_role(Role.ANALYST).post(
        f"{ROOT}challenges/of/{chain.spinner.uid}/", {**SAID, "proof": proof}
    )
    assert "The file is larger than" in answer.content.decode()
    assert not Challenge.objects.exists()


def test_the_proof_is_a_file_to_keep_for_those_who_handle_the_case(challenged: Chain) -> None:
    answer = challenged.cast.as_role(Role.VERIFIER).get(f"{ROOT}challenges/1/proof/")
    assert b"".join(answer) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/1/proof/").status_code == 403


def test_a_reply_stays_with_its_reasons_and_what_became_of_the_evidence(challenged: Chain) -> None:
    assert reply(challenged, evidence_withdrawn="on").status_code == 302
    one = Challenge.objects.get()
    assert (one.state, one.reply, one.evidence_withdrawn, one.evidence_added) == (
        "answered",
        "You are right.",
        True,
        False,
    )
    shown = challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/1/").content.decode()
    assert "evidence was withdrawn" in shown
    assert "You are right." in of_party(challenged, challenged.spinner)


def test_a_second_reply_is_refused_and_given_back(challenged: Chain) -> None:
    reply(challenged)
    answer = reply(challenged, "No, <i>you</i> are wrong.")
    assert answer.status_code == 409
    assert "No, &lt;i&gt;you&lt;/i&gt; are wrong." in answer.content.decode()
    assert Challenge.objects.get().reply == "You are right."


def test_a_reply_needs_reasons(challenged: Chain) -> None:
    assert reply(challenged, "").status_code == 200
    assert Challenge.objects.get().is_open


def test_both_are_in_the_log_without_what_was_said(challenged: Chain) -> None:
    reply(challenged)
    lines = AuditEntry.objects.filter(action__startswith="challenge.").order_by("number")
    assert [line.action for line in lines] == ["challenge.entered", "challenge.answered"]
    assert all("passports" not in str(line.detail) and "right" not in str(line.detail) for line in lines)


def test_a_challenge_is_never_deleted_and_answered_never_changed(challenged: Chain) -> None:
    one = Challenge.objects.get()
    with pytest.raises(Sealed):
        one.delete()
    with pytest.raises(Sealed):
        Challenge.objects.all().delete()
    reply(challenged)
    one.refresh_from_db()
    one.text = "Never said"
    with pytest.raises(Sealed):
        one.save()
    with pytest.raises(Sealed):
        Challenge.objects.filter(pk=one.pk).update(text="Never said")
    assert Challenge.objects.get().text == SAID["text"]


def test_what_is_late_is_marked(challenged: Chain) -> None:
    Challenge.objects.update(due_on=date(2020, 1, 1))
    assert "overdue" in challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/").content.decode()
    reply(challenged)
    assert "overdue" not in challenged.cast.as_role(Role.VIEWER).get(f"{ROOT}challenges/").content.decode()


def test_another_organisations_challenge_is_not_there(challenged: Chain) -> None:
    bob = challenged.cast.client(challenged.cast.bob)
    for address in ("1/", "1/proof/"):
        assert bob.get(f"/o/port/assessments/challenges/{address}").status_code == 404
    assert bob.post(f"/o/port/assessments/challenges/of/{challenged.spinner.uid}/", SAID).status_code == 404
