"""A supplier's account challenges the estimate of its own company, reads the reply, and learns nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.actions.deadlines import deadlines
from fairlead.web.assessments.models import Challenge, ChallengeState, Sealed
from fairlead.web.assessments.reminders import send_reminders
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import make_account
from fairlead.web.organisations.models import Membership
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import Party
from fairlead.web.parties.split import Leaving, split
from fairlead.web.parties.undo_regrouping import undo
from tests.web.assessments.conftest import Chain
from tests.web.assessments.test_pages import of_party
from tests.web.conftest import PASSWORD, Cast, add_party

MINE = "/answer/challenges/"


@pytest.fixture
def rated(chain: Chain) -> Chain:
    """The chain with a rating that rests on what a union told."""
    chain.find(visibility="restricted")
    chain.assess()
    return chain


def to(cast: Cast, user: User | None = None) -> str:
    """Where somebody's account challenges the ministry."""
    member = Membership.objects.get(organisation=cast.ministry, user=user or cast.people[Role.SUPPLIER])
    return f"{MINE}to/{member.pk}/"


def challenge(rated: Chain, **more: Any) -> Challenge:
    """The supplier says what is wrong; the challenge."""
    browser = rated.cast.as_role(Role.SUPPLIER)
    answer = browser.post(to(rated.cast), {"text": "We hand <b>passports</b> back.", **more})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Challenge.objects.latest("pk")


def reply(rated: Chain, one: Challenge) -> None:
    """The case lead replies."""
    lead = rated.cast.as_role(Role.CASE_LEAD)
    lead.post(
        f"/o/ministry/assessments/challenges/{one.number}/", {"reply": "We looked again.", "evidence_added": "on"}
    )


def test_a_supplier_challenges_its_newest_rating_and_reads_the_reply(rated: Chain) -> None:
    cast, browser = rated.cast, rated.cast.as_role(Role.SUPPLIER)
    assert "Ministry of Quiet Waters" in browser.get(MINE).content.decode()
    proof = SimpleUploadedFile("handover.pdf", b"%PDF-1.7")
    one = challenge(rated, proof=proof, received_on="2020-01-01", due_on="2020-01-02")
    today = timezone.localdate()
    assert (one.party, one.rating.assessment.number, one.by_supplier) == (rated.spinner, 1, True)
    assert (one.received_on, one.due_on) == (today, today + timedelta(days=30))
    page = browser.get(f"{MINE}{one.pk}/").content.decode()
    assert "&lt;b&gt;passports&lt;/b&gt;" in page
    assert "handover.pdf" in page
    assert "Nobody has replied yet" in page
    reply(rated, one)
    page = browser.get(f"{MINE}{one.pk}/").content.decode()
    assert "We looked again." in page
    assert "evidence was added" in page
    [line] = AuditEntry.objects.filter(action="challenge.entered")
    assert (line.by, line.actor) == ("supplier", cast.people[Role.SUPPLIER])
    assert (
        "from the supplier" in cast.as_role(Role.VIEWER).get("/o/ministry/assessments/challenges/1/").content.decode()
    )


def test_neither_the_height_of_the_estimate_nor_what_it_rests_on_is_shown(rated: Chain) -> None:
    one = challenge(rated)
    reply(rated, one)
    browser = rated.cast.as_role(Role.SUPPLIER)
    for address in (MINE, to(rated.cast), f"{MINE}{one.pk}/"):
        page = browser.get(address).content.decode()
        for secret in ("documents", "Passports are kept", "union", "Interviews", "chip", "very high", "The Case lead"):
            assert secret not in page, (address, secret)


def test_the_case_lead_is_told_by_a_letter_that_does_not_name_the_supplier(rated: Chain) -> None:
    mail.outbox.clear()
    one = challenge(rated)
    [letter] = mail.outbox
    assert letter.to == ["case_lead@ministry.example"]
    assert f"/o/ministry/assessments/challenges/{one.number}/" in letter.body
    assert "Heron" not in letter.subject + letter.body


def test_somebody_else_neither_reads_nor_enters_a_challenge_here(rated: Chain) -> None:
    cast, one = rated.cast, challenge(rated)
    stranger = make_account("other@heron.example", "", PASSWORD, "en")
    Membership.objects.create(organisation=cast.ministry, user=stranger, role=Role.SUPPLIER, party=rated.cleaner)
    for user in (stranger, cast.bob, cast.alice):
        browser = cast.client(user)
        assert browser.get(f"{MINE}{one.pk}/").status_code == 404
        assert browser.get(to(cast)).status_code == 404
        assert browser.post(to(cast), {"text": "Not mine"}).status_code == 404
        assert "Challenge 1" not in browser.get(MINE).content.decode()
    assert Client().get(MINE).status_code == 302
    assert cast.client(cast.alice).post(to(cast, cast.alice), {"text": "Not a supplier"}).status_code == 404
    assert cast.as_role(Role.SUPPLIER).get("/o/ministry/assessments/challenges/1/").status_code == 403
    assert Challenge.objects.count() == 1


def test_without_a_rating_there_is_nothing_to_challenge(chain: Chain) -> None:
    browser = chain.cast.as_role(Role.SUPPLIER)
    assert "No organisation has an estimate" in browser.get(MINE).content.decode()
    assert browser.post(to(chain.cast), {"text": "What?"}).status_code == 404


def test_a_challenge_needs_words_and_no_more_than_five_wait(rated: Chain) -> None:
    browser = rated.cast.as_role(Role.SUPPLIER)
    assert browser.post(to(rated.cast), {"text": " "}).status_code == 200
    for _ in range(7):
        browser.post(to(rated.cast), {"text": "Again"})
    assert Challenge.objects.count() == 5
    reply(rated, Challenge.objects.earliest("pk"))
    browser.post(to(rated.cast), {"text": "Again"})
    assert Challenge.objects.count() == 6


def test_the_case_lead_is_reminded_before_and_after_the_day_each_step_once(rated: Chain) -> None:
    one = challenge(rated)
    due = datetime(one.due_on.year, one.due_on.month, one.due_on.day, 9, tzinfo=UTC)
    mail.outbox.clear()
    runs = [(day, hour) for day in range(-15, 40) for hour in (0, 6)]
    sent = [day for day, hour in runs if send_reminders(due + timedelta(days=day, hours=hour))]
    assert sent == [-7, 1, 8, 22]
    assert {letter.to[0] for letter in mail.outbox} == {"case_lead@ministry.example"}
    assert "overdue" in mail.outbox[1].subject
    assert not any("Heron" in letter.subject + letter.body for letter in mail.outbox)
    assert AuditEntry.objects.filter(action="challenge.reminded").count() == 4


def test_nobody_is_reminded_of_what_was_answered(rated: Chain) -> None:
    one = challenge(rated)
    reply(rated, one)
    assert send_reminders(datetime(one.due_on.year, one.due_on.month, one.due_on.day, tzinfo=UTC)) == 0


def test_without_a_case_lead_the_administrator_is_reminded_and_fewer_e_mails_are_one(rated: Chain) -> None:
    challenge(rated)
    one = challenge(rated)
    Membership.objects.filter(role=Role.CASE_LEAD).delete()
    User.objects.filter(pk=rated.cast.alice.pk).update(fewer_emails=True)
    mail.outbox.clear()
    assert (
        send_reminders(datetime(one.due_on.year, one.due_on.month, one.due_on.day, 9, tzinfo=UTC) - timedelta(7)) == 2
    )
    [letter] = mail.outbox
    assert letter.to == [rated.cast.alice.email]
    assert "challenges/1/" in letter.body
    assert "challenges/2/" in letter.body


def test_the_calendar_shows_when_a_reply_is_due(rated: Chain) -> None:
    one = challenge(rated)
    [found] = [each for each in deadlines(rated.cast.ministry, one.due_on, one.due_on) if each.kind == "challenge"]
    assert "Blue Heron" in found.title
    assert deadlines(rated.cast.port, one.due_on, one.due_on) == []
    reply(rated, one)
    assert deadlines(rated.cast.ministry, one.due_on, one.due_on) == []


@pytest.mark.parametrize("answered", [False, True])
def test_a_challenge_follows_its_party_when_it_is_merged_and_when_that_is_undone(rated: Chain, answered: bool) -> None:
    cast, one = rated.cast, challenge(rated)
    if answered:
        reply(rated, one)
    twin = add_party(cast.ministry, "Blue Heron", "pty_8888888888888888")
    regrouping = merge(twin, [rated.spinner], user=cast.alice)
    one.refresh_from_db()
    assert one.party == twin
    assert one.rating.party == rated.spinner  # what was rated is not rewritten
    assert one.state == (ChallengeState.ANSWERED if answered else ChallengeState.OPEN)
    assert "Challenge 1" in of_party(rated, twin)
    page = cast.as_role(Role.VIEWER).get("/o/ministry/assessments/challenges/1/").content.decode()
    address = f"/o/ministry/assessments/1/parties/{rated.spinner.uid}/"
    assert address in page
    assert cast.as_role(Role.VIEWER).get(address).status_code == 200
    supplier = cast.as_role(Role.SUPPLIER)
    assert supplier.get(f"{MINE}{one.pk}/").status_code == 200
    assert supplier.post(to(cast), {"text": "Still wrong"}).status_code == 302  # its newest rating is the merged one's
    assert Challenge.objects.latest("pk").rating == one.rating
    undo(regrouping, user=cast.alice, all_the_same=True)
    one.refresh_from_db()
    assert one.party == rated.spinner
    assert "Challenge 1" in of_party(rated, Party.objects.get(pk=rated.spinner.pk))


def test_a_challenge_leaves_with_a_split_where_it_was_chosen_and_comes_back_when_that_is_undone(rated: Chain) -> None:
    cast, one, stays = rated.cast, challenge(rated), challenge(rated)
    browser = cast.as_role(Role.CASE_LEAD)
    assert "Challenge 1" in browser.get(f"/o/ministry/parties/{rated.spinner.uid}/split/").content.decode()
    regrouping = split(
        rated.spinner, Leaving("Grey Heron", "company", None, (), {"challenges": [one.pk]}), user=cast.alice
    )
    one.refresh_from_db()
    stays.refresh_from_db()
    assert one.party.name == "Grey Heron"
    assert stays.party == rated.spinner
    undo(regrouping, user=cast.alice)
    one.refresh_from_db()
    assert one.party == rated.spinner


def test_where_a_challenge_hangs_may_change_and_what_it_says_may_not(rated: Chain) -> None:
    one = challenge(rated)
    reply(rated, one)
    Challenge.objects.filter(pk=one.pk).update(party=rated.cleaner)
    with pytest.raises(Sealed):
        Challenge.objects.filter(pk=one.pk).update(party=rated.cleaner, text="Never said")
