"""Two names by themselves: what comes out, and what holds for all names whatever they are."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairlead.identity.name import LONGEST_NAME, read_name
from fairlead.identity.pair import PairResult, compare_names
from fairlead.language import Language
from fairlead.model.vocabulary import PairKind

ENGLISH = Language("en")
KINDS = st.sampled_from(list(PairKind))
NAMES = st.sampled_from(
    [
        ("Quillon Harrow Weaving Ltd", PairKind.COMPANY),
        ("Xinjiang Yinshalan Silicon Co., Ltd.", PairKind.COMPANY),
        ("ТОО «Қуат Тоқыма»", PairKind.COMPANY),
        ("温州云舟服装有限公司", PairKind.COMPANY),
        ("Nursultan Quillonbayev", PairKind.PERSON),
        ("Fernanda bint Harrow al-Quillon", PairKind.PERSON),
        ("MV Grey Heron 2", PairKind.VESSEL),
        ("Harrow Brook", PairKind.UNKNOWN),
        ("12 Quillon Street, Harrow 10115", PairKind.ADDRESS),
    ]
)
LETTERS = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=12)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


def verdict(left: str, right: str, kind: PairKind = PairKind.COMPANY) -> str:
    return compare_names(left, right, kind).verdict.value


def said(result: PairResult) -> str:
    return " ".join(ENGLISH.render(reason) for reason in result.reasons)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quillon Weaving Ltd.", "QUILLON WEAVING LIMITED"),
        ("Қуат Шығыс ЖШС", "Quat Shygys LLP"),
        ("Quillon", "Quillon (company)"),
        ("Quillon Group", "Quillon"),
        ("Quillon Holdings Inc.", "Quillon"),
        ("温州云舟服装有限公司", "Wenzhou Yunzhou Garment Co., Ltd."),
        ("H & M Quillon", "H&M Quillon"),
        ("1st Quillon Bank", "First Quillon Bank"),
    ],
)
def test_two_names_of_one_company_are_a_match(left: str, right: str) -> None:
    assert verdict(left, right) == "match"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quillon Weaving", "Harrow Weaving"),
        ("Bank of Austria", "Bank of Australia"),
        ("Quillon (Kenya) Ltd", "Quillon (Vietnam) Ltd"),
        ("Quillon Plant No. 2", "Quillon Plant No. 3"),
    ],
)
def test_two_companies_are_no_match(left: str, right: str) -> None:
    assert verdict(left, right) != "match"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Harrow, Nora", "Nora Harrow"),
        ("Muhammad Quillon", "Mohamed Quillon"),
        ("Sergei Lavrenov", "Сергей Лавренов"),
        ("Oleg Viktorovich Quillonov", "Oleg Quillonov"),
        ("NoraHarrow", "Nora Harrow"),
        ("Dr. Nora Harrow", "Nora Harrow"),
    ],
)
def test_two_names_of_one_person_are_a_match(left: str, right: str) -> None:
    assert verdict(left, right, PairKind.PERSON) == "match"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nora Harrow", "Nora Brook"),
        ("Oleg Viktorovich Quillonov", "Oleg Borisovich Quillonov"),
        ("Hans Friedrich", "Friedrich Hans"),
        ("A. Quillonbayev", "Nursultan Quillonbayev"),
        ("Smith", "John Smith"),
        ("Ilya Quillonov", "Ilya Quillonova"),
    ],
)
def test_two_persons_are_no_match(left: str, right: str) -> None:
    assert verdict(left, right, PairKind.PERSON) != "match"


@pytest.mark.parametrize(
    "name", ["CORP", "Ltd.", "", "   ", "…", "\u200b\u202e", "Trading Company", "Import Export LLC", "🏭🏭"]
)
def test_a_name_that_says_nothing_matches_nothing_and_the_reason_says_so(name: str) -> None:
    for other in (name, "Quillon Trading Corp"):
        for result in (compare_names(name, other, PairKind.COMPANY), compare_names(other, name, PairKind.COMPANY)):
            assert (result.score, result.verdict.value) == (0.0, "different")
            assert result.reasons


def test_the_reasons_are_sentences() -> None:
    assert said(compare_names("Quillon Silk Ltd", "Quillon Sugar Ltd", PairKind.COMPANY)) == (
        "Both names have: quillon. Only one of the names has: silk, sugar. The names say two different trades."
    )
    assert said(compare_names("Quillon", "QUILLON", PairKind.COMPANY)) == "The names are the same."


def test_a_name_of_no_kind_is_read_as_a_person_s_where_it_looks_like_one() -> None:
    assert compare_names("Anna Harrow", "Anna B. Harrow", PairKind.UNKNOWN) == compare_names(
        "Anna Harrow", "Anna B. Harrow", PairKind.PERSON
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("12 Quillon Street, Harrow", "Quillon St. 12, Harrow", "match"),
        ("12 Quillon Street, Harrow", "14 Quillon Street, Harrow", "different"),
        ("12 Quillon Street, Unit 3", "12 Quillon Street, Unit 4", "review"),
        ("12 Quillon Street", "12 Brook Lane", "different"),
        ("", "12 Brook Lane", "different"),
    ],
)
def test_addresses_are_compared_by_house_unit_and_words(left: str, right: str, expected: str) -> None:
    assert verdict(left, right, PairKind.ADDRESS) == expected


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING, KINDS)
@example("\ud800 Quillon", "Quillon\x00", PairKind.COMPANY)
@example("Q\u0443illon \u202eHarrow\u202c", "Quillon\u200d Harrow", PairKind.COMPANY)
@example("Ｑｕｉｌｌｏｎ", "Quillon", PairKind.PERSON)
def test_any_two_texts_have_a_score_and_the_same_from_either_side(left: str, right: str, kind: PairKind) -> None:
    result, turned = compare_names(left, right, kind), compare_names(right, left, kind)
    assert 0 <= result.score <= 1
    assert (result.score, result.verdict) == (turned.score, turned.verdict)
    assert result.reasons


@given(NAMES)
def test_a_name_is_the_same_as_itself(case: tuple[str, PairKind]) -> None:
    name, kind = case
    result = compare_names(name, name, kind)
    assert result.verdict.value == "match"
    assert result.score == 1 or kind is PairKind.ADDRESS


@settings(deadline=None)
@given(NAMES, NAMES, LETTERS, st.booleans())
def test_a_word_of_noise_never_raises_the_score(
    left: tuple[str, PairKind], right: tuple[str, PairKind], noise: str, before: bool
) -> None:
    name, kind = left
    other = right[0]
    noisy = f"{noise} {other}" if before else f"{other} {noise}"
    assert compare_names(name, noisy, kind).score <= compare_names(name, other, kind).score


@settings(deadline=None)
@given(NAMES, st.data())
def test_changed_letters_never_raise_the_score(case: tuple[str, PairKind], data: st.DataObject) -> None:
    name, kind = case
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    changed = name[:place] + letter + name[place + 1 :]
    assert compare_names(name, changed, kind).score <= compare_names(name, name, kind).score


@pytest.mark.parametrize(
    "name",
    [
        "q" * 10_000,
        "quillon " * 1_250,
        "ltd " * 2_500,
        "q " * 5_000,
        "(quillon) " * 1_000,
        "q/" * 5_000,
        "云" * 10_000,
        ", " * 5_000,
    ],
)
def test_what_is_compared_of_a_name_of_ten_thousand_letters_is_bounded(name: str) -> None:
    readings = read_name(name)
    assert len(readings) <= 16
    assert all(len(reading.whole) <= 4 * LONGEST_NAME for reading in readings)  # a character may give several letters
    for kind in PairKind:
        assert 0 <= compare_names(name, f"{name}x", kind).score <= 1


def test_a_name_that_was_cut_says_so() -> None:
    long = "Quillon " + "harrow" * 200
    assert "Only the beginning of the name was compared" in said(
        compare_names(long, "Quillon Harrow", PairKind.COMPANY)
    )


def test_look_alike_letters_do_not_hide_a_name() -> None:
    assert verdict("Quillоn Hаrrow", "Quillon Harrow") == "match"  # with a Cyrillic о and а
    assert verdict("Ｑｕｉｌｌｏｎ Harrow", "Quillon Harrow") == "match"


def test_two_long_names_that_begin_alike_are_not_called_the_same() -> None:
    long = "Quillon Weaving " + "harrow " * 200
    assert "Only the beginning of the name was compared" in said(
        compare_names(long, f"{long} and Sons", PairKind.COMPANY)
    )
    assert compare_names(long, long, PairKind.COMPANY).score == 1
