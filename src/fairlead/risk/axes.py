"""The ILO's two-axis test: is work involuntary, and is it held there by the menace of a penalty?

The guidelines of the 20th International Conference of Labour Statisticians (2018) call work forced where both hold.
Which indicator stands on which axis is in the reference table indicator_axes. The test is a flag of its own beside the
probability: it adds nothing to it, and it says what is reported, not what is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fairlead.errors import InvalidReference, Where
from fairlead.model.vocabulary import Indicator
from fairlead.reference import load_csv


class Axis(StrEnum):
    """The axes of the statistical definition; an indicator that may stand on either counts for one at a time."""

    INVOLUNTARINESS = "involuntariness"
    MENACE = "menace"
    EITHER = "either"


class Signs(StrEnum):
    """The answer of the test in a word; that nothing is reported says nothing about how things are."""

    BOTH = "both_axes"
    SOME = "not_both"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class AxesTest:
    """Which indicators are reported on each axis; `both` where two different ones stand on the two axes."""

    involuntariness: tuple[Indicator, ...]
    menace: tuple[Indicator, ...]
    either: tuple[Indicator, ...]

    @property
    def both(self) -> bool:
        """Say whether both axes are met, each by an indicator of its own.

        One indicator never meets both: with i, m and e indicators on the axes and on either, both are met where
        e >= (i = 0) + (m = 0).
        """
        return len(self.either) >= (not self.involuntariness) + (not self.menace)

    @property
    def reported(self) -> tuple[Indicator, ...]:
        """Every indicator that is reported: those of involuntary work, of either axis, of menace."""
        return (*self.involuntariness, *self.either, *self.menace)

    @property
    def signs(self) -> Signs:
        """The answer in a word."""
        if not self.reported:
            return Signs.NO_DATA
        return Signs.BOTH if self.both else Signs.SOME


def shipped_axes() -> Mapping[Indicator, Axis]:
    """Return the axis of each of the ILO's eleven indicators.

    Raises InvalidReference when one is missing or has an unknown axis.
    """
    try:
        axes = {Indicator(row["indicator"]): Axis(row["axis"]) for row in load_csv("indicator_axes")}
    except ValueError as error:
        raise InvalidReference(f"cannot be read: {error}.", where=Where(file="indicator_axes.csv")) from error
    if absent := [indicator for indicator in Indicator if indicator not in axes]:
        raise InvalidReference(f"lacks {', '.join(absent)}.", where=Where(file="indicator_axes.csv"))
    return axes


def axes_test(indicators: Iterable[Indicator], axes: Mapping[Indicator, Axis] | None = None) -> AxesTest:
    """Sort the indicators that are reported by their axis, each once, in the ILO's order."""
    axes = axes or shipped_axes()
    reported = frozenset(indicators)
    of = {axis: tuple(one for one in Indicator if one in reported and axes[one] is axis) for axis in Axis}
    return AxesTest(of[Axis.INVOLUNTARINESS], of[Axis.MENACE], of[Axis.EITHER])
