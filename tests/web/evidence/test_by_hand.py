"""Evidence that people enter: what is kept of it, how it counts, who may see it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from fairlead.risk import shipped_cards
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.forms import EvidenceForm
from fairlead.web.evidence.models import Evidence, Proof
from fairlead.web.evidence.store import counting, evidence_table
from fairlead.web.evidence.words import by_hand
from fairlead.web.organisations.capabilities import Role
from tests.web.conftest import Cast, add_party

SCRIPT = "<script>alert(1)</script>"
GIVEN = {
    "finding": "documents_held",
    "polarity": "supports",
    "asserted_by": "union",
    "year": "2026",
    "month": "3",
    "source_title": "Report of the harbour workers' union",
    "edition": "2026",
    "locator": "page 4",
    "quote": "Passports are kept in the office.",
    "confidence": "1.0",
    "visibility": "organisation",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES = tmp_path
    return tmp_path


@pytest.fixture
def analyst(cast: Cast) -> Client:
    return cast.as_role(Role.ANALYST)


def address(cast: Cast) -> str:
    return f"/o/ministry/evidence/of/{cast.supplier.uid}/add/"


def add(client: Client, cast: Cast, **more: object) -> Evidence:
    client.post(address(cast), {**GIVEN, **more})
    return Evidence.objects.latest("pk")


def test_what_was_entered_is_kept_with_its_source(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast)
    assert (one.finding, one.indicator, one.polarity) == (
        "documents_held",
        "retention_of_identity_documents",
        "supports",
    )
    assert (one.event_date, one.asserted_by, one.locator) == ("2026-03", "union", "page 4")
    assert (one.quote, one.recorded_by) == ("Passports are kept in the office.", cast.people[Role.ANALYST])
    [row] = evidence_table(counting(cast.ministry, date(2026, 11, 26))).to_pylist()
    assert row["subject_id"] == cast.supplier.uid
    assert row["finding"] in shipped_cards()
    assert AuditEntry.objects.filter(action="evidence.added", subject=one.uid).exists()


def test_the_same_entered_twice_counts_once(cast: Cast, analyst: Client) -> None:
    add(analyst, cast)
    page = analyst.post(address(cast), {**GIVEN, "quote": " Passports  are kept in the office."}, follow=True)
    assert Evidence.objects.count() == 1
    assert "it counts once" in page.content.decode()


def test_two_findings_of_one_report_share_their_cluster(cast: Cast, analyst: Client) -> None:
    one, other = add(analyst, cast), add(analyst, cast, finding="wages_withheld")
    third = add(analyst, cast, source_title="Another report")
    assert one.uid != other.uid
    assert one.cluster_key == other.cluster_key != third.cluster_key


@pytest.mark.parametrize(
    ("given", "kept"),
    [({"month": ""}, "2026"), ({}, "2026-03"), ({"day": "7"}, "2026-03-07"), ({"year": "", "month": ""}, None)],
)
def test_a_date_is_as_precise_as_it_was_given(
    cast: Cast, analyst: Client, given: dict[str, str], kept: str | None
) -> None:
    assert add(analyst, cast, **given).event_date == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"finding": "country_tip_tier"},
        {"finding": ""},
        {"finding": "specific_allegation", "indicator": ""},
        {"asserted_by": "model"},
        {"asserted_by": ""},
        {"year": "2999"},
        {"year": "1200"},
        {"year": ""},
        {"month": "", "day": "3"},
        {"month": "2", "day": "30"},
        {"source_title": ""},
        {"quote": "x" * 501},
        {"confidence": "0.97"},
        {"visibility": "everybody"},
    ],
)
def test_what_cannot_be_is_asked_for_again(cast: Cast, analyst: Client, wrong: dict[str, str]) -> None:
    answer = analyst.post(address(cast), {**GIVEN, **wrong})
    assert 'class="error"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_every_finding_that_can_be_entered_has_a_plain_sentence() -> None:
    for cards in by_hand().values():
        assert cards
        assert not [card.key for card in cards if "{" in card.statement]
    form = EvidenceForm()
    assert any(
        "Passports" in word for _group, found in list(form.fields["finding"].choices)[1:] for _key, word in found
    )


def test_a_finding_that_lowers_the_risk_points_that_way(cast: Cast, analyst: Client) -> None:
    assert add(analyst, cast, finding="hotline_with_uptake").polarity == "mitigates"


def test_restricted_evidence_is_seen_only_by_those_who_may(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast, visibility="restricted", proof=SimpleUploadedFile("a.txt", b"x"))
    proof = Proof.objects.get()
    for role, may in ((Role.ANALYST, True), (Role.VERIFIER, True), (Role.VIEWER, False), (Role.AUDITOR, False)):
        client = cast.as_role(role)
        pages = [f"/o/ministry/evidence/{one.uid}/", f"/o/ministry/evidence/proof/{proof.pk}/"]
        answers = [client.get(page) for page in pages]
        assert [answer.status_code for answer in answers] == ([200, 200] if may else [404, 404])
        for answer in answers:
            answer.close()
        for page in ("evidence/", f"parties/{cast.supplier.uid}/evidence/", "evidence/?export=csv"):
            answer = client.get(f"/o/ministry/{page}")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert (b"documents" in content and one.uid.encode() in content) is may
        history = client.get(f"/o/ministry/parties/{cast.supplier.uid}/history/").content.decode()
        assert ("reported to be held" in history) is may


def test_withdrawn_evidence_does_not_count_and_stays_with_its_reason(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast)
    analyst.post(f"/o/ministry/evidence/{one.uid}/withdraw/", {"why": ""})
    assert counting(cast.ministry, date(2026, 11, 26)).count() == 1
    analyst.post(f"/o/ministry/evidence/{one.uid}/withdraw/", {"why": "It was another factory"})
    assert counting(cast.ministry, date(2026, 11, 26)).count() == 0
    assert "It was another factory" in analyst.get(f"/o/ministry/evidence/{one.uid}/").content.decode()
    analyst.post(f"/o/ministry/evidence/{one.uid}/back/")
    assert counting(cast.ministry, date(2026, 11, 26)).count() == 1


def test_withdrawn_evidence_that_is_entered_again_counts_again(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast)
    analyst.post(f"/o/ministry/evidence/{one.uid}/withdraw/", {"why": "wrong"})
    assert add(analyst, cast).pk == one.pk
    assert counting(cast.ministry, date(2026, 11, 26)).count() == 1


def test_evidence_past_its_end_does_not_count(cast: Cast, analyst: Client) -> None:
    add(analyst, cast, expires_on="2026-12-31")
    assert counting(cast.ministry, date(2026, 12, 31)).count() == 1
    assert counting(cast.ministry, date(2027, 1, 1)).count() == 0


def test_a_proof_is_kept_by_its_hash_and_only_saved_never_shown(cast: Cast, analyst: Client, files: Path) -> None:
    page = SimpleUploadedFile("../../../page.html", SCRIPT.encode(), content_type="text/html")
    add(analyst, cast, proof=page)
    proof = Proof.objects.get()
    assert proof.file.name == "page.html"
    assert proof.file.path.is_relative_to(files)
    answer = analyst.get(f"/o/ministry/evidence/proof/{proof.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == SCRIPT.encode()


def test_a_proof_that_is_too_large_or_empty_keeps_nothing(cast: Cast, analyst: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 10
    for content in (b"x" * 11, b""):
        answer = analyst.post(address(cast), {**GIVEN, "proof": SimpleUploadedFile("a.pdf", content)})
        assert 'class="error"' in answer.content.decode()
    assert (Evidence.objects.count(), Proof.objects.count()) == (0, 0)
    settings.UPLOAD_LIMIT = 1024 * 1024
    one = add(analyst, cast)
    settings.UPLOAD_LIMIT = 10
    proof = {"proof": SimpleUploadedFile("a.pdf", b"x" * 11)}
    page = analyst.post(f"/o/ministry/evidence/{one.uid}/proof/", proof, follow=True).content.decode()
    assert "The file is larger than" in page
    assert not Proof.objects.exists()


def test_a_proof_is_attached_later(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast)
    analyst.post(f"/o/ministry/evidence/{one.uid}/proof/", {"proof": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert one.proofs.get().file.name == "a.pdf"


def test_scripts_in_any_field_are_shown_and_not_run(cast: Cast, analyst: Client) -> None:
    texts = dict.fromkeys(("source_title", "edition", "locator", "quote"), SCRIPT)
    one = add(analyst, cast, **texts, proof=SimpleUploadedFile("<script>alert(1)</script>", b"x"))
    for page in (f"evidence/{one.uid}/", "evidence/", f"parties/{cast.supplier.uid}/evidence/"):
        content = analyst.get(f"/o/ministry/{page}").content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;" in content


def test_what_another_organisation_knows_is_not_found(cast: Cast, analyst: Client) -> None:
    one = add(analyst, cast, proof=SimpleUploadedFile("a.pdf", b"%PDF"))
    bob = cast.client(cast.bob)
    assert bob.get(f"/o/port/evidence/{one.uid}/").status_code == 404
    assert bob.get(f"/o/port/evidence/proof/{Proof.objects.get().pk}/").status_code == 404
    assert bob.post(f"/o/port/evidence/{one.uid}/withdraw/", {"why": "x"}).status_code == 404
    assert bob.post(f"/o/port/evidence/of/{cast.supplier.uid}/add/", GIVEN).status_code == 404
    assert one.uid not in bob.get("/o/port/evidence/").content.decode()


def test_the_list_is_filtered_and_exported_without_formulas(cast: Cast, analyst: Client) -> None:
    add(analyst, cast, quote='=HYPERLINK("http://evil.example")', locator="@x", edition="+cmd")
    add(analyst, cast, finding="wages_withheld")
    page = analyst.get("/o/ministry/evidence/?finding=documents_held").content.decode()
    assert "Passports or other" in page
    assert "Wages are reported" not in page
    answer = analyst.get("/o/ministry/evidence/?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell and cell[0] in "=+@\t\r"]


def test_evidence_is_added_only_to_parties_in_use(cast: Cast, analyst: Client) -> None:
    other = add_party(cast.ministry, "Gone", "pty_3", state="withdrawn")
    assert analyst.get(f"/o/ministry/evidence/of/{other.uid}/add/").status_code == 404
