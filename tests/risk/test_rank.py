from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from fairlead.model.schemas import RATING
from fairlead.risk import rank
from fairlead.risk.rank import spend_share
from tests.risk.make import evidence, evidences, link, links


def ratings(**subjects: tuple[str | None, float | None]) -> pa.Table:
    rows = [{"subject_id": key, "band": band, "p": p} for key, (band, p) in subjects.items()]
    return pa.Table.from_pylist(rows, schema=RATING)


def chain(*subjects: str, **values: Any) -> pa.Table:
    return links(*(link(subject, **values) for subject in subjects))


def test_bands_come_in_order_and_no_data_stands_between_elevated_and_moderate() -> None:
    table = ratings(
        a=("low", 0.001),
        b=(None, None),
        c=("very_high", 0.5),
        d=("moderate", 0.01),
        e=("elevated", 0.1),
        f=("high", 0.2),
    )
    assert rank(table, evidences(), chain(*"abcdef")) == ["c", "f", "e", "b", "d", "a"]


def test_listed_parties_come_first_and_then_the_probability_decides() -> None:
    table = ratings(a=("very_high", 0.9), b=("very_high", 0.8), c=("very_high", 0.95))
    assert rank(table, evidences(evidence("listed_import_ban", "b")), chain(*"abc")) == ["b", "c", "a"]


def test_a_difference_that_only_the_machine_sees_does_not_decide() -> None:
    table = ratings(a=("high", 0.3 - 1e-16), b=("high", 0.3))
    spent = links(link("a", spend=Decimal(9), currency="EUR"), link("b", spend=Decimal(1), currency="EUR"))
    assert rank(table, evidences(), spent) == ["a", "b"]


def test_of_equal_probability_the_larger_share_of_spend_comes_first_and_then_the_id() -> None:
    table = ratings(a=(None, None), b=(None, None), c=(None, None), d=(None, None))
    spent = links(
        link("a"), link("d"), link("b", spend=Decimal(10), currency="KZT"), link("c", spend=Decimal(90), currency="KZT")
    )
    assert rank(table, evidences(), spent) == ["c", "b", "a", "d"]


def test_amounts_in_different_currencies_are_compared_only_as_shares() -> None:
    spent = links(
        link("a", spend=Decimal(50), currency="EUR"),
        link("b", spend=Decimal(900000), currency="KZT"),
        link("c", spend=Decimal(100000), currency="KZT"),
        link("c", spend=Decimal(50), currency="EUR"),
    )
    assert spend_share(spent) == pytest.approx({"a": 0.5, "b": 0.9, "c": 0.5})


def test_who_is_only_named_as_an_owner_comes_last() -> None:
    table = ratings(owner=(None, None), supplier=("low", 0.001))
    chain_of_two = links(link("owner", kind="owns", to_id="supplier"), link("supplier"))
    assert rank(table, evidences(), chain_of_two) == ["supplier", "owner"]
