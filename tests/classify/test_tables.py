"""The tables of goods and sectors point only to what exists."""

from __future__ import annotations

import pytest

from fairlead.reference import load_csv


def codes(table: str) -> set[str]:
    return {row["code"] for row in load_csv(table)}


@pytest.mark.parametrize("table", ["goods", "sectors"])
def test_isic_and_hs_codes_exist(table: str) -> None:
    known = {"isic": codes("isic4"), "hs": codes("hs2022")}
    unknown = [
        (row[table[:-1]], column, code)
        for row in load_csv(table)
        for column in known
        for code in row[column].split()
        if code not in known[column]
    ]
    assert unknown == []


def test_every_good_of_the_list_of_goods_is_in_the_table() -> None:
    goods = {row["good"] for row in load_csv("goods")}
    assert {row["good"] for row in load_csv("goods_listed")} <= goods


def test_the_table_says_which_goods_are_on_the_list_of_goods() -> None:
    listed = {row["good"] for row in load_csv("goods_listed")}
    assert {row["good"] for row in load_csv("goods") if row["on_dol_list"] == "yes"} == listed


def test_a_good_s_sector_and_inputs_exist() -> None:
    goods, sectors = ({row[key] for row in load_csv(f"{key}s")} for key in ("good", "sector"))
    assert [row["good"] for row in load_csv("goods") if row["sector"] not in sectors] == []
    assert [row["good"] for row in load_csv("goods") if not set(row["inputs"].split()) <= goods] == []


@pytest.mark.parametrize(("table", "key"), [("goods", "good"), ("sectors", "sector")])
def test_keys_are_unique(table: str, key: str) -> None:
    keys = [row[key] for row in load_csv(table)]
    assert len(keys) == len(set(keys))
