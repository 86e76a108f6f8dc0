"""The authenticator app and recovery codes; passkeys are tested in a browser."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.web.conftest import PASSWORD, Cast


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _signed_in(email: str) -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def with_app(cast: Cast) -> tuple[Client, str]:
    browser = _signed_in(cast.alice.email)
    page = browser.get("/account/2fa/totp/activate/").content.decode()
    groups = re.search(r'id="authenticator_secret">((?:[A-Z2-7]{4} ?)+)<', page)[1]  # as people copy it by hand
    secret = groups.replace(" ", "")
    answer = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return browser, secret


def test_the_qr_code_is_drawn_in_the_page_without_data_addresses_or_styles(cast: Cast) -> None:
    page = _signed_in(cast.alice.email).get("/account/2fa/totp/activate/").content.decode()
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert "<path" in drawing
    assert "style=" not in drawing
    assert "data:" not in page


def test_a_wrong_first_code_does_not_switch_it_on(cast: Cast) -> None:
    browser = _signed_in(cast.alice.email)
    browser.get("/account/2fa/totp/activate/")
    page = browser.post("/account/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert "Not in use" in browser.get("/account/2fa/").content.decode()


def test_after_the_password_the_code_is_asked_for(with_app: tuple[Client, str], cast: Cast) -> None:
    browser = Client()
    answer = browser.post("/account/login/", {"login": cast.alice.email, "password": PASSWORD})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/o/ministry/parties/").status_code == 302
    assert "Your second factor" in browser.get("/account/2fa/authenticate/").content.decode()
    browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert browser.get("/o/ministry/parties/").status_code == 302


def test_a_recovery_code_opens_once(with_app: tuple[Client, str], cast: Cast) -> None:
    shown = with_app[0].get("/account/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>([^<]+)</code>", shown)
    assert len(codes) == 10
    for expected in (200, 302):
        browser = Client()
        browser.post("/account/login/", {"login": cast.alice.email, "password": PASSWORD})
        browser.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert browser.get("/o/ministry/parties/").status_code == expected


def test_the_app_is_switched_off_again(with_app: tuple[Client, str], cast: Cast) -> None:
    with_app[0].post("/account/2fa/totp/deactivate/")
    assert _signed_in(cast.alice.email).get("/o/ministry/parties/").status_code == 200


def test_security_is_changed_only_after_confirming_who_one_is(cast: Cast) -> None:
    browser = cast.client(cast.alice)  # signed in, but without a fresh password
    answer = browser.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")
    page = browser.get(answer["Location"]).content.decode()
    assert "Confirm that it is you" in page


@pytest.mark.parametrize(
    "path",
    [
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/password/change/",
        "/account/sessions/",
        "/account/logout/",
        "/account/reauthenticate/",
        "/account/email/",
        "/me/",
    ],
)
def test_each_page_is_in_our_own_look(path: str, cast: Cast) -> None:
    page = _signed_in(cast.alice.email).get(path, follow=True).content.decode()
    assert '<header class="top">' in page
    assert "<h1>" in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", page)
