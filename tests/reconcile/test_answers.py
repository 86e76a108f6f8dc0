"""Manifest, suggestions, values and previews."""

from __future__ import annotations

from tests.reconcile.conftest import Ask
from tests.reconcile.schemas import check


def test_the_manifest_names_every_part_by_the_address_it_was_asked_at(ask: Ask) -> None:
    manifest = ask(HTTP_HOST="localhost:9000", SCRIPT_NAME="/reconcile", PATH_INFO="/").json
    check(manifest, "manifest")
    assert manifest["preview"]["url"] == "http://localhost:9000/reconcile/preview?id={{id}}"
    assert manifest["suggest"]["entity"]["service_url"] == "http://localhost:9000/reconcile"
    assert [each["id"] for each in manifest["defaultTypes"]] == ["listed_party", "supplier"]


def test_entities_are_suggested_by_the_beginning_of_any_name(ask: Ask) -> None:
    found = ask("/suggest/entity?prefix=quil").json
    check(found, "entities")
    assert [each["id"] for each in found["result"]] == ["own.csv/E1", "pty_1"]
    (other,) = ask("/suggest/entity?prefix=%D0%9A%D0%B2%D0%B8%D0%BB%D0%BB").json["result"]
    assert other["id"] == "own.csv/E1"
    assert other["description"].startswith("also called Квиллон Харроу, company, India")
    assert ask("/suggest/entity?prefix=quil&cursor=1").json["result"] == found["result"][1:]
    assert ask("/suggest/entity?prefix=").json == {"result": []}


def test_types_and_properties_are_suggested(ask: Ask) -> None:
    types, properties = ask("/suggest/type?prefix=supp").json, ask("/suggest/property?prefix=").json
    check(types, "suggestions")
    check(properties, "suggestions")
    assert [each["id"] for each in types["result"]] == ["supplier"]
    assert [each["id"] for each in properties["result"]] == ["country", "kind", "identifier", "born"]


def test_values_are_proposed_and_fetched(ask: Ask) -> None:
    proposal = ask("/extend/propose?type=listed_party&limit=20").json
    check(proposal, "proposal")
    wanted = [{"id": each["id"]} for each in proposal["properties"]]
    asked = {"extend": {"ids": ["own.csv/E1", "own.csv/E2", "pty_2", "nobody"], "properties": wanted}}
    answer = ask(method="POST", body=asked).json
    check(answer, "extension")
    rows = answer["rows"]
    assert {name: [each["str"] for each in values] for name, values in rows["own.csv/E1"].items()} == {
        "country": ["IND"],
        "kind": ["company"],
        "identifier": ["LEI:5493001KJTIIGC8Y1R12"],
        "name": ["Quillon Harrow Weaving"],
        "other_names": ["Квиллон Харроу"],
        "list": ["own.csv"],
        "edition": ["2026-01-31"],
        "listed_on": ["2021-06-24"],
        "ended": [],
        "programme": ["Import ban"],
        "place": ["own.csv:2"],
    }
    assert rows["own.csv/E2"]["ended"] == [{"str": "2025-06-30"}]
    assert rows["pty_2"]["list"] == [{"str": "vendors.xlsx"}]
    assert not any(rows["nobody"].values())


def test_a_supplier_has_no_listing_to_fetch(ask: Ask) -> None:
    found = {each["id"] for each in ask("/extend/propose?type=supplier").json["properties"]}
    assert "country" in found
    assert not found & {"listed_on", "ended", "programme"}


def test_a_preview_shows_what_is_known_and_escapes_what_lists_hold(ask: Ask) -> None:
    page = ask("/preview?id=own.csv/E2")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    text = page.body.decode()
    assert "Brook Stroy &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "listing ended" in text
    assert "30 June 2025" in text


def test_an_entity_that_is_not_there_is_said_to_be_so(ask: Ask) -> None:
    page = ask("/preview?id=own.csv/E9")
    assert page.status == 404
    assert "There is no such entity" in page.body.decode()
