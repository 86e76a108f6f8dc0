"""Words for what evidence says: who says so, which way it points, who may see it, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import AssertedBy, Indicator, Polarity, Visibility
from fairlead.reference import load_csv
from fairlead.risk.cards import Card, Cards, Group, shipped_cards

Text = str | Promise

WHO: Final[Mapping[str, Text]] = {
    AssertedBy.SELF: _("the party itself"),
    AssertedBy.BUYER: _("a buyer"),
    AssertedBy.AUDITOR: _("an auditor"),
    AssertedBy.UNION: _("a union or workers' organisation"),
    AssertedBy.WORKER_SIGNAL: _("workers"),
    AssertedBy.PUBLIC_LIST: _("a public list"),
    AssertedBy.PRESS: _("the press"),
    AssertedBy.STATE: _("an authority"),
    AssertedBy.MODEL: _("a model"),
}

POINTS: Final[Mapping[str, Text]] = {
    Polarity.SUPPORTS: _("points to a risk"),
    Polarity.CONTRADICTS: _("points the other way"),
    Polarity.MITIGATES: _("lowers the risk"),
}

SEEN_BY: Final[Mapping[str, Text]] = {
    Visibility.PUBLIC: _("everybody: it is public"),
    Visibility.ORGANISATION: _("your organisation"),
    Visibility.RESTRICTED: _("only those who may see what is restricted"),
}

#: How sure it is that the source says this of this party, as people say it.
SURE: Final[Mapping[float, Text]] = {
    1.0: _("sure: the source names this party and says just this"),
    0.8: _("likely: little doubt that it is about this party"),
    0.5: _("possible: it may be about another, or mean something else"),
    0.3: _("doubtful"),
}

#: Sources that stand in no table.
SOURCES: Final[Mapping[str, Text]] = {
    "supplier_list": _("the imported lists"),
    "by_hand": _("entered by hand"),
}

INDICATORS: Final[Mapping[str, Text]] = {
    Indicator.ABUSE_OF_VULNERABILITY: _("Abuse of vulnerability"),
    Indicator.DECEPTION: _("Deception"),
    Indicator.RESTRICTION_OF_MOVEMENT: _("Restriction of movement"),
    Indicator.ISOLATION: _("Isolation"),
    Indicator.PHYSICAL_AND_SEXUAL_VIOLENCE: _("Physical and sexual violence"),
    Indicator.INTIMIDATION_AND_THREATS: _("Intimidation and threats"),
    Indicator.RETENTION_OF_IDENTITY_DOCUMENTS: _("Retention of identity documents"),
    Indicator.WITHHOLDING_OF_WAGES: _("Withholding of wages"),
    Indicator.DEBT_BONDAGE: _("Debt bondage"),
    Indicator.ABUSIVE_WORKING_AND_LIVING_CONDITIONS: _("Abusive working and living conditions"),
    Indicator.EXCESSIVE_OVERTIME: _("Excessive overtime"),
}

#: Findings that a person enters by hand, by the part of the rating that they belong to; the others come from lists.
GROUPS: Final[Mapping[Group, Text]] = {
    Group.EVIDENCE: _("What is reported of its work"),
    Group.MITIGATION: _("What lowers the risk"),
    Group.BUYER: _("What the buyer does"),
    Group.WORKFORCE: _("How workers are employed"),
}


@cache
def cards() -> Cards:
    """Return the evidence cards."""
    return shipped_cards()


@cache
def source_titles() -> Mapping[str, str]:
    """Return the titles of the reference pack's sources by their ids."""
    return {row["source_id"]: row["title"] for row in load_csv("sources")}


def by_hand() -> Mapping[Group, list[Card]]:
    """Return the cards that a person can enter: those whose sentence needs no value that a list would give."""
    return {
        group: [card for card in cards().values() if card.group is group and "{" not in card.statement]
        for group in GROUPS
    }


def sure(confidence: float) -> Text:
    """Return how sure a confidence is, in words: those of the nearest degree at or below."""
    fitting = [degree for degree in SURE if degree <= confidence + 1e-9]
    return SURE[max(fitting, default=min(SURE))]
