"""Every number that somebody chose is known, and moved within the range that it may have."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from fairlead.reference import load_yaml
from fairlead.risk.cards import cards_from
from fairlead.risk.numbers import CARDS, EXPOSURE, FIXED, PRIOR, Number, moved, numbers
from fairlead.risk.parameters import parameters_from


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], float]]:
    """Every number of a YAML file with its place."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from places(value, (*path, key))
    elif isinstance(content, list):
        for at, value in enumerate(content):
            yield from places(value, (*path, at))
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield path, content


@pytest.mark.parametrize("file", [CARDS, PRIOR])
def test_every_number_is_moved_or_it_is_said_why_not(file: str) -> None:
    known = {number.path for number in numbers() if number.file == file}
    for path, value in places(load_yaml(file)):
        if path in known or ".".join(map(str, path)) in FIXED:
            continue
        counts_nothing = (path[-1] == "lr" and value == 1) or (path[-1] in {"ln_sd", "from"} and value == 0)
        assert counts_nothing, path


def test_every_sector_that_has_a_level_is_moved() -> None:
    named = {sector for sectors in load_yaml(PRIOR)["sectors"].values() for sector in sectors}
    assert {number.sector for number in numbers() if number.sector} == named
    assert set(EXPOSURE) == set(cards_from(load_yaml(CARDS))["sector_exposure"].levels)


@pytest.mark.parametrize("number", [one for one in numbers() if not one.sector], ids=lambda one: one.name)
def test_the_files_can_be_read_with_every_number_moved_either_way(number: Number) -> None:
    read = cards_from if number.file == CARDS else parameters_from
    for value in (number.low, number.high):
        if value is not None:
            read(moved(load_yaml(number.file), number.path, value))
            assert value != number.value


def test_a_ratio_is_moved_by_its_own_spread_and_stays_on_its_side_of_one() -> None:
    by_name = {number.name: number for number in numbers()}
    debt, audit = by_name["recruitment_debt_reported.lr"], by_name["audit_announced_clean.lr"]
    spread = load_yaml(CARDS)["cards"][int(debt.path[1])]["ln_sd"]
    assert debt.high == pytest.approx(float(debt.value) * math.exp(spread))
    assert audit.high == 1.0
    for number in numbers():
        if number.path[-1] == "lr" and isinstance(number.low, float) and isinstance(number.high, float):
            assert number.low >= 1 if float(number.value) > 1 else number.high <= 1


def test_bands_and_the_ceiling_keep_their_order() -> None:
    content = load_yaml(PRIOR)
    for number in numbers():
        if number.path[0] == "bands" or "context_ceiling" in number.path:
            for value in (number.low, number.high):
                changed = parameters_from(moved(content, number.path, value))
                start, end = changed.combine.context_ceiling
                assert start < end < changed.bands[0].from_p or number.path[0] == "bands"
                starts = [band.from_p for band in changed.bands]
                assert starts == sorted(starts, reverse=True)


def test_moving_one_number_leaves_the_files_as_they_are() -> None:
    before = load_yaml(PRIOR)["combine"]["dependence"]
    assert moved(load_yaml(PRIOR), ("combine", "dependence"), 0.9)["combine"]["dependence"] == 0.9
    assert load_yaml(PRIOR)["combine"]["dependence"] == before


def test_names_of_numbers_are_unique() -> None:
    names = [number.name for number in numbers()]
    assert len(names) == len(set(names))
