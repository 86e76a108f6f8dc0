"""A Kazakh reader meets no English on the pages of an account, whether a library or the workbench says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils.translation import gettext, ngettext, override

from builders import catalogues
from fairlead.web.accounts.models import User
from fairlead.web.organisations.forms import make_account
from tests.web.accounts.test_second_factor import code_of
from tests.web.conftest import PASSWORD

#: Words in Latin letters that a Kazakh page may hold: names, short words that are the same in Kazakh, other languages.
_NOT_ENGLISH = {"Fairlead", "English", "Français", "JavaScript", "PIN", "QR", "TOTP", "IP"}

#: Attributes that are read or heard.
_SPOKEN = {"title", "aria-label", "placeholder", "alt"}


class _Words(HTMLParser):
    """Collects what a page says, leaving out what only programs read."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "code"}
        self.said += [value or "" for name, value in attrs if name in _SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


@cache
def _to_be_translated() -> frozenset[str]:
    """Words of our own texts that nobody has translated yet: tests/language tells of those."""
    texts = catalogues.updated("kk", catalogues.template(catalogues.WEB), catalogues.WEB)
    return frozenset(_LATIN.findall(" ".join(catalogues.missing(texts))))


def english(html: str) -> set[str]:
    """The words of Latin letters that a page says, without addresses and names."""
    words = _Words()
    words.feed(html)
    said = re.sub(r"\S+@\S+|https?://\S+", " ", " ".join(words.said))
    found = set(_LATIN.findall(said)) - _NOT_ENGLISH
    return found - _to_be_translated() if found else found


@pytest.fixture
def azamat(db: None) -> User:
    return make_account("azamat@mekeme.example", "Азамат", PASSWORD, "kk")


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(headers={"accept-language": "kk"})


@pytest.fixture
def browser(azamat: User) -> Client:
    """Signed in, with a password that was given just now."""
    browser = Client(headers={"accept-language": "kk", "user-agent": "Шолғыш"})
    browser.post("/account/login/", {"login": azamat.email, "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


def test_the_check_sees_english() -> None:
    page = '<title>Кіру</title><p title="Quagmire">Wobbly</p><script>let hidden</script><b>azamat@mekeme.example</b>'
    assert english(page) == {"Quagmire", "Wobbly"}


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/account/login/", None),
        ("/account/login/", {}),
        ("/account/login/", {"login": "not an address", "password": "x"}),
        ("/account/login/", {"login": "azamat@mekeme.example", "password": "wrong"}),
        ("/account/password/reset/", None),
        ("/account/password/reset/", {}),
        ("/account/password/reset/", {"email": "@"}),
        ("/account/password/reset/", {"email": "azamat@mekeme.example"}),
        ("/account/password/reset/key/1-none/", None),
        ("/account/signup/", None),
        ("/account/inactive/", None),
        ("/account/confirm-email/", None),
        ("/account/confirm-email/none/", None),
    ],
)
def test_before_signing_in(path: str, sent: Mapping[str, str] | None, azamat: User, stranger: Client) -> None:
    answer = stranger.get(path) if sent is None else stranger.post(path, sent, follow=True)
    assert answer.status_code == 200
    assert english(answer.content.decode()) == set()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/account/password/change/", None),
        ("/account/password/change/", {}),
        ("/account/password/change/", {"oldpassword": "wrong", "password1": "short", "password2": "other"}),
        ("/account/password/change/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}),
        ("/account/password/change/", {"oldpassword": PASSWORD, "password1": "1" * 12, "password2": "1" * 12}),
        ("/account/password/change/", {"oldpassword": PASSWORD, "password1": "123456789", "password2": "123456789"}),
        (
            "/account/password/change/",
            {"oldpassword": PASSWORD, "password1": "azamat@mekeme.example", "password2": "azamat@mekeme.example"},
        ),
        (
            "/account/password/change/",
            {"oldpassword": PASSWORD, "password1": f"{PASSWORD} again", "password2": f"{PASSWORD} again"},
        ),
        ("/account/2fa/", None),
        ("/account/2fa/totp/activate/", None),
        ("/account/2fa/totp/activate/", {}),
        ("/account/2fa/totp/activate/", {"code": "000000"}),
        ("/account/2fa/webauthn/", None),
        ("/account/2fa/webauthn/add/", None),
        ("/account/2fa/webauthn/add/", {}),
        ("/account/2fa/webauthn/add/", {"name": "x", "credential": "{}"}),
        ("/account/2fa/recovery-codes/generate/", None),
        ("/account/sessions/", None),
        ("/account/sessions/", {}),
        ("/account/email/", None),
        ("/account/email/", {"action_add": "", "email": ""}),
        ("/account/email/", {"action_add": "", "email": "@"}),
        ("/account/email/", {"action_add": "", "email": "azamat@mekeme.example"}),
        ("/account/email/", {"action_add": "", "email": "azamat@home.example"}),
        ("/account/email/", {"action_remove": "", "email": "azamat@mekeme.example"}),
        ("/account/logout/", None),
        ("/account/logout/", {}),
        ("/me/", None),
        ("/me/", {}),
    ],
)
def test_of_one_s_own_account(path: str, sent: Mapping[str, str] | None, browser: Client) -> None:
    answer = browser.get(path, follow=True) if sent is None else browser.post(path, sent, follow=True)
    assert answer.status_code == 200
    assert english(answer.content.decode()) == set()
    assert english(" ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)) == set()


def test_the_second_factor_and_the_codes_that_replace_it(browser: Client, azamat: User, stranger: Client) -> None:
    form = browser.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret">([A-Z2-7 ]+)<', form)[1].replace(" ", "")
    pages = {"switched on": browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)}
    stranger.post("/account/login/", {"login": azamat.email, "password": PASSWORD})
    pages |= {
        "the list": browser.get("/account/2fa/"),
        "the codes": browser.get("/account/2fa/recovery-codes/"),
        "new codes": browser.get("/account/2fa/recovery-codes/generate/"),
        "new codes made": browser.post("/account/2fa/recovery-codes/generate/", follow=True),
        "asked for": stranger.get("/account/2fa/authenticate/"),
        "nothing given": stranger.post("/account/2fa/authenticate/", {}),
        "a wrong code": stranger.post("/account/2fa/authenticate/", {"code": "000000"}),
        "switching off": browser.get("/account/2fa/totp/deactivate/"),
        "switched off": browser.post("/account/2fa/totp/deactivate/", follow=True),
    }
    for name, page in pages.items():
        assert page.status_code == 200, name
        assert english(page.content.decode()) == set(), name


def test_the_keys_of_an_account(browser: Client, azamat: User) -> None:
    key = Authenticator.objects.create(
        user=azamat,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Телефон", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}},
    )
    for path in ("", f"keys/{key.pk}/edit/", f"keys/{key.pk}/remove/"):
        answer = browser.get(f"/account/2fa/webauthn/{path}")
        assert answer.status_code == 200, path
        assert "Телефон" in answer.content.decode()
        assert english(answer.content.decode()) == set(), path
    assert english(browser.post(f"/account/2fa/webauthn/keys/{key.pk}/edit/", {"name": ""}).content.decode()) == set()
    removed = browser.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/", follow=True).content.decode()
    assert "Қауіпсіздік кілті алып тасталды." in removed
    assert english(removed) == set()


def test_a_new_password_by_a_link(azamat: User, stranger: Client) -> None:
    stranger.post("/account/password/reset/", {"email": azamat.email})
    letter = mail.outbox[-1]
    assert english(f"{letter.subject} {letter.body}") == set()
    link = re.search(r"/account/password/reset/key/\S+", letter.body)[0]
    page = stranger.get(link, follow=True)
    path = page.redirect_chain[-1][0]
    assert english(page.content.decode()) == set()
    for one, two in (("", ""), ("short", "short"), ("a long sentence here", "another sentence")):
        answer = stranger.post(path, {"password1": one, "password2": two})
        assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
        assert english(answer.content.decode()) == set()
    assert (
        english(stranger.post(path, {"password1": PASSWORD, "password2": PASSWORD}, follow=True).content.decode())
        == set()
    )


def test_ours_wins_over_what_stands_for_the_libraries_and_that_over_the_libraries() -> None:
    with override("kk"):
        assert gettext("Password") == "Құпиясөз"  # Django writes it in two words
        assert gettext("Friday") == "Жұма"  # Django misspells it
        assert gettext("This password is too common.") == "Бұл құпиясөз тым кең таралған."
        assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 күн"
        assert gettext("This field is required.") == "Бұл өрісті толтыру міндетті."  # Django’s own
    with override("ru"):
        assert gettext("Friday") == "Пятница"
