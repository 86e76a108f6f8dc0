from __future__ import annotations

from datetime import date

import pytest

from fairlead.risk.dates import age_in_years


@pytest.mark.parametrize(
    ("iso", "age"),
    [("2025", 1.0), ("2025-07", 0.96), ("2025-07-01", 1.0), ("2026-07-01", 0.0), ("2026", 0.0), ("2016", 10.0)],
)
def test_a_date_is_as_old_as_its_middle(iso: str, age: float) -> None:
    assert age_in_years(iso, date(2026, 7, 1)) == pytest.approx(age, abs=0.01)


def test_what_has_not_begun_yet_has_no_age() -> None:
    assert age_in_years("2027", date(2026, 7, 1)) == float("inf")
    assert age_in_years("2026-07-02", date(2026, 7, 1)) == float("inf")
