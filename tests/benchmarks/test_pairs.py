"""The project's own labelled pairs."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

import pytest

from benchmarks.pairs.build import FILE, as_csv, can_be_told_apart, made, pairs
from benchmarks.pairs.draw import Side
from benchmarks.pairs.romanise import chinese_number, pinyin, wade_giles, written_in
from benchmarks.pairs.rules import rules
from benchmarks.pairs.words import LANGUAGES, language

PAIRS = pairs()


def test_the_file_is_what_tables_and_rules_make_byte_for_byte() -> None:
    assert as_csv(made()) == FILE.read_text(encoding="utf-8")


def test_every_language_has_as_many_pairs_the_same_as_not_of_names_and_of_facilities() -> None:
    counts = Counter((pair.language, pair.kind, pair.is_match) for pair in PAIRS)
    assert len(PAIRS) >= 1_000
    assert len(counts) == len(LANGUAGES) * 4
    assert set(counts.values()) == {80}


def test_no_cluster_and_no_brand_is_in_both_splits() -> None:
    splits = defaultdict(set)
    for pair in PAIRS:
        splits[pair.cluster].add(pair.split)
    assert {len(found) for found in splits.values()} == {1}
    assert len(pairs("development")) + len(pairs("held_out")) == len(PAIRS)


def test_every_rule_is_used_and_every_pair_has_a_rule() -> None:
    known = {(rule.kind, rule.is_match, rule.name) for group in rules().values() for rule in group}
    assert {(pair.kind, pair.is_match, pair.rule) for pair in PAIRS} == known


def test_ids_are_unique_and_the_sides_of_a_pair_differ() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)
    assert not [pair for pair in PAIRS if (pair.left, pair.address_left) == (pair.right, pair.address_right)]


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("Dệt Lúa Vàng", "Dệt Lụa Vàng", True),
        ("Dệt Lúa Vàng", "Det Lua Vang", False),
        ("Det Lua Vang", "Det Lua Vang", True),
        ("Dệt Sao Bạc", "Det Song Bac", True),
    ],
)
def test_rice_and_silk_are_told_apart_only_where_both_sides_have_their_tones(
    left: str, right: str, apart: bool
) -> None:
    assert can_be_told_apart((Side(left, "Latin"), Side(right, "Latin"))) is apart


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_brands_of_a_language_are_different_words(name: str) -> None:
    brands = [brand.native for two in language(name).brands for brand in two]
    assert len(set(brands)) == 32


def test_facilities_have_addresses_and_countries_and_names_alone_have_none() -> None:
    for pair in PAIRS:
        told = (pair.address_left, pair.address_right, pair.country_left, pair.country_right)
        assert all(told) if pair.kind == "facility" else not any(told)


def test_nothing_is_left_of_a_template_and_the_text_is_in_one_normal_form() -> None:
    for pair in PAIRS:
        for text in (pair.left, pair.right, pair.address_left, pair.address_right):
            assert not set("{}\n\t") & set(text)
            assert "  " not in text
            assert text == text.strip()
            assert unicodedata.normalize("NFC", text) == text


@pytest.mark.parametrize(
    ("text", "system", "written"),
    [
        ("Ельцовка", "russian_bgn_pcgn", "Yel’tsovka"),
        ("Заречье", "russian_bgn_pcgn", "Zarech’ye"),
        ("Щербинка", "russian_bgn_pcgn", "Shcherbinka"),
        ("Юрюзань", "russian_iso_9", "Ûrûzanʹ"),
        ("Юрюзань", "russian_passport", "Iuriuzan"),
        ("ТОО", "kazakh_plain_latin", "TOO"),
        ("Қызылорда", "kazakh_latin_2021", "Qyzylorda"),
        ("Өскемен", "kazakh_in_russian_letters", "Оскемен"),
        ("宁波", "chinese_traditional", "寧波"),
        ("Şanlıurfa", "without_marks", "Sanliurfa"),
        ("Đồng Nai", "without_marks", "Dong Nai"),
        ("12", "bengali_digits", "১২"),
        ("12", "arabic_digits", "١٢"),
    ],
)
def test_published_spellings_come_out(text: str, system: str, written: str) -> None:
    assert written_in(text, system) == written


def test_pinyin_is_written_joined_by_syllable_and_with_tones() -> None:
    assert pinyin("níng bō", "joined") == "Ningbo"
    assert pinyin("níng bō", "spaced") == "Ning Bo"
    assert pinyin("níng bō", "toned") == "Níngbō"
    assert pinyin("yǒu xiàn gōng sī", "joined") == "Youxian Gongsi"
    assert wade_giles("qīng zhú") == "Ch'ing-chu"


@pytest.mark.parametrize(("number", "written"), [(2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (71, "七十一")])
def test_numbers_are_written_in_chinese(number: int, written: str) -> None:
    assert chinese_number(number) == written
