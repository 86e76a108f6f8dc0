"""Answers for the tests of the standard."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fairlead.model.vocabulary import Band, Workforce
from fairlead.standard import NOT_KNOWN, Answer, AnswerType, Question, read_answer, shipped_standard

STANDARD = shipped_standard()
SUBJECT = "pty_0000000000000001"


def answers(**given: str) -> dict[str, Answer]:
    """Answers in canonical form from what somebody wrote; money with its currency behind it."""
    found = {key: read_answer(STANDARD.questions[key], text) for key, text in given.items()}
    return {key: answer for key, answer in found.items() if answer is not None}


def values(question: Question) -> st.SearchStrategy[str]:
    """What a question can be answered with, as a person would write it."""
    written: dict[AnswerType, Any] = {
        AnswerType.YES_NO: st.sampled_from(["yes", "no"]),
        AnswerType.CHOICE: st.sampled_from([option.key for option in question.options] or ["-"]),
        AnswerType.NUMBER: st.integers(0, 10**9).map(str),
        AnswerType.MONEY: st.integers(0, 10**9).map(lambda amount: f"{amount} USD"),
        AnswerType.DATE: st.dates().map(str),
        AnswerType.TEXT: st.text(max_size=200),
        AnswerType.FILE: st.text(max_size=60),
    }
    return st.one_of(st.just(NOT_KNOWN), written[question.type])


@st.composite
def answer_sets(draw: st.DrawFn) -> dict[str, Answer]:
    """Answers to any of the questions."""
    keys = draw(st.lists(st.sampled_from(list(STANDARD.questions)), unique=True, max_size=30))
    return answers(**{key: draw(values(STANDARD.questions[key])) for key in keys})


bands = st.one_of(st.none(), st.sampled_from(list(Band)))
tags = st.lists(st.sampled_from(list(Workforce)), unique=True, max_size=4)
