"""Suppliers that any model must rate alike are found, and nobody else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.risk.alike import alike
from fairlead.risk.rating import score
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

LISTED = {"finding": "good_forced_labour_listed", "cluster_key": "listing"}
DEBT = {"finding": "recruitment_debt_reported", "asserted_by": "union", "event_date": "2026-01"}


def kinds(*each: tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]) -> list[int]:
    """The kinds of suppliers, each given as its own columns, its evidence and its link."""
    names = [f"pty_{number}" for number in range(len(each))]
    found = alike(
        parties(*(party(name, **own) for name, (own, _, _) in zip(names, each, strict=True))),
        links(*(link(name, **chain) for name, (_, _, chain) in zip(names, each, strict=True))),
        evidences(
            *(evidence(subject=name, **row) for name, (_, rows, _) in zip(names, each, strict=True) for row in rows)
        ),
    )
    return [int(one) for one in found.kind]


def test_the_same_facts_make_the_same_kind_whatever_the_ids() -> None:
    one = ({"country": "KAZ"}, [LISTED, DEBT], {"good": "cotton"})
    other = ({"country": "UZB"}, [{**DEBT, "locator": "elsewhere"}, LISTED], {"good": "cotton"})
    assert kinds(one, other) == [0, 0]


@pytest.mark.parametrize(
    "other",
    [
        ({}, [LISTED], {"good": "cotton"}),
        ({"country": "KAZ", "workforce": ["migrant"]}, [LISTED], {"good": "cotton"}),
        ({"country": "KAZ"}, [{**LISTED, "confidence": 0.5}], {"good": "cotton"}),
        ({"country": "KAZ"}, [LISTED, LISTED | {"locator": "again"}], {"good": "cotton"}),
        ({"country": "KAZ"}, [{**LISTED, "cluster_key": None}], {"good": "cotton"}),
        ({"country": "KAZ"}, [LISTED], {"sector": "textiles"}),
    ],
)
def test_whatever_may_change_a_rating_makes_another_kind(
    other: tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]],
) -> None:
    assert kinds(({"country": "KAZ"}, [LISTED], {"good": "cotton"}), other) == [0, 1]


FACTS = st.lists(
    st.sampled_from([LISTED, DEBT, {"finding": "country_tip_tier", "value": "3"}, {"finding": "workforce_migrant"}]),
    max_size=4,
)


@given(st.lists(st.tuples(FACTS, st.sampled_from(["cotton", "gold"])), min_size=1, max_size=8))
@settings(max_examples=40)
def test_rating_one_of_each_kind_rates_everybody(each: list[tuple[list[dict[str, Any]], str]]) -> None:
    names = [f"pty_{number}" for number in range(len(each))]
    firms = parties(*(party(name, country="KAZ") for name in names))
    chain = links(*(link(name, good=good) for name, (_, good) in zip(names, each, strict=True)))
    facts = evidences(
        *(evidence(subject=name, **row) for name, (rows, _) in zip(names, each, strict=True) for row in rows)
    )
    found = alike(firms, chain, facts)
    whole = score(firms, chain, facts, AS_OF)
    few = score(found.parties, found.links, found.evidence, AS_OF)
    assert list(found.ids) == whole.ids.to_pylist()
    assert np.allclose(few.sums.log_odds[found.kind], whole.sums.log_odds, atol=1e-12)
    assert np.allclose(few.sums.sd[found.kind], whole.sums.sd, atol=1e-12)
