"""Paths: the weightiest first, and together exactly the linear measure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from fairlead.risk.spread.exposure import linear
from fairlead.risk.spread.paths import Paths, PathSearch
from tests.risk.spread.make import DELTA, Case, cases

SETTLED = {"delta": DELTA, "sweeps": 300, "tolerance": 1e-14}


def paths(case: Case, party: int, most: int = 5, search: int = 5000) -> Paths:
    measure = linear(case.graph, case.own, **SETTLED)
    return PathSearch(case.graph, measure, delta=DELTA, most=most, search=search).into(party)


def test_the_paths_of_a_diamond_are_its_two_sides() -> None:
    diamond = Case(4, [(0, 1, 1), (0, 2, 1), (1, 3, 0.6), (2, 3, 0.4)], [], np.array([0.2, 0.1, 0, 0]))
    found = paths(diamond, 3)
    assert [path.parties for path in found.found] == [(0, 1, 3), (1, 3), (0, 2, 3)]
    # .49 x .6 x .2; .7 x .6 x .1; .49 x .4 x .2
    assert [path.contribution for path in found.found] == pytest.approx([0.0588, 0.042, 0.0392])
    assert found.proven
    assert found.found[0].weights == (1, 0.6)


def test_a_party_without_data_is_passed_through_and_is_never_an_origin() -> None:
    chain = Case(3, [(0, 1, 1), (1, 2, 1)], [], np.array([0.3, 0, 0]))
    assert [path.parties for path in paths(chain, 2).found] == [(0, 1, 2)]


def test_a_path_between_two_that_one_owner_holds_leads_through_the_owner_and_not_back() -> None:
    group = Case(3, [], [(0, 1, 0.3, 0.25), (0, 2, 0.3, 0.25)], np.array([0, 0.4, 0]))
    assert [path.parties for path in paths(group, 2).found] == [(1, 0, 2)]
    assert paths(group, 1).found == ()


def test_a_search_that_is_cut_short_says_so() -> None:
    wide = Case(6, [(one, 0, 0.1) for one in range(1, 6)], [], np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5]))
    found = paths(wide, 0, most=5, search=3)
    assert not found.proven
    assert [path.parties[0] for path in found.found] == [5, 4, 3]


def test_a_cycle_gives_a_way_for_each_time_round() -> None:
    cycle = Case(2, [(0, 1, 1), (1, 0, 1)], [], np.array([0.2, 0]))
    found = paths(cycle, 1, most=3).found
    assert [path.parties for path in found] == [(0, 1), (0, 1, 0, 1), (0, 1, 0, 1, 0, 1)]


@given(cases(cycles=False, bonds=False))
def test_all_paths_together_are_the_linear_measure(case: Case) -> None:
    measure = linear(case.graph, case.own, **SETTLED)
    for party in range(case.nodes):
        found = paths(case, party, most=1000).found
        brought = sum(path.contribution for path in found)
        assert brought == pytest.approx(measure.total[party] - measure.own[party], abs=1e-12)


@given(cases(most=4))
def test_the_first_paths_are_the_weightiest_of_all_ways(case: Case) -> None:
    measure = linear(case.graph, case.own, **SETTLED)
    scale = dict(enumerate(measure.scale.tolist()))
    for party in range(case.nodes):
        found = paths(case, party, most=3)
        every = sorted((brought for _, brought in case.walks(party, scale, 6) if brought > 0), reverse=True)
        assert [path.contribution for path in found.found if len(path.parties) <= 7] == pytest.approx(
            every[: len(found.found)][: sum(len(path.parties) <= 7 for path in found.found)], abs=1e-12
        )
