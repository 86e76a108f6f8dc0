"""Where the output of one party goes, by mass balance."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.risk.spread.downstream import Downstream, downstream
from fairlead.risk.spread.links import chain_of
from fairlead.risk.spread.parameters import shipped_spread_parameters
from tests.risk.spread.make import link_rows, named, supplies

PARAMETERS = shipped_spread_parameters()


def traced(origin: str, *rows: dict[str, Any]) -> tuple[Downstream, dict[tuple[str, str | None], Any]]:
    chain = chain_of(named(origin), link_rows(*rows), PARAMETERS)
    ids = chain.ids.to_pylist()
    found = downstream(chain, ids.index(origin), PARAMETERS)
    return found, {(ids[one.party], one.good): one for one in found.arrivals}


def test_output_is_divided_by_sales_and_content_by_purchases() -> None:
    # The farm sells 60 to a mill and 40 to a trader; the mill buys 20 elsewhere too and sells all to one shop.
    found, by_party = traced(
        "farm",
        supplies("farm", "mill", good="cotton", spend=60, currency="USD"),
        supplies("farm", "trader", good="cotton", spend=40, currency="USD"),
        supplies("other", "mill", good="cotton", spend=20, currency="USD"),
        supplies("mill", "shop", good="thread_yarn", spend=300, currency="USD"),
        supplies("another", "shop", good="thread_yarn", spend=100, currency="USD"),
        supplies("printer", "shop", good="paper", spend=100, currency="USD"),
    )
    mill, trader, shop = by_party["mill", "cotton"], by_party["trader", "cotton"], by_party["shop", "thread_yarn"]
    assert (mill.arrives, mill.ends, mill.content, mill.steps) == pytest.approx((0.6, 0, 0.75, 1))
    assert (trader.arrives, trader.ends, trader.content) == pytest.approx((0.4, 0.4, 1))
    # Of the shop's purchases 60% come from the mill, and three quarters of them from the farm; of its yarn 75%.
    assert (shop.arrives, shop.ends, shop.steps) == pytest.approx((0.6, 0.6, 2))
    assert (shop.content, shop.content_of_good) == pytest.approx((0.6 * 0.75, 0.75 * 0.75))
    assert found.going_round == 0
    assert ("shop", "paper") not in by_party


def test_what_never_leaves_a_cycle_is_said_to_go_round() -> None:
    found, by_party = traced("farm", supplies("farm", "a"), supplies("a", "b"), supplies("b", "a"))
    assert found.going_round == pytest.approx(1)
    assert by_party["a", None].arrives == 1
    assert by_party["a", None].ends == 0


def test_what_comes_back_to_the_origin_ends_there() -> None:
    found, by_party = traced("farm", supplies("farm", "a"), supplies("a", "farm"))
    assert found.going_round == 0
    assert by_party["farm", None].ends == 1


def test_a_party_that_sells_to_nobody_reaches_nobody() -> None:
    assert traced("shop", supplies("farm", "shop"))[0].arrivals == ()


def test_labour_and_ownership_carry_no_goods() -> None:
    assert traced("agency", {"from_id": "agency", "to_id": "farm", "kind": "recruits_for"})[0].arrivals == ()


NAMES = st.sampled_from("abcde")


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from([None, 1, 5, 20])), min_size=1, max_size=12))
def test_all_output_ends_somewhere_or_goes_round(rows: list[tuple[str, str, int | None]]) -> None:
    links = [
        supplies(giver, receiver, spend=spend, currency="EUR") for giver, receiver, spend in rows if giver != receiver
    ]
    if not any(link["from_id"] == "a" for link in links):
        return
    found, by_party = traced("a", *links)
    assert sum(one.ends for one in found.arrivals) + found.going_round == pytest.approx(1, abs=1e-9)
    assert all(0 <= one.content <= 1 + 1e-9 for one in by_party.values())
