"""What the service refuses, and who may read its answers."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.reconcile.query import MOST_QUERIES
from fairlead.reconcile.request import MOST_BYTES
from tests.reconcile.conftest import Ask


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("queries={bad", "“queries” is not JSON"),
        ("queries=[]", "not an object of queries"),
        ('queries={"q0":1}', "The query “q0” is not an object"),
        ('queries={"q0":{"query":7}}', "The name in the query “q0” is not a text"),
        ('queries={"q0":{"query":"a","limit":"many"}}', "The limit in the query “q0”"),
        ('queries={"q0":{"query":"a","type":7}}', "The type in the query “q0”"),
        ('queries={"q0":{"query":"a","properties":[1]}}', "The properties in the query “q0”"),
        ('queries={"q0":{"query":"a","properties":7}}', "The properties in the query “q0”"),
        ("query={bad", "“query” is not JSON"),
        ('extend={"ids":7}', "“extend” is not a query for values"),
        ('extend={"ids":["a"],"properties":[{"name":"x"}]}', "“extend” is not a query for values"),
        ("&".join(f"a{number}=1" for number in range(50)), "The fields of the request"),
        (b"queries=\xff\xfe", "not UTF-8"),
    ],
)
def test_a_malformed_request_is_refused_with_a_sentence(ask: Ask, body: str | bytes, says: str) -> None:
    answer = ask(method="POST", body=body)
    assert answer.status == 400
    assert answer.json["status"] == "error"
    assert says in answer.json["message"]


@pytest.mark.parametrize("body", ["{bad", "[1]", "7"])
def test_a_malformed_body_of_json_is_refused(ask: Ask, body: str) -> None:
    assert ask(method="POST", body=body, CONTENT_TYPE="application/json; charset=utf-8").status == 400


def test_requests_are_bounded(ask: Ask) -> None:
    assert ask(method="POST", CONTENT_LENGTH=str(MOST_BYTES + 1)).status == 413
    assert ask(method="POST", CONTENT_LENGTH="").status == 200
    many = {f"q{number}": {"query": ""} for number in range(MOST_QUERIES + 1)}
    assert ask(method="POST", body={"queries": many}).status == 400


def test_only_pages_of_this_computer_may_read_answers(ask: Ask) -> None:
    allowed = "Access-Control-Allow-Origin"
    for origin in ("http://127.0.0.1:3333", "http://localhost:3333", "http://[::1]:3333"):
        assert ask(HTTP_ORIGIN=origin).headers[allowed] == origin
    for origin in ("https://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org:3333", "null"):
        assert allowed not in ask(HTTP_ORIGIN=origin).headers
    preflight = ask(method="OPTIONS", HTTP_ORIGIN="http://127.0.0.1:3333")
    assert (preflight.status, "POST" in preflight.headers["Access-Control-Allow-Methods"]) == (200, True)


def test_another_name_for_this_computer_is_refused(ask: Ask) -> None:
    assert ask(HTTP_HOST="example.org:8484").status == 421
    assert ask(HTTP_HOST="localhost:8484").status == 200


def test_there_is_no_jsonp(ask: Ask) -> None:
    answer = ask("/?callback=steal")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.body.startswith(b"{")


def test_other_methods_and_addresses_are_refused(ask: Ask) -> None:
    assert ask(method="DELETE").status == 405
    assert ask("/nowhere").status == 404


@given(text=st.text(max_size=80), key=st.text(max_size=10), country=st.text(max_size=10))
def test_any_text_gets_an_answer_of_the_right_shape(ask: Ask, text: str, key: str, country: str) -> None:
    queries = {key: {"query": text, "properties": [{"pid": "country", "v": country}]}}
    try:
        body = orjson.dumps({"queries": queries})
    except TypeError:  # half a sign, which JSON cannot hold
        return
    answer = ask(method="POST", body=body, CONTENT_TYPE="application/json")
    assert answer.status == 200
    assert list(answer.json) == [key]
