"""Suppliers of an assessment are placed in the table, and what is not known of them is counted, not guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import OptionError
from fairlead.model.ids import BUYER_ID
from fairlead.risk.upstream.industries import product_cells, table_codes
from fairlead.risk.upstream.mapped_suppliers import MappedSuppliers, mapped_suppliers
from tests.input_output import FLOWS, OUTPUT, small_table


def party(party_id: str, country: str | None) -> dict[str, Any]:
    return {"party_id": party_id, "name": party_id.upper(), "country": country}


def link(seller: str, buyer: str = BUYER_ID, **values: Any) -> dict[str, Any]:
    return {
        "from_id": seller, "to_id": buyer, "kind": "supplies", "isic": "1410", "product": None, "sector": None,
        "spend": None, "currency": "USD", "share": None, **values,
    }  # fmt: skip


PARTIES = [party("a", "BGD"), party("b", "KAZ"), party("c", None)]


def placed(links: list[dict[str, Any]], currency: str | None = None) -> MappedSuppliers:
    table = small_table()
    codes = table_codes(table)
    product = product_cells(table, codes, "BGD", ("14",))
    return mapped_suppliers(PARTIES, links, table, codes, product, Decimal(100), currency)


def test_what_goes_to_a_known_supplier_is_its_own_and_the_rest_stays_modelled() -> None:
    found = placed([link("a", spend=Decimal(30))])
    assert (found.suppliers, found.further) == (1, 0)
    assert found.demand.tolist() == pytest.approx([0, 0, 0, 0.7, 0.3])
    assert found.chain.cell_of(4) == 3


def test_a_supplier_further_up_counts_by_its_share_of_the_purchases() -> None:
    found = placed([link("a", spend=Decimal(30)), link("b", "a", isic="0116", share=0.25)])
    assert (found.suppliers, found.further, found.without_amount) == (1, 1, 0)
    sellers, coefficients = found.chain.column(4)
    bought = (FLOWS / OUTPUT)[:, 3].sum()
    assert dict(zip(sellers.tolist(), coefficients.tolist(), strict=True))[5] == pytest.approx(0.25 * bought)


def test_where_no_share_is_known_the_spend_tells_it() -> None:
    found = placed([link("a", spend=Decimal(30)), link("b", "a", isic="0116", spend=Decimal("3"))])
    sellers, coefficients = found.chain.column(4)
    assert dict(zip(sellers.tolist(), coefficients.tolist(), strict=True))[5] == pytest.approx(0.1)


def test_links_without_an_amount_and_suppliers_without_a_place_are_counted() -> None:
    found = placed([link("a", spend=Decimal(30)), link("b", "a"), link("c", spend=Decimal(5))])
    assert (found.suppliers, found.further, found.without_amount, found.not_placed) == (1, 0, 1, 1)


def test_a_direct_supplier_without_an_amount_is_counted_and_not_used() -> None:
    found = placed([link("a", spend=Decimal(30)), link("b"), link("a")])
    assert (found.suppliers, found.further) == (1, 0)
    assert placed([link("a")]).without_amount == 1
    assert placed([link("a")]).demand.tolist() == [0, 0, 0, 1]


def test_the_currency_is_that_of_the_suppliers_and_another_one_is_refused() -> None:
    paid = [link("a", spend=Decimal(30))]
    assert (placed(paid).currency, placed(paid, "USD").currency, placed([], "KZT").currency) == ("USD", "USD", "KZT")
    with pytest.raises(OptionError, match="paid in USD, and the spend is in KZT"):
        placed(paid, "KZT")


def test_a_supplier_of_another_product_is_none_of_this_one() -> None:
    assert placed([link("b", spend=Decimal(30))]).suppliers == 0


def test_a_supplier_that_supplies_itself_adds_nothing() -> None:
    found = placed([link("a", spend=Decimal(30)), link("a", "a", share=0.5)])
    assert found.further == 0
    assert 4 not in found.chain.column(4)[0]


def test_more_spend_than_given_and_several_currencies_are_refused() -> None:
    with pytest.raises(OptionError, match="more than --spend"):
        placed([link("a", spend=Decimal(130))])
    with pytest.raises(OptionError, match="EUR, USD"):
        placed([link("a", spend=Decimal(30)), link("a", spend=Decimal(3), currency="EUR")])


@given(st.permutations(range(4)))
def test_the_order_of_links_changes_nothing(order: list[int]) -> None:
    links = [
        link("a", spend=Decimal(30)),
        link("b", "a", isic="0116", share=0.25),
        link("a", "b", share=0.1),
        link("b", "a", share=0.05),
    ]
    plain, moved = placed(links), placed([links[place] for place in order])
    assert moved.demand.tolist() == plain.demand.tolist()
    assert np.allclose(moved.chain.known.toarray(), plain.chain.known.toarray(), rtol=1e-12)


def test_a_supplier_of_several_products_counts_with_what_is_spent_on_this_one() -> None:
    found = placed([link("a", spend=Decimal(30)), link("a", isic="0116", spend=Decimal(500))])
    assert found.demand[4] == pytest.approx(0.3)
    assert found.chain.cell_of(4) == 3
