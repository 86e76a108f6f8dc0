"""A new list against the parties that are known already."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.model.schemas import HOLDING, KNOWN_MATCH, LINK, MEMBER, PARTY, REVIEW, SITE
from fairlead.model.vocabulary import Decision
from fairlead.resolve import KnownMatch, KnownParties, Resolved, match_known
from fairlead.resolve.judgements import Event
from fairlead.resolve.judgements.event import Side, judgement
from fairlead.resolve.record_key import record_key
from tests.resolve.lists import NO_CODES, resolved, row, table
from tests.resolve.test_resolve import BIN, MESSY, PLACE

OTHER_BIN = "050140000121"
ALMA = row("r1", "ТОО «Қызыл Алма»", number=BIN, **PLACE)
KYRAN = row("r2", "Kyran Clean LLP", address="Rassvet st. 8", city="Almaty")


def known(*rows: dict[str, Any], with_rows: bool = False) -> KnownParties:
    found = resolved(*rows)
    return KnownParties(found.parties, found.sites, found.links, table(*rows) if with_rows else None)


def again(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """The same rows as another export of the list has them: with other ids."""
    return [{**one, "row_id": f"again {one['row_id']}"} for one in rows]


def matched(there: KnownParties, *rows: dict[str, Any], judgements: tuple[Event, ...] = ()) -> KnownMatch:
    return match_known(table(*rows), NO_CODES, there, judgements=judgements)


def states(match: KnownMatch) -> list[tuple[str, str, str | None]]:
    return sorted((one["name"], one["state"], one["known_party_id"]) for one in match.matches.to_pylist())


def new_ids(match: KnownMatch, there: KnownParties) -> set[str]:
    return set(match.parties["party_id"].to_pylist()) - set(there.parties["party_id"].to_pylist())


def as_bytes(match: KnownMatch) -> bytes:
    sink = pa.BufferOutputStream()
    for part in (match.parties, match.sites, match.links, match.holdings, match.matches, match.review, match.members):
        with pa.ipc.new_stream(sink, part.schema) as writer:
            writer.write_table(part.combine_chunks())
    return bytes(sink.getvalue())


def id_of(there: KnownParties, name: str) -> str:
    [found] = [one["party_id"] for one in there.parties.to_pylist() if one["name"] == name]
    return str(found)


def test_the_tables_have_their_schemas() -> None:
    match = matched(known(ALMA), *again(KYRAN))
    tables = (match.parties, match.sites, match.links, match.holdings, match.matches, match.review, match.members)
    assert [each.schema for each in tables] == [PARTY, SITE, LINK, HOLDING, KNOWN_MATCH, REVIEW, MEMBER]


def test_with_nobody_known_all_are_new_and_have_the_ids_of_resolve() -> None:
    nobody = KnownParties(PARTY.empty_table())
    match, alone = matched(nobody, *MESSY), resolved(*MESSY)
    assert {state for _, state, _ in states(match)} == {"new"}
    assert (match.parties, match.sites, match.links) == (alone.parties, alone.sites, alone.links)
    assert match.review.drop_columns(["measures"]) == alone.review.drop_columns(["measures"])


def test_an_empty_list_changes_nothing() -> None:
    match = matched(known(ALMA, KYRAN))
    assert (match.parties.num_rows, match.matches.num_rows, match.review.num_rows) == (0, 0, 0)


def test_the_same_number_is_the_known_party_under_its_id() -> None:
    there = known(ALMA)
    match = matched(there, row("n1", "Qyzyl Alma", number=BIN, address="Dostyk 5", city="Astana"))
    assert states(match) == [("Qyzyl Alma", "known", id_of(there, "ТОО «Қызыл Алма»"))]
    assert match.parties["party_id"].to_pylist() == there.parties["party_id"].to_pylist()
    assert match.sites["party_id"].to_pylist() == there.parties["party_id"].to_pylist()
    assert match.links["from_id"].to_pylist() == there.parties["party_id"].to_pylist()


def test_a_name_in_another_script_at_the_same_address_is_the_known_party() -> None:
    there = known(row("r1", "ТОО «Қызыл Алма»", **PLACE))
    match = matched(there, row("n1", "Qyzyl Alma LLP", address="12 Abay st.", city="Almaty"))
    assert [state for _, state, _ in states(match)] == ["known"]


def test_a_name_alone_is_put_before_a_person_and_stays_a_party_of_its_own() -> None:
    there = known(ALMA)
    match = matched(there, row("n1", "Қызыл Алма"))
    assert states(match) == [("Қызыл Алма", "may_be", id_of(there, "ТОО «Қызыл Алма»"))]
    assert len(new_ids(match, there)) == 1
    assert match.review.num_rows == 1


def test_two_houses_in_one_street_are_two_parties_and_a_doubt() -> None:
    there = known(KYRAN)
    match = matched(there, row("n1", "Kyran Clean LLP", address="Rassvet st. 18", city="Almaty"))
    assert [state for _, state, _ in states(match)] == ["may_be"]
    [doubt] = match.review.to_pylist()
    sides = {doubt["left_party_id"]: "left_row_id", doubt["right_party_id"]: "right_row_id"}
    assert doubt[sides[id_of(there, "Kyran Clean LLP")]] is None  # it is compared by what is known, not by a row


def test_another_country_is_never_the_known_party() -> None:
    there = known(ALMA)
    match = matched(there, {**row("n1", "Qyzyl Alma", number=BIN), "country": "UZB"})
    assert [state for _, state, _ in states(match)] == ["may_be"]
    [party] = match.parties.to_pylist()
    assert party["party_id"] not in there.parties["party_id"].to_pylist()  # though its number would give that id


def test_what_fits_two_known_parties_is_neither_until_a_person_decides() -> None:
    two = (row("r1", "Alma", number=BIN), row("r2", "Alma Group", number=OTHER_BIN))
    there = known(*two)
    assert there.parties.num_rows == 2
    both = [*two[0]["identifiers"], *two[1]["identifiers"]]
    new = {**row("n1", "Alma Group"), "identifiers": both}
    match = matched(there, new)
    assert {state for _, state, _ in states(match)} == {"several"}
    assert {one for _, _, one in states(match)} == set(there.parties["party_id"].to_pylist())
    assert len(new_ids(match, there)) == 1
    pairs = [{one["left_party_id"], one["right_party_id"]} for one in match.review.to_pylist()]
    assert len(pairs) == 2
    assert set(there.parties["party_id"].to_pylist()) not in pairs


def test_of_two_new_parties_that_contradict_each_other_one_becomes_the_known_one_and_the_other_is_a_doubt() -> None:
    there = known(row("r1", "Kyran Clean LLP", address="Rassvet st.", city="Almaty"))
    houses = [row(f"n{no}", "Kyran Clean LLP", address=f"Rassvet st. {no}", city="Almaty") for no in (8, 18)]
    for house in houses:
        assert [state for _, state, _ in states(matched(there, house))] == ["known"]
    together = matched(there, *houses)
    assert [state for _, state, _ in states(together)] == ["known", "may_be"]
    assert together.review.num_rows == 1


def test_a_row_that_was_taken_in_before_brings_nothing() -> None:
    there = known(*MESSY)
    match = matched(there, *MESSY)
    assert (match.parties.num_rows, match.links.num_rows, match.review.num_rows) == (0, 0, 0)
    assert match.recorded == tuple(sorted(one["row_id"] for one in MESSY))
    party_of = {row_id: one["party_id"] for one in there.parties.to_pylist() for row_id in one["row_ids"]}
    assert {one["row_id"]: one["party_id"] for one in match.members.to_pylist()} == party_of


def test_who_was_only_named_in_a_column_is_the_party_that_comes_with_a_row() -> None:
    there = known({**ALMA, "customer": "Kyran Clean LLP"})
    named = id_of(there, "Kyran Clean LLP")
    match = matched(there, *again(KYRAN))
    assert states(match) == [("Kyran Clean LLP", "known", named)]
    assert new_ids(match, there) == set()


def test_a_name_in_a_column_is_the_known_party_of_that_name() -> None:
    there = known(KYRAN)
    match = matched(there, *again({**ALMA, "customer": "Kyran Clean LLP"}))
    assert match.links["to_id"].to_pylist() == [id_of(there, "Kyran Clean LLP")]


def test_a_known_place_keeps_the_id_of_its_site() -> None:
    there = known(ALMA)
    place = there.sites.schema.get_field_index("site_id")
    moved = there.sites.set_column(place, "site_id", pa.array(["sit_from_before"]))
    match = matched(KnownParties(there.parties, moved), *again(ALMA))
    assert match.sites["site_id"].to_pylist() == ["sit_from_before"]


def said(one: dict[str, Any], other: dict[str, Any], decision: Decision, *party_ids: str) -> Event:
    left, right = (
        Side(record_key(row), row["name"], party_id=party_id)
        for row, party_id in zip((one, other), (*party_ids, "", "")[:2], strict=True)
    )
    return judgement(left, right, decision, user="Aigerim", time="2026-03-31T10:00:00+00:00")


def test_a_person_s_judgement_makes_a_doubtful_pair_the_known_party() -> None:
    there = known(ALMA, with_rows=True)
    new = row("n1", "Қызыл Алма")
    match = matched(there, new, judgements=(said(ALMA, new, Decision.SAME),))
    assert [state for _, state, _ in states(match)] == ["known"]
    assert match.judged.in_lists == 1


def test_what_a_person_judged_different_is_new_and_not_asked_again() -> None:
    there = known(KYRAN, with_rows=True)
    new = row("n1", "Kyran Clean LLP", address="Rassvet street 8", city="Almaty")
    assert [state for _, state, _ in states(matched(there, new))] == ["known"]
    match = matched(there, new, judgements=(said(KYRAN, new, Decision.DIFFERENT),))
    assert [state for _, state, _ in states(match)] == ["new"]
    assert match.review.num_rows == 0


def test_a_judgement_on_a_known_party_outlives_the_words_of_its_record() -> None:
    there = known({**KYRAN, "other_names": ["Kyran"]})
    party_id = id_of(there, "Kyran Clean LLP")
    new = row("n1", "Kyran Clean LLP", address="Rassvet street 8", city="Almaty")
    told = said({**KYRAN, "name": "Kyran Cleaning"}, new, Decision.DIFFERENT, *_sides(new, party_id))
    match = matched(there, new, judgements=(told,))
    assert [state for _, state, _ in states(match)] == ["new"]


def _sides(_: dict[str, Any], party_id: str) -> tuple[str, str]:
    return party_id, "pty_another"


@pytest.mark.parametrize("with_rows", [True, False])
def test_the_list_exported_again_is_known_but_for_what_says_only_a_name(*, with_rows: bool) -> None:
    rows = [one for one in MESSY if one.get("address") or one.get("identifiers")]
    there = known(*rows, with_rows=with_rows)
    match = matched(there, *again(*rows))
    assert {state for _, state, _ in states(match)} == {"known"}
    assert new_ids(match, there) == set()
    assert set(match.sites["site_id"].to_pylist()) <= set(there.sites["site_id"].to_pylist())
    assert set(match.links["link_id"].to_pylist()) <= set(there.links["link_id"].to_pylist())


PARTS = {
    "name": st.sampled_from(["ТОО «Қызыл Алма»", "Qyzyl Alma LLP", "Қызыл Алма", "Karlygash LLP", "Карлыгаш", "Kyran"]),
    "address": st.sampled_from(["ул. Абая, д. 12", "12 Abay st.", "ул. Абая", "ул. Абая, д. 14"]),
    "city": st.sampled_from(["Алматы", "Almaty", "Астана"]),
    "number": st.sampled_from([None, BIN, OTHER_BIN]),
    "customer": st.sampled_from([None, "Kyran", "Karlygash LLP"]),
}
LISTS = st.lists(st.fixed_dictionaries(PARTS), min_size=1, max_size=6)
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])


def rows_of(said_: list[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    return [row(f"{prefix}{number}", **{**one, "tier": 1}) for number, one in enumerate(said_)]


@FEW
@given(LISTS)
def test_a_list_that_comes_twice_creates_nothing_the_second_time(list_: list[dict[str, Any]]) -> None:
    rows = rows_of(list_, "r")
    there = known(*rows, with_rows=True)
    assert new_ids(matched(there, *rows), there) == set()
    assert new_ids(matched(there, *again(*rows)), there) == set()


@FEW
@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_what_is_known_changes_nothing(
    old: list[dict[str, Any]], new: list[dict[str, Any]], random: Any
) -> None:
    there, rows = known(*rows_of(old, "r"), with_rows=True), rows_of(new, "n")
    assert there.rows is not None
    first = as_bytes(matched(there, *rows))
    random.shuffle(rows)
    order = list(range(there.parties.num_rows))
    random.shuffle(order)
    turned = KnownParties(
        there.parties.take(order), there.sites[::-1] if False else there.sites, there.links, there.rows
    )
    assert as_bytes(matched(turned, *rows)) == first


@FEW
@given(LISTS, LISTS)
def test_known_parties_are_never_made_one_and_every_row_has_one_party(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    there, rows = known(*rows_of(old, "r")), rows_of(new, "n")
    match = matched(there, *rows)
    owner = {one["row_id"]: one["party_id"] for one in match.members.to_pylist()}
    assert owner.keys() == {one["row_id"] for one in rows}
    ids = set(there.parties["party_id"].to_pylist())
    for one in match.matches.to_pylist():
        assert (one["known_party_id"] in ids) == (one["state"] != "new")
        assert (one["state"] == "known") or one["new_party_id"] not in ids
    said_of = {
        party_id: set(row_ids)
        for party_id, row_ids in zip(
            match.parties["party_id"].to_pylist(), match.parties["row_ids"].to_pylist(), strict=True
        )
    }
    assert sorted(row_id for row_ids in said_of.values() for row_id in row_ids) == sorted(owner)


def test_nothing_that_was_known_is_in_the_tables_of_the_new_list() -> None:
    there: Resolved = resolved(ALMA, KYRAN)
    match = matched(KnownParties(there.parties, there.sites), *again(KYRAN))
    assert match.parties["row_ids"].to_pylist() == [["again r2"]]
