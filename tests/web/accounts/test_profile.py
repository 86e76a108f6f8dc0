"""One's own page, and the language that goes with the account."""

from __future__ import annotations

from django.test import Client

from tests.web.conftest import PASSWORD, Cast


def _sign_in(browser: Client, email: str) -> None:
    assert browser.post("/account/login/", {"login": email, "password": PASSWORD}).status_code == 302


def test_name_language_and_fewer_emails_are_kept(cast: Cast) -> None:
    browser = cast.client(cast.alice)
    browser.post("/me/", {"name": "Alice of the Reeds", "language": "fr", "fewer_emails": "on"})
    cast.alice.refresh_from_db()
    assert (cast.alice.name, cast.alice.language, cast.alice.fewer_emails) == ("Alice of the Reeds", "fr", True)
    page = browser.get("/me/").content.decode()
    assert '<html lang="fr"' in page


def test_an_unknown_language_is_refused(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/me/", {"name": "Alice", "language": "xx"})
    assert 'class="error"' in answer.content.decode()
    cast.alice.refresh_from_db()
    assert cast.alice.language == "en"


def test_a_language_chosen_on_a_page_is_kept_in_account_and_cookie(cast: Cast) -> None:
    browser = cast.client(cast.alice)
    answer = browser.post("/language/", {"language": "ru", "next": "/o/ministry/parties/"})
    assert answer["Location"] == "/o/ministry/parties/"
    assert answer.cookies["django_language"].value == "ru"
    cast.alice.refresh_from_db()
    assert cast.alice.language == "ru"
    elsewhere = cast.client(cast.alice)
    assert '<html lang="ru"' in elsewhere.get("/o/ministry/parties/").content.decode()


def test_a_language_chosen_before_signing_in_goes_into_the_account(cast: Cast) -> None:
    browser = Client()
    browser.post("/language/", {"language": "kk", "next": "/account/login/"})
    assert '<html lang="kk"' in browser.get("/account/login/").content.decode()
    _sign_in(browser, cast.alice.email)
    cast.alice.refresh_from_db()
    assert cast.alice.language == "kk"


def test_the_cookie_of_another_person_does_not_change_an_account(cast: Cast) -> None:
    browser = Client()
    browser.cookies["django_language"] = "fr"
    _sign_in(browser, cast.alice.email)
    cast.alice.refresh_from_db()
    assert cast.alice.language == "en"
    assert '<html lang="en"' in browser.get("/o/ministry/parties/").content.decode()


def test_after_signing_out_the_language_stays(cast: Cast) -> None:
    browser = Client()
    _sign_in(browser, cast.alice.email)
    browser.post("/language/", {"language": "ru", "next": "/"})
    browser.post("/account/logout/")
    assert '<html lang="ru"' in browser.get("/account/login/").content.decode()


def test_an_unknown_language_changes_nothing(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/language/", {"language": "../x", "next": "/me/"})
    assert "django_language" not in answer.cookies or answer.cookies["django_language"].value == "en"


def test_the_page_asks_for_signing_in() -> None:
    assert Client().get("/me/")["Location"] == "/account/login/?next=/me/"
