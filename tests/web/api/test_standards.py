"""The organisation's standard through the API: read, adapted, kept, compared; the figures; the chain."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from fairlead.language import Language
from fairlead.model.message import message
from fairlead.standard import shipped_standard
from fairlead.web.parties.models import Link
from fairlead.web.standards.models import StandardVersion
from tests.web.api.conftest import Program
from tests.web.conftest import Cast

ADDED = {
    "add": "pay_scales_published",
    "provision": {
        "topic": "wages",
        "title": "Pay scales are published",
        "good_practice": "Scales hang where workers read them.",
        "sources": [{"in": "ilo_c095", "at": "Article 14"}],
        "questions": [{"key": "pay_scales_published", "ask": "Are pay scales published?", "type": "yes_no"}],
    },
}


def _provisions(standard: dict[str, Any]) -> dict[str, Any]:
    return {each["key"]: each for chapter in standard["chapters"] for each in chapter["provisions"]}


def test_a_draft_is_changed_kept_read_and_compared(alice: Program) -> None:
    own = alice.get("standard").json()
    assert own["number"] == 0
    law = next(key for key, each in _provisions(own).items() if each["of_the_law"])
    draft = alice.get("standard/draft")
    body = {"changes": [{"raise": law}, {"reword": law, "own_words": "On the last Friday of the month."}]}
    changed = alice.send("PUT", "standard/draft", body, If_Match=draft["ETag"])
    assert (changed.status_code, len(changed.json()["changes"])) == (200, 2)
    assert alice.send("PUT", "standard/draft", body, If_Match=draft["ETag"]).status_code == 412
    assert alice.post("standard/draft/keep", {"name": "Ours"}, If_Match=draft["ETag"]).status_code == 412
    kept = alice.post("standard/draft/keep", {"name": "Ours"}, If_Match=changed["ETag"])
    assert (kept.status_code, kept.json()["number"]) == (201, 1)
    now = _provisions(alice.get(kept["Location"]).json())[law]
    assert (now["own_words"], now["raised"]) == ("On the last Friday of the month.", True)
    assert alice.get("standard").json()["number"] == 1
    assert [each["name"] for each in alice.get("standard/versions").json()["items"]] == ["Ours"]
    assert alice.get("standard/differences?old=0&new=1").json()["items"]
    assert alice.get("standard/differences?old=1&new=1").json()["items"] == []
    assert alice.get("standard/differences?old=0&new=7").status_code == 422


def test_the_legal_minimum_stays_and_nonsense_is_refused(alice: Program) -> None:
    law = next(key for key, each in _provisions(alice.get("standard").json()).items() if each["of_the_law"])
    seen = alice.get("standard/draft")["ETag"]
    for change in (
        {"remove": law, "reason": "Too strict."},
        {"remove": "nothing", "reason": "It is not there."},
        {"raise": law, "remove": law},
        {},
        {"reword": law, "legal_minimum": "Less."},
        {"add": "x", "provision": {"topic": "none"}},
    ):
        assert alice.send("PUT", "standard/draft", {"changes": [change]}, If_Match=seen).status_code == 422
    assert StandardVersion.objects.count() == 0


def test_a_version_comes_as_a_file(alice: Program) -> None:
    for kind, first in (("yaml", b"key"), ("changes", b"name"), ("xlsx", b"PK")):
        answer = alice.get(f"standard/versions/0/files/{kind}")
        assert (answer.status_code, answer.content[:2]) == (200, first[:2])
    assert alice.get("standard/versions/7/files/yaml").status_code == 404


@pytest.mark.parametrize("number", ["0.0", "+0", "0_0", "٠", " 0"])
def test_a_number_in_an_address_is_written_in_digits(alice: Program, number: str) -> None:
    assert alice.get("standard/versions/0").status_code == 200
    assert alice.get(f"standard/versions/{quote(number)}").status_code == 422


def test_figures_and_countries_tell_no_data_apart(alice: Program) -> None:
    overview = alice.get("overview").json()
    assert (overview["risk"]["total"], overview["risk"]["counts"]["not_assessed"]) == (1, 1)
    assert alice.get("countries").json() == {
        "items": [{"country": "KAZ", "parties": 1, "raised": 0, "no_data": 1}],
        "unknown": 0,
    }


def test_the_chain_is_walked_from_the_organisation_and_from_a_party(alice: Program, bob: Program, cast: Cast) -> None:
    Link.objects.create(
        organisation=cast.ministry, uid="lnk_1", from_party=cast.supplier, to_self=True, kind="supplies"
    )
    walked = alice.get("chain").json()
    assert [node["name"] for node in walked["nodes"]] == ["Ministry of Quiet Waters", "Blue Heron Textiles LLP"]
    assert (walked["edges"][0]["receiver"], walked["nodes"][1]["unmapped"]) == ("self", True)
    assert alice.get("chain?start=pty_1111111111111111&tiers=1").status_code == 200
    assert alice.get("chain?start=pty_1111111111111111&tiers=9").status_code == 422
    assert bob.get("/api/organisations/port/chain?start=pty_1111111111111111").status_code == 404


def test_what_the_engine_refuses_is_told_in_the_language_that_the_program_asks_for(alice: Program) -> None:
    law = next(key for key, each in _provisions(alice.get("standard").json()).items() if each["of_the_law"])
    body = {"changes": [{"remove": law, "reason": "It is much work."}]}
    draft = alice.get("standard/draft")
    english = alice.send("PUT", "standard/draft", body, If_Match=draft["ETag"])
    russian = alice.send("PUT", "standard/draft", body, If_Match=draft["ETag"], Accept_Language="ru")
    assert english.status_code == russian.status_code == 422
    assert english.json()["type"] == russian.json()["type"] == "urn:fairlead:problem:unusable-input"
    assert "is part of the legal minimum and cannot be removed." in english.json()["detail"]
    tongue = Language("ru")
    title = next(each.title for each in shipped_standard().provisions if each.key == law)
    refused = message("“{title:term}” is part of the legal minimum and cannot be removed.", title=title)
    assert russian.json()["detail"].startswith(tongue.render(refused))
    assert tongue.said(message("Keep it; you may add to it.")) in russian.content.decode()
