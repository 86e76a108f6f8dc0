"""Whether two dates of birth or founding can be the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.born import FITS, NEAR, OTHER, SAME, compare_born

DAYS = st.dates().map(lambda day: day.isoformat())
KNOWN = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4]) | st.just("1958/1962")


@pytest.mark.parametrize(
    ("ours", "theirs", "feature"),
    [
        (("1960-02-13",), ("1960-02-13",), SAME),
        (("1960-02-13",), ("1960",), FITS),
        (("1960-02-13",), ("1960-02",), FITS),
        (("1960",), ("1960",), FITS),
        (("1960-02-13",), ("1958/1962",), FITS),
        (("1963",), ("1958/1962",), OTHER),
        (("1955/1957",), ("1958/1962",), OTHER),
        (("1960-02-13",), ("1960-02-18",), NEAR),
        (("1960-02-03",), ("1960-03-02",), NEAR),
        (("1961",), ("1960-02-13",), NEAR),
        (("1962",), ("1960-02-13",), OTHER),
        (("1960-03",), ("1960-02-13",), OTHER),
        (("1960-02-13",), ("1971-12-30",), OTHER),
        (("1960-02-13",), ("1971-12-30", "1960"), FITS),
        (("1960-02-13",), (), None),
        ((), (), None),
    ],
)
def test_of_several_dates_those_that_agree_best_count(
    ours: tuple[str, ...], theirs: tuple[str, ...], feature: str | None
) -> None:
    assert compare_born(ours, theirs) == feature


@given(st.lists(KNOWN, max_size=3), st.lists(KNOWN, max_size=3))
def test_either_side_may_come_first(ours: list[str], theirs: list[str]) -> None:
    assert compare_born(ours, theirs) == compare_born(theirs, ours)


@given(KNOWN)
def test_a_date_never_contradicts_itself(day: str) -> None:
    assert compare_born([day], [day]) in (SAME, FITS)
