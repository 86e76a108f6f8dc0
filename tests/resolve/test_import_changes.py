"""What taking in a new list would change, told before it is done."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings

from fairlead.resolve import KnownParties, match_known
from fairlead.resolve.import_changes import IMPORT_CHANGE, changes_of_import
from tests.resolve.lists import NO_CODES, resolved, row, table
from tests.resolve.test_known import LISTS, OTHER_BIN, again, rows_of
from tests.resolve.test_resolve import BIN, PLACE

SHOP = row("r1", "Qyzyl Alma LLP", number=BIN, **PLACE, spend=Decimal(100), currency="KZT", workers=20)


def known(*rows: dict[str, Any]) -> KnownParties:
    found = resolved(*rows)
    return KnownParties(found.parties, found.sites, found.links)


def changes(there: KnownParties, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    match = match_known(table(*rows), NO_CODES, there)
    found = changes_of_import(match, there)
    assert found.schema == IMPORT_CHANGE
    return list(found.to_pylist())


def told(found: list[dict[str, Any]]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one["field"], one["how"], one["old"], one["new"]) for one in found]


def test_the_same_list_again_changes_nothing() -> None:
    [only] = changes(known(SHOP), *again(SHOP))
    assert (only["state"], only["field"], only["row_ids"]) == ("unchanged", None, ["again r1"])


def test_a_new_party_is_created_and_stands_first() -> None:
    found = changes(known(SHOP), *again(SHOP), row("n2", "Zhana Zher LLP", address="Dostyk 7", city="Almaty"))
    assert [(one["name"], one["state"]) for one in found] == [
        ("Zhana Zher LLP", "created"),
        ("Qyzyl Alma LLP", "unchanged"),
    ]


def test_a_new_name_and_a_new_number_of_another_kind_are_added() -> None:
    numbers = [*SHOP["identifiers"], {"scheme": "LEI", "value": "529900T8BM49AURSDO55", "valid": True}]
    new = {**SHOP, "row_id": "n1", "name": "Red Apple LLP", "other_names": ["Qyzyl Alma"], "identifiers": numbers}
    assert told(changes(known(SHOP), new)) == [
        ("names", "added", None, "Qyzyl Alma"),
        ("names", "added", None, "Red Apple LLP"),
        ("identifiers", "added", None, "LEI:529900T8BM49AURSDO55"),
    ]


def test_a_second_number_of_a_scheme_is_named_and_overwrites_nothing() -> None:
    numbers = [*SHOP["identifiers"], {"scheme": "KZ-BIN", "value": OTHER_BIN, "valid": True}]
    new = {**SHOP, "row_id": "n1", "identifiers": numbers}
    assert told(changes(known(SHOP), new)) == [("identifiers", "contradicts", f"KZ-BIN:{BIN}", f"KZ-BIN:{OTHER_BIN}")]


def test_another_legal_form_is_named_and_overwrites_nothing() -> None:
    new = {**SHOP, "row_id": "n1", "name": "Qyzyl Alma JSC"}
    found = changes(known(SHOP), new)
    assert ("legal_form", "contradicts") in [(one["field"], one["how"]) for one in found]


def test_a_country_that_was_not_known_is_filled() -> None:
    found = changes(known({**SHOP, "country": None}), {**SHOP, "row_id": "n1"})
    assert ("country", "filled", None, "KAZ") in told(found)


def test_workers_and_spend_of_another_day_take_the_place_of_the_old() -> None:
    new = {**SHOP, "row_id": "n1", "workers": 35, "spend": Decimal("120.50")}
    found = changes(known(SHOP), new)
    assert told(found) == [
        ("site.workers", "replaced", "20", "35"),
        ("link.spend", "replaced", "100 KZT", "120.5 KZT"),
    ]
    assert all(one["subject_id"] for one in found)


def test_a_second_place_and_a_customer_are_a_new_site_and_a_new_link() -> None:
    new = {**SHOP, "row_id": "n1", "address": "Dostyk 7", "city": "Astana", "customer": "Kyran Clean LLP"}
    found = changes(known(SHOP), new)
    assert ("site", "added", None, "Dostyk 7, Astana, KAZ") in told(found)
    assert ("link", "added", None, "Qyzyl Alma LLP supplies Kyran Clean LLP") in told(found)
    assert [one["name"] for one in found if one["state"] == "created"] == ["Kyran Clean LLP"]


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(LISTS)
def test_taking_in_a_list_that_is_there_changes_no_party(list_: list[dict[str, Any]]) -> None:
    rows = rows_of(list_, "r")
    there = KnownParties(*(getattr(resolved(*rows), name) for name in ("parties", "sites", "links")), table(*rows))
    found = changes(there, *again(*rows))
    assert {one["state"] for one in found} <= {"unchanged", "changed"}
    assert [one for one in found if one["field"] in ("names", "identifiers", "site")] == []


def test_the_order_of_the_known_tables_changes_nothing() -> None:
    there = known(SHOP, row("r2", "Kyran Clean LLP", address="Rassvet st. 8", city="Almaty"))
    turned = KnownParties(*(each.take(pa.array(range(each.num_rows))[::-1]) for each in (
        there.parties, there.sites, there.links,
    )))  # fmt: skip
    new = [{**SHOP, "row_id": "n1", "workers": 3}, row("n2", "Kyran", address="Rassvet st. 8", city="Almaty")]
    assert changes(there, *new) == changes(turned, *new)
