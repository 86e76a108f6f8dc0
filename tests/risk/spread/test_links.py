"""The table of links as a graph: what each kind carries, what is set aside, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import LinkError
from fairlead.model.ids import BUYER_ID
from fairlead.risk.spread.exposure import noisy_or
from fairlead.risk.spread.links import Chain, chain_of
from fairlead.risk.spread.parameters import shipped_spread_parameters
from tests.risk.spread.make import link_rows, named, supplies

PARAMETERS = shipped_spread_parameters()


def chain(*rows: dict[str, Any], parties: tuple[str, ...] = (), as_of: str | None = None) -> Chain:
    return chain_of(named(*parties), link_rows(*rows), PARAMETERS, as_of=as_of, file="links.csv")


def carried(found: Chain) -> dict[tuple[str, str], float]:
    """All that goes over links, by the ids of giver and receiver."""
    graph, ids = found.graph, found.ids.to_pylist()
    one_way = {
        (ids[graph.giver[place]], ids[party]): float(graph.weight[place])
        for party in range(graph.nodes)
        for place in range(graph.start[party], graph.start[party + 1])
    }
    bonds = graph.bonds
    for first, second, forward, back in zip(bonds.first, bonds.second, bonds.forward, bonds.back, strict=True):
        one_way |= {(ids[first], ids[second]): float(forward), (ids[second], ids[first]): float(back)}
    return one_way


def said(found: Chain) -> list[str]:
    return [remark.template.replace(":number", "").format(**remark.values) for remark in found.remarks]


def test_goods_are_weighted_by_stated_share_else_by_spend_else_evenly() -> None:
    found = chain(
        supplies("mill", "maker", share=0.4),
        supplies("dyer", "maker", spend=300, currency="EUR"),
        supplies("cutter", "maker", spend=100, currency="EUR"),
        supplies("a", "b"),
        supplies("c", "b"),
    )
    assert carried(found) == pytest.approx(
        {("mill", "maker"): 0.4, ("dyer", "maker"): 0.45, ("cutter", "maker"): 0.15, ("a", "b"): 0.5, ("c", "b"): 0.5}
    )


def test_several_goods_from_one_supplier_are_one_link_with_the_sum_of_their_shares() -> None:
    found = chain(
        supplies("mill", "maker", good="cotton", share=0.4), supplies("mill", "maker", good="textiles", share=0.3)
    )
    assert carried(found) == pytest.approx({("mill", "maker"): 0.7})


def test_a_labour_provider_carries_risk_to_the_workplace_and_a_part_of_it_back() -> None:
    found = chain(
        {"from_id": "agency", "to_id": "farm", "kind": "recruits_for"},
        {"from_id": "agency", "to_id": "mill", "kind": "recruits_for"},
    )
    rule = PARAMETERS.rules["recruits_for"]  # type: ignore[index]
    each_way = {("agency", "farm"): rule.weight, ("farm", "agency"): rule.back / 2}
    assert carried(found) == pytest.approx(
        {**each_way, ("agency", "mill"): rule.weight, ("mill", "agency"): rule.back / 2}
    )


def test_two_workplaces_of_one_agency_reach_each_other_through_it() -> None:
    found = chain(
        {"from_id": "agency", "to_id": "farm", "kind": "recruits_for"},
        {"from_id": "agency", "to_id": "mill", "kind": "recruits_for"},
        parties=("agency", "farm", "mill"),
    )
    upstream = noisy_or(found.graph, np.array([0, 0.4, 0]), delta=0.7, sweeps=50).upstream
    assert upstream == pytest.approx([0.125 * 0.4, 0, 0.5 * 0.7 * 0.125 * 0.4])


def test_an_agency_does_not_look_worse_for_serving_many() -> None:
    few, many = (
        chain(*({"from_id": "agency", "to_id": f"farm{one}", "kind": "recruits_for"} for one in range(count)))
        for count in (2, 200)
    )
    exposure = [
        noisy_or(one.graph, np.full(len(one.ids), 0.02), delta=0.7, sweeps=50).upstream[0] for one in (few, many)
    ]
    assert exposure[1] == pytest.approx(exposure[0], rel=0.01)


def test_an_owner_counts_by_the_share_it_holds_and_a_parent_without_one_by_the_elicited_share() -> None:
    rule = PARAMETERS.rules["owns"]  # type: ignore[index]
    found = carried(chain({"from_id": "owner", "to_id": "mill", "kind": "owns", "share": 0.6}))
    assert found == pytest.approx({("owner", "mill"): rule.weight * 0.6, ("mill", "owner"): rule.back * 0.6})
    found = carried(chain({"from_id": "owner", "to_id": "mill", "kind": "owns"}))
    assert found[("owner", "mill")] == pytest.approx(rule.weight * rule.share_unknown)


def test_a_recruiter_that_is_named_twice_for_one_workplace_carries_no_more_than_once() -> None:
    row = {"from_id": "agency", "to_id": "farm", "kind": "recruits_for"}
    assert carried(chain(row, {**row, "good": "cotton"}, row)) == carried(chain(row))


def test_an_owner_that_several_sources_name_carries_what_the_largest_stated_share_does() -> None:
    row = {"from_id": "owner", "to_id": "mill", "kind": "owns"}
    once = carried(chain({**row, "share": 0.6}))
    assert carried(chain({**row, "share": 0.6}, {**row, "share": 0.6}, {**row, "share": 0.2})) == once
    assert (
        carried(chain({**row, "share": 0.6}, row)) == once
    )  # a source without a share adds nothing to one that has it


def test_a_supplier_that_is_also_the_owner_is_one_bond_and_its_ways_join_by_noisy_or() -> None:
    rule = PARAMETERS.rules["owns"]  # type: ignore[index]
    found = chain(
        supplies("owner", "mill", share=0.5), {"from_id": "owner", "to_id": "mill", "kind": "owns", "share": 1.0}
    )
    assert carried(found) == pytest.approx(
        {("owner", "mill"): 1 - 0.5 * (1 - rule.weight), ("mill", "owner"): rule.back}
    )
    assert len(found.graph.giver) == 0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"share": -0.1}, "row 3, column “share”: a share of -0.1 cannot be"),
        ({"share": 1.2}, "row 3, column “share”: a share of 1.2 cannot be"),
        ({"share": float("nan")}, "row 3, column “share”: a share of nan cannot be"),
        ({"good": "cotton", "spend": "inf"}, "row 3, column “spend”: a spend of inf cannot be"),
        ({"kind": "befriends"}, "row 3, column “kind”: “befriends” is no kind of link"),
    ],
)
def test_a_link_that_cannot_be_is_named_with_file_row_and_column(row: dict[str, Any], says: str) -> None:
    rows = [{"kind": "supplies", **one} for one in (supplies("a", "b", share=0.5), supplies("b", "c", **row))]
    columns = {name: [one.get(name) for one in rows] for name in ("from_id", "to_id", "kind", "share")}
    table = pa.table({**columns, "spend": pa.array([float(one.get("spend", 1)) for one in rows])})
    with pytest.raises(LinkError, match=f"^links.csv, {says}"):
        chain_of(named(), table, PARAMETERS, file="links.csv")


def test_what_is_set_aside_is_counted() -> None:
    found = chain(
        supplies("a", "a"),
        supplies("b", None),
        supplies("c", "d", to_date="2020-01-31"),
        supplies("e", "d", share=0.8),
        supplies("f", "d", share=0.8),
        supplies("f", "e", spend=-5),
        supplies("a", "d", spend=7),
        parties=("a", "b", "c", "d", "e"),
        as_of="2020-01-31",
    )
    assert carried(found) == pytest.approx({("e", "d"): 0.5, ("f", "d"): 0.5, ("f", "e"): 1, ("a", "d"): 0})
    assert said(found) == [
        "Links without a second end, such as those of suppliers of the second tier whose customer is not named; "
        "they reach nobody: 1.",
        "Links from a party to itself, set aside: 1.",
        "Links that have ended, left out: 1.",
        "Parties that stand in links only, without data of their own: 1.",
        "Links with a spend below nothing, which says nothing of shares: 1.",
        "Parties whose suppliers' shares pass 100% together and were brought down to it: 1.",
        "Links without a share to parties whose other suppliers' shares make 100% already, so that nothing is left for "
        "them and they carry nothing: 1.",
    ]


@pytest.mark.parametrize(
    ("to_date", "as_of", "stands"),
    [
        (None, "2026-03-31", True),
        ("2026-04-01", "2026-03-31", True),
        ("2026-03-31", "2026-03-31", False),
        ("2026-03-31T10:00:00", "2026-03-31", False),
        ("2026", "2026-03-31", True),  # some day of the year
        ("2026-03", "2026-03-30", True),
        ("2026-02", "2026-03-01", False),
        ("2025", "2026-03-31", False),
    ],
)
def test_a_link_stands_until_it_has_surely_ended(to_date: str | None, as_of: str, stands: bool) -> None:
    found = chain(supplies("a", "b", to_date=to_date), parties=("a", "b"), as_of=as_of)
    assert bool(carried(found)) == stands


def test_the_assessing_organisation_is_no_unknown_party() -> None:
    assert said(chain(supplies("a", BUYER_ID), parties=("a",))) == []


def test_no_links_at_all_make_a_chain_without_links() -> None:
    found = chain(parties=("a", "b"))
    assert found.ids.to_pylist() == ["a", "b"]
    assert len(found.graph.giver) == 0


def test_links_need_only_their_two_ends() -> None:
    table = pa.table({"from_id": ["a"], "to_id": ["b"]})
    assert carried(chain_of(named("a", "b"), table, PARAMETERS)) == {("a", "b"): 1}


ENDS = st.sampled_from(["a", "b", "c", "d", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "from_id": ENDS,
            "to_id": ENDS,
            "kind": st.sampled_from(["supplies", "supplies", "recruits_for", "owns", "houses"]),
            "good": st.sampled_from([None, "cotton", "thread_yarn"]),
            "share": st.sampled_from([None, 0.1, 1 / 3, 0.7]),
            "spend": st.sampled_from([None, 1, 10, 30]),
            "currency": st.sampled_from(["EUR", "KZT"]),
        }
    ),
    max_size=10,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_permuting_the_rows_changes_no_bit_of_the_graph(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (chain(*some, parties=("a", "b")) for some in (rows, shuffled))
    assert one.ids == other.ids
    for name in ("start", "giver", "weight"):
        assert getattr(one.graph, name).tobytes() == getattr(other.graph, name).tobytes()
    for name in ("first", "second", "forward", "back"):
        assert getattr(one.graph.bonds, name).tobytes() == getattr(other.graph.bonds, name).tobytes()
    assert one.remarks == other.remarks


def test_sums_of_spend_do_not_depend_on_the_order_of_rows_either() -> None:
    graphs = set()
    for order in permutations(("0.1", "0.2", "0.3", "0.7")):
        rows = [supplies("a", "b", spend=Decimal(spend), currency="EUR") for spend in order]
        graphs.add(chain(*rows, supplies("c", "b", spend=1, currency="EUR")).graph.weight.tobytes())
    assert len(graphs) == 1


@given(ROWS)
def test_what_a_link_carries_lies_between_nothing_and_all(rows: list[dict[str, Any]]) -> None:
    assert all(0 <= weight <= 1 for weight in carried(chain(*rows)).values())
