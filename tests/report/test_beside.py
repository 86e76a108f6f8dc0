"""What stands beside a rating: the two axes and the number of workers, never as a verdict and never as one number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.language import LANGUAGES, Language
from fairlead.model.vocabulary import Indicator
from fairlead.report.beside import axes_lines, exposed, scale_lines, signs_word
from fairlead.report.content import Beside, Report
from fairlead.risk.axes import Signs, axes_test
from fairlead.risk.scale import Headcount, scale

ENGLISH = Language("en")
BOTH = (Indicator.DECEPTION, Indicator.INTIMIDATION_AND_THREATS)


@pytest.mark.parametrize(
    ("workers", "p", "written"),
    [
        (800, (0.031, 0.1, 0.26), "24–210"),
        (1250, (0.64, 0.85, 0.95), "800–1,200"),
        (40, (0.01, 0.03, 0.09), "<1–4"),
        (3, (0.01, 0.03, 0.09), "<1"),
        (100, (0.3, 0.5, 0.7), "30–70"),
    ],
)
def test_workers_times_probability_is_a_range_rounded_outwards(
    workers: int, p: tuple[float, float, float], written: str
) -> None:
    assert exposed(ENGLISH, scale(Headcount(workers, 1), *p)) == written


@given(st.integers(1, 5_000_000), st.lists(st.floats(0.0001, 0.9999), min_size=3, max_size=3, unique=True).map(sorted))
def test_the_range_that_is_written_holds_the_range_that_was_found(workers: int, p: list[float]) -> None:
    found = scale(Headcount(workers, 1), *p)
    written = exposed(ENGLISH, found)
    low, high = (re.sub(r"[<,]", "", part) for part in (written.partition("–")[0], written.rpartition("–")[2]))
    assert found.low is not None and found.high is not None
    assert written.startswith("<1") or float(low) <= found.low + 1e-6
    assert float(high) >= found.high - 1e-6
    assert not re.match(r"0\b", written)


def test_where_the_number_of_workers_or_the_rating_is_not_known_that_is_said_and_there_is_no_figure() -> None:
    unknown, unrated = scale(None, 0.1, 0.2, 0.3), scale(Headcount(80, 1), None, None, None)
    assert exposed(ENGLISH, unknown) == exposed(ENGLISH, unrated) == ""
    assert scale_lines(ENGLISH, unknown)[0].endswith("That does not mean none.")
    assert scale_lines(ENGLISH, unrated)[0] == "80 workers, as the lists give it."
    assert not re.search(r"\d", scale_lines(ENGLISH, unknown)[0] + scale_lines(ENGLISH, unrated)[1])


def test_the_figure_is_told_with_what_it_is_not() -> None:
    lines = scale_lines(ENGLISH, scale(Headcount(800, 2), 0.031, 0.1, 0.26))
    assert lines[0] == "800 workers at 2 places, as the lists give it."
    assert "24–210" in lines[1]
    assert "no count of people in forced labour" in lines[2]


def test_the_flag_of_the_two_axes_gives_no_verdict() -> None:
    lines = axes_lines(ENGLISH, axes_test(BOTH))
    assert "for people to find out" in lines[0]
    assert lines[-1] == "This is a flag beside the probability and no part of it."


def test_that_nothing_is_reported_is_no_data() -> None:
    assert "no data" in signs_word(ENGLISH, Signs.NO_DATA)
    assert "says nothing about how things are" in axes_lines(ENGLISH, axes_test(()))[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_say_it(code: str) -> None:
    language = Language(code)
    told = (*axes_lines(language, axes_test(BOTH)), *scale_lines(language, scale(Headcount(800, 2), 0.03, 0.1, 0.2)))
    assert all(told) and not any("{" in line for line in told)


def test_the_report_has_it_beside_each_rating(english: Report) -> None:
    found: dict[str, Beside] = {row.name: row.beside for row in english.work_list.rows}
    sewing = next(one for name, one in found.items() if "Aqbulaq" in name)
    assert (sewing.signs, sewing.signs_word) == ("both_axes", "Reported signs on both axes: ask first, safely")
    assert sewing.exposed_middle is not None and sewing.workers.startswith("240 workers × ")
    assert found["Sungai Jernih Glove Sdn Bhd"].signs == "not_both"
    cotton = found["Lebap Cotton Collective"]
    assert (cotton.signs, cotton.exposed, cotton.exposed_middle) == ("no_data", "", None)
    assert cotton.workers == "workers not known"
    unrated = next(row.beside for row in english.no_data.rows if "Байтерек" in row.name)
    assert (unrated.workers, unrated.exposed) == ("120 workers", "")
