"""Pages for what went wrong: stale forms keep what was typed, ended sessions too."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import override

from fairlead.web.accounts.models import User
from fairlead.web.parties.models import Party
from tests.web.conftest import PASSWORD, Cast

TYPED = {"name": "Grey <b>Stork</b> Mills", "note": "Line one\nLine two", "password": "do not show me"}


def strict(user: User | None = None) -> Client:
    browser = Client(enforce_csrf_checks=True)
    if user:
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_emptied_cookies_lead_to_a_page_that_keeps_what_was_typed(cast: Cast) -> None:
    answer = strict().post("/o/ministry/parties/add/", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This form has gone stale" in page
    assert "Grey &lt;b&gt;Stork&lt;/b&gt; Mills" in page
    assert "Line one\nLine two" in page
    assert "do not show me" not in page
    assert Party.objects.filter(organisation=cast.ministry).count() == 1


def test_what_was_typed_stands_under_the_words_of_its_form_in_the_language_of_the_reader(cast: Cast) -> None:
    browser = strict()
    browser.cookies["django_language"] = "ru"
    with override("en"):  # a request leaves its language behind
        page = browser.post("/o/ministry/parties/add/", {"name": "Grey Stork", "city_or_so": "Aktau"}).content.decode()
    assert re.search(r"<label[^>]*>Название</label><textarea[^>]*>Grey Stork<", page)
    assert ">city_or_so</label>" in page  # a field that no form has keeps the name under which it came


def test_a_form_that_another_site_sent_shows_nothing_of_what_it_held(cast: Cast) -> None:
    browser = strict(cast.alice)
    browser.get("/me/")
    answer = browser.post("/me/", TYPED, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Stork" not in answer.content.decode()
    cast.alice.refresh_from_db()
    assert cast.alice.name == "The Administrator"


def test_a_form_with_a_wrong_token_is_refused_and_kept(cast: Cast) -> None:
    browser = strict(cast.alice)
    browser.get("/me/")
    answer = browser.post("/me/", {**TYPED, "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "Stork" in answer.content.decode()


def test_a_form_sent_after_the_session_ended_is_shown_again_and_not_lost(cast: Cast) -> None:
    answer = Client().post("/o/ministry/parties/add/", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You were signed out before this form was sent" in page
    assert "Grey &lt;b&gt;Stork&lt;/b&gt; Mills" in page
    assert "do not show me" not in page


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(cast: Cast) -> None:
    answer = Client().get(
        "/o/ministry/parties/",
        headers={"hx-request": "true", "hx-current-url": "http://localhost:8000/o/ministry/parties/?page=2"},
    )
    assert answer["HX-Redirect"] == "/account/login/?next=/o/ministry/parties/%3Fpage%3D2"


def test_a_part_of_a_page_leads_nowhere_else(cast: Cast) -> None:
    answer = Client().get(
        "/o/ministry/parties/", headers={"hx-request": "true", "hx-current-url": "https://evil.example//evil.example/"}
    )
    assert answer["HX-Redirect"].startswith("/account/login/?next=/")
    browser = Client()
    signed = browser.post(answer["HX-Redirect"], {"login": cast.alice.email, "password": PASSWORD})
    assert "evil" not in signed["Location"]


@pytest.mark.parametrize(("path", "status"), [("/nothing/", 404), ("/o/nobody/parties/", 404)])
def test_what_is_not_there_says_so_and_what_to_do(path: str, status: int, cast: Cast) -> None:
    answer = cast.client(cast.alice).get(path)
    assert answer.status_code == status
    assert "Check the address" in answer.content.decode()


def test_an_address_for_forms_only_says_so_with_a_page(cast: Cast) -> None:
    answer = cast.client(cast.alice).get("/o/ministry/organisation/leave/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "only takes what a button" in answer.content.decode()


def test_a_failure_of_ours_is_a_page_and_says_nothing_of_the_cause(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of Grey Stork")

    monkeypatch.setattr("fairlead.web.accounts.views.ProfileForm", fail)
    browser = cast.client(cast.alice)
    browser.raise_request_exception = False
    answer = browser.get("/me/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "Stork" not in answer.content.decode()
