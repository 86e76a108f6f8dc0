"""A questionnaire that a person has changed keeps the legal minimum and asks no question without its parent."""

from __future__ import annotations

import pytest

from fairlead.errors import AdaptationError, BelowLegalMinimum
from fairlead.model.vocabulary import Band
from fairlead.standard import adjusted, asked_again, questionnaire, shipped_standard

STANDARD = shipped_standard()


def keys(asked: object) -> list[str]:
    """The keys of the questions."""
    return [one.question.key for one in asked.asked]  # type: ignore[attr-defined]


def test_a_question_that_is_put_in_brings_those_it_depends_on_and_stands_in_its_place() -> None:
    short = questionnaire(STANDARD, Band.LOW)
    assert "housing_persons" not in keys(short)
    more = adjusted(STANDARD, short, add=["housing_persons"])
    assert set(keys(more)) == {*keys(short), "housing_persons", "provides_housing"}
    order = list(STANDARD.questions)
    assert keys(more) == sorted(keys(more), key=order.index)
    assert more.version != short.version


def test_a_question_that_is_taken_out_takes_along_those_that_depend_on_it() -> None:
    less = adjusted(STANDARD, questionnaire(STANDARD, None), remove=["provides_housing"])
    assert not {"provides_housing", "housing_persons", "housing_visited"} & set(keys(less))


def test_a_question_about_the_legal_minimum_stays_also_where_it_hangs_on_another() -> None:
    deep = questionnaire(STANDARD, None)
    with pytest.raises(BelowLegalMinimum, match="part of the legal minimum"):
        adjusted(STANDARD, deep, remove=["worker_pays_fees"])
    with pytest.raises(BelowLegalMinimum, match="Was it signed before"):  # which hangs on it
        adjusted(STANDARD, deep, remove=["migrant_workers"])


def test_a_question_that_is_not_there_is_named() -> None:
    with pytest.raises(AdaptationError, match="no_such"):
        adjusted(STANDARD, questionnaire(STANDARD, None), add=["no_such"])


def test_what_was_kept_is_asked_again_with_the_same_reasons() -> None:
    deep = questionnaire(STANDARD, None, findings=["documents_held"])
    again = asked_again(STANDARD, deep.form, {one.question.key: one.because for one in deep.asked})
    assert again == deep
