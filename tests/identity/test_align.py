"""Two names word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.align import Alignment, align
from fairlead.identity.name import Reading, class_weight, read_name
from fairlead.model.vocabulary import PartyKind


def aligned(left: str, right: str, kind: PartyKind = PartyKind.UNKNOWN) -> Alignment:
    return align(read_name(left, kind)[0], read_name(right, kind)[0], class_weight)


def person(left: str, right: str) -> Alignment:
    return aligned(left, right, PartyKind.PERSON)


def test_the_order_of_words_does_not_matter() -> None:
    assert aligned("Quillon Weaving Mills", "Mills Weaving Quillon").amounts == {}


def test_a_name_has_every_word_of_itself() -> None:
    assert aligned("Quillon Weaving Mills", "Quillon Weaving Mills").amounts == {"identical_words": 1.0}


def test_words_are_noted_by_what_they_say() -> None:
    assert set(aligned("Quillon Trading Company", "Quillon").amounts) == {"missing_business"}
    assert set(aligned("Quillon Silk", "Quillon Sugar").amounts) == {"other_trade"}
    assert set(aligned("Quillon Kazan", "Quillon").amounts) == {"missing_place"}
    assert {"other_words", "other_first_word"} <= aligned("Quillon Silk", "Harrow Silk").amounts.keys()


def test_words_of_two_sorts_on_both_sides_are_two_firms_of_one_name() -> None:
    assert "both_lack" in aligned("Quillon Silk", "Quillon Kazan").amounts


def test_two_words_of_classes_are_never_one_misspelt() -> None:
    assert "other_place" in aligned("Bank of Austria", "Bank of Australia").amounts


@pytest.mark.parametrize(
    ("left", "right"),
    [("Good Quillon Mills", "Goodquillon Mills"), ("Xia Men Quil Lon", "Xiamen Quillon"), ("QuillonAG", "Quillon AG")],
)
def test_words_spaced_otherwise_are_the_same_words(left: str, right: str) -> None:
    assert set(aligned(left, right).amounts) <= {"other_spacing", "identical_words"}


def test_a_word_of_the_same_sound_is_another_spelling() -> None:
    assert set(aligned("Kazakhquillon Zhuldyz", "Kazakquillon Juldyz").amounts) == {"other_spelling", "other_letters"}


def test_the_shortened_word_for_a_trade_is_the_word() -> None:
    assert set(aligned("Quillon Furn. Mills", "Quillon Furniture Mills").amounts) <= {"identical_words"}
    assert set(aligned("Quillon Embroid", "Quillon Embroidery").amounts) == {"alike_words", "other_letters"}


def test_a_misspelt_legal_form_says_nothing() -> None:
    assert aligned("Quillon Aktiengeselschaft", "Quillon").apart == ()


def test_a_letter_that_differs_is_noted_by_its_share() -> None:
    assert aligned("Glenmore Quarry", "Glencore Quarry").amounts["alike_words"] == pytest.approx(1 / 8)


def test_numbers_must_agree() -> None:
    assert "other_number" in aligned("Da Quill 1", "Da Quill 2").amounts
    assert "number_missing" in aligned("Da Quill", "Da Quill 2").amounts
    assert set(aligned("Da Quill 2", "Da Quill II").amounts) == {"identical_words"}
    assert set(aligned("Forty Four Quills", "Forty 4 Quills").amounts) == {"identical_words"}


def test_words_of_one_name_only_are_named() -> None:
    found = aligned("Yinshalan Silicon New Material", "Yinshalan Silicon")
    assert set(found.apart) == {"new", "material"}


def test_an_abbreviation_is_recognised_within_a_name() -> None:
    assert "abbreviation" in aligned("XPQC", "Xorland Production and Quarry Corps").amounts
    assert "abbreviation" in person("JC Quillon", "Jean-Claude Quillon").amounts


@pytest.mark.parametrize(
    ("left", "right", "feature"),
    [
        ("N Quillonbayev", "Nursultan Quillonbayev", "initials"),
        ("A Quillonbayev", "Nursultan Quillonbayev", "other_initial"),
        ("Bill Quillon", "William Quillon", "short_form"),
        ("Sasha Quillon", "Aleksandr Quillon", "short_form"),
        ("Mohamed Quillon", "Muhammad Quillon", "other_spelling"),
        ("Oleg Viktorovich Quillonov", "Oleg Quillonov", "missing_father"),
        ("Oleg Viktorovich Quillonov", "Oleg Borisovich Quillonov", "other_father"),
        ("Olga Quillonova", "Olga Quillonov", "other_gender"),
        ("Hans Friedrich", "Friedrich Hans", "exchanged_names"),
        ("Salman bin Hamad Quillon", "Hamad bin Salman Quillon", "exchanged_father"),
        ("Oleg Oleg Quillon", "Oleg Quillon", "repeated_words"),
        ("Hamidullah Quillon", "Waliullah Quillon", "other_words"),
    ],
)
def test_what_differs_between_names_of_persons_has_its_feature(left: str, right: str, feature: str) -> None:
    assert feature in person(left, right).amounts


def test_a_comma_says_which_is_the_family_name() -> None:
    assert "exchanged_names" not in person("Friedrich, Hans", "Hans Friedrich").amounts


@pytest.mark.parametrize(
    ("left", "right"),
    [("فرناندو كويلون", "Fernando Quillon"), ("নরেন্দ্র রহমান", "Narendra Rahman"), ("محمد سلمان", "Mohammed Salman")],
)
def test_scripts_without_vowels_are_compared_by_their_consonants(left: str, right: str) -> None:
    assert not {"other_words", "missing_words"} & person(left, right).amounts.keys()


_WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=9), min_size=1, max_size=6)


@given(_WORDS, _WORDS, st.booleans())
def test_the_same_comes_out_from_either_side(left: list[str], right: list[str], persons: bool) -> None:
    one, other = (Reading(" ".join(words), tuple(words), " ".join(words), person=persons) for words in (left, right))
    found, turned = align(one, other, class_weight), align(other, one, class_weight)
    assert found.amounts == turned.amounts
    assert found.told == turned.told
    assert all(amount > 0 for amount in found.amounts.values())
