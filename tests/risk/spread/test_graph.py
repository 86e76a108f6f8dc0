"""The sparse arrays: one order whatever the rows, doubles added up, bad links named."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import LinkError
from fairlead.risk.spread import graph as module
from fairlead.risk.spread.graph import SpreadGraph, spread_graph

EDGES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([0.1, 0.125, 0.3, 1 / 3, 0.7, 1.0])), max_size=30
)


def made(edges: list[tuple[int, int, float]]) -> SpreadGraph:
    giver, receiver, weight = (np.array([edge[place] for edge in edges]) for place in range(3))
    return spread_graph(6, giver.astype(np.int32), receiver.astype(np.int32), weight.astype(float))


def dense(graph: SpreadGraph) -> np.ndarray:
    table = np.zeros((graph.nodes, graph.nodes))
    for party in range(graph.nodes):
        for place in range(graph.start[party], graph.start[party + 1]):
            table[party, graph.giver[place]] += graph.weight[place]
    return table


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_bit(edges: list[tuple[int, int, float]], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = made(edges), made(shuffled)
    for name in ("start", "giver", "weight"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_sums_of_several_links_do_not_depend_on_their_order_either() -> None:
    # In floating point (.1 + .2) + .3 is not .1 + (.2 + .3).
    sums = {made([(1, 0, weight) for weight in order]).weight.tobytes() for order in permutations((0.1, 0.2, 0.3))}
    assert len(sums) == 1


@given(EDGES)
def test_links_between_the_same_two_are_added_up_to_one_at_most_and_self_links_are_set_aside(
    edges: list[tuple[int, int, float]],
) -> None:
    table = np.zeros((6, 6))
    for giver, receiver, weight in edges:
        table[receiver, giver] += weight if giver != receiver else 0
    found = made(edges)
    assert dense(found) == pytest.approx(np.minimum(table, 1))
    assert found.self_links == sum(giver == receiver for giver, receiver, _ in edges)


@given(EDGES)
def test_the_way_for_very_many_parties_gives_the_same(edges: list[tuple[int, int, float]]) -> None:
    one = made(edges)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_KEY_BITS", 8)
        other = made(edges)
    for name in ("start", "giver", "weight"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_doubles_are_found_across_blocks_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 3)
    edges = [(1, 0, 0.1)] * 7 + [(2, 0, 0.05)] * 2 + [(3, 4, 0.5)]
    assert dense(made(edges))[0].tolist() == pytest.approx([0, 0.7, 0.1, 0, 0, 0])


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_that_cannot_be_is_named_with_its_row(share: float) -> None:
    with pytest.raises(LinkError, match=f"row 2, column “share”: a share of {share} cannot be"):
        made([(0, 1, 0.5), (1, 2, share)])


def test_an_end_that_is_no_party_is_named_with_its_row() -> None:
    with pytest.raises(LinkError, match="row 1, column “giver”: 9 is no party"):
        made([(9, 1, 0.5)])
    with pytest.raises(LinkError, match="row 2, column “receiver”: -1 is no party"):
        made([(0, 1, 0.5), (0, -1, 0.5)])


def test_an_empty_table_makes_a_graph_without_links() -> None:
    assert made([]).start.tolist() == [0] * 7
