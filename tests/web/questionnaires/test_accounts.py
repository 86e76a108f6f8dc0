"""A supplier with an account sees all it was asked, answers once, and shares only by its own consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import make_account
from fairlead.web.organisations.models import Invitation, Membership
from fairlead.web.parties.models import Party
from fairlead.web.questionnaires.models import Answer, Consent, Questionnaire, State
from fairlead.web.questionnaires.tokens import make_link, newest_link, token_of
from tests.web.conftest import PASSWORD, Cast, add_party
from tests.web.questionnaires.conftest import Sent, form_of, step


@pytest.fixture
def elsewhere(cast: Cast) -> Party:
    """The same supplier as the port keeps it; the supplier's account answers for it there too."""
    party = add_party(cast.port, "Blue Heron Textiles", "pty_7777777777777777")
    user = cast.people[Role.SUPPLIER]
    Membership.objects.create(organisation=cast.port, user=user, role=Role.SUPPLIER, party=party)
    return party


def ask_from_port(cast: Cast, party: Party) -> Questionnaire:
    """The port asks, and sends."""
    bob = cast.client(cast.bob)
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    bob.post("/o/port/questionnaires/new/", {"selected": party.uid, "make": "yes", "due_on": due})
    one = Questionnaire.objects.filter(organisation=cast.port).latest("pk")
    bob.post(f"/o/port/questionnaires/{one.pk}/send/", {"seen": one.version})
    return Questionnaire.objects.get(pk=one.pk)


def opened(cast: Cast, one: Questionnaire) -> tuple[Client, str]:
    """The supplier opens a questionnaire from its list; its browser and the address."""
    browser = cast.as_role(Role.SUPPLIER)
    answer: Any = browser.post(f"/answer/{one.pk}/open/")
    assert answer.status_code == 302
    return browser, answer["Location"]


def test_the_account_sees_its_questionnaires_from_all_organisations(sent: Sent, cast: Cast, elsewhere: Party) -> None:
    ask_from_port(cast, elsewhere)
    page = cast.as_role(Role.SUPPLIER).get("/answer/").content.decode()
    assert "Ministry of Quiet Waters" in page
    assert "Port of Lantern" in page
    assert "Ministry" not in cast.client(cast.bob).get("/answer/").content.decode()


def test_somebody_else_cannot_open_share_or_use_the_link_of_an_account(sent: Sent, cast: Cast) -> None:
    _, address = opened(cast, sent.one)
    assert Client().get(address).status_code == 404
    bob = cast.client(cast.bob)
    assert bob.get(address).status_code == 404
    for rest in ("open", "share"):
        assert bob.post(f"/answer/{sent.one.pk}/{rest}/").status_code == 404


def test_an_earlier_answer_is_offered_and_taken_over_only_when_the_supplier_says_so(
    sent: Sent, cast: Cast, elsewhere: Party
) -> None:
    sent.write("wages", a__payslips="yes", n__payslips="Only for the ministry")
    sent.write("freedom", a__leave_freely="always")
    port = ask_from_port(cast, elsewhere)
    browser, address = opened(cast, port)
    assert "answered Ministry" not in browser.get(f"{address}section/wages/").content.decode()  # not sent in yet
    sent.browser.post(sent.url("send/"))
    page = browser.get(f"{address}section/wages/").content.decode()
    assert "You answered Ministry of Quiet Waters" in page
    assert not port.answers.exists()
    browser.post(f"{address}section/wages/", {**form_of(port), "reuse": "payslips"})
    kept = Answer.objects.get(questionnaire=port)
    assert (kept.question, kept.value, kept.note) == ("payslips", "yes", "")
    assert kept.reused_from == sent.one.answers.get(question="payslips")
    browser.post(f"{address}reuse/")
    assert {one.question for one in port.answers.all()} == {"payslips", "leave_freely"}


def test_without_the_account_no_earlier_answer_is_offered(sent: Sent, cast: Cast, elsewhere: Party) -> None:
    sent.write("wages", a__payslips="yes")
    sent.browser.post(sent.url("send/"))
    port = ask_from_port(cast, elsewhere)
    link = newest_link(port)
    assert link is not None
    browser = Client()
    for address in (f"/q/{token_of(link)}/", f"/q/{token_of(link)}/section/wages/"):
        assert "Ministry" not in browser.get(address).content.decode()
    browser.post(f"/q/{token_of(link)}/reuse/")
    browser.post(f"/q/{token_of(link)}/section/wages/", {**form_of(port), "reuse": "payslips"})
    assert not port.answers.exists()


def test_an_answer_that_has_grown_old_is_not_offered(sent: Sent, cast: Cast, elsewhere: Party) -> None:
    sent.write("wages", a__payslips="yes")
    sent.browser.post(sent.url("send/"))
    Questionnaire.objects.filter(pk=sent.one.pk).update(submitted_at=timezone.now() - timedelta(days=800))
    browser, address = opened(cast, ask_from_port(cast, elsewhere))
    assert "You answered" not in browser.get(f"{address}section/wages/").content.decode()


def share(cast: Cast, sent: Sent, **form: str) -> None:
    """The supplier lets the port see what it answered the ministry."""
    browser = cast.as_role(Role.SUPPLIER)
    browser.post(f"/answer/{sent.one.pk}/share/", {"organisation": str(cast.port.pk), **form})


def test_answers_are_shared_by_consent_and_no_longer_after_it_was_taken_back(
    sent: Sent, cast: Cast, elsewhere: Party
) -> None:
    ask_from_port(cast, elsewhere)
    sent.write("wages", a__payslips="yes", n__payslips="Shared remark")
    bob = cast.client(cast.bob)
    share(cast, sent, consent="yes")  # not sent in yet
    assert not Consent.objects.exists()
    sent.browser.post(sent.url("send/"))
    share(cast, sent)  # without consent
    assert not Consent.objects.exists()
    assert "Blue Heron" not in bob.get("/o/port/questionnaires/shared/").content.decode()
    share(cast, sent, consent="yes")
    consent = Consent.objects.get()
    assert (consent.organisation, consent.party, consent.given_by) == (
        cast.port,
        elsewhere,
        cast.people[Role.SUPPLIER],
    )
    address = f"/o/port/questionnaires/shared/{consent.pk}/"
    page = bob.get(address).content.decode()
    assert "Shared remark" in page
    assert "Ministry" not in page
    assert "no data to assess" not in page  # why the ministry asks is the ministry's
    assert cast.client(cast.alice).get(f"/o/ministry/questionnaires/shared/{consent.pk}/").status_code == 404
    assert cast.client(cast.bob).post(f"/answer/consents/{consent.pk}/revoke/").status_code == 302
    assert Consent.objects.get().revoked_at is None  # it was not Bob's to take back
    cast.as_role(Role.SUPPLIER).post(f"/answer/consents/{consent.pk}/revoke/")
    assert Consent.objects.get().revoked_at is not None
    assert bob.get(address).status_code == 404


def test_an_organisation_that_has_not_asked_cannot_be_let_see(sent: Sent, cast: Cast, elsewhere: Party) -> None:
    sent.browser.post(sent.url("send/"))
    share(cast, sent, consent="yes")
    assert not Consent.objects.exists()


def test_a_supplier_is_invited_to_an_account_and_lands_on_its_list(sent: Sent, cast: Cast) -> None:
    step(cast, sent.one, "invite")
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.party) == (Role.SUPPLIER, cast.supplier)
    browser = Client()
    answer: Any = browser.post(f"/join/{invitation.token}/", {"person": "", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/answer/"
    assert browser.get("/organisations/", follow=True).status_code in {200, 404}
    assert browser.get("/o/ministry/questionnaires/").status_code == 403


def test_a_link_of_an_account_ends_with_those_that_are_taken_back(sent: Sent, cast: Cast) -> None:
    user = make_account("other@heron.example", "", PASSWORD, "en")
    link = make_link(sent.one, user)
    assert cast.client(user).get(f"/q/{token_of(link)}/").status_code == 200
    step(cast, sent.one, "link/revoke")
    assert cast.client(user).get(f"/q/{token_of(link)}/").status_code == 410
    assert sent.now().state in {State.SENT, State.OPENED}
