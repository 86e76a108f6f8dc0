"""Persons: what merges, what somebody decides, what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.lists import groups, reasons, row
from tests.resolve.persons import person, resolved

BORN = {"birth_date": "1960-02-13", "birth_place": "Karakol"}


@pytest.mark.parametrize(
    ("given_name", "surname", "said"),
    [
        ("Aigul", "Karlygash", {}),
        ("Aygul", "Karlygash", {}),
        ("Айгуль", "Карлыгаш", {}),
        ("Aigul", "Karligash", {}),
        ("Karlygash", "Aigul", {}),
        ("A.", "Karlygash", {}),
        ("Aigul", "Karlygash", {"birth_date": "1960-02-18"}),
        ("Aigul", "Karlygash", {"birth_place": None}),
    ],
)
def test_the_same_person_is_found_however_it_is_written(given_name: str, surname: str, said: dict[str, str]) -> None:
    result = resolved(person("a", "Aigul", "Karlygash", **BORN), person("b", given_name, surname, **(BORN | said)))
    assert groups(result) == [["a", "b"]]
    assert result.parties["kind"].to_pylist() == ["person"]


def test_a_name_alone_never_merges_persons() -> None:
    result = resolved(person("a", "Aigul", "Karlygash"), person("b", "Aigul", "Karlygash"))
    assert groups(result) == [["a"], ["b"]]
    assert result.review.num_rows == 1


def test_a_name_and_gender_alone_never_merge_persons() -> None:
    result = resolved(
        person("a", "Aigul", "Karlygash", gender="f", birth_place="Osh"),
        person("b", "Aigul", "Karlygash", gender="f", occupation="welder"),
    )
    assert groups(result) == [["a"], ["b"]]


def test_persons_of_one_name_with_different_births_and_places_stay_apart() -> None:
    result = resolved(
        person("a", "Aigul", "Karlygash", **BORN),
        person("b", "Aigul", "Karlygash", birth_date="1987-11-30", birth_place="Osh"),
    )
    assert groups(result) == [["a"], ["b"]]


def test_twins_stay_apart() -> None:
    result = resolved(person("a", "Aigul", "Karlygash", **BORN), person("b", "Baurzhan", "Karlygash", **BORN))
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar persons, but different given names: they may be of one family"]


def test_a_third_record_does_not_bind_two_strangers_together() -> None:
    """Of the record in the middle too little is known; it is like both, and they contradict each other."""
    result = resolved(
        person("a", "Aigul", "Karlygash", birth_date="1960-02-13", birth_place="Karakol", postcode="722200"),
        person("b", "A.", "Karlygash", birth_place="Karakol"),
        person("c", "Askar", "Karlygash", birth_date="1987-11-30", birth_place="Karakol", postcode="720001"),
    )
    assert not any({"a", "c"} <= set(group) for group in groups(result))


def test_different_numbers_of_one_scheme_go_to_somebody() -> None:
    mine, theirs = ([{"scheme": "KZ-IIN", "value": value, "valid": True}] for value in ("600213400014", "600213400025"))
    result = resolved(
        person("a", "Aigul", "Karlygash", identifiers=mine, **BORN),
        person("b", "Aigul", "Karlygash", identifiers=theirs, **BORN),
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar persons, but different identification numbers"]


def test_a_person_and_a_company_of_one_name_are_two_parties() -> None:
    company = row("b", "Aigul Karlygash", address="Abay 1", city="Almaty")
    result = resolved(person("a", "Aigul", "Karlygash", address="Abay 1", city="Almaty", **BORN), company)
    assert groups(result) == [["a"], ["b"]]


def test_how_sure_a_row_belongs_to_its_party_is_a_probability_and_one_where_nothing_is_in_doubt() -> None:
    result = resolved(
        person("a", "Aigul", "Karlygash", **BORN),
        person("b", "Aigul", "Karligash", **BORN),
        person("c", "Erlan", "Boztorgay", birth_date="1951-07-30"),
        person("d", "Erlan", "Boztorgay", birth_date="1951-07-30"),
        person("e", "Zarina", "Suluu", birth_date="1979-04-21"),
    )
    sure = {member["row_id"]: member["probability"] for member in result.members.to_pylist()}
    assert 0.95 <= sure["a"] == sure["b"] <= 1
    assert (sure["c"], sure["d"], sure["e"]) == (1.0, 1.0, 1.0)


NAMES = st.sampled_from(["Aigul", "Aygul", "Erlan", "A.", "Zarina", "\u202eAigul", "😀", "x" * 300])
SURNAMES = st.sampled_from(["Karlygash", "Karligash", "Boztorgay", "Смит", "", "ТОО"])
DATES = st.sampled_from(["1960-02-13", "1960-01-01", "1961-01-01", None, "unknown"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, SURNAMES, DATES), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_every_row_is_in_one_party_and_the_order_of_rows_changes_nothing(
    said: list[tuple[str, str, str | None]], random: object
) -> None:
    rows = [person(f"r{place:02}", *names[:2], birth_date=names[2]) for place, names in enumerate(said)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = resolved(*rows), resolved(*shuffled)
    assert sorted(row_id for group in groups(one) for row_id in group) == [each["row_id"] for each in rows]
    assert one.members.equals(other.members)
    assert one.review.equals(other.review)
