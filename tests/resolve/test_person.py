"""A person's name, birth and postcode in the parts by which persons are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.resolve.person import cannot_be_one, formal_names, is_person, name_words, postcode_area, read_person
from fairlead.resolve.record import make_records
from tests.resolve.persons import person, persons


def read(**said: object) -> object:
    (record,) = make_records(persons(person("a", said.pop("given", None), said.pop("family", None), **said)))  # type: ignore[arg-type]
    return record.person


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Aigul Karlygash", "aigul", "karlygash"),
        ("Karlygash, Aigul", "aigul", "karlygash"),
        ("Lord Aigul Karlygash, 1st Baron", "aigul", "karlygash"),
        ("Айгуль Карлыгаш", "aygul", "karlygash"),
        ("Karlygash", None, "karlygash"),
        ("Captain Karlygash", None, "karlygash"),
    ],
)
def test_a_name_is_divided_where_the_list_does_not(name: str, given: str | None, family: str) -> None:
    one = read(name=name, birth_date="1960-02-03")
    assert (one.given, one.family) == (given, family)  # type: ignore[attr-defined]


def test_the_lists_own_division_counts_before_ours() -> None:
    one = read(name="Aigul Karlygash Boztorgay", given="Aigul", family="Karlygash")
    assert (one.given, one.family) == ("aigul", "karlygash")  # type: ignore[attr-defined]
    assert one.words == ("aigul", "boztorgay", "karlygash")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("written", "digits"), [("1960-02-03", "19600203"), ("1960", "1960"), ("c. 1960", "c1960")])
def test_a_birth_date_is_kept_as_digits_and_what_is_none_as_it_is(written: str, digits: str) -> None:
    assert read(given="A", birth_date=written).birth == digits  # type: ignore[attr-defined]


def test_a_short_form_meets_its_formal_name_in_several_languages() -> None:
    assert formal_names("bill") & formal_names("william")
    assert formal_names("sasha") & formal_names("aleksandr")
    assert not formal_names("bill") & formal_names("karlygash")


@pytest.mark.parametrize(("postcode", "area"), [("tq138df", "tq13"), ("4223", "42"), ("60616", "606"), (None, None)])
def test_the_first_part_of_a_postcode_is_its_area(postcode: str | None, area: str | None) -> None:
    assert postcode_area(postcode) == area


def test_what_makes_a_row_a_persons() -> None:
    assert is_person({"kind": "person"}, None)
    assert is_person({"kind": None, "birth_date": "1960"}, None)
    assert not is_person({"kind": "person"}, "sole_trader")
    assert not is_person({"kind": "company"}, None)


@given(st.text(max_size=60))
def test_no_name_is_too_odd_to_be_taken_apart(name: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in name_words(name))
    nothing = dict.fromkeys(
        ("given_name", "surname", "birth_place", "gender", "occupation", "phone", "email", "personal_number")
    )
    one = read_person({"name": name, "other_names": None, "birth_date": name, **nothing})
    assert set(name_words(name)) <= set(one.words)


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ({"given": "Askar", "birth_date": "1987-11-30"}, True),
        ({"given": "Askar", "birth_date": "1960-02-18"}, False),
        ({"given": "Aygul", "birth_date": "1987-11-30"}, False),
        ({"given": "A", "birth_date": "1987-11-30"}, False),
        ({"given": "Karlygash", "birth_date": "1987-11-30"}, False),
        ({"given": "Askar", "birth_date": "1987-11-30", "personal_number": "4711"}, False),
        ({"given": "Askar", "birth_date": "1987"}, False),
    ],
)
def test_another_birth_and_another_given_name_are_another_person(said: dict[str, str], apart: bool) -> None:
    one = read(given="Aigul", family="Karlygash", birth_date="1960-02-13", personal_number="4711")
    other = read(family="Karlygash" if said["given"] != "Karlygash" else "Aigul", **said)
    assert cannot_be_one(one, other) is apart  # type: ignore[arg-type]
