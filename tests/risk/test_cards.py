from __future__ import annotations

import copy
import string
from typing import Any

import pytest

from fairlead.errors import InvalidReference
from fairlead.model.message import PLACEHOLDER_FORMATS
from fairlead.model.vocabulary import Indicator, Workforce
from fairlead.reference import load_yaml
from fairlead.risk import shipped_cards
from fairlead.risk.cards import Basis, Group, cards_from

CARDS = shipped_cards()


def test_every_finding_that_other_rooms_name_has_a_card() -> None:
    named = {
        "listed_import_ban",
        "possible_import_ban_match",
        "listed_other",
        "possible_other_match",
        "good_forced_labour_listed",
        "good_child_labour_listed",
        "good_input_listed",
        "state_imposed_region",
        "good_state_imposed",
        "country_tip_tier",
        "country_rule_of_law",
        "country_conventions",
        "sector_exposure",
        "labour_provider_used",
        "identifier_invalid",
        *(f"workforce_{tag}" for tag in Workforce),
    }
    assert named <= set(CARDS)


def test_every_card_has_a_citation_or_says_that_it_is_elicited() -> None:
    for card in CARDS.values():
        assert card.citation.strip()
        if card.basis is Basis.MEASURED:
            assert "elicited" not in card.citation


def test_every_indicator_of_the_ilo_has_a_card() -> None:
    assert {indicator for card in CARDS.values() for indicator in card.indicators} == set(Indicator)


def test_placeholders_have_a_format_that_the_languages_know() -> None:
    for card in CARDS.values():
        for level in card.levels.values():
            for _, name, format_spec, _ in string.Formatter().parse(level.statement):
                assert name is None or format_spec in PLACEHOLDER_FORMATS, card.key


def test_what_lowers_the_estimate_needs_more_than_the_suppliers_word() -> None:
    for card in CARDS.values():
        if card.group is Group.MITIGATION and min(level.lr for level in card.levels.values()) < 0.9:
            assert card.verified_by, card.key


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"citation": " "}, "citation"),
        ({"lr": 0}, "lr"),
        ({"group": "gossip"}, "gossip"),
        ({"half_life_years": 0}, "half_life"),
        ({"indicators": ["bad_luck"]}, "bad_luck"),
    ],
)
def test_a_card_that_breaks_the_rules_is_named(change: dict[str, Any], told: str) -> None:
    content = copy.deepcopy(load_yaml("evidence_cards"))
    documents_held = next(card for card in content["cards"] if card["key"] == "documents_held")
    documents_held.update(change)
    with pytest.raises(InvalidReference, match=f"documents_held.*{told}"):
        cards_from(content)


def test_a_card_that_stands_there_twice_is_named() -> None:
    content = copy.deepcopy(load_yaml("evidence_cards"))
    content["cards"].append(content["cards"][0])
    with pytest.raises(InvalidReference, match="twice"):
        cards_from(content)
