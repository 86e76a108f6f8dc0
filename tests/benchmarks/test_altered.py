"""Names of listed companies as they come back in supplier lists."""

from __future__ import annotations

import random

import pytest

from benchmarks.identity.altered import ALTERATIONS, altered, can_be_altered


@pytest.mark.parametrize(
    ("rule", "name", "other"),
    [
        ("legal form left out", "HERON TRADING CO., LTD.", "HERON TRADING"),
        ("legal form written otherwise", "HERON TRADING LLC", "HERON TRADING Limited Liability Company"),
        ("words abbreviated", "HERON INDUSTRIES LTD", "HERON Inds LTD"),
        ("spelled otherwise", "KHARAZMI WORKS", "HARAZMI WORKS"),
        ("first two words joined", "SILVER HERON LTD", "SILVERHERON LTD"),
        ("first word last", "SILVER HERON LTD", "HERON SILVER"),
    ],
)
def test_every_rule_does_what_it_is_called(rule: str, name: str, other: str) -> None:
    assert ALTERATIONS[rule](name, random.Random(0)) == other


@pytest.mark.parametrize(("name", "can"), [("SILVER HERON LTD", True), ("EP-MNC", False), ("SOLID LTD", False)])
def test_names_of_one_word_and_marks_of_aircraft_are_left_alone(name: str, can: bool) -> None:
    assert can_be_altered(name) is can


def test_a_rule_that_changes_nothing_gives_way_to_the_next() -> None:
    rule, name = altered("SILVER HERON", 0, random.Random(0))
    assert rule == "typing error"
    assert name.lower() != "silver heron"


def test_the_same_seed_alters_in_the_same_way() -> None:
    names = ["SILVER HERON LTD", "COPPER LANTERN TRADING COMPANY", "GRANITE FOX"]
    first, second = (
        [altered(name, turn, draw) for turn, name in enumerate(names)] for draw in (random.Random(3), random.Random(3))
    )
    assert first == second
