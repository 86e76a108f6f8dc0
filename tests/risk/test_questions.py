"""The questions of the reference pack."""

from __future__ import annotations

from fairlead.risk import shipped_cards
from fairlead.risk.questions import shipped_questions


def test_the_shipped_questions_name_cards_and_people_who_can_answer() -> None:
    cards = shipped_cards()
    for one in shipped_questions():
        for key in filter(None, (one.found, one.clean)):
            assert cards[key].knowledge == "supplier"
            assert cards[key].reliability[one.by] > 0
        assert not one.clean or not cards[one.clean].verified_by or one.by in cards[one.clean].verified_by


def test_every_question_has_a_key_of_its_own() -> None:
    keys = [one.key for one in shipped_questions()]
    assert len(keys) == len(set(keys)) > 0
