"""Upstream exposure and the linear measure, against examples by hand, a solver, and the formulas written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import spsolve

from fairlead.risk.spread.exposure import linear, noisy_or, weight_scale
from fairlead.risk.spread.graph import spread_graph
from tests.risk.spread.make import DELTA, Case, cases, graph

SETTLED = {"delta": DELTA, "sweeps": 300, "tolerance": 1e-13}


def test_along_a_chain_each_step_counts_by_delta_and_share() -> None:
    chain, own = graph(3, [(0, 1, 0.5), (1, 2, 0.4)]), np.array([0.2, 0.1, 0.05])
    # U_b = .5 x .2 = .1; P_b = 1 - .9 (1 - .7 x .1) = .163; U_c = .4 x .163
    assert noisy_or(chain, own, **SETTLED).upstream == pytest.approx([0, 0.1, 0.0652])
    # r_b = .1 + .7 x .5 x .2 = .17; r_c = .05 + .7 x .4 x .17
    assert linear(chain, own, **SETTLED).total == pytest.approx([0.2, 0.17, 0.0976])


def test_in_a_diamond_two_ways_join_as_independent_chances() -> None:
    diamond, own = graph(4, [(0, 1, 1), (0, 2, 1), (1, 3, 0.5), (2, 3, 0.5)]), np.array([0.2, 0, 0, 0])
    # P_b = P_c = .7 x .2 = .14; U_d = 1 - (1 - .07)^2
    assert noisy_or(diamond, own, **SETTLED).upstream == pytest.approx([0, 0.2, 0.2, 0.1351])
    assert linear(diamond, own, **SETTLED).total == pytest.approx([0.2, 0.14, 0.14, 0.098])


def test_a_cycle_of_two_comes_to_rest_where_the_equations_hold() -> None:
    cycle, own = graph(2, [(0, 1, 1), (1, 0, 1)]), np.array([0.2, 0])
    # U_b = P_a = .2 + .8 x .7 U_a and U_a = P_b = .7 U_b, so U_b = .2 / (1 - .392)
    found = noisy_or(cycle, own, **SETTLED)
    assert found.upstream == pytest.approx([0.7 * 0.2 / 0.608, 0.2 / 0.608])
    assert found.sweeps < 100
    # r_a = .2 + .7 r_b and r_b = .7 r_a, so r_a = .2 / (1 - .49)
    assert linear(cycle, own, **SETTLED).total == pytest.approx([0.2 / 0.51, 0.14 / 0.51])


def test_what_a_party_hands_to_its_owner_does_not_come_back_to_it() -> None:
    # An owner (0) with two subsidiaries: the risk of one reaches the owner and the other, and never itself.
    group, own = graph(3, bonds=[(0, 1, 0.3, 0.25), (0, 2, 0.3, 0.25)]), np.array([0, 0.4, 0])
    # U_owner = .25 x .4; the other: .3 x .7 x .1
    assert noisy_or(group, own, **SETTLED).upstream == pytest.approx([0.1, 0, 0.021])
    assert linear(group, own, **SETTLED).total == pytest.approx([0.07, 0.4, 0.7 * 0.3 * 0.07])


def test_a_graph_without_links_has_no_exposure() -> None:
    for nodes in (0, 3):
        assert not noisy_or(graph(nodes), np.full(nodes, 0.5), **SETTLED).upstream.any()
        assert linear(graph(nodes), np.full(nodes, 0.5), **SETTLED).total == pytest.approx([0.5] * nodes)


def test_one_sweep_reaches_one_step_further() -> None:
    chain, own = graph(3, [(0, 1, 1), (1, 2, 1)]), np.array([0.2, 0, 0])
    assert noisy_or(chain, own, delta=DELTA, sweeps=1).upstream == pytest.approx([0, 0.2, 0])
    assert noisy_or(chain, own, delta=DELTA, sweeps=2).upstream == pytest.approx([0, 0.2, 0.14])


def test_certain_risk_over_whole_links_stays_a_probability() -> None:
    whole = graph(3, [(0, 1, 1)], [(1, 2, 1, 1)])
    found = noisy_or(whole, np.array([1, 0, 1]), **SETTLED).upstream
    assert found == pytest.approx([0, 1, 0.7])


def test_a_million_links_into_one_party_are_a_matter_of_a_moment() -> None:
    suppliers = 1_000_000
    hub = spread_graph(
        suppliers + 1,
        np.arange(1, suppliers + 1, dtype=np.int32),
        np.zeros(suppliers, np.int32),
        np.full(suppliers, 1 / suppliers, np.float32),
    )
    found = noisy_or(hub, np.full(suppliers + 1, 0.02), **SETTLED).upstream[0]
    assert found == pytest.approx(1 - (1 - 0.02 * float(np.float32(1e-6))) ** suppliers, rel=1e-6)
    assert linear(hub, np.full(suppliers + 1, 0.02), **SETTLED).total[0] == pytest.approx(0.034, rel=1e-6)


@given(cases())
def test_the_noisy_or_is_what_the_formula_says_message_by_message(case: Case) -> None:
    for sweeps in (1, 2, 7):
        found = noisy_or(case.graph, case.own, delta=DELTA, sweeps=sweeps, tolerance=-1).upstream
        assert found == pytest.approx(case.noisy_or(sweeps), abs=1e-9)


@given(cases(bonds=False))
def test_the_linear_measure_is_the_solution_of_the_linear_equations(case: Case) -> None:
    drawn = case.graph
    matrix = np.zeros((case.nodes, case.nodes))
    for giver, receiver, weight in case.edges:
        matrix[receiver, giver] += weight
    solved = spsolve((eye_array(case.nodes) - DELTA * csr_array(matrix)).tocsc(), case.own)
    assert linear(drawn, case.own, **SETTLED).total == pytest.approx(solved, abs=1e-10)


@given(cases())
def test_exposure_is_a_probability_and_more_own_risk_never_lowers_it(case: Case) -> None:
    more = np.minimum(case.own + 0.1, 1)
    lower, higher = (noisy_or(case.graph, own, **SETTLED).upstream for own in (case.own, more))
    assert ((lower >= 0) & (higher <= 1)).all()
    assert (higher >= lower - 1e-12).all()


@given(cases())
def test_the_linear_measure_stays_within_what_delta_allows(case: Case) -> None:
    total = linear(case.graph, case.own, **SETTLED).total
    assert (total <= case.own.max() / (1 - DELTA) + 1e-9).all()
    assert (weight_scale(case.graph) <= 1).all()
