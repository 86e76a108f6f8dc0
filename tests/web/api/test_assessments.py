"""Assessments through the API: begun, rated, explained, compared, reported."""

from __future__ import annotations

import pytest

from fairlead.web.api.models import ApiToken
from fairlead.web.assessments import reports
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Capability
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast


@pytest.fixture
def assessed(cast: Cast, alice: Program) -> Program:
    """The ministry with one assessment, and restricted evidence behind a rating."""
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=cast.supplier,
        subject_uid=cast.supplier.uid,
        finding="documents_held",
        source_id="interviews",
        edition="2026-10",
        asserted_by="union",
        event_date="2026-10-01",
        visibility="restricted",
        text={"template": "Passports are kept by the employer", "values": {}},
    )
    begun = alice.post("assessments", {"as_of": "2026-11-01", "note": "First."}, Idempotency_Key="first")
    assert (begun.status_code, begun.json()["number"]) == (201, 1)
    assert alice.post("assessments", {"as_of": "2026-11-01", "note": "First."}, Idempotency_Key="first").json() == (
        begun.json()
    )
    return alice


def test_an_assessment_is_begun_once_and_its_ratings_are_read(assessed: Program, cast: Cast, bob: Program) -> None:
    [one] = assessed.get("assessments").json()["items"]
    assert (one["number"], one["as_of"], one["state"]) == (1, "2026-11-01", "done")
    [rating] = assessed.get("assessments/1/ratings").json()["items"]
    assert (rating["party"], rating["rank"]) == (cast.supplier.uid, 1)
    assert assessed.get("assessments/2/ratings").status_code == 404
    assert bob.get("/api/organisations/port/assessments/1").status_code == 404


def test_a_rating_is_explained_and_hides_restricted_evidence(assessed: Program, cast: Cast, viewer: Program) -> None:
    address = f"assessments/1/ratings/{cast.supplier.uid}"
    whole, part = assessed.get(address).json(), viewer.get(address).json()
    assert "Passports are kept by the employer" in [row["text"] for row in whole["evidence"]]
    assert whole["steps"]
    assert "Passports" not in str(part)
    assert (part["hidden"], part["p"]) == (1, whole["p"])
    assert assessed.get("assessments/1/ratings/pty_nobody").status_code == 404


def test_a_day_that_has_not_come_is_refused(alice: Program) -> None:
    refused = alice.post("assessments", {"as_of": "2999-01-01"})
    assert (refused.status_code, refused.json()["where"]) == (422, "body.as_of")


def test_two_assessments_are_compared(assessed: Program) -> None:
    assert assessed.post("assessments/1/compare", {"other": 1}).json()["where"] == "body.other"
    Evidence.objects.update(state="withdrawn")
    assessed.post("assessments", {"as_of": "2026-11-02"})
    made = assessed.post("assessments/1/compare", {"other": 2})
    comparison = assessed.get(made["Location"]).json()
    assert (comparison["older"], comparison["newer"], comparison["ready"]) == (1, 2, True)
    changes = assessed.get(f"{made['Location']}/changes").json()["items"]
    assert [each["name"] for each in changes] == ["Blue Heron Textiles LLP"]


def test_a_report_is_made_and_fetched_and_needs_the_scope(assessed: Program, cast: Cast) -> None:
    assert assessed.get("assessments/1/reports/json").status_code == 404
    made = assessed.post("assessments/1/reports", {"language": "en"}).json()
    assert made["ready"] is True
    file = assessed.get("assessments/1/reports/json")
    assert (file.status_code, file["Content-Type"]) == (200, reports.FILES["json"][1])
    assert "attachment" in file["Content-Disposition"]
    assert AuditEntry.objects.get(action="report.taken").by == "token"
    without = program(cast.alice, [Capability.SEE, Capability.EXPORT])
    assert without.post("assessments/1/reports", {"restricted": True}).status_code == 422
    assert ApiToken.objects.count() == 2
