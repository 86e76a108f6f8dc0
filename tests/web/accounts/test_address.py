"""Changing one's own e-mail address, and what people are told of changes to their account."""

from __future__ import annotations

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from fairlead.web.audit.models import AuditEntry
from tests.web.accounts.test_second_factor import _signed_in
from tests.web.conftest import PASSWORD, Cast

PAGE = "/account/email/"
NEW = "harbour@ministry.example"


def ask(browser: Client, address: str = NEW) -> None:
    assert browser.post(PAGE, {"email": address, "action_add": ""}).status_code == 302


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"http://[^/\s]+(/account/confirm-email/\S+)", letter.body)[1]


def test_the_address_changes_once_the_link_sent_to_it_is_opened_and_both_are_told(cast: Cast) -> None:
    before = cast.alice.email
    browser = _signed_in(before)
    ask(browser, "Harbour@Ministry.example ")
    assert f"A letter is on its way to {NEW}" in browser.get(PAGE).content.decode()
    [letter] = mail.outbox
    assert letter.to == [NEW]
    cast.alice.refresh_from_db()
    assert cast.alice.email == before
    page = Client().get(link_in(letter)).content.decode()  # opened in another browser, which is not signed in
    assert f"From now on you sign in as {NEW}" in page
    cast.alice.refresh_from_db()
    assert cast.alice.email == before  # a program that looks at links changes nothing
    Client().post(link_in(letter))
    cast.alice.refresh_from_db()
    assert cast.alice.email == NEW
    assert [one.to for one in mail.outbox] == [[NEW], [before]]
    assert NEW in mail.outbox[1].body
    assert Client().post("/account/login/", {"login": NEW, "password": PASSWORD}).status_code == 302
    assert Client().post("/account/login/", {"login": before, "password": PASSWORD}).status_code == 200


def test_the_change_stands_in_the_log_without_any_address(cast: Cast) -> None:
    ask(_signed_in(cast.alice.email))
    Client().post(link_in(mail.outbox[0]))
    line = AuditEntry.objects.get(action="account.address_changed", organisation=cast.ministry)
    assert line.actor == cast.alice
    assert "@" not in f"{line.subject}{line.detail}"


def test_a_change_that_was_asked_for_is_taken_back(cast: Cast) -> None:
    browser = _signed_in(cast.alice.email)
    ask(browser)
    browser.post(PAGE, {"email": NEW, "action_remove": ""})
    page = browser.get(PAGE).content.decode()
    assert "Your address stays as it is." in page
    assert "A letter is on its way" not in page
    assert "This link no longer works" in Client().get(link_in(mail.outbox[0])).content.decode()


def test_the_address_of_another_account_is_not_taken_and_not_told(cast: Cast) -> None:
    browser, other = _signed_in(cast.alice.email), cast.as_role("viewer")
    taken = other.get("/me/").context["user"].email
    ask(browser, taken)
    assert "belongs to" not in browser.get(PAGE).content.decode()
    Client().post(link_in(mail.outbox[0]))
    cast.alice.refresh_from_db()
    assert cast.alice.email != taken


def test_whoever_finds_a_browser_signed_in_is_asked_for_the_password_first(cast: Cast) -> None:
    browser = cast.client(cast.alice)  # signed in, but without a fresh password
    answer = browser.post(PAGE, {"email": NEW, "action_add": ""})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert mail.outbox == []


def test_an_address_that_is_none_says_so(cast: Cast) -> None:
    page = _signed_in(cast.alice.email).post(PAGE, {"email": "harbour", "action_add": ""}).content.decode()
    assert 'class="error"' in page


def test_a_new_password_is_told_by_letter_with_no_password_in_it(cast: Cast) -> None:
    browser, new = _signed_in(cast.alice.email), "another quiet harbour"
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    [letter] = mail.outbox
    assert letter.to == [cast.alice.email]
    assert "The password of your account of the workbench was changed." in letter.body
    assert new not in letter.body
    assert AuditEntry.objects.filter(action="account.password_changed", organisation=cast.ministry).exists()


def test_where_no_letter_can_be_sent_the_page_is_the_same_for_every_address(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    known, unknown = (
        Client().post("/account/password/reset/", {"email": address}, follow=True)
        for address in (cast.alice.email, "nobody@ministry.example")
    )
    assert known.status_code == unknown.status_code == 200
    assert known.redirect_chain == unknown.redirect_chain
