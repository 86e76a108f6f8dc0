"""Signing in and out: right and wrong passwords, where one lands, what is refused."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client, override_settings

from fairlead.web.accounts.locks import locked, unlock
from fairlead.web.accounts.models import User
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership
from tests.web.conftest import PASSWORD, Cast


def sign_in(browser: Client, email: str, password: str = PASSWORD, path: str = "/account/login/") -> object:
    return browser.post(path, {"login": email, "password": password})


def guess(browser: Client, email: str, times: int) -> list[int]:
    return [sign_in(browser, email, f"wrong {number}").status_code for number in range(times)]


def test_the_right_password_opens_the_workbench(cast: Cast) -> None:
    browser = Client()
    answer = sign_in(browser, cast.alice.email.upper())
    assert answer.status_code == 302
    assert browser.get("/o/ministry/parties/").status_code == 200


def test_a_wrong_password_says_so_and_names_neither_part(cast: Cast) -> None:
    known = sign_in(Client(), cast.alice.email, "wrong").content.decode()
    unknown = sign_in(Client(), "nobody@ministry.example", "wrong").content.decode()
    assert "The address and the password do not fit together." in known
    assert "The address and the password do not fit together." in unknown


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example/",
        "https://evil.example/",
        "http://localhost:9/",
        "/\\evil.example",
        "javascript:alert(1)",
        "///e",
    ],
)
@pytest.mark.parametrize("how", ["query", "field"])
def test_signing_in_leads_nowhere_else(evil: str, how: str, cast: Cast) -> None:
    browser = Client()
    if how == "query":
        answer = browser.post(
            "/account/login/", {"login": cast.alice.email, "password": PASSWORD}, QUERY_STRING=f"next={evil}"
        )
    else:
        answer = browser.post("/account/login/", {"login": cast.alice.email, "password": PASSWORD, "next": evil})
    assert answer["Location"] == "/organisations/"


@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_out_and_choosing_a_language_lead_nowhere_else(evil: str, cast: Cast) -> None:
    browser = cast.client(cast.alice)
    assert browser.post("/language/", {"language": "ru", "next": evil})["Location"] == "/"
    assert browser.post("/account/logout/", {"next": evil})["Location"] == "/"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(cast: Cast) -> None:
    browser = Client()
    asked = browser.get("/o/ministry/parties/?q=heron")
    assert asked["Location"] == "/account/login/?next=/o/ministry/parties/%3Fq%3Dheron"
    page = browser.get(asked["Location"]).content.decode()
    assert 'name="next" value="/o/ministry/parties/?q=heron"' in page


def test_eight_wrong_passwords_close_signing_in_even_with_the_right_one(cast: Cast) -> None:
    browser = Client()
    assert guess(browser, cast.alice.email, 8)[-1] == 429
    answer = sign_in(browser, cast.alice.email)
    assert answer.status_code == 429
    assert "Wait an hour" in answer.content.decode()
    assert sign_in(browser, cast.bob.email).status_code == 302  # others are not locked out with her


def test_an_administrator_sees_who_is_locked_out_and_unlocks(cast: Cast) -> None:
    email = cast.people[Role.ANALYST].email
    guess(Client(), email.upper(), 8)
    assert locked([email]) == {email}
    admin = cast.client(cast.alice)
    page = admin.get("/o/ministry/organisation/").content.decode()
    assert page.count("locked out") == 1
    number = Membership.objects.get(user__email=email).pk
    assert cast.as_role(Role.VIEWER).post(f"/o/ministry/organisation/members/{number}/unlock/").status_code == 403
    admin.post(f"/o/ministry/organisation/members/{number}/unlock/")
    assert sign_in(Client(), email).status_code == 302
    assert AuditEntry.objects.filter(action="account.unlocked", organisation=cast.ministry).count() == 1


def test_a_member_of_another_organisation_cannot_be_unlocked(cast: Cast) -> None:
    number = Membership.objects.get(user=cast.bob).pk
    assert cast.client(cast.alice).post(f"/o/ministry/organisation/members/{number}/unlock/").status_code == 404


def test_unlocking_an_address_without_wrong_passwords_says_so(cast: Cast) -> None:
    assert not unlock(cast.bob.email, organisation=None, actor=None)


def test_nobody_signs_up_without_an_invitation(db: None) -> None:
    page = Client().get("/account/signup/")
    assert "by invitation" in page.content.decode()
    Client().post("/account/signup/", {"email": "me@evil.example", "password1": PASSWORD})
    assert not User.objects.filter(email="me@evil.example").exists()


def test_a_new_password_is_set_by_a_link_that_works_once(cast: Cast) -> None:
    browser = Client()
    browser.post("/account/password/reset/", {"email": cast.alice.email})
    (letter,) = mail.outbox
    assert letter.subject == "A new password for the workbench"
    link = next(line for line in letter.body.splitlines() if line.startswith("http://localhost:8000/account/"))
    form = browser.get(link.removeprefix("http://localhost:8000"), follow=True)
    set_ = browser.post(form.request["PATH_INFO"], {"password1": "reeds in the wind", "password2": "reeds in the wind"})
    assert set_.status_code == 302
    assert sign_in(Client(), cast.alice.email).status_code == 200  # the old one no longer fits
    assert sign_in(Client(), cast.alice.email, "reeds in the wind").status_code == 302
    again = Client().get(link.removeprefix("http://localhost:8000"), follow=True)
    assert "This link no longer works" in again.content.decode()


@override_settings(ALLOWED_HOSTS=["*"])
def test_the_link_has_the_public_address_whatever_name_the_request_came_by(cast: Cast) -> None:
    Client().post("/account/password/reset/", {"email": cast.alice.email}, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body


def test_whoever_has_no_account_gets_no_letter_and_the_page_does_not_tell(cast: Cast) -> None:
    unknown = Client().post("/account/password/reset/", {"email": "nobody@evil.example"}, follow=True)
    known = Client().post("/account/password/reset/", {"email": cast.alice.email}, follow=True)
    assert "Look into your e-mail" in unknown.content.decode()
    assert "Look into your e-mail" in known.content.decode()
    assert [letter.to for letter in mail.outbox] == [[cast.alice.email]]


def test_a_changed_password_ends_other_sessions(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, cast.alice.email)
    sign_in(elsewhere, cast.alice.email)
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "reeds in the wind", "password2": "reeds in the wind"},
    )
    assert here.get("/o/ministry/parties/").status_code == 200
    assert elsewhere.get("/o/ministry/parties/")["Location"].startswith("/account/login/")


def test_sessions_are_shown_and_ended_elsewhere(cast: Cast) -> None:
    here, elsewhere = Client(headers={"user-agent": "Browser of the office"}), Client()
    sign_in(here, cast.alice.email)
    sign_in(elsewhere, cast.alice.email)
    page = here.get("/account/sessions/").content.decode()
    assert "Browser of the office" in page
    assert page.count("this one") == 1
    here.post("/account/sessions/")
    assert elsewhere.get("/o/ministry/parties/").status_code == 302
    assert here.get("/o/ministry/parties/").status_code == 200


def test_a_session_without_requests_runs_out(cast: Cast, settings: object) -> None:
    browser = Client()
    sign_in(browser, cast.alice.email)
    assert browser.session.get_expiry_age() == 12 * 3600
    stored = browser.session
    stored.set_expiry(-1)
    stored.save()
    assert browser.get("/o/ministry/parties/")["Location"].startswith("/account/login/")


def test_an_account_that_was_closed_cannot_sign_in(cast: Cast) -> None:
    User.objects.filter(pk=cast.bob.pk).update(is_active=False)
    assert sign_in(Client(), cast.bob.email).status_code in {200, 302}
    browser = Client()
    sign_in(browser, cast.bob.email)
    assert browser.get("/o/port/parties/").status_code == 302
