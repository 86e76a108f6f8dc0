"""The two-axis test of the 20th International Conference of Labour Statisticians."""

from __future__ import annotations

import pytest

from fairlead.model.vocabulary import Indicator
from fairlead.risk.axes import Axis, Signs, axes_test, shipped_axes

DECEPTION, DEBT, WAGES = Indicator.DECEPTION, Indicator.DEBT_BONDAGE, Indicator.WITHHOLDING_OF_WAGES
THREATS, OVERTIME = Indicator.INTIMIDATION_AND_THREATS, Indicator.EXCESSIVE_OVERTIME


def test_each_of_the_eleven_indicators_has_an_axis() -> None:
    axes = shipped_axes()
    assert set(axes) == set(Indicator)
    assert set(axes.values()) == set(Axis)


@pytest.mark.parametrize(
    ("reported", "both"),
    [
        ([], False),
        ([DECEPTION], False),
        ([DECEPTION, OVERTIME], False),
        ([THREATS], False),
        ([DECEPTION, THREATS], True),
        ([DEBT], False),
        ([DEBT, DEBT], False),
        ([DEBT, WAGES], True),
        ([DEBT, DECEPTION], True),
        ([DEBT, THREATS], True),
    ],
)
def test_both_axes_are_met_by_two_different_indicators_and_never_by_one(reported: list[Indicator], both: bool) -> None:
    assert axes_test(reported).both is both


def test_the_indicators_are_told_in_the_ilo_s_order() -> None:
    found = axes_test([OVERTIME, DECEPTION, THREATS])
    assert found.involuntariness == (DECEPTION, OVERTIME)
    assert found.menace == (THREATS,)


@pytest.mark.parametrize(
    ("reported", "signs"),
    [([], Signs.NO_DATA), ([DECEPTION], Signs.SOME), ([DEBT], Signs.SOME), ([DECEPTION, THREATS], Signs.BOTH)],
)
def test_the_answer_in_a_word_is_no_data_where_nothing_is_reported(reported: list[Indicator], signs: Signs) -> None:
    assert axes_test(reported).signs is signs
    assert set(axes_test(reported).reported) == set(reported)
