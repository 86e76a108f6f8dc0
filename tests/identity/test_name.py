"""How names are read: without legal form, in every spelling they give, numbers in digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.name import WordWeights, class_weight, is_abbreviation, read_name, tells_enough
from fairlead.model.vocabulary import PartyKind


def words(text: str, **values: object) -> list[tuple[str, ...]]:
    return [reading.words for reading in read_name(text, **values)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["CORP", "Ltd.", "ООО", "...", "", "—", "GmbH & Co. KG"])
def test_a_name_of_nothing_but_a_legal_form_or_signs_has_no_reading(name: str) -> None:
    assert words(name) == []


@pytest.mark.parametrize("name", ["Trading", "Trading Co. Ltd.", "Group", "China", "Import Export LLC", "Al"])
def test_a_name_of_generic_words_says_too_little_to_be_looked_up(name: str) -> None:
    assert not any(tells_enough(found) for found in words(name))


def test_single_letters_in_a_row_are_one_word() -> None:
    assert words("A.B.C. Company") == words("ABC Company") == [("abc",)]


def test_letters_of_a_person_stay_initials() -> None:
    assert words("J. R. Doe", kind=PartyKind.PERSON) == [("j", "r", "doe")]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Brigade Forty-Four", ("brigade", "44")),
        ("First Fictional Mill", ("1", "fictional", "mill")),
        ("Fictional Mill No. 007", ("fictional", "mill", "no", "7")),
        ("Fictional Fund III", ("fictional", "fund", "3")),
    ],
)
def test_numbers_are_read_as_digits(name: str, read: tuple[str, ...]) -> None:
    assert words(name) == [read]


def test_initials_in_brackets_are_another_name() -> None:
    assert words("Northern Fictional Mills (NFM)")[1:] == [("northern", "fictional", "mills"), ("nfm",)]


def test_what_follows_also_known_as_is_another_name() -> None:
    assert words("Redbrook Machinery, a/k/a Golden Kite Diesel Factory") == [
        ("redbrook", "machinery"),
        ("golden", "kite", "diesel", "factory"),
    ]


def test_another_spelling_in_brackets_stands_in_for_the_word_before() -> None:
    assert ("wuling", "works") in words("Wulin (or Wuling) Works")


def test_a_place_in_brackets_is_no_name_and_leaving_it_out_is_remembered() -> None:
    whole, without = read_name("Fictional Bank (Schweiz) AG")
    assert (whole.words, whole.partial) == (("fictional", "bank", "schweiz"), False)
    assert (without.words, without.partial) == (("fictional", "bank"), True)


def test_little_words_may_be_missing_from_an_abbreviation() -> None:
    assert is_abbreviation("fmt", ["fictional", "mills", "of", "turin"])
    assert is_abbreviation("fmot", ["fictional", "mills", "of", "turin"])
    assert not is_abbreviation("fm", ["fictional", "mills"])


def test_a_rare_word_weighs_more_than_a_common_one_and_never_more_than_its_class() -> None:
    weigh = WordWeights({"ali": 5000, "quillon": 1}, 100_000)
    assert 0.3 <= weigh("ali") < weigh("quillon") < weigh("unheard") == 1.0
    assert weigh("trading") == class_weight("trading") < 0.35


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_gives_folded_words(text: str) -> None:
    for reading in read_name(text):
        assert reading.words
        assert all(word and word.isascii() and word == word.lower() and " " not in word for word in reading.words)
