"""The report's own words for the closed lists of the model, each as a text that catalogues translate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fairlead.language import Language
from fairlead.model.vocabulary import Band, LinkKind, PartyKind
from fairlead.plan.table import StepKind

Words = Callable[[Language], str]

NO_DATA: Final = "no_data"

#: Bands from the highest, and what is no band.
BANDS: Final = (*(str(band) for band in Band), NO_DATA)

_BAND_WORDS: Final[Mapping[str, Words]] = {
    Band.VERY_HIGH: lambda language: language.gettext("Very high"),
    Band.HIGH: lambda language: language.gettext("High"),
    Band.ELEVATED: lambda language: language.gettext("Elevated"),
    Band.MODERATE: lambda language: language.gettext("Moderate"),
    Band.LOW: lambda language: language.gettext("Low"),
    NO_DATA: lambda language: language.gettext("No data"),
}

_KIND_WORDS: Final[Mapping[str, Words]] = {
    PartyKind.COMPANY: lambda language: language.gettext("Company"),
    PartyKind.PERSON: lambda language: language.gettext("Sole trader"),
    PartyKind.PUBLIC_BODY: lambda language: language.gettext("Public body"),
    PartyKind.LABOUR_PROVIDER: lambda language: language.gettext("Labour provider"),
    PartyKind.VESSEL: lambda language: language.gettext("Vessel"),
    PartyKind.UNKNOWN: lambda language: language.gettext("Kind not known"),
}

_LINK_WORDS: Final[Mapping[str, Words]] = {
    LinkKind.SUPPLIES: lambda language: language.gettext("goods and services"),
    LinkKind.RECRUITS_FOR: lambda language: language.gettext("labour provider"),
    LinkKind.OWNS: lambda language: language.gettext("ownership"),
}

_STEP_WORDS: Final[Mapping[str, Words]] = {
    StepKind.STEP: lambda language: language.gettext("What to do"),
    StepKind.DOCUMENT: lambda language: language.gettext("Documents to ask for"),
    StepKind.QUESTION: lambda language: language.gettext("Questions to ask"),
    StepKind.PRESENCE: lambda language: language.gettext("Who should be there"),
    StepKind.AVOID: lambda language: language.gettext("What not to do"),
}

_MISSING_WORDS: Final[Mapping[str, Words]] = {
    "country": lambda language: language.gettext("the country"),
    "product": lambda language: language.gettext("what it supplies"),
    "country_facts": lambda language: language.gettext("facts about its country"),
    "workforce": lambda language: language.gettext("how its workers are employed"),
}

#: The name of a term that restricted evidence makes, where that is not shown.
NOT_SHOWN: Final = "not_shown"

#: Terms of a rating that are no evidence card.
_TERM_WORDS: Final[Mapping[str, Words]] = {
    "prior": lambda language: language.gettext("Starting point"),
    "context_ceiling": lambda language: language.gettext("Ceiling for place, good and sector"),
    "import_ban_floor": lambda language: language.gettext(
        "Rule: a name on an import ban or forced labour list raises the rating until the publisher removes it"
    ),
    NOT_SHOWN: lambda language: language.gettext("Evidence that is not shown"),
}


def band_word(language: Language, band: str | None) -> str:
    """Return the word for a band; for null that there is no data."""
    return _BAND_WORDS[band or NO_DATA](language)


def kind_word(language: Language, kind: str) -> str:
    """Return the word for a kind of party."""
    return _KIND_WORDS[kind](language)


def link_word(language: Language, kind: str) -> str:
    """Return the word for a kind of link that the tier picture draws."""
    return _LINK_WORDS[kind](language)


def step_word(language: Language, kind: str) -> str:
    """Return the heading over steps of one kind."""
    return _STEP_WORDS[kind](language)


def missing_word(language: Language, name: str) -> str:
    """Return the word for something whose absence widened an interval or prevented a rating."""
    return _MISSING_WORDS[name](language)


def term_word(language: Language, name: str, title: str) -> str:
    """Return the short name of a term of a rating, given the title of its evidence card where it has one."""
    return _TERM_WORDS[name](language) if name in _TERM_WORDS else language.gettext(title or name)
