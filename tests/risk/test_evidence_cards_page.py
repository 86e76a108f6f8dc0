"""The page of the evidence cards is what the cards say."""

from __future__ import annotations

from builders import evidence_cards
from fairlead.risk import shipped_cards
from fairlead.risk.cards import Group


def test_the_page_is_made_from_the_cards_as_they_are() -> None:
    assert evidence_cards.PAGE.read_text(encoding="utf-8") == evidence_cards.page(), "run ./run build evidence-cards"


def test_every_card_is_on_the_page_with_its_citation() -> None:
    page = evidence_cards.page()
    assert set(evidence_cards.GROUPS) == set(Group)
    for card in shipped_cards().values():
        assert f"### `{card.key}`" in page
        assert card.citation in page
