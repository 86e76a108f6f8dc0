"""Inflected words meet."""

from __future__ import annotations

import pytest

from fairlead.classify.stem import stem, words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "services", "service"),
        ("ru", "модулей", "модули"),
        ("ru", "хлопка", "хлопок"),
        ("kk", "қызметтерінің", "қызмет"),
        ("kk", "модульдерін", "модульдер"),
        ("fr", "panneaux", "panneau"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_word_in_another_script_is_left_alone() -> None:
    assert stem("модулей", "en") == "модулей"
    assert stem("services", "kk") == "services"


def test_accents_and_elided_articles_do_not_matter() -> None:
    assert words("Matériel d’entretien") == ("materiel", "entretien")
    assert words("Утеплённые") == ("утепленные",)


def test_kazakh_letters_are_kept() -> None:
    assert words("Күн, Ғимарат") == ("күн", "ғимарат")
