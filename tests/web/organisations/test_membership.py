"""Invitations, leaving, further organisations, and what happens with the account of somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Invitation, Membership, Organisation
from tests.web.conftest import PASSWORD, Cast


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return Invitation.objects.create(organisation=cast.ministry, email="new@ministry.example", role=Role.ANALYST)


def test_an_invitation_makes_an_account_and_a_membership_once(invitation: Invitation) -> None:
    browser = Client()
    answer = browser.post(f"/join/{invitation.token}/", {"person": "Nur", "password": PASSWORD})
    assert answer["Location"] == "/o/ministry/"
    member = Membership.objects.get(user__email="new@ministry.example")
    assert (member.role, member.organisation) == (Role.ANALYST, invitation.organisation)
    assert browser.get("/o/ministry/parties/").status_code == 200
    again = Client().post(f"/join/{invitation.token}/", {"person": "X", "password": PASSWORD})
    assert again.status_code == 410
    assert "no longer holds" in again.content.decode()


def test_an_invitation_opened_with_the_account_of_somebody_else_is_not_taken_up(
    invitation: Invitation, cast: Cast
) -> None:
    browser = cast.client(cast.bob)
    page = browser.get(f"/join/{invitation.token}/").content.decode()
    assert "new@ministry.example" in page
    assert "you are signed in as bob@port.example" in page
    browser.post(f"/join/{invitation.token}/", {"person": "Bob", "password": PASSWORD})
    invitation.refresh_from_db()
    assert invitation.taken_at is None
    assert not Membership.objects.filter(organisation=cast.ministry, user=cast.bob).exists()


def test_signing_out_from_there_leads_back_to_the_invitation(invitation: Invitation, cast: Cast) -> None:
    answer = cast.client(cast.bob).post("/account/logout/", {"next": f"/join/{invitation.token}/"})
    assert answer["Location"] == f"/join/{invitation.token}/"


def test_an_invitation_for_an_account_that_is_there_asks_to_sign_in_and_comes_back(cast: Cast) -> None:
    invitation = Invitation.objects.create(organisation=cast.ministry, email=cast.bob.email, role=Role.VIEWER)
    path = f"/join/{invitation.token}/"
    page = Client().get(path).content.decode()
    assert f"/account/login/?next={path}" in page
    answer = cast.client(cast.bob).post(path)
    assert answer["Location"] == "/o/ministry/"
    assert Membership.objects.get(organisation=cast.ministry, user=cast.bob).role == Role.VIEWER


def test_an_invitation_runs_out_after_fourteen_days(invitation: Invitation) -> None:
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=14, seconds=1))
    assert Client().get(f"/join/{invitation.token}/").status_code == 410


def test_a_weak_password_is_named_and_makes_nothing(invitation: Invitation) -> None:
    page = Client().post(f"/join/{invitation.token}/", {"person": "Nur", "password": "password1234"})
    assert page.status_code == 200
    assert 'class="error"' in page.content.decode()
    assert not User.objects.filter(email="new@ministry.example").exists()


def test_a_member_leaves_and_no_longer_sees_the_organisation(cast: Cast) -> None:
    browser = cast.as_role(Role.ANALYST)
    answer = browser.post("/o/ministry/organisation/leave/")
    assert answer["Location"] == "/organisations/"
    assert browser.get("/o/ministry/parties/").status_code == 404
    assert AuditEntry.objects.filter(action="member.left", organisation=cast.ministry).count() == 1


def test_the_last_administrator_cannot_leave(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/o/ministry/organisation/leave/", follow=True)
    assert "You are the only administrator" in answer.content.decode()
    assert Membership.objects.filter(organisation=cast.ministry, user=cast.alice).exists()


def test_an_administrator_adds_a_further_organisation_and_others_cannot(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/organisations/add/", {"name": "Ministry of Reeds", "language": "ru"})
    assert answer["Location"] == "/o/ministry-of-reeds/"
    made = Organisation.objects.get(slug="ministry-of-reeds")
    assert (made.language, made.sandbox) == ("ru", False)
    assert cast.as_role(Role.ANALYST).post("/organisations/add/", {"name": "X"}).status_code == 403
    assert not Organisation.objects.filter(name="X").exists()


def test_an_organisation_without_a_name_is_not_added(cast: Cast) -> None:
    page = cast.client(cast.alice).post("/organisations/add/", {"name": "", "language": "en"})
    assert "needs a name" in page.content.decode()


def test_names_with_a_script_are_shown_as_text(cast: Cast) -> None:
    browser = cast.client(cast.alice)
    browser.post("/o/ministry/organisation/", {"name": "<script>alert(1)</script>", "language": "en"})
    page = browser.get("/o/ministry/organisation/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
