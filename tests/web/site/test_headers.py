"""Every page carries the headers that keep what is not ours out."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.conftest import Cast
from tests.web.test_access import ADDRESSES, _filled

POLICY = {
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
OF_ALLAUTH = ["account/login/", "account/password/reset/", "account/2fa/", "account/sessions/", "account/signup/"]


def _holds(answer: HttpResponse) -> None:
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


#: Every page but the addresses of reconciliation, which are written as a pattern and answer programs.
PAGES = [each[0] for each in ADDRESSES if "(?P<" not in each[0]]


@pytest.mark.parametrize("route", [*PAGES, *OF_ALLAUTH])
def test_each_page_keeps_what_is_not_ours_out(route: str, cast: Cast) -> None:
    for browser in (Client(), cast.client(cast.alice)):
        _holds(browser.get(_filled(route)))


def test_pages_of_failures_do_too(cast: Cast) -> None:
    _holds(Client().get("/nothing/"))
    _holds(Client(enforce_csrf_checks=True).post("/me/", {"name": "x"}))


@pytest.mark.parametrize("route", ["", "account/login/", "o/ministry/parties/", "o/ministry/organisation/", "me/"])
def test_head_gives_the_headers_of_the_page_and_no_page(route: str, cast: Cast) -> None:
    browser = cast.client(cast.alice)
    page, head = browser.get(f"/{route}"), browser.head(f"/{route}")
    assert head.status_code == page.status_code
    assert head.content == b""


def test_cookies_are_for_this_site_only_and_not_for_scripts(cast: Cast) -> None:
    answer = Client().post("/account/login/", {"login": cast.alice.email, "password": "a quiet harbour at dawn"})
    session = answer.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == "" or int(session["max-age"]) <= 12 * 3600
