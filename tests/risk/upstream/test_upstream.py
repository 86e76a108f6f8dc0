"""What stands behind a purchase: shares add up, bounds hold the value, and known suppliers are told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fairlead.errors import OptionError
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output import read_input_output
from fairlead.risk.upstream.industries import Product, TableCodes, product_cells
from fairlead.risk.upstream.mapped_chain import Chain, MappedParty, chain_of
from fairlead.risk.upstream.parameters import shipped_upstream_parameters
from fairlead.risk.upstream.upstream import Exposure, upstream_exposure
from tests.input_output import small_table

AS_OF = date(2026, 6, 1)


def buying(table: InputOutputTable, country: str, isic: str) -> Callable[[TableCodes], Product]:
    return lambda codes: product_cells(table, codes, country, (isic,))


def exposure(country: str = "BGD", isic: str = "14", **options: object) -> Exposure:
    table = small_table()
    return upstream_exposure(table, buying(table, country, isic), AS_OF, **options)  # type: ignore[arg-type]


def test_shares_add_up_to_the_whole() -> None:
    found = exposure(tiers=3)
    assert len(found.by_tier) == 5
    for shares in (
        found.by_tier,
        [one.share.value for one in found.by_country],
        [one.share.value for one in found.by_industry],
        [one.share.value for one in found.hot_spots],
    ):
        assert sum(shares) == pytest.approx(1.0, abs=1e-5)


def test_every_list_begins_with_the_largest_share() -> None:
    found = exposure()
    for shares in (found.by_country, found.by_industry, found.hot_spots):
        values = [one.share.value for one in shares]
        assert values == sorted(values, reverse=True)


def test_bounds_hold_the_value_and_a_share_stays_one() -> None:
    found = exposure()
    for one in (found.index, *(share.share for share in (*found.by_country, *found.hot_spots))):
        assert 0 <= one.low < one.value < one.high
    assert all(share.share.high <= 1 for share in found.hot_spots)


def test_without_errors_there_is_no_interval() -> None:
    sure = replace(shipped_upstream_parameters(), country_ln_sd=0.0, industry_ln_sd=0.0)
    found = exposure(parameters=sure)
    assert (found.index.low, found.index.high) == pytest.approx((found.index.value, found.index.value))


def test_the_worlds_average_purchase_has_the_index_one() -> None:
    table = small_table()
    weights = table.final_demand / table.final_demand.sum()
    each = [exposure(country, isic).index.value for country, isic in (("KAZ", "01"), ("KAZ", "13"), ("BGD", "01"))]
    each.append(exposure("BGD", "13").index.value)
    assert float(np.dot(weights, each)) == pytest.approx(1.0, rel=1e-5)


def test_the_same_question_gives_the_same_answer() -> None:
    assert exposure().hot_spots == exposure().hot_spots


def test_what_known_suppliers_carry_is_told_and_their_steps_are_named() -> None:
    table = small_table()

    def mapped(_: TableCodes, product: Product) -> tuple[Chain, Floats]:
        chain = chain_of(table, [MappedParty("pty_a", "A", 3, ((1, 0.1),)), MappedParty("pty_b", "B", 0)])
        demand = np.zeros(chain.size)
        demand[product.cells] = 0.5
        demand[4] = 0.5
        return chain, demand

    found = upstream_exposure(table, buying(table, "BGD", "14"), AS_OF, mapped=mapped, shown=100)
    assert 0 < found.mapped < 1
    assert exposure().mapped == 0
    assert ("pty_a", "pty_b") in {chain.mapped for chain in found.chains}
    assert sum(found.by_tier) == pytest.approx(1.0, abs=1e-5)


def test_purchases_that_carry_nothing_have_no_answer() -> None:
    table = replace(small_table(), industries=("A01", "widgets"), inputs=small_table().inputs * 0)
    with pytest.raises(OptionError, match="no data"):
        upstream_exposure(table, lambda codes: Product(np.array([1]), np.ones(1), "KAZ", False, ()), AS_OF)


@pytest.mark.parametrize("options", [{"tiers": 0}, {"tolerance": 0.0}, {"tolerance": 1.0}])
def test_options_that_make_no_sense_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(OptionError, match="at least 1"):
        exposure(**options)


@pytest.mark.real_data
def test_on_the_table_of_wiod_german_textiles_are_mostly_exposed_abroad_and_far_up(real_data: Path) -> None:
    """As with published satellites: own share of a few per cent, a third and more from the third tier on."""
    table = read_input_output(real_data / "io" / "wiod2011.npz")
    found = upstream_exposure(table, buying(table, "DEU", "13"), AS_OF)
    assert found.by_tier[0] < 0.1
    assert sum(found.by_tier[3:]) > 0.3
    assert next(one.share.value for one in found.by_country if one.name == "DEU") < 0.15
    assert found.paths_covered == pytest.approx(0.66, abs=0.03)
