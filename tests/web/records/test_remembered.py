"""Figures over everything: fresh where they are quick, remembered for a while where they are slow."""

from __future__ import annotations

from typing import Any

import pytest

from fairlead.web.records.remembered import remembered


@pytest.fixture(autouse=True)
def with_a_memory(settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "a test"},
    }


@pytest.mark.parametrize(("slow", "times"), [(0.0, 1), (60.0, 3)])
def test_only_what_is_slow_is_remembered(slow: float, times: int) -> None:
    worked: list[int] = []

    def work_out() -> int:
        worked.append(1)
        return len(worked)

    figures = [remembered(f"figure-{slow}", 1, work_out, slow=slow) for _ in range(3)]
    assert (len(worked), figures[0]) == (times, 1)


def test_one_organisation_is_not_told_the_figure_of_another() -> None:
    assert [remembered("figure", number, lambda number=number: number, slow=0) for number in (1, 2, 1)] == [1, 2, 1]
