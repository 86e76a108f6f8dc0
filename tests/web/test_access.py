"""Who may open what, for every address there is: the table of roles is the only place that decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fairlead.web.organisations.capabilities import Capability, Role, capabilities
from tests.web.conftest import Cast

#: Addresses of libraries, which look after themselves.
_OF_LIBRARIES = ("account/", "language/", "static/")


#: What stands for each part of an address.
_PARTS = {
    "slug": "ministry",
    "organisation": "ministry",
    "rest": "nowhere",
    "uid": "pty_1111111111111111",
    "number": "1",
    "token": "none",
    "kind": "none",
    "topic": "wages",
    "key": "wages_paid",
    "proof": "1",
    "file": "1",
    "step": "agree",
}


def addresses(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any, list[str]]]:
    """Every address of the workbench: how it is written, its view, the names of its parts."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif _is_of_the_api(pattern):
            continue
        elif isinstance(pattern, URLPattern) and not route.startswith(_OF_LIBRARIES):
            yield route, pattern.callback, [part for part in _PARTS if f":{part}>" in route]


def _is_of_the_api(pattern: Any) -> bool:
    """Operations of the API open to tokens alone; tests/web/api/test_access.py goes through them."""
    return isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(("ninja.", "functools"))


def _filled(route: str) -> str:
    filled = route
    for part, value in _PARTS.items():
        for converter in ("slug", "str", "int", "path"):
            filled = filled.replace(f"<{converter}:{part}>", value)
    assert "<" not in filled, f"{route} has a part for which the test has no value"
    return "/" + filled


ADDRESSES = sorted(addresses(), key=lambda each: each[0])
OF_AN_ORGANISATION = [
    (route, view) for route, view, _parts in ADDRESSES if route.startswith("o/<slug:slug>/") and hasattr(view, "needs")
]
METHODS = ("get", "post")


def _statuses(client: Client, method: str) -> Iterator[tuple[str, Any, int, str]]:
    """Ask for every address of an organisation, each time of the same database, and yield what came of it."""
    for route, view in OF_AN_ORGANISATION:
        with transaction.atomic():
            answer = getattr(client, method)(_filled(route))
            answer.close()
            transaction.set_rollback(True)
        yield route, view, answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize(("route", "view"), [each[:2] for each in ADDRESSES], ids=[each[0] for each in ADDRESSES])
def test_every_view_says_who_may_open_it(route: str, view: Any) -> None:
    marks = [name for name in ("open_to_all", "signed_in", "needs") if hasattr(view, name)]
    assert len(marks) == 1, f"{route} carries {marks or 'no mark'}"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("method", METHODS)
def test_each_role_opens_just_what_the_table_allows(role: Role, method: str, cast: Cast) -> None:
    wrong = []
    for route, view, status, _location in _statuses(cast.as_role(role), method):
        wanted: Capability = view.needs if method == "get" else view.needs_to_change
        allowed = wanted in capabilities()[role]
        if (allowed and (status == 403 or status >= 500)) or (not allowed and status not in {403, 405}):
            wrong.append(f"{method} {route}: {status}")
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
def test_outsiders_learn_nothing_of_an_organisation(method: str, cast: Cast) -> None:
    found = [(route, status) for route, _view, status, _location in _statuses(cast.client(cast.bob), method)]
    assert [each for each in found if each[1] not in {404, 405}] == []


@pytest.mark.parametrize("method", METHODS)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(method: str, cast: Cast) -> None:
    found = [(route, status, location) for route, _view, status, location in _statuses(Client(), method)]
    assert [each for each in found if each[1] != 405 and not each[2].startswith("/account/login/")] == []


def test_every_role_is_in_the_table_and_only_suppliers_answer() -> None:
    assert set(capabilities()) == set(Role)
    assert [role for role in Role if Capability.ANSWER in capabilities()[role]] == [Role.SUPPLIER]
    assert capabilities()[Role.SUPPLIER] == {Capability.ANSWER}
