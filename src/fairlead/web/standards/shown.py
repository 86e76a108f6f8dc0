"""The standard as pages show it: by chapter, in the reader's language, law apart from guidance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.standard import Difference, Level, Provision, Standard, differences
from fairlead.web.site.templatetags.words import reader

_TYPES: Final[Mapping[str, str | Promise]] = {
    "yes_no": _("yes or no"),
    "choice": _("a choice"),
    "number": _("a number"),
    "money": _("an amount of money"),
    "date": _("a date"),
    "text": _("a text"),
    "file": _("a file"),
}

_KINDS: Final[Mapping[str, str | Promise]] = {
    "added": _("Added"),
    "removed": _("Taken out"),
    "reworded": _("Worded anew"),
    "level_raised": _("Level raised"),
    "level_lowered": _("Level lowered"),
    "changed": _("Changed"),
}

_FIELDS: Final[Mapping[str, str | Promise]] = {
    "title": _("Title"),
    "legal_minimum": _("Legal minimum"),
    "good_practice": _("Good practice"),
    "own_words": _("Own words"),
    "required": _("Level"),
    "sources": _("Sources"),
    "findings": _("Findings"),
    "indicators": _("ILO indicators"),
}

LEVELS: Final[Mapping[str, str | Promise]] = {
    "legal_minimum": _("legal minimum"),
    "good_practice": _("good practice"),
}


@dataclass(frozen=True)
class ShownProvision:
    """One provision in the reader's language; `law` and `guidance` are the places it rests on."""

    key: str
    title: str
    legal_minimum: str
    good_practice: str
    own_words: str
    supplement: str
    raised: bool
    of_the_law: bool
    law: list[str]
    guidance: list[str]
    questions: list[Mapping[str, Any]]


@dataclass(frozen=True)
class Chapter:
    """One chapter."""

    key: str
    title: str
    provisions: list[ShownProvision]


def chapters(standard: Standard, supplements: Collection[str]) -> list[Chapter]:
    """Return the chapters with what holds everywhere and in the supplements named; empty ones are left out."""
    told = reader().gettext
    made = [
        Chapter(
            key,
            told(title),
            [
                _shown(standard, one)
                for one in standard.provisions
                if one.topic == key and (not one.supplement or one.supplement in supplements)
            ],
        )
        for key, title in standard.topics.items()
    ]
    return [chapter for chapter in made if chapter.provisions]


def _shown(standard: Standard, one: Provision) -> ShownProvision:
    told = reader().gettext
    titles = {each.key: each.title for each in standard.supplements}
    places: dict[bool, list[str]] = {True: [], False: []}
    for source in one.sources:
        places[source.instrument.binding].append(f"{source.instrument.title}, {source.at}")
    return ShownProvision(
        key=one.key,
        title=told(one.title),
        legal_minimum=told(one.legal_minimum) if one.legal_minimum else "",
        good_practice=told(one.good_practice),
        own_words=one.own_words,
        supplement=told(titles[one.supplement]) if one.supplement else "",
        raised=one.of_the_law and one.required is Level.GOOD_PRACTICE,
        of_the_law=one.of_the_law,
        law=places[True],
        guidance=places[False],
        questions=[
            {
                "key": each.key,
                "ask": told(each.ask),
                "type": _TYPES[each.type],
                "proof": told(each.proof) if each.proof else "",
                "form": str(each.form),
                "months": each.holds_months,
            }
            for each in one.questions
        ],
    )


@dataclass(frozen=True)
class ShownDifference:
    """One difference between two versions in the reader's words."""

    title: str
    kind: str | Promise
    field: str | Promise
    before: str
    after: str


def shown_differences(old: Standard, new: Standard) -> list[ShownDifference]:
    """Return in what two versions differ."""
    titles = {one.key: one.title for one in (*old.provisions, *new.provisions)}
    told = reader().gettext

    def text(one: Difference, value: str) -> str:
        if one.field == "required":
            return str(LEVELS.get(value, value))
        return told(value) if value else ""

    return [
        ShownDifference(
            told(titles[one.provision]),
            _KINDS[one.kind],
            _FIELDS.get(one.field, _("Question") if one.field.startswith("questions") else ""),
            text(one, one.before),
            text(one, one.after),
        )
        for one in differences(old, new)
    ]
