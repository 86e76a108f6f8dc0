"""Shares of ownership and several owners in one cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.message import Message
from fairlead.read import read_suppliers
from fairlead.read.share import STEP, Owner, Share, are_fractions, read_owners, read_share, share_between

from .files import text_file

HALF = Decimal("0.5")


def exactly(value: str) -> Share:
    return Share(Decimal(value), Decimal(value))


BOTH = [Owner("Alpha Holding", exactly("0.6")), Owner("Beta Group", exactly("0.4"))]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("60%", exactly("0.6")),
        ("60", exactly("0.6")),
        ("33,333 %", exactly("0.33333")),
        ("100", exactly("1")),
        ("at least 50%", Share(HALF, Decimal(1))),
        ("≥ 50 %", Share(HALF, Decimal(1))),
        ("50% и более", Share(HALF, Decimal(1))),
        ("кемінде 50%", Share(HALF, Decimal(1))),
        ("au moins 50 %", Share(HALF, Decimal(1))),
        ("more than 50%", Share(HALF + STEP, Decimal(1))),
        ("менее 50%", Share(Decimal(0), HALF - STEP)),
        ("25-50%", Share(Decimal("0.25"), HALF)),
        ("25% – 50%", Share(Decimal("0.25"), HALF)),
    ],
)
def test_a_share_is_a_number_or_an_interval(text: str, share: Share) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["", "most", "120%", "-5%", "60% or so", "50-25%", "60 40", "1e3", "٣٠"])
def test_what_is_no_share_is_none(text: str) -> None:
    assert read_share(text) is None


@given(st.text(max_size=40))
def test_no_text_is_read_as_a_share_outside_0_to_1(text: str) -> None:
    share = read_share(text)
    assert share is None or 0 <= share.low <= share.high <= 1
    assert all(owner.name for owner in read_owners(text))


def test_an_end_that_is_left_out_lies_one_step_beside_it() -> None:
    assert share_between(Decimal(50), Decimal(75), above=True, below=True) == Share(HALF + STEP, Decimal("0.75") - STEP)
    with pytest.raises(ValueError, match="0 to 100"):
        share_between(Decimal(101), None)


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("Alpha Holding 60%; Beta Group 40%", BOTH),
        ("Alpha Holding (60%), Beta Group (40%)", BOTH),
        ("60% Alpha Holding, 40% Beta Group", BOTH),
        ("Alpha Holding — at least 50%", [Owner("Alpha Holding", Share(HALF, Decimal(1)))]),
        ("Alpha Holding, Ltd", [Owner("Alpha Holding, Ltd")]),
        ("Alpha (Kazakhstan), Ltd", [Owner("Alpha (Kazakhstan), Ltd")]),
        ("Alpha and Sons; Beta", [Owner("Alpha and Sons"), Owner("Beta")]),
        ("Alpha Holding 60%\nBeta Group 40%", BOTH),
        ("Alpha Holding\nLimited Liability", [Owner("Alpha Holding Limited Liability")]),
        ("Plant 7 LLP 100%", [Owner("Plant 7 LLP", exactly("1"))]),
        ("", []),
    ],
)  # fmt: skip
def test_several_owners_in_one_cell_are_told_apart(cell: str, owners: list[Owner]) -> None:
    assert read_owners(cell) == owners


def test_a_column_without_percent_signs_shows_whether_it_holds_fractions() -> None:
    assert are_fractions(["0.6", "1"]) is True
    assert are_fractions(["60", "100"]) is False
    assert are_fractions(["1", "1"]) is None
    assert are_fractions(["1%", "0.5%"]) is False


def read(tmp_path: Path, text: str) -> tuple[list[list[dict[str, object]]], list[str]]:
    result = read_suppliers([text_file(tmp_path / "list.csv", text)])
    remarks = [Message.from_arrow(one).template for one in result.remarks["reason"].to_pylist()]
    return result.rows["owners"].to_pylist(), remarks


def test_the_owners_and_shares_of_a_list_are_read(tmp_path: Path) -> None:
    owners, remarks = read(
        tmp_path,
        "Supplier;Country;Owner;Ownership share;Controlled by;Operated by;Subcontractor of\n"
        "Kyzyl Apparel;KZ;Alpha Holding;60%;;;\n"
        "Sary Mills;KZ;Beta Group;;Gamma;Delta;Kyzyl Apparel\n",
    )
    assert owners == [
        [{"name": "Alpha Holding", "share_low": Decimal("0.6"), "share_high": Decimal("0.6")}],
        [{"name": "Beta Group", "share_low": None, "share_high": None}],
    ]
    assert remarks == []
    rows = read_suppliers([tmp_path / "list.csv"]).rows
    assert rows.select(["parent", "controller", "operator", "subcontracts_for"]).to_pylist()[1] == {
        "parent": "Beta Group", "controller": "Gamma", "operator": "Delta", "subcontracts_for": "Kyzyl Apparel",
    }  # fmt: skip


def test_shares_that_cannot_be_used_are_remarked_on_and_not_used(tmp_path: Path) -> None:
    owners, remarks = read(
        tmp_path,
        "Supplier,Country,Owner,Ownership share\nKyzyl Apparel,KZ,Alpha Holding,140%\nSary Mills,KZ,Beta Group,most\n"
        "Kok Mills,KZ,,60%\nAk Mills,KZ,Gamma,30; 20\n",
    )
    assert [[one["share_low"] for one in each] for each in owners] == [[None], [None], [], [None]]
    assert remarks == [
        "“{value}” is not a share from 0 to 100%.",
        "“{value}” is not a share from 0 to 100%.",
        "“{value}” is a share, and no owner is named.",
        "There are {shares:number} shares for {owners:number} owners; none was used.",
    ]
