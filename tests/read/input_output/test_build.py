"""A table is refused when it is none: empty, with a hole, with negatives, out of balance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from fairlead.errors import InvalidTable
from fairlead.model.input_output import Corrections
from fairlead.read.input_output import transpose
from fairlead.read.input_output.build import Labels, coefficients_of, output_of
from fairlead.risk.upstream.multipliers import multipliers
from tests.input_output import DEMAND, FLOWS, OUTPUT, labels, small_table


def test_the_table_is_kept_by_buyer_in_single_precision() -> None:
    table = small_table()
    assert (table.cells, table.name, table.inputs.dtype) == (4, "icio-2020", np.float32)
    sellers, coefficients = table.input_column(3)
    assert sellers.tolist() == [0, 1, 2, 3]
    assert coefficients == pytest.approx(FLOWS[:, 3] / OUTPUT[3])
    assert table.label(3) == ("BGD", "C13T15")


def test_a_column_without_output_is_empty() -> None:
    flows, output, demand = FLOWS.copy(), OUTPUT.copy(), DEMAND.sum(axis=1)
    flows[:, 1], flows[1, :], output[1], demand[1] = 0.0, 0.0, 0.0, 0.0
    output = flows.sum(axis=1) + demand
    table = small_table(coefficients=coefficients_of(flows, output), output=output, final_demand=demand)
    assert len(table.input_column(1)[0]) == 0


def test_a_hole_is_named_by_seller_and_buyer() -> None:
    coefficients = coefficients_of(FLOWS, OUTPUT)
    coefficients[2, 1] = np.nan
    with pytest.raises(InvalidTable, match="what KAZ C13T15 buys from BGD A01 is missing") as raised:
        small_table(coefficients=coefficients)
    assert (raised.value.where.row, raised.value.where.column) == (3, "KAZ C13T15")


def test_small_negative_flows_are_set_to_0_and_counted() -> None:
    coefficients = coefficients_of(FLOWS, OUTPUT)
    coefficients[1, 2] = -0.01
    table = small_table(coefficients=coefficients)
    assert table.input_column(2)[0].tolist() == [0, 2, 3]
    assert table.corrections.negative_flows == 1
    assert table.corrections.negative_share == pytest.approx(0.01 * OUTPUT[2] / OUTPUT.sum())
    assert small_table().corrections == Corrections()


def test_negative_flows_of_more_than_a_hundredth_of_output_are_refused_and_the_largest_is_named() -> None:
    coefficients = coefficients_of(FLOWS, OUTPUT)
    coefficients[1, 2], coefficients[0, 1] = -0.01, -0.05
    with pytest.raises(InvalidTable, match=r"come to 1\.\d% of all output; .* KAZ C13T15 buys from KAZ A01") as raised:
        small_table(coefficients=coefficients)
    assert (raised.value.where.row, raised.value.where.column) == (1, "KAZ C13T15")


def test_a_small_negative_output_is_no_output() -> None:
    output = OUTPUT.copy()
    output[2] = -1.0
    flows, demand = FLOWS.copy(), DEMAND.sum(axis=1)
    flows[2], flows[:, 2], demand[2] = 0.0, 0.0, -1.0
    output = np.where(np.arange(4) == 2, -1.0, flows.sum(axis=1) + demand)
    table = small_table(coefficients=coefficients_of(flows, output), output=output, final_demand=demand)
    assert (table.output[2], table.final_demand[2]) == (0, 0)
    assert table.corrections.negative_flows == 1


def test_an_industry_that_buys_its_whole_output_from_itself_buys_nothing_and_is_counted() -> None:
    flows, output, demand = FLOWS * 1e4, OUTPUT * 1e4, DEMAND.sum(axis=1) * 1e4
    flows[2, :], flows[:, 2], demand[2] = 0.0, 0.0, 1.0
    flows[2, 2] = 6.0
    output = flows.sum(axis=1) + demand
    output[2] = 5.0
    table = small_table(coefficients=coefficients_of(flows, output), output=output, final_demand=demand)
    assert table.corrections.circular == 1
    assert len(table.input_column(2)[0]) == 0
    assert multipliers(table.inputs, np.ones(4))[2] == 1


def test_sparse_and_dense_coefficients_give_the_same_table_in_several_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    dense = small_table()
    monkeypatch.setattr(transpose, "_ROWS", 3)
    for coefficients in (coefficients_of(FLOWS, OUTPUT), sparse.csr_matrix(coefficients_of(FLOWS, OUTPUT))):
        table = small_table(coefficients=coefficients)
        assert np.array_equal(table.inputs.toarray(), dense.inputs.toarray())
        assert table.inputs.has_canonical_format


def test_output_is_found_from_coefficients_and_final_demand() -> None:
    found = output_of(coefficients_of(FLOWS, OUTPUT), DEMAND.sum(axis=1), "A.txt")
    assert found == pytest.approx(OUTPUT, rel=1e-5)
    with pytest.raises(InvalidTable, match="none can be found"):
        output_of(np.full((2, 2), 0.6, dtype=np.float32), np.ones(2), "A.txt")
    with pytest.raises(InvalidTable, match="none can be found"):
        output_of(np.eye(2, dtype=np.float32), np.ones(2), "A.txt")


def test_an_industry_that_buys_more_than_it_makes_is_named() -> None:
    coefficients = coefficients_of(FLOWS, OUTPUT)
    coefficients[0, 3] = 0.9
    with pytest.raises(InvalidTable, match=r"does not balance: 1 industries buy more .* such as BGD C13T15"):
        small_table(coefficients=coefficients)


def test_a_small_industry_that_buys_a_little_more_than_it_makes_is_left() -> None:
    flows, output, demand = FLOWS.copy(), OUTPUT.copy() * 1e4, DEMAND.sum(axis=1) * 1e4
    flows *= 1e4
    flows[:, 2], output[2] = [3.0, 2.0, 1.0, 1.0], 5.0
    flows[2, :] = 1.0
    demand[2] = 1.0
    output = np.array([flows[0].sum() + demand[0], flows[1].sum() + demand[1], 5.0, flows[3].sum() + demand[3]])
    table = small_table(coefficients=coefficients_of(flows, output), output=output, final_demand=demand)
    assert table.input_column(2)[1].sum() > 1.1


def test_output_that_is_not_what_is_bought_is_refused() -> None:
    with pytest.raises(InvalidTable, match=r"differs from their output by 2\d\.\d%"):
        small_table(final_demand=DEMAND.sum(axis=1) * 0.5)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"coefficients": np.zeros((4, 4), dtype=np.float32)}, "is empty"),
        ({"coefficients": np.zeros((0, 0)), "output": np.zeros(0)}, "has no industries"),
        ({"coefficients": np.zeros((4, 3))}, "belong to different tables"),
        ({"output": np.array([1.0, 1.0, np.nan, 1.0])}, "BGD A01 has no output"),
        ({"labour": np.array([1.0, np.nan, 1.0, 1.0])}, "KAZ C13T15 has no labour cost"),
        ({"output": np.array([1.0, -1.0, 1.0, 1.0])}, "KAZ C13T15 has a negative output"),
        ({"labels": Labels(["KAZ"] * 4, labels().industries)}, "names KAZ A01 twice"),
    ],
)
def test_what_is_no_table_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidTable, match=message):
        small_table(**values)
