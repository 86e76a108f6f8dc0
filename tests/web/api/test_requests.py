"""Requests that are refused: bodies of the wrong type, size or content, and too many of them."""

from __future__ import annotations

from typing import Any

import pytest

from fairlead.web.parties.models import Party
from tests.web.api.conftest import BASE, Program
from tests.web.conftest import Cast


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"name": "A", "colour": "red"}, "body.colour"),
        ({}, "body.name"),
        ({"name": 5}, "body.name"),
        ({"name": "A\x00B"}, "body.name"),
        ({"name": "A", "tier": "2"}, "body.tier"),
        ({"name": "A", "tier": -1}, "body.tier"),
        ({"name": "A", "kind": "planet"}, "body.kind"),
        ({"name": "A", "country": "ZZZ"}, "body.country"),
        ({"name": "A", "contact_email": "nobody"}, "body.contact_email"),
        ({"name": "A", "other_names": ["x" * 401]}, "body.other_names.0"),
        ([], "body"),
    ],
)
def test_what_a_body_has_wrong_is_named(body: Any, where: str, alice: Program, cast: Cast) -> None:
    answer = alice.post("parties", body)
    assert answer.status_code == 422
    assert where in {place["where"] for place in answer.json()["places"]}
    assert Party.objects.count() == 1


def test_a_value_that_is_refused_is_not_repeated_in_the_answer(alice: Program) -> None:
    assert b"secret@" not in alice.post("parties", {"name": "A", "contact_email": "secret@@place"}).content


@pytest.mark.parametrize("sent", [b"{", b'{"name": NaN}', b'{"name": "\\ud800"}', b"\xff\xfe"])
def test_a_body_that_is_not_json_is_refused(sent: bytes, alice: Program) -> None:
    headers = {"Authorization": f"Bearer {alice.secret}"}
    answer = alice.client.post(f"{BASE}/parties", data=sent, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:fairlead:problem:unreadable")


def test_a_body_of_another_type_is_refused(alice: Program) -> None:
    headers = {"Authorization": f"Bearer {alice.secret}"}
    answer = alice.client.post(f"{BASE}/parties", data={"name": "A"}, headers=headers)
    assert (answer.status_code, answer.json()["where"]) == (415, "header Content-Type")


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 6 * 1024 * 1024])
def test_a_body_that_is_too_large_is_refused(size: int, alice: Program) -> None:
    assert alice.post("parties", {"name": "A", "note": "x" * size}).status_code == 413


def test_too_many_requests_in_a_minute_are_refused_for_the_token_alone(
    alice: Program, viewer: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    moment = [60_000_010.0]
    monkeypatch.setattr("fairlead.web.api.caller.time.time", lambda: moment[0])
    assert [alice.get("parties").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = alice.get("parties")
    assert refused["Retry-After"] == str(60 - 60_000_010 % 60)
    assert refused.json()["do"]
    assert viewer.get("parties").status_code == 200
    moment[0] += 60
    assert alice.get("parties").status_code == 200
