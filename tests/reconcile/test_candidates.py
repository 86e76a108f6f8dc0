"""Candidates for names, and what a query may say beside the name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reconcile.conftest import Ask
from tests.reconcile.schemas import check


def candidates(ask: Ask, **query: Any) -> list[dict[str, Any]]:
    answer = ask(method="POST", body={"queries": {"q": query}})
    assert answer.status == 200
    check(answer.json, "batch")
    found: list[dict[str, Any]] = answer.json["q"]["result"]
    return found


def test_a_batch_answers_every_key(ask: Ask) -> None:
    queries = {"q0": {"query": "Larkin Zephyr Foods"}, "q1": {"query": "Nobody Known Anywhere"}, "q2": {"query": ""}}
    answer = ask(method="POST", body={"queries": queries}).json
    check(answer, "batch")
    assert {key: [each["id"] for each in found["result"]] for key, found in answer.items()} == {
        "q0": ["pty_2"],
        "q1": [],
        "q2": [],
    }


def test_match_is_said_of_the_only_one_that_is_the_same_and_of_none_of_two(ask: Ask) -> None:
    (only,) = candidates(ask, query="Larkin Zephyr Foods", properties=[{"pid": "country", "v": "Kenya"}])
    assert (only["match"], only["score"]) == (True, 100.0)
    two = candidates(ask, query="Quillon Harrow Weaving", properties=[{"pid": "country", "v": "IND"}])
    assert [(each["id"], each["match"]) for each in two] == [("own.csv/E1", False), ("pty_1", False)]


def test_the_type_chooses_among_lists_and_suppliers(ask: Ask) -> None:
    name = "Quillon Harrow Weaving"
    assert [each["id"] for each in candidates(ask, query=name, type="supplier")] == ["pty_1"]
    (listed,) = candidates(ask, query=name, type=["listed_party"], type_strict="any")
    assert (listed["id"], listed["match"]) == ("own.csv/E1", True)
    assert candidates(ask, query=name, type="something_else") == []


def test_the_limit_is_kept(ask: Ask) -> None:
    assert len(candidates(ask, query="Quillon Harrow Weaving", limit=1)) == 1
    assert candidates(ask, query="Quillon Harrow Weaving", limit=0) == []


def test_another_country_lowers_the_score_and_takes_the_match_away(ask: Ask) -> None:
    (same,) = candidates(ask, query="Larkin Zephyr Foods", properties=[{"pid": "country", "v": "KEN"}])
    (other,) = candidates(
        ask, query="Larkin Zephyr Foods", properties=[{"pid": "country", "v": {"id": "x", "name": "Peru"}}]
    )
    assert other["score"] < same["score"]
    assert not other["match"]
    assert "The country differs." in other["description"]


def test_a_number_finds_a_party_whatever_its_name(ask: Ask) -> None:
    (found,) = candidates(ask, query="Other", properties=[{"pid": "identifier", "v": ["5493001KJTIIGC8Y1R12"]}])
    assert (found["id"], found["match"]) == ("own.csv/E1", True)
    (again,) = candidates(ask, properties=[{"pid": "identifier", "v": "5493001KJTIIGC8Y1R12"}])
    assert again["id"] == "own.csv/E1"


def test_a_candidate_says_why_and_from_which_list(ask: Ask) -> None:
    listed = candidates(ask, query="Quillon Harrow Weaving", type="listed_party")[0]
    assert listed["description"].startswith("company, India, on own.csv, edition 2026-01-31. Every word")
    assert {"id": "same_words", "value": True} in listed["features"]
    assert {"id": "likeness", "value": listed["score"]} in listed["features"]


def test_a_name_in_another_script_is_found(ask: Ask) -> None:
    assert "own.csv/E1" in [each["id"] for each in candidates(ask, query="КВИЛЛОН ХАРРОУ")]


@pytest.mark.parametrize("query", ["CORP", "Ltd", "🏭", "\u202e", " ", "'; DROP TABLE"])
def test_a_name_that_says_nothing_has_no_candidates(ask: Ask, query: str) -> None:
    assert candidates(ask, query=query) == []


def test_a_single_query_of_version_0_1_is_answered_by_itself(ask: Ask) -> None:
    plain = ask("/?query=Larkin+Zephyr+Foods").json
    assert [each["id"] for each in plain["result"]] == ["pty_2"]
    as_json = ask(method="POST", body={"query": {"query": "Larkin Zephyr Foods", "type": "supplier", "limit": 1}}).json
    assert as_json == plain


def test_a_batch_may_be_a_body_of_json(ask: Ask) -> None:
    form = ask(method="POST", body={"queries": {"q0": {"query": "Larkin Zephyr Foods"}}})
    for body in ('{"q0":{"query":"Larkin Zephyr Foods"}}', '{"queries":{"q0":{"query":"Larkin Zephyr Foods"}}}'):
        assert ask(method="POST", body=body, CONTENT_TYPE="application/json").json == form.json


@pytest.mark.parametrize(("born", "same"), [("13.02.1960", True), ("30.12.1971", False)])
def test_a_date_of_birth_narrows_a_query_and_is_never_told(ask: Ask, born: str, same: bool) -> None:
    (found,) = candidates(ask, query="Jane Vestrel Harrow", properties=[{"pid": "born", "v": born}])
    assert found["match"] is same
    assert "1960" not in str(found)
    asked = {"extend": {"ids": ["own.csv/E3"], "properties": [{"id": "born"}]}}
    assert ask(method="POST", body=asked).json["rows"]["own.csv/E3"] == {"born": []}
