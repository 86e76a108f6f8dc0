"""Screening as a whole, and the evidence that it gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.model.schemas import EVIDENCE, SITE
from fairlead.screen import About, ListIdentifier, WatchList, screen
from tests.screen.builders import AS_OF, entry, parties, watch_list

LISTED = entry("Quillon Harrow Weaving", countries=("IND",), from_date="2021-06-24")
PARTY = {"name": "Quillon Harrow Weaving Ltd", "country": "IND"}


def only_row(*lists: WatchList, as_of: date = AS_OF, **party: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = screen(parties({**PARTY, **party}), lists, as_of=as_of).to_pylist()
    assert len(rows) == 1
    return rows[0]


def said(row: dict[str, Any]) -> str:
    return Language("en").render(Message.from_arrow(row["text"]))


def test_a_hit_is_evidence_with_its_list_edition_and_row() -> None:
    table = screen(parties(PARTY), [watch_list(LISTED)], as_of=AS_OF)
    assert table.schema == EVIDENCE
    row = table.to_pylist()[0]
    assert {key: row[key] for key in row if key not in ("evidence_id", "text")} == {
        "subject_kind": "party",
        "subject_id": "pty_0",
        "finding": "listed_import_ban",
        "indicator": None,
        "polarity": "supports",
        "value": "in_force",
        "unit": None,
        "source_id": "list_test",
        "edition": "2026-01",
        "source_sha256": "00" * 32,
        "locator": "list.csv:2",
        "asserted_by": "public_list",
        "verified_by": None,
        "event_date": "2021-06-24",
        "confidence": pytest.approx(1.0, abs=0.01),
        "cluster_key": "list_test:E-Quillon Harrow Weaving",
        "visibility": "public",
    }


def test_the_reasons_are_told_in_words() -> None:
    assert said(only_row(watch_list(LISTED))) == (
        "The name Quillon Harrow Weaving Ltd is the same as Quillon Harrow Weaving on a fictional list "
        "(edition 2026-01). Every word that tells names apart is the same. The country agrees. "
        "Confirm who it is before acting."
    )


@pytest.mark.parametrize(
    ("about", "country", "finding"),
    [
        (About.IMPORT_BAN, "IND", "listed_import_ban"),
        (About.IMPORT_BAN, "BGD", "possible_import_ban_match"),
        (About.OTHER, "IND", "listed_other"),
        (About.OTHER, "BGD", "possible_other_match"),
    ],
)
def test_the_finding_follows_from_the_list_and_the_verdict(about: About, country: str, finding: str) -> None:
    assert only_row(watch_list(LISTED, about=about), country=country)["finding"] == finding


def test_what_an_entry_says_of_itself_comes_before_what_the_list_is_about() -> None:
    own = entry("Quillon Harrow Weaving", countries=("IND",), about=About.IMPORT_BAN)
    assert only_row(watch_list(own, about=About.OTHER))["finding"] == "listed_import_ban"


def test_words_of_one_name_only_are_told() -> None:
    row = only_row(watch_list(LISTED), name="Quillon Harrow Weaving Zephyr")
    assert "Only one of the names has: zephyr." in said(row)
    assert "possible match" in said(row)


def test_a_shared_number_is_told() -> None:
    listed = entry("Brook Steel", identifiers=(ListIdentifier("9800012345"),))
    row = only_row(watch_list(listed), identifiers=[{"scheme": "RU-INN", "value": "9800012345", "valid": True}])
    assert said(row).startswith("Quillon Harrow Weaving Ltd has the registration number 9800012345 of Brook Steel on")
    assert (row["finding"], row["confidence"]) == ("listed_import_ban", 1.0)


def test_an_ended_listing_says_so_and_bears_the_day_on_which_it_ended() -> None:
    listed = entry("Quillon Harrow Weaving", countries=("IND",), from_date="2019-01-01", to_date="2023-05-02")
    row = only_row(watch_list(listed))
    assert (row["value"], row["event_date"]) == ("ended", "2023-05-02")
    assert "The listing is no longer in force." in said(row)
    assert only_row(watch_list(listed), as_of=date(2022, 1, 1))["value"] == "in_force"


def test_who_is_listed_later_is_not_yet_on_the_list() -> None:
    assert screen(parties(PARTY), [watch_list(LISTED)], as_of=date(2021, 6, 23)).num_rows == 0
    assert screen(parties(PARTY), [watch_list(LISTED)], as_of=date(2021, 6, 24)).num_rows == 1


def test_an_address_that_agrees_is_told_where_sites_are_given() -> None:
    listed = entry("Quillon Harrow Weaving", countries=("IND",), addresses=("12 Mango Grove Road, Tirupur",))
    site = dict.fromkeys(SITE.names) | {
        "site_id": "sit_0",
        "party_id": "pty_0",
        "address": "Mango Grove Road 12",
        "city": "Tirupur",
    }
    sites = pa.Table.from_pylist([site], schema=SITE)
    row = screen(parties(PARTY), [watch_list(listed)], as_of=AS_OF, sites=sites).to_pylist()[0]
    assert "The address agrees." in said(row)


def test_every_party_is_screened_whatever_its_kind() -> None:
    table = parties(PARTY, {**PARTY, "kind": "labour_provider"}, {**PARTY, "kind": "unknown"})
    assert screen(table, [watch_list(LISTED)], as_of=AS_OF).num_rows == 3


def test_a_party_and_an_entry_give_one_row_however_many_names_meet() -> None:
    assert only_row(watch_list(LISTED), names=["Quillon Harrow Weaving", "QUILLON HARROW WEAVING LLC"])


def test_no_parties_no_lists_or_an_empty_list_give_an_empty_table() -> None:
    assert screen(parties(PARTY).slice(0, 0), [watch_list(LISTED)], as_of=AS_OF).num_rows == 0
    assert screen(parties(PARTY), [], as_of=AS_OF).num_rows == 0
    assert screen(parties(PARTY), [watch_list()], as_of=AS_OF).num_rows == 0


def test_a_list_does_not_change_what_another_one_gives() -> None:
    alone = screen(parties(PARTY), [watch_list(LISTED)], as_of=AS_OF)
    other = watch_list(*(entry(f"Quillon Harrow {number}") for number in range(50)), list_id="list_other")
    both = screen(parties(PARTY), [other, watch_list(LISTED)], as_of=AS_OF)
    assert both.filter(pc.equal(both["source_id"], "list_test")).equals(alone)


NAMES = [
    "Quillon",
    "Quillon Harrow",
    "Quilon Harow",
    "Harrow Steel",
    "Steel Harrow Ltd",
    "Good Will",
    "Goodwill Trading",
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(NAMES), st.permutations(NAMES))
def test_the_order_of_parties_and_entries_makes_no_difference(ours: list[str], theirs: list[str]) -> None:
    def screened(ours: list[str], theirs: list[str]) -> pa.Table:
        table = parties(*({"party_id": f"pty_{name}", "name": name, "country": "IND"} for name in ours))
        return screen(table, [watch_list(*(entry(name, countries=("IND",)) for name in theirs))], as_of=AS_OF)

    assert screened(ours, theirs).equals(screened(NAMES, NAMES))
