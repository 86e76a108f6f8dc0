"""Two names word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.align import Alignment, align
from fairlead.identity.name import Reading, class_weight, read_name


def aligned(left: str, right: str) -> Alignment:
    return align(read_name(left)[0], read_name(right)[0], class_weight)


def test_the_order_of_words_does_not_matter() -> None:
    found = aligned("Quillon Weaving Mills", "Mills Weaving Quillon")
    assert (found.alike, found.features) == (1.0, {"same_words"})


def test_generic_words_weigh_little() -> None:
    assert aligned("Quillon Trading Company", "Quillon").alike > 0.85
    assert aligned("Quillon Trading Company", "Harrow Trading Company").alike < 0.3


def test_a_word_spaced_otherwise_is_the_same_word() -> None:
    found = aligned("Good Quillon Mills", "Goodquillon Mills")
    assert (found.alike, found.features) == (1.0, {"other_spelling"})


def test_a_word_of_the_same_sound_is_another_spelling() -> None:
    assert aligned("Kazakhquillon Zhibek", "Kazakquillon Jibek").features == {"other_spelling"}


def test_a_letter_that_differs_is_remarked_and_counts_less() -> None:
    found = aligned("Glenmore Quarry", "Glencore Quarry")
    assert "alike_words" in found.features
    assert 0.8 < found.alike < 1


def test_three_letters_with_another_letter_are_another_word() -> None:
    assert aligned("Bay Quarry", "Bar Quarry").alike < 0.5


def test_numbers_must_agree() -> None:
    assert "other_number" in aligned("Da Quill 1", "Da Quill 2").features
    assert "number_missing" in aligned("Da Quill", "Da Quill 2").features
    assert aligned("Da Quill 2", "Da Quill II").features == {"same_words"}


def test_words_of_one_name_only_are_named() -> None:
    found = aligned("Yinshalan Silicon New Material", "Yinshalan Silicon")
    assert "missing_words" in found.features
    assert set(found.apart) == {"new", "material"}


def test_initials_count_for_less_than_the_word() -> None:
    found = aligned("N Quillonbayev", "Nursultan Quillonbayev")
    assert "initials" in found.features
    assert found.alike < 1


def test_an_abbreviation_is_recognised() -> None:
    assert aligned("XPQC", "Xorland Production and Quarry Corps").features == {"abbreviation"}


_WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=9), min_size=1, max_size=6)


@given(_WORDS, _WORDS)
def test_the_likeness_is_a_share_and_the_same_from_either_side(left: list[str], right: list[str]) -> None:
    one, other = (Reading(" ".join(words), tuple(words), " ".join(words)) for words in (left, right))
    found = align(one, other, class_weight)
    assert 0 <= found.alike <= 1
    assert found == align(other, one, class_weight)


@given(_WORDS)
def test_a_name_is_wholly_like_itself(words: list[str]) -> None:
    reading = Reading(" ".join(words), tuple(words), " ".join(words))
    assert align(reading, reading, class_weight).alike == 1.0
