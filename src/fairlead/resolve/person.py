"""What a row says of a person, in the parts by which persons are told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from rapidfuzz.distance import JaroWinkler, Levenshtein

from fairlead.identity.normalise import fold, phonetic
from fairlead.model.vocabulary import PartyKind
from fairlead.resolve.tables import read_table

#: From this Jaro-Winkler similarity on, two given names may be spellings of one.
_ALIKE: Final = 0.8
#: So many digits of a date of birth may be typing errors.
_TYPING_ERRORS: Final = 2
#: Columns that only a row about a person fills.
PERSON_COLUMNS: Final = ("given_name", "surname", "birth_date")
_ORDINAL: Final = re.compile(r"\d+(st|nd|rd|th)?")
_NOT_IN_NUMBER: Final = re.compile(r"[^0-9a-z]+")
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]+")
_DATE: Final = re.compile(r"(\d{4})(?:-?(\d{2}))?(?:-?(\d{2}))?")
#: The last digits of a telephone number, which are the same with and without the code of the country.
_PHONE_DIGITS: Final = 9
WHOLE_DATE: Final = len("YYYYMMDD")
_INWARD: Final = 3
_SHORT_POSTCODE: Final = 5


@dataclass(frozen=True)
class Person:
    """A person's name in parts and what else is compared; None or empty where the row does not say.

    `given` and `family` are folded, as are `words`, all words of the name without titles; `birth` is eight
    digits YYYYMMDD, fewer where less is known, as written where it is no date.
    """

    given: str | None
    family: str | None
    words: tuple[str, ...]
    birth: str | None
    birth_place: str | None
    gender: str | None
    occupation: str | None
    phone: str | None
    email: str | None
    number: str | None

    @property
    def told_apart(self) -> bool:
        """Whether rows that agree in all of this, and have a name, are the same person."""
        if self.number or self.phone or self.email or len(self.birth or "") == WHOLE_DATE:
            return True
        return sum(fact is not None for fact in (self.birth, self.birth_place, self.occupation)) > 1


def is_person(said: Mapping[str, Any], legal_form: str | None) -> bool:
    """Say whether a row, of which columns may be missing, is about a person.

    It is when it has a birth date or a given name or a surname of its own, or says that its kind is a person
    and its name has no legal form.
    """
    if any(said.get(column) for column in PERSON_COLUMNS):
        return True
    return said.get("kind") == PartyKind.PERSON and legal_form is None


def read_person(said: Mapping[str, Any]) -> Person:
    """Return what one row, as columns of FULL_ROW, says of a person."""
    words = [name_words(name) for name in (said["name"], *(said["other_names"] or ()))]
    given, family = _given_and_family(said)
    parts = {word for name in words for word in name} | set(given) | set(family)
    return Person(
        given=" ".join(given) or None,
        family=" ".join(family) or None,
        words=tuple(sorted(parts)),
        birth=_birth(said["birth_date"]),
        birth_place=fold(said["birth_place"] or "") or None,
        gender=fold(said["gender"] or "") or None,
        occupation=fold(said["occupation"] or "") or None,
        phone=_NOT_A_DIGIT.sub("", said["phone"] or "")[-_PHONE_DIGITS:] or None,
        email="".join((said["email"] or "").casefold().split()) or None,
        number=_NOT_IN_NUMBER.sub("", fold(said["personal_number"] or "")) or None,
    )


def name_words(name: str | None) -> list[str]:
    """Return the folded words of a person's name, without titles and ordinals, in their order."""
    return [
        word
        for word in fold(name or "").split()
        if word not in left_out("name_of_person") and not _ORDINAL.fullmatch(word)
    ]


def _given_and_family(said: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Take the list's own division of the name, else its first and last word; a comma ends a surname.

    A name of one part is taken for a surname: that is what remains of a name most often.
    """
    given, family = name_words(said["given_name"]), name_words(said["surname"])
    if not given and not family:
        given, family = _divided(said["name"] or "")
    return (given, family) if family else ([], given)


def _divided(name: str) -> tuple[list[str], list[str]]:
    before, comma, after = name.partition(",")
    first, last = name_words(before), name_words(after)
    if comma and len(first) == 1 and last and first != last:
        return last[:1], first
    words = [*first, *last] or fold(name).split()
    return words[:1], words[-1:] if len(words) > 1 else []


def _birth(text: str | None) -> str | None:
    """Return the digits of a date of birth; where it is no date, its letters and digits."""
    if not text:
        return None
    match = _DATE.fullmatch(text)
    return "".join(part for part in match.groups() if part) if match else _NOT_IN_NUMBER.sub("", fold(text)) or None


@cache
def left_out(where: str) -> frozenset[str]:
    """Return the folded words that tell nothing in a `name_of_person` or a `place`, by words_left_out.csv."""
    return frozenset(next(row["words"].split() for row in read_table("words_left_out") if row["in"] == where))


@cache
def _formal_names() -> Mapping[str, frozenset[str]]:
    """The formal given names of every name and short form, by their sound: bill is william's, alex two names'."""
    formal: dict[str, set[str]] = {}
    for row in read_table("given_names"):
        for form in (row["name"], *row["forms"].split()):
            formal.setdefault(phonetic(form), set()).add(phonetic(row["name"]))
    return {form: frozenset(names) for form, names in formal.items()}


def formal_names(word: str) -> frozenset[str]:
    """Return the formal given names that a word may stand for, by their sound; its own sound where it is none."""
    sound = phonetic(word)
    return _formal_names().get(sound, frozenset({sound}))


def cannot_be_one(one: Person, other: Person) -> bool:
    """Say whether two persons have dates of birth and given names that are neither alike nor misplaced.

    A number of the person that both have stands above that.
    """
    if one.number and one.number == other.number:
        return False
    births, names = (one.birth or "", other.birth or ""), (one.given, other.given)
    if None in names or min(map(len, births)) < WHOLE_DATE:
        return False
    if Levenshtein.distance(*births, score_cutoff=_TYPING_ERRORS) <= _TYPING_ERRORS:
        return False
    return not ({*names} & {*one.words} & {*other.words} or _may_be_one_given_name(*map(str, names)))


def _may_be_one_given_name(one: str, other: str) -> bool:
    """Say whether two folded given names are alike, forms of one name, or one an initial of the other."""
    if formal_names(one) & formal_names(other) or JaroWinkler.similarity(one, other) >= _ALIKE:
        return True
    return one[:1] == other[:1] and min(len(one), len(other)) == 1


def postcode_area(postcode: str | None) -> str | None:
    """Return the part of a postcode that says the town: all but three signs, of five or fewer the first half."""
    if not postcode:
        return None
    return postcode[:-_INWARD] if len(postcode) > _SHORT_POSTCODE else postcode[: (len(postcode) + 1) // 2]
