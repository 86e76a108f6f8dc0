"""Names as keys: scripts folded, sounds brought together, legal forms kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.normalise import fold, phonetic, split_legal_form
from fairlead.reference import load_csv


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Қазақстан", "Qazaqstan"),
        ("Өскемен", "Óskemen"),  # the spelling of 2018
        ("Өскемен", "O'skemen"),  # of 2017
        ("Өскемен", "Öskemen"),  # of 2021
        ("Үлкен Ғылым", "Ülken Ğylym"),
        ("Тошкент Ўзбекистон", "Toshkent Oʻzbekiston"),
        ("Улаанбаатар", "Ulaanbaatar"),
        ("Бишкек", "Bishkek"),
    ],
)
def test_cyrillic_and_latin_spellings_fold_to_the_same_key(cyrillic: str, latin: str) -> None:
    assert fold(cyrillic) == fold(latin)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Қазақстан", "Qazaqstan", "Казахстан", "Kazakhstan", "Kazahstan"),
        ("Шымкент", "Şymkent", "Shymkent"),
        ("Жезқазған", "Jezqazğan", "Zhezkazgan"),
        ("Степной", "Stepnoy", "Stepnoi", "Stepnoj"),
        ("Экспресс", "Express", "Ekspres"),
        ("Müller", "Mueller", "Muller"),
    ],
)
def test_spellings_of_one_word_sound_the_same(spellings: tuple[str, ...]) -> None:
    assert len({phonetic(fold(spelling)) for spelling in spellings}) == 1


def test_different_words_do_not_sound_the_same() -> None:
    assert len({phonetic(fold(word)) for word in ("Алатау", "Алтай", "Актау", "Атырау")}) == 4


def test_punctuation_separates_and_an_ampersand_is_a_word() -> None:
    assert fold("AT&T–Kazakh,Telecom") == "at and t kazakh telecom"


def test_letters_of_another_script_that_look_alike_are_mended() -> None:
    assert fold("Сotton") == fold("Cotton")  # a Cyrillic С in a Latin word
    assert fold("Тoвар") == fold("Товар")  # a Latin o in a Cyrillic word


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_is_lower_case_latin_words(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in fold(text).split(" ") if word)


@pytest.mark.parametrize(
    ("name", "country", "core", "form"),
    [
        ("ТОО «Алатау Солар»", "KAZ", "Алатау Солар", "llc"),
        ("«Алатау Солар» ЖШС", "KAZ", "Алатау Солар", "llc"),
        ("Alatau Solar LLP", "KAZ", "Alatau Solar", "llc"),
        ("Alatau Solar LLP", "GBR", "Alatau Solar", "llp"),
        ("Товарищество с ограниченной ответственностью «Көк Су»", "KAZ", "Көк Су", "llc"),
        ("АО «Каспий»", "KAZ", "Каспий", "jsc"),
        ("«Каспий» АҚ", "KAZ", "Каспий", "jsc"),
        ("ПАО Свет", "RUS", "Свет", "pjsc"),
        ("ИП Садыков", "KAZ", "Садыков", "sole_trader"),
        ("ОсОО Ала-Тоо", "KGZ", "Ала-Тоо", "llc"),
        ("Paxta MCHJ", "UZB", "Paxta", "llc"),
        ("Говь ХХК", "MNG", "Говь", "llc"),
        ("Nordlicht GmbH & Co. KG", "DEU", "Nordlicht", "gmbh_co_kg"),
        ("Lumière S.A.R.L.", "FRA", "Lumière", "sarl"),
        ("Stella S.p.A.", "ITA", "Stella", "spa"),
        ("Wisła Sp. z o.o.", "POL", "Wisła", "spzoo"),
        ("Yıldız San. ve Tic. Ltd. Şti.", "TUR", "Yıldız", "ltd_sti"),
        ("Deniz A.Ş.", "TUR", "Deniz", "as_tr"),
        ("PT Sumber Jaya Tbk", "IDN", "Sumber Jaya", "pt"),
        ("Kilat Sdn. Bhd.", "MYS", "Kilat", "ltd"),
        ("Công ty TNHH May Sao", "VNM", "May Sao", "ltd"),
        ("宁波星光纺织有限公司", "CHN", "宁波星光纺织", "ltd"),
        ("株式会社ホシ", "JPN", "ホシ", "kk"),
        ("Ningbo Star Co., Ltd. (Dhaka)", "BGD", "Ningbo Star Dhaka", "ltd"),
        ("Star Company LLC", None, "Star", "llc"),
    ],
)
def test_the_legal_form_is_kept_apart(name: str, country: str | None, core: str, form: str) -> None:
    split = split_legal_form(name, country)
    assert (split.core, split.legal_form, split.usable) == (core, form, True)


@pytest.mark.parametrize("name", ["Bank of China", "Too Good Foods", "Limited Edition Brands", "Up Trading", "Компас"])
def test_ordinary_words_are_not_taken_for_legal_forms(name: str) -> None:
    assert split_legal_form(name, "USA").core == name


@pytest.mark.parametrize("name", ["ООО", "LLC", "Co., Ltd.", "!!!", "«»"])
def test_a_name_of_nothing_but_a_legal_form_is_kept_and_not_usable(name: str) -> None:
    split = split_legal_form(name)
    assert (split.core, split.usable) == (name, False)
    assert split.folded


def test_every_legal_form_is_recognised_where_it_may_stand() -> None:
    for form in load_csv("legal_forms"):
        spelling, start = form["spelling"], form["position"] == "start"
        name = f"{spelling} Zvezda" if start else f"Zvezda {spelling}"
        split = split_legal_form(name, form["iso3"] or None)
        assert (split.core, split.legal_kind is not None) == ("Zvezda", True), spelling
