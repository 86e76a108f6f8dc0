"""Known suppliers take the place of modelled cells, and the sum stays that of an extended table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from fairlead.errors import InvalidTable
from fairlead.risk.upstream.mapped_chain import Chain, MappedParty, chain_of
from fairlead.risk.upstream.multipliers import multipliers
from tests.input_output import FLOWS, OUTPUT, small_table

COEFFICIENTS = FLOWS / OUTPUT
INTENSITY = np.array([1.0, 0.2, 3.0, 0.8])


def extended(chain: Chain) -> np.ndarray:
    """The whole matrix A of cells and suppliers, so that it can be inverted."""
    whole = np.zeros((chain.size, chain.size))
    for place in range(chain.size):
        sellers, coefficients = chain.column(place)
        whole[sellers, place] = coefficients
    return whole


def test_without_known_suppliers_the_chain_is_the_table() -> None:
    chain = chain_of(small_table())
    assert chain.size == 4
    assert chain.multipliers(INTENSITY) == pytest.approx(multipliers(small_table().inputs, INTENSITY))


def test_a_known_purchase_takes_the_place_of_the_same_industry_wherever_it_would_come_from() -> None:
    # a textile maker in Bangladesh buys half of its textile input from a known one in Kazakhstan
    textiles = COEFFICIENTS[1, 3] + COEFFICIENTS[3, 3]
    chain = chain_of(small_table(), [MappedParty("a", "A", 3, ((1, textiles / 2),)), MappedParty("b", "B", 1)])
    column = extended(chain)[:, 4]
    assert column[[0, 2]] == pytest.approx(COEFFICIENTS[[0, 2], 3])
    assert column[[1, 3]] == pytest.approx(COEFFICIENTS[[1, 3], 3] / 2)
    assert column[5] == pytest.approx(textiles / 2)


def test_what_is_known_beyond_that_industry_takes_the_place_of_all_else() -> None:
    farming, textiles = COEFFICIENTS[[0, 2], 3].sum(), COEFFICIENTS[[1, 3], 3].sum()
    chain = chain_of(
        small_table(), [MappedParty("a", "A", 3, ((1, textiles + farming / 2),)), MappedParty("b", "B", 1)]
    )
    column = extended(chain)[:, 4]
    assert column[[1, 3]] == pytest.approx([0.0, 0.0])
    assert column[[0, 2]] == pytest.approx(COEFFICIENTS[[0, 2], 3] / 2)


def test_a_supplier_never_buys_more_in_all_than_its_cell() -> None:
    chain = chain_of(small_table(), [MappedParty("a", "A", 3, ((1, 5.0),)), MappedParty("b", "B", 1)])
    assert extended(chain)[:, 4].sum() == pytest.approx(COEFFICIENTS[:, 3].sum())


links = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0.001, 0.4)), max_size=6)


@given(links)
def test_multipliers_and_tiers_are_those_of_the_extended_table_with_cycles_too(given_links: list) -> None:
    inputs: dict[int, dict[int, float]] = {0: {}, 1: {}, 2: {}}
    for buyer, seller, amount in given_links:
        inputs[buyer][seller] = amount
    parties = [
        MappedParty(f"p{place}", "", cell, tuple(sorted(inputs[place].items()))) for place, cell in enumerate((3, 1, 0))
    ]
    chain = chain_of(small_table(), parties)
    intensity = INTENSITY[chain.cells()]
    inverse = np.linalg.inv(np.eye(7) - extended(chain))
    assert chain.multipliers(INTENSITY) == pytest.approx(intensity @ inverse, rel=1e-4)
    demand = np.array([0.1, 0.0, 0.0, 0.2, 0.5, 0.2, 0.0])
    assert chain.tiers(demand, 3).total == pytest.approx(inverse @ demand, rel=1e-4)


def test_suppliers_that_only_buy_from_each_other_and_more_than_they_make_are_refused() -> None:
    inputs = small_table().inputs.toarray()
    inputs[3] = [0.0, 0.0, 0.0, 1.2]
    table = replace(small_table(), inputs=sparse.csr_matrix(inputs.astype(np.float32)))
    parties = [MappedParty("a", "A", 3, ((1, 1.2),)), MappedParty("b", "B", 3, ((0, 1.2),))]
    chain = replace(chain_of(table, parties), table=small_table())
    with pytest.raises(InvalidTable, match="mapped suppliers buy from each other does not shrink"):
        chain.multipliers(INTENSITY)
    with pytest.raises(InvalidTable, match="mapped suppliers buy from each other does not shrink"):
        chain.tiers(np.array([0.0, 0.0, 0.0, 0.0, 1.0, 0.0]), 2)


def test_knowing_a_supplier_of_the_same_cell_changes_nothing_of_the_sum() -> None:
    plain = chain_of(small_table(), [MappedParty("a", "A", 3)])
    known = chain_of(small_table(), [MappedParty("a", "A", 3, ((1, COEFFICIENTS[3, 3]),)), MappedParty("b", "B", 3)])
    # all textiles now come from Bangladesh, so that Kazakhstan's are out and Bangladesh's more
    assert known.multipliers(INTENSITY)[5] == pytest.approx(plain.multipliers(INTENSITY)[4])
    assert known.multipliers(INTENSITY)[4] > plain.multipliers(INTENSITY)[4]
