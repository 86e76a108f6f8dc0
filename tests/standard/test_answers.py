from __future__ import annotations

import pytest
from hypothesis import given

from fairlead.errors import AnswerError
from fairlead.language import LANGUAGES, Language
from fairlead.model.message import Message
from fairlead.read.sheet import Number
from fairlead.standard import NOT_KNOWN, Answer, read_answer, understand
from fairlead.standard.answers import answers_sha256, checked
from fairlead.standard.workbook import labels_of
from tests.standard.make import STANDARD, answer_sets, answers

ASKED = STANDARD.questions


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("migrant_workers", "Yes", "yes"),
        ("migrant_workers", "нет", "no"),
        ("migrant_workers", "We do not know", NOT_KNOWN),
        ("migrant_workers", "неизвестно", NOT_KNOWN),
        ("documents_kept_by", "the employer.", "employer"),
        ("workers_total", "1 250", "1250"),
        ("workers_total", Number("1.234"), "1.234"),
        ("deductions_share", "35%", "35"),
        ("longest_week", "61,5", "61.5"),
        ("housing_visited", "31.01.2026", "2026-01-31"),
        ("housing_visited", "2026-01-31", "2026-01-31"),
        ("labour_provider_names", " one\r\ntwo ", "one\ntwo"),
    ],
)
def test_an_answer_is_read_into_one_form(key: str, written: str, value: str) -> None:
    found = read_answer(ASKED[key], written)
    assert found is not None
    assert found.value == value


def test_money_needs_a_currency_beside_it_or_in_its_own_cell() -> None:
    for text, currency in (("1500 USD", ""), ("1500", "тенге")):
        found = read_answer(ASKED["wages_owed"], text, currency=currency)
        assert found is not None
        assert found.currency == {"": "USD", "тенге": "KZT"}[currency]
    assert isinstance(understand(ASKED["wages_owed"], "1500"), Message)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("migrant_workers", "perhaps"),
        ("documents_kept_by", "the moon"),
        ("workers_total", "1,234"),
        ("workers_total", "about 50"),
        ("workers_total", "-3"),
        ("workers_total", "twelve"),
        ("housing_visited", "31.02.2026"),
        ("housing_visited", "last spring"),
        ("labour_provider_names", "x" * 10_001),
    ],
)
def test_what_is_no_answer_is_refused_and_never_guessed(key: str, written: str) -> None:
    with pytest.raises(AnswerError, match=r"cannot be used"):
        read_answer(ASKED[key], written)


def test_an_empty_cell_is_no_answer_and_not_knowing_is_one() -> None:
    assert read_answer(ASKED["migrant_workers"], "  ") is None
    assert read_answer(ASKED["migrant_workers"], NOT_KNOWN) == Answer("migrant_workers", NOT_KNOWN)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_label_of_every_choice_is_understood_in_its_language(code: str) -> None:
    for question in ASKED.values():
        for value, label in labels_of(question, Language(code)).items():
            assert understand(question, label) == (value, None), (question.key, label)


@given(answer_sets())
def test_what_was_read_is_canonical_and_its_hash_does_not_depend_on_the_order(given_answers: dict[str, Answer]) -> None:
    turned = dict(reversed(given_answers.items()))
    assert checked(STANDARD, turned) == checked(STANDARD, given_answers)
    assert answers_sha256(STANDARD, turned) == answers_sha256(STANDARD, given_answers)


def test_answers_to_no_question_and_answers_out_of_form_are_refused() -> None:
    with pytest.raises(AnswerError, match="no question “weather”"):
        checked(STANDARD, {"weather": Answer("weather", "fine")})
    with pytest.raises(AnswerError, match="not in canonical form"):
        checked(STANDARD, {"migrant_workers": Answer("migrant_workers", "Yes")})
    with pytest.raises(AnswerError, match="no question"):
        checked(STANDARD, {"workers_total": answers(migrant_workers="yes")["migrant_workers"]})
