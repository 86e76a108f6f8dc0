"""Evidence cards: what each finding is, what it weighs and how long, read from evidence_cards.yaml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from fairlead.errors import InvalidReference, Where
from fairlead.model.vocabulary import AssertedBy, Indicator
from fairlead.reference import load_yaml

FILE: Final = "evidence_cards.yaml"


class Group(StrEnum):
    """The parts of a rating, in the order in which their terms are shown."""

    COUNTRY = "country"
    GOOD = "good"
    UPSTREAM = "upstream"
    STATE_IMPOSED = "state_imposed"
    SECTOR = "sector"
    WORKFORCE = "workforce"
    LISTING = "listing"
    IDENTITY = "identity"
    EVIDENCE = "evidence"
    BUYER = "buyer"
    MITIGATION = "mitigation"


class Knowledge(StrEnum):
    """What a finding is knowledge of."""

    CONTEXT = "context"
    SUPPLIER = "supplier"


class Basis(StrEnum):
    """Where a card's numbers come from."""

    MEASURED = "measured"
    ELICITED = "elicited"


@dataclass(frozen=True)
class Level:
    """One of the values a finding may have, and its weight: likelihood ratio, spread of its logarithm, half-life.

    `imposed_by_state` says that the finding is of labour that a State imposes now.
    """

    value: str
    name: str
    statement: str
    lr: float
    ln_sd: float
    half_life_years: float | None
    imposed_by_state: bool = False

    @property
    def ln_lr(self) -> float:
        """The natural logarithm of the likelihood ratio, in nats."""
        return math.log(self.lr)


@dataclass(frozen=True)
class Rule:
    """A finding that holds the probability at `floor` or above, unless the row's value says that it has ended."""

    floor: float
    ended_values: frozenset[str]


@dataclass(frozen=True)
class Card:
    """One finding: how it is told, what it weighs, for how long, on whose word, and where the number comes from.

    A card with one likelihood ratio has one level whose value is empty. `order` is its place in the file.
    `undoes_findings` says of what lowers the estimate that it may do so where a State imposes labour (see `imposed`).
    """

    key: str
    order: int
    title: str
    statement: str
    group: Group
    knowledge: Knowledge
    enough: bool
    indicators: tuple[Indicator, ...]
    levels: Mapping[str, Level]
    reliability: Mapping[AssertedBy, float]
    verified_by: frozenset[AssertedBy]
    rule: Rule | None
    basis: Basis
    citation: str
    note: str
    undoes_findings: bool = False

    def level(self, value: str | None) -> Level | None:
        """Return the level that an evidence row's value names; None where the card has no such level."""
        if "" in self.levels:
            return self.levels[""]
        return self.levels.get(value or "")


Cards = Mapping[str, Card]


def shipped_cards() -> Cards:
    """Return the cards of the reference pack by their keys, in the order of the file.

    Raises InvalidReference when the file breaks the rules that stand at its top.
    """
    return cards_from(load_yaml("evidence_cards"))


def cards_from(content: Mapping[str, Any]) -> Cards:
    """Read cards from the content of the YAML file.

    Raises InvalidReference when a card misses a field, repeats a key or has an unknown value.
    """
    default = content["reliability"]
    cards: dict[str, Card] = {}
    for order, entry in enumerate(content["cards"]):
        key = entry.get("key", f"number {order + 1}")
        try:
            card = _card(order, entry, default)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidReference(f"the card “{key}” cannot be read: {error!r}.", where=Where(file=FILE)) from error
        if key in cards:
            raise InvalidReference(f"the card “{key}” stands there twice.", where=Where(file=FILE))
        cards[key] = card
    return cards


def _card(order: int, entry: Mapping[str, Any], default: Mapping[str, float]) -> Card:
    rule = entry.get("rule")
    return Card(
        key=entry["key"],
        order=order,
        title=entry["title"],
        statement=entry["statement"],
        group=Group(entry["group"]),
        knowledge=Knowledge(entry["knowledge"]),
        enough=bool(entry.get("enough", False)),
        indicators=tuple(Indicator(name) for name in entry["indicators"]),
        levels=_levels(entry),
        reliability={AssertedBy(name): float(r) for name, r in {**default, **entry.get("reliability", {})}.items()},
        verified_by=frozenset(AssertedBy(name) for name in entry.get("verified_by", ())),
        rule=Rule(float(rule["floor"]), frozenset(rule["ended_values"])) if rule else None,
        basis=Basis(entry["basis"]),
        citation=_cited(entry["citation"]),
        note=entry.get("note", ""),
        undoes_findings=bool(entry.get("undoes_findings", False)),
    )


def _levels(entry: Mapping[str, Any]) -> Mapping[str, Level]:
    levels = entry.get("levels") or [{"level": "", "name": "", "lr": entry["lr"]}]
    return {str(level["level"]): _level(level, entry) for level in levels}


def _level(level: Mapping[str, Any], entry: Mapping[str, Any]) -> Level:
    half_life = level.get("half_life_years", entry["half_life_years"])
    lr, ln_sd = float(level["lr"]), float(level.get("ln_sd", entry["ln_sd"]))
    if lr <= 0 or ln_sd < 0 or (half_life is not None and half_life <= 0):
        raise ValueError("lr and half_life_years must be above 0, and ln_sd not below")
    return Level(
        value=str(level["level"]),
        name=level["name"],
        statement=level.get("statement", entry["statement"]),
        lr=lr,
        ln_sd=ln_sd,
        half_life_years=None if half_life is None else float(half_life),
        imposed_by_state=bool(level.get("imposed_by_state", entry.get("imposed_by_state", False))),
    )


def _cited(citation: str) -> str:
    if not citation.strip():
        raise ValueError("a card needs a citation, or the word elicited")
    return citation
