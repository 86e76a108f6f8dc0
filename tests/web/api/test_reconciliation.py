"""OpenRefine finds an organisation's parties by a token in the address, which opens nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from fairlead.web.api import reconciliation
from fairlead.web.api.models import ApiToken, TokenUse
from fairlead.web.audit.chain import record
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast, add_party

_FORM = "application/x-www-form-urlencoded"
LOCAL = "http://127.0.0.1:3333"


@pytest.fixture(autouse=True)
def without_reference_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The lists of the reference pack have tests of their own, and take seconds to index."""
    monkeypatch.setattr(reconciliation, "reference_lists", lambda day: ())
    reconciliation._indexes.clear()
    yield
    reconciliation._indexes.clear()


@pytest.fixture
def asker(cast: Cast) -> Program:
    """A token for OpenRefine of the ministry's viewer."""
    return program(cast.people[Role.VIEWER], use=TokenUse.RECONCILE)


def _ask(caller: Program, rest: str = "", organisation: str = "ministry", **sent: Any) -> Any:
    address = f"/api/reconcile/{organisation}/{caller.secret}{rest}"
    client = Client(headers={"Origin": LOCAL})
    if "queries" in sent:
        return client.post(address, urlencode({"queries": json.dumps(sent["queries"])}), content_type=_FORM)
    return client.get(address, sent)


def _names(caller: Program, name: str) -> list[str]:
    return [each["name"] for each in _ask(caller, queries={"q0": {"query": name}}).json()["q0"]["result"]]


def test_the_manifest_names_addresses_with_the_token(asker: Program) -> None:
    answer = _ask(asker)
    assert answer["Access-Control-Allow-Origin"] == LOCAL
    assert answer.json()["view"]["url"].startswith(f"http://testserver:80/api/reconcile/ministry/{asker.secret}/entity")


def test_a_party_of_the_organisation_is_found_in_any_script_and_nobody_else_s(asker: Program, cast: Cast) -> None:
    add_party(cast.port, "Blue Heron Shipping", "pty_2222222222222222")
    assert _names(asker, "Blue Heron Textiles") == ["Blue Heron Textiles LLP"]
    add_party(cast.ministry, "Көк Құтан Тоқыма", "pty_4444444444444444")
    record("party.added", organisation=cast.ministry, actor=None)
    assert _names(asker, "Kok Kutan Tokyma") == ["Көк Құтан Тоқыма"]
    assert "Blue Heron Shipping" not in _names(asker, "Blue Heron Shipping")


def test_a_preview_may_stand_in_openrefine_s_frame(asker: Program, cast: Cast) -> None:
    page = _ask(asker, "/preview", id=cast.supplier.uid)
    assert "Blue Heron Textiles LLP" in page.content.decode()
    assert "X-Frame-Options" not in page
    assert "frame-ancestors 'self' http://127.0.0.1:*" in page["Content-Security-Policy"]


def test_a_page_from_elsewhere_may_not_read_the_answer(asker: Program) -> None:
    answer = Client(headers={"Origin": "https://elsewhere.example"}).get(f"/api/reconcile/ministry/{asker.secret}")
    assert "Access-Control-Allow-Origin" not in answer
    assert "Access-Control-Allow-Origin" not in Client(headers={"Origin": LOCAL}).get("/api/openapi.json")


def test_what_is_added_later_is_found_and_an_unchanged_index_is_kept(
    asker: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    make = reconciliation._made
    monkeypatch.setattr(reconciliation, "_made", lambda *given: made.append(1) or make(*given))
    _ask(asker)
    _ask(asker)
    record("list.exported", organisation=cast.ministry, actor=None)
    _ask(asker)
    assert len(made) == 1
    add_party(cast.ministry, "Grey Gull Canning", "pty_3333333333333333")
    record("party.added", organisation=cast.ministry, actor=None)
    assert _names(asker, "Grey Gull Canning") == ["Grey Gull Canning"]
    assert len(made) == 2


def test_other_tokens_other_organisations_and_revoked_ones_open_nothing(
    asker: Program, alice: Program, cast: Cast
) -> None:
    assert _ask(alice).status_code == 404
    assert _ask(asker, organisation="port").status_code == 404
    assert _ask(Program("made-up")).status_code == 404
    assert asker.get("parties").status_code == 401
    assert asker.token is not None
    Membership.objects.filter(user=cast.people[Role.VIEWER]).update(role=Role.SUPPLIER, party=cast.supplier)
    assert _ask(asker).status_code == 404
    Membership.objects.filter(user=cast.people[Role.VIEWER]).update(role=Role.VIEWER, party=None)
    assert _ask(asker).status_code == 200
    ApiToken.objects.filter(pk=asker.token.pk).update(revoked_at=asker.token.created_at)
    refused = _ask(asker)
    assert (refused.status_code, refused.json()["status"]) == (404, "error")
    assert refused["Access-Control-Allow-Origin"] == LOCAL


def test_too_many_questions_are_refused(asker: Program, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    _ask(asker)
    assert int(_ask(asker)["Retry-After"]) <= 60


@pytest.mark.parametrize("queries", ["{", "[]", '{"q0": 5}'])
def test_a_malformed_question_is_answered_with_a_sentence(queries: str, asker: Program) -> None:
    address = f"/api/reconcile/ministry/{asker.secret}"
    answer = Client().post(address, urlencode({"queries": queries}), content_type=_FORM)
    assert answer.status_code == 400
    assert answer.json()["status"] == "error"
