"""A request with an Idempotency-Key is done once, however often it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fairlead.web.api.models import KeptReply
from fairlead.web.audit.models import AuditEntry
from fairlead.web.parties import edit
from fairlead.web.parties.models import Party
from tests.web.api.conftest import Program

GULL = {"name": "Grey Gull Ltd"}


def _gulls() -> int:
    return Party.objects.filter(name="Grey Gull Ltd").count()


def test_the_same_request_with_the_same_key_is_answered_with_the_kept_reply(alice: Program) -> None:
    first = alice.post("parties", GULL, Idempotency_Key="one")
    again = alice.post("parties", GULL, Idempotency_Key="one")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert (first["Location"], first["ETag"]) == (again["Location"], again["ETag"])
    assert (again["Idempotency-Replayed"], first.get("Idempotency-Replayed")) == ("true", None)
    assert _gulls() == 1
    assert AuditEntry.objects.filter(action="party.added").count() == 1


def test_without_a_key_the_same_request_is_done_twice(alice: Program) -> None:
    alice.post("parties", GULL)
    alice.post("parties", GULL)
    assert _gulls() == 2


def test_another_request_with_the_same_key_is_refused(alice: Program) -> None:
    alice.post("parties", GULL, Idempotency_Key="one")
    for path, body in (("parties", {"name": "Red Kite"}), ("views", {"list": "parties", "name": "Mine"})):
        refused = alice.post(path, body, Idempotency_Key="one")
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:fairlead:problem:key-used")
    assert Party.objects.filter(name="Red Kite").count() == 0


def test_a_key_is_the_token_s_own(alice: Program, bob: Program) -> None:
    alice.post("parties", GULL, Idempotency_Key="one")
    assert bob.post("/api/organisations/port/parties", GULL, Idempotency_Key="one").status_code == 201
    assert _gulls() == 2


def test_a_refused_request_may_be_corrected_and_sent_again_with_its_key(alice: Program) -> None:
    assert alice.post("parties", {"name": ""}, Idempotency_Key="one").status_code == 422
    assert alice.post("parties", GULL, Idempotency_Key="one").status_code == 201


def test_a_crash_leaves_neither_record_nor_reply(alice: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*given: Any, **named: Any) -> Party:
        done(*given, **named)
        raise RuntimeError("the power went off")

    done = edit.add_party
    monkeypatch.setattr(edit, "add_party", breaks)
    broken = alice.post("parties", GULL, Idempotency_Key="one")
    assert broken.status_code == 500
    assert "power" not in broken.content.decode()
    assert (_gulls(), KeptReply.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert alice.post("parties", GULL, Idempotency_Key="one").status_code == 201
    assert _gulls() == 1


def test_a_reply_is_kept_for_a_day(alice: Program) -> None:
    alice.post("parties", GULL, Idempotency_Key="one")
    KeptReply.objects.update(created_at=timezone.now() - timedelta(hours=23))
    alice.post("parties", GULL, Idempotency_Key="one")
    assert _gulls() == 1
    KeptReply.objects.update(created_at=timezone.now() - timedelta(hours=25))
    alice.post("parties", GULL, Idempotency_Key="one")
    assert _gulls() == 2


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "ключ"])
def test_a_key_that_is_no_word_is_refused(key: str, alice: Program) -> None:
    assert alice.post("parties", GULL, Idempotency_Key=key).status_code == 422
