"""Owners of ownership data and parties of a list: what joins them, what a person has to decide, who is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.model.vocabulary import Decision
from fairlead.read.ownership import read_ownership
from fairlead.resolve import resolve
from fairlead.resolve.judgements import Side, judgement
from fairlead.resolve.ownership import Joined, join_ownership
from tests.read.ownership_files import BIN, bods, entity, person, relationship, shares
from tests.resolve.lists import NO_CODES, row, table

ALPHA = entity("alpha", "Alpha Holding", "KG")


def joined(folder: Path, rows: list[dict[str, Any]], *statements: object) -> Joined:
    return join_ownership(resolve(table(*rows), NO_CODES), read_ownership([bods(folder, statements)]))


def kyzyl(**said: Any) -> dict[str, Any]:
    return entity("kyzyl", "Kyzyl Apparel LLP", **said)


def links(result: Joined) -> set[tuple[str, str, str, float | None]]:
    names = dict(zip(result.parties["party_id"].to_pylist(), result.parties["name"].to_pylist(), strict=True))
    return {
        (names[one["from_id"]], one["kind"], names[one["to_id"]], one["share"])
        for one in result.links.to_pylist()
        if one["kind"] in ("owns", "controls", "operates")
    }


def reasons(result: Joined) -> list[str]:
    return [Language("en").render(Message.from_arrow(one)) for one in result.review["reason"].to_pylist()]


OWNED = relationship("kyzyl", "alpha", shares(60))


def test_a_number_joins_whatever_the_names(tmp_path: Path) -> None:
    numbered = entity("kyzyl", "Another Spelling", identifiers=[{"scheme": "KZ-BIN", "id": BIN}])
    result = joined(tmp_path, [row("a", "Kyzyl Apparel", number=BIN)], numbered, ALPHA, OWNED)
    assert links(result) == {("Alpha Holding", "owns", "Kyzyl Apparel", 0.6)}
    assert result.possible == ()
    added = next(one for one in result.parties.to_pylist() if one["name"] == "Alpha Holding")
    assert (added["country"], added["kind"], added["row_ids"]) == ("KGZ", "company", [])


def test_the_same_name_form_and_country_join(tmp_path: Path) -> None:
    result = joined(tmp_path, [row("a", "ТОО «Кызыл Аппарель»")], entity("kyzyl", "Kyzyl Apparel' LLP"), ALPHA, OWNED)
    assert links(result) == {("Alpha Holding", "owns", "ТОО «Кызыл Аппарель»", 0.6)}


@pytest.mark.parametrize(
    ("said", "statement", "reason"),
    [
        ({"country": None}, kyzyl(), "no number or country says that it is the same"),
        ({}, entity("kyzyl", "Kyzyl Apparel LLP", None), "no number or country says that it is the same"),
        (
            {"number": BIN},
            kyzyl(identifiers=[{"scheme": "KZ-BIN", "id": "020240000555"}]),
            "the numbers differ",
        ),
        ({}, person("kyzyl", "Kyzyl Apparel LLP"), "do not say who it is"),
    ],
)
def test_a_name_alone_never_joins_and_goes_to_review(
    tmp_path: Path, said: dict[str, Any], statement: dict[str, Any], reason: str
) -> None:
    result = joined(tmp_path, [row("a", "Kyzyl Apparel LLP", **said)], statement, ALPHA, OWNED)
    listed = next(one["party_id"] for one in result.parties.to_pylist() if one["row_ids"])
    assert [pair[0] for pair in result.possible] == [listed]
    assert reason in reasons(result)[0]
    assert listed not in result.holdings["to_id"].to_pylist()


def test_another_country_is_another_party(tmp_path: Path) -> None:
    result = joined(tmp_path, [row("a", "Kyzyl Apparel LLP")], entity("kyzyl", "Kyzyl Apparel LLP", "KG"), ALPHA, OWNED)
    assert (links(result), result.possible) == (set(), ())


def test_two_parties_of_one_name_are_both_put_before_a_person(tmp_path: Path) -> None:
    rows = [row("a", "Kyzyl Apparel LLP", address="1 Abay", city="Almaty"), row("b", "Kyzyl Apparel LLP", city="Osh")]
    result = joined(tmp_path, rows, kyzyl(), ALPHA, OWNED)
    assert len(result.possible) == 2
    assert all("fits several parties" in reason for reason in reasons(result) if "ownership data" in reason)


def test_an_owner_named_in_the_list_is_the_one_of_the_data_that_owns_the_same_party(tmp_path: Path) -> None:
    rows = [row("a", "Kyzyl Apparel LLP", number=BIN, parent="Alpha Holding")]
    numbered = kyzyl(identifiers=[{"scheme": "KZ-BIN", "id": BIN}])
    result = joined(tmp_path, rows, numbered, ALPHA, OWNED)
    assert result.parties["name"].to_pylist().count("Alpha Holding") == 1
    assert next(one for one in result.parties.to_pylist() if one["name"] == "Alpha Holding")["country"] == "KGZ"
    assert len({one["from_id"] for one in result.holdings.to_pylist()}) == 1


def test_only_those_above_a_party_of_the_list_are_taken_over(tmp_path: Path) -> None:
    result = joined(
        tmp_path,
        [row("a", "Kyzyl Apparel LLP")],
        kyzyl(),
        ALPHA,
        entity("beta", "Beta Group", "KG"),
        entity("sister", "Sister Mills", "KG"),
        entity("far", "Far Away", "KG"),
        OWNED,
        relationship("alpha", "beta", shares(100)),
        relationship("sister", "alpha", shares(100)),
        relationship("far", "sister", shares(100)),
    )
    assert {one["name"] for one in result.parties.to_pylist()} == {"Kyzyl Apparel LLP", "Alpha Holding", "Beta Group"}


def test_parties_of_several_files_with_one_number_are_one(tmp_path: Path) -> None:
    number = [{"scheme": "KG-INN", "id": "00508200310153"}]
    here, there = (
        entity("here", "Alpha Holding", "KG", identifiers=number),
        entity("there", "Альфа", "KG", identifiers=number),
    )
    result = joined(
        tmp_path,
        [row("a", "Kyzyl Apparel LLP")],
        kyzyl(),
        here,
        there,
        entity("beta", "Beta Group", "KG"),
        relationship("kyzyl", "here", shares(60)),
        relationship("there", "beta", shares(100)),
    )
    assert {(one[0], one[2]) for one in links(result)} == {
        ("Alpha Holding", "Kyzyl Apparel LLP"),
        ("Beta Group", "Alpha Holding"),
    }


def test_of_persons_no_number_reaches_the_parties(tmp_path: Path) -> None:
    result = joined(
        tmp_path,
        [row("a", "Kyzyl Apparel LLP")],
        kyzyl(),
        person("p", "Ayan Example"),
        relationship("kyzyl", "p", shares(60)),
    )
    added = next(one for one in result.parties.to_pylist() if one["name"] == "Ayan Example")
    assert (added["kind"], added["country"], added["identifiers"]) == ("person", "KAZ", [])


def test_the_order_of_rows_and_statements_changes_nothing(tmp_path: Path) -> None:
    rows = [row("a", "Kyzyl Apparel LLP"), row("b", "Sary Mills LLP", parent="Alpha Holding")]
    statements = [kyzyl(), ALPHA, OWNED, relationship("alpha", "kyzyl", shares(10))]
    one = joined(tmp_path, rows, *statements)
    (tmp_path / "other").mkdir()
    other = joined(tmp_path / "other", rows[::-1], *statements[::-1])
    for name in ("parties", "links", "review", "unknown"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.possible == other.possible
    known = [column for column in one.holdings.column_names if column not in ("source_id", "edition")]
    order = [(column, "ascending") for column in ("to_id", "from_id")]
    assert one.holdings.select(known).sort_by(order) == other.holdings.select(known).sort_by(order)


def test_without_data_there_are_the_holdings_of_the_list(tmp_path: Path) -> None:
    resolved = resolve(table(row("a", "Kyzyl Apparel LLP", parent="Alpha Holding")), NO_CODES)
    result = join_ownership(resolved)
    assert result.holdings.num_rows == 1
    assert result.holdings.to_pylist()[0]["locator"] == "list.csv::2"
    assert isinstance(result.parties, pa.Table)


def test_a_publisher_s_own_number_joins_nothing(tmp_path: Path) -> None:
    own = [{"schemeName": "our file", "id": "17"}]
    one, other = (
        entity("one", "Alpha Holding", "KG", identifiers=own),
        entity("other", "Beta Group", "KG", identifiers=own),
    )
    statements = [
        kyzyl(),
        one,
        other,
        relationship("kyzyl", "one", shares(60)),
        relationship("kyzyl", "other", shares(40)),
    ]
    result = joined(tmp_path, [row("a", "Kyzyl Apparel LLP")], *statements)
    assert {one["name"] for one in result.parties.to_pylist()} == {"Kyzyl Apparel LLP", "Alpha Holding", "Beta Group"}


def side(pair: dict[str, Any], which: str) -> Side:
    return Side(key=pair[f"{which}_key"], name=pair[f"{which}_name"])


@pytest.mark.parametrize("decision", [Decision.SAME, Decision.DIFFERENT])
def test_what_a_person_has_decided_on_an_owner_holds_in_the_next_run(tmp_path: Path, decision: Decision) -> None:
    rows = table(row("a", "Kyzyl Apparel LLP", country=None))
    data = read_ownership([bods(tmp_path, [kyzyl(), ALPHA, OWNED])])
    resolved = resolve(rows, NO_CODES)
    (pair,) = join_ownership(resolved, data, rows=rows).review.to_pylist()
    said = judgement(side(pair, "left"), side(pair, "right"), decision, user="ana", time="2026-03-31T10:00:00Z")
    result = join_ownership(resolved, data, rows=rows, judgements=[said])
    assert (result.possible, result.review.num_rows) == ((), 0)
    owned = ("Alpha Holding", "owns", "Kyzyl Apparel LLP", 0.6) in links(result)
    assert owned is (decision is Decision.SAME)
