"""Answers that a supplier shares become evidence elsewhere by its consent alone, and nothing leaks without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fairlead.web.actions.deadlines import deadlines
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import make_account
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.parties.undo_regrouping import undo
from fairlead.web.questionnaires.models import AcceptedEvidence, Consent, Questionnaire
from tests.web.conftest import PASSWORD, Cast, add_party
from tests.web.questionnaires.conftest import Sent, step
from tests.web.questionnaires.test_accounts import ask_from_port, elsewhere, share

__all__ = ["elsewhere"]
PORT = "/o/port/questionnaires/shared/"


@pytest.fixture
def answered(sent: Sent, cast: Cast, elsewhere: Party) -> Sent:
    """The ministry's questionnaire, answered and sent in; the port has asked the same supplier."""
    ask_from_port(cast, elsewhere)
    sent.write("wages", a__payslips="yes", n__payslips="Only for readers")
    sent.write("freedom", a__leave_freely="always")
    sent.browser.post(sent.url("send/"))
    return sent


@pytest.fixture
def consent(answered: Sent, cast: Cast) -> Consent:
    """The supplier's consent that the port sees it."""
    share(cast, answered, consent="yes")
    return Consent.objects.get()


def accept(cast: Cast, consent: Consent, what: str = "accept") -> Any:
    """Bob takes the answers into the port's evidence, or out of it."""
    return cast.client(cast.bob).post(f"{PORT}{consent.pk}/{what}/")


def of_port(cast: Cast) -> Any:
    """The evidence of the port that counts."""
    return Evidence.live.filter(organisation=cast.port)


def test_shared_answers_become_evidence_of_the_day_on_which_they_were_given(
    consent: Consent, cast: Cast, elsewhere: Party
) -> None:
    assert accept(cast, consent).status_code == 302
    rows = list(of_port(cast))
    assert rows
    day = consent.questionnaire.submitted_at.date()
    assert {(row.party_id, row.subject_uid, row.asserted_by, row.event_date) for row in rows} == {
        (elsewhere.pk, elsewhere.uid, "self", day.isoformat())
    }
    assert all(row.expires_on > day for row in rows)
    assert "shared by its consent" in rows[0].source_title
    assert not any("Ministry" in row.source_title + str(row.text) for row in rows)
    assert not Evidence.objects.filter(organisation=cast.ministry).exists()
    assert AuditEntry.objects.filter(action="shared_answers.accepted", organisation=cast.port).count() == 1
    page = cast.client(cast.bob).get(PORT).content.decode()
    assert "Blue Heron Textiles" in page
    assert "Ministry" not in page


def test_without_consent_nothing_can_be_seen_or_taken(answered: Sent, cast: Cast) -> None:
    bob = cast.client(cast.bob)
    for number in (1, answered.one.pk, 999):
        assert bob.get(f"{PORT}{number}/").status_code == 404
        for what in ("accept", "undo"):
            assert bob.post(f"{PORT}{number}/{what}/").status_code == 404
    assert "Blue Heron" not in bob.get(PORT).content.decode()
    assert not of_port(cast).exists()


def test_a_consent_to_one_organisation_opens_nothing_to_another(consent: Consent, cast: Cast) -> None:
    third = Organisation.objects.create(name="Third", slug="third")
    carol = make_account("carol@third.example", "", PASSWORD, "en")
    Membership.objects.create(organisation=third, user=carol, role=Role.ADMINISTRATOR)
    browser = cast.client(carol)
    root = "/o/third/questionnaires/shared/"
    assert browser.get(f"{root}{consent.pk}/").status_code == 404
    assert browser.post(f"{root}{consent.pk}/accept/").status_code == 404
    assert browser.post(f"{root}{consent.pk}/undo/").status_code == 404
    assert cast.client(cast.alice).post(f"/o/ministry/questionnaires/shared/{consent.pk}/accept/").status_code == 404
    assert not AcceptedEvidence.objects.exists()


def test_after_the_consent_was_taken_back_nothing_more_is_seen_or_taken(consent: Consent, cast: Cast) -> None:
    cast.as_role(Role.SUPPLIER).post(f"/answer/consents/{consent.pk}/revoke/")
    assert accept(cast, consent).status_code == 404
    assert cast.client(cast.bob).get(f"{PORT}{consent.pk}/").status_code == 404
    assert "Blue Heron" not in cast.client(cast.bob).get(PORT).content.decode()
    assert not of_port(cast).exists()


def test_what_was_taken_before_stays_dated_and_can_still_be_taken_out(consent: Consent, cast: Cast) -> None:
    accept(cast, consent)
    count = of_port(cast).count()
    supplier = cast.as_role(Role.SUPPLIER)
    assert "into its records" in supplier.get("/answer/").content.decode()
    supplier.post(f"/answer/consents/{consent.pk}/revoke/")
    page = cast.client(cast.bob).get(PORT).content.decode()
    assert "no longer shared" in page
    assert f"{PORT}{consent.pk}/accept/" not in page
    assert of_port(cast).count() == count
    assert accept(cast, consent, "undo").status_code == 302
    assert not of_port(cast).exists()
    assert Evidence.objects.filter(organisation=cast.port, state=RecordState.WITHDRAWN).count() == count


def test_taking_them_out_and_in_again_is_as_it_was(consent: Consent, cast: Cast) -> None:
    accept(cast, consent)
    before = sorted(of_port(cast).values_list("uid", flat=True))
    accept(cast, consent, "undo")
    accept(cast, consent)
    assert sorted(of_port(cast).values_list("uid", flat=True)) == before


def test_answers_that_were_returned_and_changed_are_told_and_taken_anew(
    consent: Consent, answered: Sent, cast: Cast
) -> None:
    accept(cast, consent)
    before = set(of_port(cast).values_list("uid", flat=True))
    step(cast, answered.one, "return", remarks="Look at wages again.")
    assert cast.client(cast.bob).get(f"{PORT}{consent.pk}/").status_code == 404  # being changed: not shown
    answered.write("freedom", a__leave_freely="never")
    answered.browser.post(answered.url("send/"))
    assert "other answers since" in cast.client(cast.bob).get(PORT).content.decode()
    accept(cast, consent)
    assert set(of_port(cast).values_list("uid", flat=True)) != before
    assert "other answers since" not in cast.client(cast.bob).get(PORT).content.decode()


def test_the_ministrys_own_acceptance_and_its_undoing_leave_the_ports_evidence(
    consent: Consent, answered: Sent, cast: Cast
) -> None:
    accept(cast, consent)
    count = of_port(cast).count()
    step(cast, answered.one, "accept")
    assert Evidence.live.filter(organisation=cast.ministry).count() == count
    step(cast, answered.one, "undo")
    assert of_port(cast).count() == count
    assert not Evidence.live.filter(organisation=cast.ministry).exists()


def test_the_lists_of_the_port_name_its_own_party_and_lead_to_its_own_pages(
    consent: Consent, cast: Cast, elsewhere: Party
) -> None:
    accept(cast, consent)
    page = cast.client(cast.bob).get("/o/port/questionnaires/expiring/").content.decode()
    assert elsewhere.name in page
    assert "Textiles LLP" not in page  # as the ministry calls it
    assert f'href="{PORT}"' in page
    last = max(of_port(cast).values_list("expires_on", flat=True))
    shown = [each for each in deadlines(cast.port, last, last) if each.kind == "evidence"]
    assert shown
    assert {each.url for each in shown} == {PORT}


def test_an_account_without_the_right_sees_and_takes_nothing(consent: Consent, cast: Cast) -> None:
    viewer = make_account("viewer@port.example", "", PASSWORD, "en")
    Membership.objects.create(organisation=cast.port, user=viewer, role=Role.VIEWER)
    browser = cast.client(viewer)
    assert browser.get(f"{PORT}{consent.pk}/").status_code == 200
    assert browser.post(f"{PORT}{consent.pk}/accept/").status_code == 403
    assert Client().post(f"{PORT}{consent.pk}/accept/").status_code == 302
    assert not of_port(cast).exists()


def test_a_consent_follows_the_party_when_it_is_merged_and_when_that_is_undone(
    consent: Consent, cast: Cast, elsewhere: Party
) -> None:
    twin = add_party(cast.port, "Blue Heron", "pty_8888888888888888")
    regrouping = merge(twin, [elsewhere], user=cast.bob)
    consent.refresh_from_db()
    assert consent.party == twin
    assert accept(cast, consent).status_code == 302
    assert set(of_port(cast).values_list("party_id", flat=True)) == {twin.pk}
    undo(regrouping, user=cast.bob, all_the_same=True)
    consent.refresh_from_db()
    assert consent.party == elsewhere


def test_the_supplier_reads_before_it_consents_what_will_be_seen(answered: Sent, cast: Cast) -> None:
    page = cast.as_role(Role.SUPPLIER).get(f"/answer/{answered.one.pk}/share/").content.decode()
    assert "Port of Lantern" in page
    assert "Only for readers" in page
    share(cast, answered, consent="yes")
    again = cast.as_role(Role.SUPPLIER).get(f"/answer/{answered.one.pk}/share/").content.decode()
    assert "may see them already" in again


def test_the_choice_of_questions_that_another_organisation_made_is_no_reason_shown_here(
    consent: Consent, cast: Cast
) -> None:
    Questionnaire.objects.filter(pk=consent.questionnaire_id).update(greeting="Dear heron", remarks="Secret remark")
    page = cast.client(cast.bob).get(f"{PORT}{consent.pk}/").content.decode()
    for secret in ("Dear heron", "Secret remark", "Ministry", "office@heron.example"):
        assert secret not in page


def test_answers_are_shared_with_many_at_once_and_only_with_those_that_have_asked(
    answered: Sent, cast: Cast, elsewhere: Party
) -> None:
    supplier, others = cast.people[Role.SUPPLIER], []
    for name in ("third", "fourth"):
        organisation = Organisation.objects.create(name=name, slug=name)
        party = add_party(organisation, "Blue Heron", f"pty_{name}")
        Membership.objects.create(organisation=organisation, user=supplier, role=Role.SUPPLIER, party=party)
        others.append(organisation)
    Questionnaire.objects.create(
        organisation=others[0], party=Party.objects.get(uid="pty_third"), standard=answered.one.standard,
        form="short", language="en", due_on=answered.one.due_on, state="sent",
    )  # fmt: skip
    ticked = [str(each.pk) for each in (cast.port, *others, cast.ministry)]
    browser = cast.as_role(Role.SUPPLIER)
    browser.post(f"/answer/{answered.one.pk}/share/", {"organisation": ticked})
    assert not Consent.objects.exists()
    browser.post(f"/answer/{answered.one.pk}/share/", {"organisation": ticked, "consent": "yes"})
    assert set(Consent.objects.values_list("organisation__slug", flat=True)) == {"port", "third"}
