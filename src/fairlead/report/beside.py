"""What stands beside a rating and is no part of it, in words: the ILO's two axes, and how many work there."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from fairlead.language import Language
from fairlead.model.vocabulary import Indicator
from fairlead.reference import load_csv
from fairlead.report.case import Case, Row
from fairlead.report.content import Beside
from fairlead.report.ratings import interval, joined
from fairlead.risk.axes import AxesTest, Signs
from fairlead.risk.scale import NoScale, Scale

#: Figures of workers are written with so many digits, since the intervals are wide.
_DIGITS: Final = 2


def beside(language: Language, case: Case, rating: Row) -> Beside:
    """Return what stands beside the rating of one party, given its row of RATING."""
    axes, scale = case.axes(rating["subject_id"]), case.scale(rating)
    return Beside(
        signs=str(axes.signs),
        signs_word=signs_word(language, axes.signs),
        axes=axes_lines(language, axes),
        exposed=exposed(language, scale),
        exposed_middle=scale.middle,
        workers=_workers(language, scale, rating),
        known_workers=scale.workers is not None,
        scale=scale_lines(language, scale),
    )


def signs_word(language: Language, signs: Signs) -> str:
    """Return in a few words what the two-axis test says; it is never a verdict."""
    _ = language.gettext
    return {
        Signs.BOTH: _("Reported signs on both axes: ask first, safely"),
        Signs.SOME: _("Reported signs, not on both axes"),
        Signs.NO_DATA: _("Signs by the two axes: no data"),
    }[signs]


def axes_lines(language: Language, test: AxesTest) -> tuple[str, ...]:
    """Return in sentences what the two-axis test says, and that it is no part of the probability."""
    _ = language.gettext
    if test.signs is Signs.NO_DATA:
        return (_("No indicator is reported of this supplier. That says nothing about how things are there."),)
    first = _("Indicators on both axes are not reported.")
    if test.both:
        first = _(
            "Indicators on both axes are reported: {indicators}. By the ILO's definition forced labour has both;"
            " whether it is so here is for people to find out."
        ).format(indicators=_indicators(language, test.reported))
    by_axis = (
        (_("Involuntary work: {indicators}."), test.involuntariness),
        (_("Menace of a penalty: {indicators}."), test.menace),
        (_("Either of the two: {indicators}."), test.either),
    )
    told = (text.format(indicators=_indicators(language, found)) for text, found in by_axis if found)
    return (first, *told, _("This is a flag beside the probability and no part of it."))


def _indicators(language: Language, indicators: Sequence[Indicator]) -> str:
    names: Mapping[str, str] = {row["indicator"]: row["name"] for row in load_csv("indicators")}
    return joined(language, [language.gettext(names[str(one)]) for one in indicators])


def _workers(language: Language, scale: Scale, rating: Row) -> str:
    """Return how many workers the lists give, in a few words, and by what they are multiplied."""
    if scale.workers is None:
        return language.gettext("workers not known")
    workers = language.ngettext("{workers} worker", "{workers} workers", scale.workers).format(
        workers=language.number(scale.workers)
    )
    return workers if scale.low is None else f"{workers} × {interval(language, rating['p_low'], rating['p_high'])}"


def exposed(language: Language, scale: Scale) -> str:
    """Write workers times probability as a range, rounded outwards to two digits; empty where there is no figure.

    It is never one number and never none: where it is below one person it says so.
    """
    if scale.low is None or scale.high is None:
        return ""
    low, high = (_rounded(scale.low, math.floor), _rounded(scale.high, math.ceil))
    least = language.number(low) if low >= 1 else f"<{language.number(1)}"
    return least if scale.high < 1 else f"{least}–{language.number(high)}"


def _rounded(value: float, towards: Callable[[float], float]) -> int:
    """Round to two digits, down or up as `towards` does; what is nearer than a rounding error of the machine stays."""
    step: int = 10 ** max(0, math.floor(math.log10(max(value, 1.0))) + 1 - _DIGITS)
    return int(towards(round(value / step, 9))) * step


def scale_lines(language: Language, scale: Scale) -> tuple[str, ...]:
    """Return in sentences how many work there, workers times probability, and what that figure is not."""
    _ = language.gettext
    if scale.why_null is NoScale.HEADCOUNT or scale.workers is None:
        return (_("How many people work there is not known, so there is no figure. That does not mean none."),)
    given = language.ngettext(
        "{workers} worker, as the lists give it.", "{workers} workers, as the lists give it.", scale.workers
    )
    if scale.places > 1:
        given = _("{workers} workers at {places} places, as the lists give it.")
    first = given.format(workers=language.number(scale.workers), places=language.number(scale.places))
    if scale.why_null is NoScale.RATING:
        return first, _("Without a rating there is no figure for workers × probability. That does not mean none.")
    return (
        first,
        _(
            "Workers × probability: {range}. So many are expected to work where there is at least one case, if the"
            " rating holds; from the lower to the upper end of its 90% interval."
        ).format(range=exposed(language, scale)),
        _(
            "It serves to set priorities. It is no count of people in forced labour, and it changes neither the"
            " probability nor the band."
        ),
    )
