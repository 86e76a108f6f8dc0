"""The tables that resolve hands on, and what must not change them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import LINK, PARTY, REVIEW, ROW, SITE
from fairlead.resolve import Resolved, resolve
from tests.resolve.lists import NO_CODES, groups, resolved, row, table

PLACE = {"address": "ул. Абая, д. 12", "city": "Алматы"}
BIN = "970540000123"

MESSY = (
    row("r1", "ТОО «Қызыл Алма»", number=BIN, **PLACE),
    row("r2", "Qyzyl Alma LLP", address="12 Abay st.", city="Almaty"),
    row("r3", "КЫЗЫЛ АЛМА", number=BIN, city="Астана"),
    row("r4", "Қызыл Алма", address="ул. Абая, д. 14", city="Алматы"),
    row("r5", "Қызыл Алма", address="ул. Абая", city="Алматы"),
    row("r6", "Карлыгаш", city="Алматы"),
    row("r7", "Карлыгаш", city="Алматы"),
    row("r8", "Karlygash LLP", **PLACE),
    row("r9", "ТОО"),
)


def as_bytes(result: Resolved) -> bytes:
    sink = pa.BufferOutputStream()
    for part in (result.parties, result.sites, result.links, result.review):
        with pa.ipc.new_stream(sink, part.schema) as writer:
            writer.write_table(part.combine_chunks())
    return bytes(sink.getvalue())


def test_the_tables_have_their_schemas() -> None:
    result = resolved(*MESSY)
    schemas = [result.parties.schema, result.sites.schema, result.links.schema, result.review.schema]
    assert schemas == [PARTY, SITE, LINK, REVIEW]


def test_an_empty_list_gives_empty_tables() -> None:
    result = resolve(ROW.empty_table(), NO_CODES)
    assert [part.num_rows for part in (result.parties, result.sites, result.links, result.review)] == [0, 0, 0, 0]


def test_every_row_belongs_to_exactly_one_party() -> None:
    ids = [row_id for group in groups(resolved(*MESSY)) for row_id in group]
    assert sorted(ids) == sorted(said["row_id"] for said in MESSY)


def test_a_doubt_s_reason_names_the_houses_in_the_order_of_the_two_records() -> None:
    rows = [row(f"r{house}", "Kyran Clean LLP", address=f"Rassvet st. {house}", city="Almaty") for house in (8, 18, 28)]
    review = resolved(*rows).review.to_pylist()
    houses = {said["row_id"]: said["address"].split()[-1] for said in rows}
    assert review
    for pair in review:
        said = dict(pair["reason"]["values"])
        assert (said["left"], said["right"]) == (houses[pair["left_row_id"]], houses[pair["right_row_id"]])


def test_the_same_rows_give_the_same_bytes() -> None:
    assert as_bytes(resolved(*MESSY)) == as_bytes(resolved(*MESSY))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(MESSY))
def test_the_order_of_the_rows_changes_nothing(rows: list[dict[str, Any]]) -> None:
    assert as_bytes(resolved(*rows)) == as_bytes(resolved(*MESSY))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="bdfgjlmnprstvwz", min_size=6, max_size=12), st.integers(300, 900))
def test_an_unrelated_row_changes_no_other_party(name: str, house: int) -> None:
    before = set(resolved(*MESSY).parties["party_id"].to_pylist())
    stranger = row("zz", name, address=f"Quay {house}", city="Bordeaux") | {"country": "FRA"}
    after = set(resolved(*MESSY, stranger).parties["party_id"].to_pylist())
    assert before < after
    assert len(after - before) == 1


def test_ids_are_unique_though_two_parties_look_the_same() -> None:
    ids = resolved(row("a", "Карлыгаш"), row("b", "Карлыгаш"), row("c", "Карлыгаш")).parties["party_id"].to_pylist()
    assert len(set(ids)) == 3


def test_the_id_of_a_party_hangs_on_its_number_and_not_on_its_spelling() -> None:
    one = resolved(row("a", "Карлыгаш", number=BIN, **PLACE)).parties["party_id"].to_pylist()
    other = resolved(row("x", "Karlygash Trading", number=BIN, city="Astana")).parties["party_id"].to_pylist()
    assert one == other


def test_the_most_frequent_spelling_is_the_name_and_all_are_kept() -> None:
    result = resolved(
        row("a", "Qyzyl Alma LLP", number=BIN),
        row("b", "ТОО «Қызыл Алма»", number=BIN, other_names=["Red Apple"]),
        row("c", "ТОО «Қызыл Алма»", number=BIN, city="Алматы"),
    )
    party = result.parties.to_pylist()[0]
    assert party["name"] == "ТОО «Қызыл Алма»"
    assert party["names"] == ["Qyzyl Alma LLP", "Red Apple", "ТОО «Қызыл Алма»"]
    assert (party["folded"], party["legal_form"], party["country"]) == ("qyzyl alma", "llc", "KAZ")
    assert party["identifiers"] == [{"scheme": "KZ-BIN", "value": BIN, "valid": True}]


def test_two_spellings_of_one_address_are_one_site() -> None:
    result = resolved(
        row("a", "Қызыл Алма", workers=40, **PLACE), row("b", "Qyzyl Alma", address="12 Abay st.", city="Almaty")
    )
    assert result.sites["row_ids"].to_pylist() == [["a", "b"]]
    assert result.sites["workers"].to_pylist() == [40]


def links(result: Resolved) -> list[tuple[str | None, ...]]:
    names = dict(zip(result.parties["party_id"].to_pylist(), result.parties["name"].to_pylist(), strict=True))
    names[BUYER_ID] = "the buyer"
    return sorted(
        ((names[link["from_id"]], link["kind"], names.get(link["to_id"])) for link in result.links.to_pylist()),
        key=str,
    )


def test_suppliers_of_the_first_or_an_unknown_tier_supply_the_buyer() -> None:
    assert links(resolved(row("a", "Карлыгаш", tier=1), row("b", "Бозторғай"))) == [
        ("Бозторғай", "supplies", "the buyer"),
        ("Карлыгаш", "supplies", "the buyer"),
    ]


def test_a_supplier_of_a_further_tier_supplies_its_customer_or_nobody_known() -> None:
    result = resolved(
        row("a", "Карлыгаш", tier=2, customer="Бозторғай ЖШС"),
        row("b", "ТОО Бозторғай", tier=1),
        row("c", "Аққу", tier=3),
    )
    assert ("Карлыгаш", "supplies", "ТОО Бозторғай") in links(result)
    assert ("Аққу", "supplies", None) in links(result)


def test_labour_providers_and_parents_become_parties_with_links() -> None:
    result = resolved(row("a", "Карлыгаш", labour_provider="Еңбек Күші ЖШС", parent="Алтын Холдинг"))
    assert ("Еңбек Күші ЖШС", "recruits_for", "Карлыгаш") in links(result)
    assert ("Алтын Холдинг", "owns", "Карлыгаш") in links(result)
    kinds = dict(zip(result.parties["name"].to_pylist(), result.parties["kind"].to_pylist(), strict=True))
    assert kinds["Еңбек Күші ЖШС"] == "labour_provider"


def test_owners_have_their_shares_and_controllers_and_operators_their_links() -> None:
    owners = [
        {"name": "Алтын Холдинг", "share_low": Decimal("0.6"), "share_high": Decimal("0.6")},
        {"name": "Күміс Топ", "share_low": Decimal("0.25"), "share_high": Decimal("0.5")},
    ]
    result = resolved(row("a", "Карлыгаш", owners=owners, controller="Темир Бакылау", operator="Мыс Оператор"))
    assert ("Темир Бакылау", "controls", "Карлыгаш") in links(result)
    assert ("Мыс Оператор", "operates", "Карлыгаш") in links(result)
    assert ("Күміс Топ", "owns", "Карлыгаш") in links(result)
    names = dict(zip(result.parties["party_id"].to_pylist(), result.parties["name"].to_pylist(), strict=True))
    shares = {names[one["from_id"]]: one["share"] for one in result.links.to_pylist() if one["kind"] == "owns"}
    assert shares == {"Алтын Холдинг": 0.6, "Күміс Топ": None}  # a share that is an interval is no number


def test_a_subcontractor_delivers_to_its_contractor_and_not_to_the_buyer() -> None:
    result = resolved(row("a", "Карлыгаш", subcontracts_for="Алтын Курылыс"))
    assert links(result) == [("Карлыгаш", "subcontracts", "Алтын Курылыс")]


def test_a_labour_provider_that_is_in_the_list_is_that_party() -> None:
    result = resolved(row("a", "Карлыгаш", labour_provider="Enbek Kushi LLP"), row("b", "ТОО Еңбек Күші", number=BIN))
    assert ("ТОО Еңбек Күші", "recruits_for", "Карлыгаш") in links(result)
    assert result.parties.num_rows == 2


@pytest.mark.parametrize("country", ["KGZ", "CHN", None])
def test_a_customer_s_legal_form_is_read_as_it_is_meant_where_the_customer_is(country: str | None) -> None:
    result = resolved(
        row("a", "Fictional Mill", country=country, tier=2, customer="Bozturgay LLP"),
        row("b", "ТОО «Бозтургай»", country="KAZ"),
    )
    assert ("Fictional Mill", "supplies", "ТОО «Бозтургай»") in links(result)


def test_a_labour_provider_whose_name_two_parties_bear_is_neither() -> None:
    result = resolved(
        row("a", "Карлыгаш", labour_provider="ТОО Аққу"),
        row("b", "ТОО Аққу", address="Абая 1", city="Алматы"),
        row("c", "ТОО Аққу", address="Кенесары 9", city="Астана"),
    )
    assert result.parties.num_rows == 4


def test_spend_is_added_up_by_currency_exactly() -> None:
    result = resolved(
        row("a", "Карлыгаш", number=BIN, spend=Decimal("0.10"), currency="KZT"),
        row("b", "Карлыгаш", number=BIN, spend=Decimal("0.20"), currency="KZT"),
        row("c", "Карлыгаш", number=BIN, spend=Decimal("5.00"), currency="EUR"),
    )
    sums = {link["currency"]: link["spend"] for link in result.links.to_pylist()}
    assert sums == {"KZT": Decimal("0.3000"), "EUR": Decimal("5.0000")}


def test_a_link_without_spend_has_none_and_not_zero() -> None:
    assert resolved(row("a", "Карлыгаш")).links["spend"].to_pylist() == [None]


def test_the_classification_goes_into_the_link() -> None:
    codes = pa.Table.from_pylist(
        [{"row_id": "a", "good": "cotton", "hs": "5201", "sector": "textiles", "isic": "1311"}], schema=NO_CODES.schema
    )
    link = resolve(table(row("a", "Карлыгаш")), codes).links.to_pylist()[0]
    assert (link["good"], link["product"], link["sector"], link["isic"]) == ("cotton", "5201", "textiles", "1311")
