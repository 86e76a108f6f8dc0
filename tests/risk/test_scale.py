"""How many workers a rating concerns is kept apart from the rating, and is never made up."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.schemas import ROW
from fairlead.risk import context_evidence, rate
from fairlead.risk.scale import Headcount, NoScale, headcounts, scale
from tests.risk.make import AS_OF, link, links, parties, party, site, sites

PROBABILITY = st.floats(0.0001, 0.9999)
NOBODY = sites()


def rows(**workers: int | None) -> pa.Table:
    return pa.Table.from_pylist([{"row_id": key, "workers": count} for key, count in workers.items()], schema=ROW)


def counted(*places: dict[str, Any], **told: int | None) -> Headcount | None:
    firm = parties(party(row_ids=list(told)))
    return headcounts(firm, sites(*places), rows(**told)).get("pty_a")


# ---- the figure --------------------------------------------------------------------------------------------------


@given(st.integers(1, 5_000_000), st.lists(PROBABILITY, min_size=3, max_size=3).map(sorted))
def test_the_figure_is_workers_times_probability_with_the_ends_of_the_interval(workers: int, p: list[float]) -> None:
    found = scale(Headcount(workers, 1), *p)
    assert (found.low, found.middle, found.high) == tuple(workers * one for one in p)
    assert 0 < found.low <= found.middle <= found.high <= workers
    assert found.why_null is None


@given(st.lists(PROBABILITY, min_size=3, max_size=3).map(sorted))
def test_without_a_number_of_workers_there_is_no_figure_and_not_none(p: list[float]) -> None:
    found = scale(None, *p)
    assert (found.workers, found.low, found.middle, found.high) == (None, None, None, None)
    assert found.why_null is NoScale.HEADCOUNT


def test_without_a_rating_the_number_of_workers_is_told_and_no_figure() -> None:
    found = scale(Headcount(80, 1), None, None, None)
    assert (found.workers, found.middle, found.why_null) == (80, None, NoScale.RATING)


@given(st.one_of(st.none(), st.integers(0, 5_000_000)))
def test_the_number_of_workers_never_moves_the_probability_its_interval_or_the_band(workers: int | None) -> None:
    def rated(place: dict[str, Any]) -> list[dict[str, Any]]:
        firm, chain = parties(party(country="TKM", workforce=["seasonal"])), links(link(good="cotton"))
        evidence = context_evidence(firm, sites(place), chain, AS_OF)
        found: list[dict[str, Any]] = rate(firm, chain, evidence, AS_OF).to_pylist()
        return found

    assert rated(site(country="TKM", workers=workers)) == rated(site(country="TKM"))


# ---- the number of workers ---------------------------------------------------------------------------------------


def test_the_numbers_of_the_places_are_added_up() -> None:
    one, other = site(workers=120), {**site(workers=30), "site_id": "sit_other"}
    assert counted(one, other) == Headcount(150, 2)


def test_rows_that_name_no_place_give_the_largest_of_their_numbers() -> None:
    assert counted(row_1=40, row_2=55, row_3=None) == Headcount(55, 0)


def test_the_places_count_before_the_rows_from_which_they_were_made() -> None:
    assert counted(site(workers=120), row_1=120, row_2=900) == Headcount(120, 1)


@pytest.mark.parametrize("workers", [None, 0])
def test_a_number_that_is_not_given_or_nought_is_not_known(workers: int | None) -> None:
    assert counted(site(workers=workers), row_1=workers) is None


def test_a_party_s_rows_say_nothing_of_another_party() -> None:
    firms = parties(party(row_ids=["row_1"]), party("pty_b", row_ids=[]))
    assert headcounts(firms, NOBODY, rows(row_1=7)) == {"pty_a": Headcount(7, 0)}
