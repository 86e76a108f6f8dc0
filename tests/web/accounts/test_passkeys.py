"""Passkeys in a real browser, with an authenticator that the browser itself plays, under the security policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.web.browser import chromium
from tests.web.conftest import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a browser that has an authenticator, and in which everything the policy refuses is an error."""
    with chromium() as browser:
        page = browser.new_page(locale="en-GB")
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})
        yield page
    assert refused == []


def _sign_in(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/o/ministry/**")


def _add_passkey(page: Page, server: str) -> None:
    page.goto(f"{server}/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the key").fill("Office phone")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))


def test_a_passkey_is_added_and_signs_in_without_a_password(page: Page, live_server: LiveServer, cast: Cast) -> None:
    _sign_in(page, live_server.url, cast.alice.email)
    _add_passkey(page, live_server.url)
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    assert "Office phone" in page.inner_text("main")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/o/ministry/**")


def test_a_passkey_is_renamed_and_removed(page: Page, live_server: LiveServer, cast: Cast) -> None:
    _sign_in(page, live_server.url, cast.alice.email)
    _add_passkey(page, live_server.url)
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of the key").fill("Key of the drawer")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    assert "Key of the drawer" in page.inner_text("main")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url(lambda url: "/remove/" not in url)
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    assert "No key was added yet" in page.inner_text("main")


def test_the_qr_code_is_seen(page: Page, live_server: LiveServer, cast: Cast) -> None:
    _sign_in(page, live_server.url, cast.alice.email)
    page.goto(f"{live_server.url}/account/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    box = page.locator(".qr svg").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(174, abs=4)
    assert box["height"] == pytest.approx(box["width"], abs=2)
