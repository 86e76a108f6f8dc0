"""`./run build evidence-cards`: write docs/reference/evidence-cards.md from evidence_cards.yaml.

A test compares the page with what this makes, so that no card and no number stays undocumented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fairlead.reference import load_yaml
from fairlead.risk import Card, shipped_cards
from fairlead.risk.cards import Group, Level

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "evidence-cards.md"

HEAD: Final = """# Evidence cards

<!-- Written by `./run build evidence-cards` from src/fairlead/reference/data/evidence_cards.yaml; do not edit. -->

Every finding that an evidence row can name has a card. It says what the finding weighs, for how long, and where the
number comes from. [How the rating is made](../explanation/risk-rating.md) says how cards are put together.

- **factor**: by how much the odds change when the finding is there (the likelihood ratio, median); above 1 it raises
  the estimate, below 1 it lowers it, at 1 it is shown and not counted.
- **spread**: standard deviation of the natural logarithm of the factor.
- **halves in**: after so many years the finding weighs half; a dash means that it does not age.
- **basis**: *measured* on data, or *elicited*: a judgement that waits to be replaced by data.
"""

#: The headings of the page, in the order of the groups.
GROUPS: Final = {
    Group.COUNTRY: "The country",
    Group.GOOD: "The good",
    Group.UPSTREAM: "What the good is made from",
    Group.STATE_IMPOSED: "Labour imposed by a State",
    Group.SECTOR: "The sector",
    Group.WORKFORCE: "The workforce",
    Group.LISTING: "Lists of names",
    Group.IDENTITY: "What the data themselves show",
    Group.EVIDENCE: "What workers, unions, auditors and documents say",
    Group.BUYER: "The buyer's own practice",
    Group.MITIGATION: "What lowers the estimate",
}


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(_group(group, heading) for group, heading in GROUPS.items()), _reliability()])


def _reliability() -> str:
    """Return how much the word of each channel counts where a card does not say otherwise."""
    default = load_yaml("evidence_cards")["reliability"]
    rows = [f"| {who.replace('_', ' ')} | {weight:g} |" for who, weight in default.items()]
    return "\n".join(
        [
            "## Who says so",
            "",
            "A finding's weight is multiplied by the reliability of whoever says it, or of whoever verified it where",
            "that is higher. These are judgements; a card may have its own.",
            "",
            "| who | weight |",
            "| --- | ---: |",
            *rows,
            "",
        ]
    )


def _group(group: Group, heading: str) -> str:
    cards = [card for card in shipped_cards().values() if card.group is group]
    return "\n".join([f"## {heading}", "", *(line for card in cards for line in _card(card))])


def _card(card: Card) -> Iterator[str]:
    yield from (f"### `{card.key}`", "", f"{card.title}. *{card.statement}*", "")
    yield from ("| value | factor | spread | halves in |", "| --- | ---: | ---: | ---: |")
    yield from (_level(level) for level in card.levels.values())
    yield ""
    if card.rule:
        yield f"- Rule: in force, it holds the estimate at {card.rule.floor:.0%} or more; the factor is for afterwards."
    if card.indicators:
        yield "- ILO indicators: " + ", ".join(indicator.replace("_", " ") for indicator in card.indicators)
    if card.verified_by:
        yield "- Counts only when verified by: " + ", ".join(who.replace("_", " ") for who in sorted(card.verified_by))
    yield f"- Basis: {card.basis}. Source: {card.citation}"
    if card.note:
        yield f"- {card.note}"
    yield ""


def _level(level: Level) -> str:
    half_life = "–" if level.half_life_years is None else f"{level.half_life_years:g} years"
    value = f"`{level.value}`: {level.name}" if level.value else "found"
    return f"| {value} | {level.lr:g} | {level.ln_sd:g} | {half_life} |"


def main(arguments: Sequence[str]) -> int:
    """Write the page."""
    del arguments
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
    return 0
