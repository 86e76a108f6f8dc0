"""Every number of how risk spreads is moved, or it is written down why not."""

from __future__ import annotations

import pytest

from fairlead.reference import load_yaml
from fairlead.risk.numbers import Number, moved
from fairlead.risk.spread.numbers import FIXED, SPREAD, spread_numbers
from fairlead.risk.spread.parameters import spread_parameters_from
from tests.risk.test_numbers import places


def test_every_number_is_moved_or_it_is_said_why_not() -> None:
    known = {number.path for number in spread_numbers()}
    for path, value in places(load_yaml(SPREAD)):
        goods_go_one_way = path[-1] == "back" and value == 0
        assert path in known or ".".join(map(str, path)) in FIXED or goods_go_one_way, path


@pytest.mark.parametrize("number", spread_numbers(), ids=lambda one: one.name)
def test_the_file_can_be_read_with_every_number_moved_either_way(number: Number) -> None:
    for value in (number.low, number.high):
        if value is not None:
            spread_parameters_from(moved(load_yaml(SPREAD), number.path, value))
            assert value != number.value


def test_names_say_the_kind_of_link_and_what_is_a_judgement() -> None:
    basis = {number.name: number.basis for number in spread_numbers()}
    assert basis["recruits_for.weight"] == basis["owns.share_unknown"] == basis["delta.value"] == "elicited"
    assert basis["supplies.weight"] == "cited"
