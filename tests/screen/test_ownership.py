"""Ownership by listed parties: OFAC's published examples, the other tests, and what must always hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.screen.owner_findings import find_owned
from fairlead.screen.ownership import Graph, cascade, multiplied, rule, standing_tests
from fairlead.screen.stakes import stakes_on
from tests.screen.holdings import AS_OF, found, hit, holding, only, owned, table

H = holding


@pytest.mark.parametrize(
    ("holdings", "blocked"),
    [
        # OFAC, FAQ 401, examples 1 to 5 as published
        pytest.param([H("X", "A", 50), H("A", "B", 50)], {"A", "B"}, id="1: through an entity owned to half"),
        pytest.param(
            [H("X", "A", 50), H("X", "B", 50), H("A", "C", 25), H("B", "C", 25)], {"A", "B", "C"}, id="2: through two"
        ),
        pytest.param(
            [H("X", "A", 50), H("X", "B", 10), H("A", "B", 40)], {"A", "B"}, id="3: directly and through another"
        ),
        pytest.param(
            [H("X", "A", 50), H("X", "B", 25), H("A", "C", 25), H("B", "C", 25)], {"A"}, id="4: one falls short"
        ),
        pytest.param([H("X", "A", 25), H("X", "B", 25), H("A", "C", 50), H("B", "C", 50)], set(), id="5: both short"),
    ],
)
def test_ofacs_published_examples(holdings: list[dict[str, Any]], blocked: set[str]) -> None:
    assert {party for party, finding in found(owned(holdings)).items() if finding == "owned_by_listed"} == blocked


def test_shares_of_several_listed_parties_are_added_up() -> None:
    # OFAC, FAQ 399: X owns 25 percent of A, and Y another 25 percent
    assert found(owned([H("X", "A", 25), H("Y", "A", 25)], listed=("X", "Y"))) == {"A": "owned_by_listed"}
    assert found(owned([H("X", "A", 25), H("Y", "A", 25)])) == {}


def test_an_owner_that_counts_counts_in_full_and_the_product_is_another_figure() -> None:
    finding = only(owned([H("X", "A", 50), H("A", "B", 50)]), "B")
    assert (finding.low, finding.high) == (Decimal("0.5"), Decimal("0.5"))
    assert finding.text.values["multiplied"] == "25%"
    # and the other way round: two owners of 49% each, wholly owned companies below them
    holdings = [H("X", "A", 49), H("X", "B", 49), H("A", "C", 50), H("B", "C", 50)]
    assert found(owned(holdings)) == {}


def test_control_is_no_share_and_a_finding_of_its_own() -> None:
    controls = H("X", "A", kind="controls", interest="appointmentOfBoard")
    assert found(owned([controls])) == {"A": "controlled_by_listed"}
    # OFAC, FAQ 398: control does not count further down as ownership; it does as control
    assert found(owned([controls, H("A", "B", 100)])) == {"A": "controlled_by_listed", "B": "controlled_by_listed"}
    assert found(owned([H("X", "A", 60), H("X", "A", kind="controls")])) == {"A": "owned_by_listed"}


@pytest.mark.parametrize(
    ("share", "finding"),
    [
        ((51, 75), "owned_by_listed"),
        ((40, 60), "possible_owned_by_listed"),
        ((25, 50), "possible_owned_by_listed"),
        ((25, Decimal("49.999999999")), None),
        (None, "possible_owned_by_listed"),
        (Decimal("49.999999999"), None),
        (50, "owned_by_listed"),
    ],
)
def test_an_interval_is_only_a_finding_where_all_of_it_passes(share: object, finding: str | None) -> None:
    assert found(owned([H("X", "A", share)])).get("A") == finding


def test_intervals_are_added_end_by_end() -> None:
    finding = only(owned([H("X", "A", (30, 40)), H("Y", "A", (25, 50))], listed=("X", "Y")), "A")
    assert (finding.finding, finding.low, finding.high) == ("owned_by_listed", Decimal("0.55"), Decimal("0.9"))


def test_everything_stays_possible_where_the_owner_only_may_be_listed() -> None:
    chain = [H("X", "A", 100), H("A", "B", 100)]
    assert found(owned(chain, listed=(), maybe=("X",))) == dict.fromkeys("AB", "possible_owned_by_listed")
    mixed = [H("X", "A", 30), H("Y", "A", 30)]
    assert found(owned(mixed, listed=("X",), maybe=("Y",))) == {"A": "possible_owned_by_listed"}
    controls = H("X", "A", kind="controls")
    assert found(owned([controls], listed=(), maybe=("X",))) == {"A": "possible_controlled_by_listed"}


def test_a_join_that_a_person_has_to_decide_makes_a_possible_finding() -> None:
    result = owned([H("X", "A file", 100)], possible=[("A list", "A file")])
    assert found(result)["A list"] == "possible_owned_by_listed"
    assert found(owned([H("X", "A file", 100)]))["A file"] == "owned_by_listed"
    assert "another of the same name" in only(result, "A list").text.values["why"]


def test_an_interest_that_may_be_something_else_is_possible_only() -> None:
    assert found(owned([H("X", "A", 100, certain=False)])) == {"A": "possible_owned_by_listed"}
    assert found(owned([H("X", "A", kind="controls", certain=False)])) == {"A": "possible_controlled_by_listed"}


@pytest.mark.parametrize(
    ("from_date", "to_date", "counts"),
    [
        (None, None, True),
        ("2020-01-01", None, True),
        ("2026-03-31", None, True),
        ("2026-04-01", None, False),
        (None, "2026-03-31", False),
        (None, "2026-04-01", True),
        ("2027", None, False),
        (None, "2025", False),
    ],
)
def test_only_holdings_in_force_count(from_date: str | None, to_date: str | None, counts: bool) -> None:
    assert bool(found(owned([H("X", "A", 100, from_date=from_date, to_date=to_date)]))) is counts


def test_what_a_source_says_twice_is_not_added_up() -> None:
    twice = [H("X", "A", 30), H("X", "A", 30, locator="another.json: the same")]
    assert found(owned(twice)) == {}
    assert owned(twice).remarks == ()


def test_sources_that_contradict_each_other_make_an_interval_and_a_remark() -> None:
    result = owned([H("X", "A", 30), H("X", "A", 60, locator="another.json: more")])
    assert found(result) == {"A": "possible_owned_by_listed"}
    assert [(place, reason.values["low"], reason.values["high"]) for place, reason in result.remarks] == [
        ("another.json: more", "30", "60")
    ]


def test_two_owners_of_one_name_may_be_one_and_are_not_added_up_for_certain() -> None:
    rows = [H("one Alpha", "A", 30), H("other Alpha", "A", 30, locator="another.json: Alpha")]
    names = {"one Alpha": "Alpha Holding LLP", "other Alpha": "ALPHA HOLDING", "A": "A"}
    hits = [hit("one Alpha"), hit("other Alpha")]
    (finding,) = find_owned(hits, table(*rows), names, as_of=AS_OF, subjects={"A"}).findings
    assert (finding.finding, finding.low, finding.high) == ("possible_owned_by_listed", Decimal("0.3"), Decimal("0.6"))
    assert "may be one" in finding.text.values["why"]


def test_an_exact_share_says_more_than_an_owner_without_one() -> None:
    assert found(owned([H("X", "A"), H("X", "A", 60, locator="owners.json: b")])) == {"A": "owned_by_listed"}
    assert found(owned([H("X", "A"), H("X", "A", 20, locator="owners.json: b")])) == {}


def test_shares_of_more_than_the_whole_are_a_remark() -> None:
    result = owned([H("X", "A", 70), H("Y", "A", 60)])
    assert result.remarks[0][1].values["total"] == "130"
    assert only(result, "A").low == Decimal("0.7")


def test_an_indirect_share_is_not_added_to_the_path_that_it_sums_up() -> None:
    # X has 40% of A through B, as the source says, and B's 40% are in the data too
    path = [H("X", "B", 100), H("B", "A", 40)]
    assert "A" not in found(owned([*path, H("X", "A", 40, reach="summary")]))
    assert found(owned([H("X", "A", 60, reach="summary")]))["A"] == "owned_by_listed"
    # where the source does not name the path, both may hold
    unnamed = [*path, H("X", "A", 40, reach="indirect")]
    assert found(owned(unnamed))["A"] == "possible_owned_by_listed"


def test_parties_that_own_each_other_come_to_an_end() -> None:
    ring = [H("A", "B", 100), H("B", "C", 100), H("C", "A", 100)]
    assert found(owned(ring)) == {}
    assert set(found(owned([*ring, H("X", "A", 50)]))) == {"A", "B", "C"}


def test_chains_of_any_length_and_many_ways_are_followed_without_getting_lost() -> None:
    chain = [H(f"N{number}", f"N{number + 1}", 100) for number in range(400)]
    result = owned([H("X", "N0", 100), *chain])
    assert len(result.findings) == 401
    assert only(result, "N400").text.values["paths"] == (
        "X 100% → N0 100% → N1 100% → N2 100% → N3 100% → N4 100% → … (390) → "
        "N395 100% → N396 100% → N397 100% → N398 100% → N399 100% → N400"
    )
    layers = [[f"L{layer}.{place}" for place in range(6)] for layer in range(40)]
    woven = [H(up, down, 16) for above, below in pairwise(layers) for up in above for down in below]
    roots = [H("X", one, 100) for one in layers[0]]
    assert only(owned([*roots, *woven]), "L39.0").text.values["paths"].count("X 100%") == 6


def test_a_listed_party_is_not_owned_by_itself_through_its_own_subsidiary() -> None:
    assert "X" not in found(owned([H("X", "A", 100), H("A", "X", 60)]))
    assert found(owned([H("X", "A", 100), H("A", "X", 60), H("Y", "X", 50)], listed=("X", "Y")))["X"] == (
        "owned_by_listed"
    )
    finding = only(owned([H("X", "P", 50), H("P", "S", 100), H("S", "P", 50)]), "P")
    assert finding.low == Decimal("0.5")  # what it owns of itself through S is not counted


def test_a_listing_that_has_ended_does_not_count() -> None:
    ended = hit("X", to_date="2025-01-01")
    assert find_owned([ended], table(H("X", "A", 100)), {}, as_of=AS_OF, subjects={"A"}).findings == ()


def test_the_sentence_tells_path_arithmetic_and_tests() -> None:
    text = only(owned([H("X", "B", 80), H("B", "A", 40), H("X", "A", 20)]), "A").text.values
    assert text["paths"] == "X 80% → B 40% → A; X 20% → A"
    assert text["sum"] == "B 40% + X 20% = 60%"
    assert (text["share"], text["multiplied"]) == ("60%", "52%")
    assert text["tests"].startswith("US Treasury (OFAC), 50 percent rule, EU Council, Best Practices (2024)")


def passed(holdings: list[dict[str, Any]], day: date, listed: tuple[str, ...] = ("X",)) -> str:
    return only(owned(holdings, listed=listed, as_of=day), "A").text.values["tests"]


def test_the_tests_of_other_authorities_are_those_of_the_day() -> None:
    half, day = [H("X", "A", 50)], date(2024, 1, 1)
    assert "EU" not in passed(half, day)  # more than half, until July 2024
    assert "EU" in passed(half, date(2024, 7, 3))
    assert "EU" in passed([H("X", "A", 51)], day)
    assert "United Kingdom" not in passed(half, AS_OF)
    two = [H("X", "A", 30), H("Y", "A", 30)]
    assert "United Kingdom" not in passed(two, AS_OF, ("X", "Y"))  # not added up
    assert [test.binding for test in standing_tests(AS_OF)] == [False, False, True]


def test_running_a_site_is_a_finding_and_no_control_in_law() -> None:
    finding = only(owned([H("X", "A", kind="operates", interest="operator")]), "A")
    assert (finding.finding, finding.text.values["tests"]) == ("controlled_by_listed", "–")
    finding = only(owned([H("X", "A", kind="controls")]), "A")
    assert "EU Council" in finding.text.values["tests"]
    assert "OFAC" not in finding.text.values["tests"]


# ---- what must always hold ---------------------------------------------------------------------------------------

PARTIES = "XYABCDEF"
SHARES = st.one_of(st.none(), st.integers(0, 100), st.tuples(st.integers(0, 50), st.integers(50, 100)))
HOLDINGS = st.lists(
    st.builds(
        lambda pair, share, kind, reach, certain: holding(*pair, share, kind=kind, reach=reach, certain=certain),
        st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(lambda pair: pair[0] != pair[1]),
        SHARES,
        st.sampled_from(["owns", "owns", "controls"]),
        st.sampled_from(["direct", "direct", "indirect", "summary"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(HOLDINGS)
@settings(max_examples=200, deadline=None)
def test_a_share_is_never_more_than_the_sum_of_the_shares_nor_than_the_whole(rows: list[dict[str, Any]]) -> None:
    result = owned(rows, maybe=("Y",))
    stakes = stakes_on(table(*rows), AS_OF).stakes
    for finding in result.findings:
        if finding.low is not None and finding.high is not None:
            held = [stake for stake in stakes if stake.held == finding.party_id]
            assert 0 <= finding.low <= finding.high <= 1
            assert finding.low <= sum(stake.low for stake in held)
            assert finding.high <= sum(stake.high for stake in held)
        assert finding.text.values["paths"]


@given(HOLDINGS, st.sampled_from("ABCDEF"), SHARES)
@settings(max_examples=200, deadline=None)
def test_an_owner_that_is_on_no_list_never_makes_a_finding(
    rows: list[dict[str, Any]], held: str, share: object
) -> None:
    before = found(owned(rows, maybe=("Y",)))
    assert found(owned([*rows, holding("Nobody", held, share)], maybe=("Y",))) == before


@given(HOLDINGS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_holdings_changes_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert owned(shuffled, maybe=("Y",)) == owned(rows, maybe=("Y",))


@given(HOLDINGS)
@settings(max_examples=200, deadline=None)
def test_what_is_certain_is_possible_and_more_listed_parties_never_take_a_party_out(
    rows: list[dict[str, Any]],
) -> None:
    graph = Graph(stakes_on(table(*rows), AS_OF).stakes)
    certain = cascade(graph, ["X"], rule())
    assert certain.keys() <= cascade(graph, ["X"], rule(), possible=True).keys()
    assert certain.keys() <= cascade(graph, ["X", "Y"], rule()).keys()
    low, high = (multiplied(graph, ["X"], possible=possible) for possible in (False, True))
    assert all(0 < share <= 1 and share <= high[party] for party, share in low.items())
