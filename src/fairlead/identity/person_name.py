"""Names of persons: one spelling of a name, its short form, the father's name, what many people are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from fairlead.identity.tables import read_yaml_table

_SHORTEST_STEM: Final = 3
_SHORTEST_FATHER_NAME: Final = 7
_MENS_ENDINGS: Final = ("ov", "ev", "in", "yn")
_SON_OF: Final = frozenset({"bin", "ben", "ibn"})


@cache
def _persons() -> Mapping[str, object]:
    table: Mapping[str, object] = read_yaml_table("person_names")
    return table


def _listed(section: str) -> Iterable[str]:
    words = _persons()[section]
    assert isinstance(words, list)
    return (str(word) for word in words)


@cache
def _spellings() -> Mapping[str, str]:
    return {
        word: family[0]
        for section in ("spellings", "word_spellings")
        for family in _families(section)
        for word in family
    }


def _families(section: str) -> Iterable[Sequence[str]]:
    families = _persons()[section]
    assert isinstance(families, list)
    return families


@cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    table = _persons()["short_forms"]
    assert isinstance(table, dict)
    forms: dict[str, set[str]] = {}
    for name, words in table.items():
        for word in words:
            forms.setdefault(word, set()).add(one_spelling(name))
    return {word: frozenset(names) for word, names in forms.items()}


@cache
def _given_names() -> frozenset[str]:
    table = _persons()["short_forms"]
    assert isinstance(table, dict)
    return frozenset(
        {
            *_listed("given_names"),
            *(word for family in _families("spellings") for word in family),
            *table,
            *_short_forms(),
        }
    )


@cache
def _common_names() -> frozenset[str]:
    return _given_names() | frozenset(_listed("family_names"))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(_listed("endings"), key=lambda ending: (-len(ending), ending)))


@cache
def _father_endings() -> tuple[str, ...]:
    return tuple(_listed("father_endings"))


def one_spelling(word: str) -> str:
    """Return the spelling under which a name is counted: muhammad is mohammed; other words stay as they are."""
    return _spellings().get(word, word)


def is_short_for(one: str, other: str) -> bool:
    """Whether one of two names is a short form of the other: bill and william, sasha and aleksandr."""
    forms = _short_forms()
    return (one in forms and one_spelling(other) in forms[one]) or (
        other in forms and one_spelling(one) in forms[other]
    )


def is_given_name(word: str) -> bool:
    """Whether a word is a first name that many people have."""
    return word in _given_names()


def is_common_name(word: str) -> bool:
    """Whether a word is a first or family name that many people have."""
    return word in _common_names()


def is_father_name(word: str) -> bool:
    """Whether a word is made from the father's name: viktorovich, viktorovna."""
    return word.endswith(_father_endings()) and len(word) >= _SHORTEST_FATHER_NAME


def without_shared_ending(one: str, other: str) -> tuple[str, str]:
    """Return two names without the ending that both have, such as -ullah or -ovich; at least three letters stay."""
    endings = _endings()
    if not (one.endswith(endings) and other.endswith(endings)):
        return one, other
    for ending in endings:
        if one.endswith(ending) and other.endswith(ending):
            shorter = min(len(one), len(other)) - len(ending)
            return (one[: -len(ending)], other[: -len(ending)]) if shorter >= _SHORTEST_STEM else (one, other)
    return one, other


def other_gender(one: str, other: str) -> bool:
    """Whether two family names are those of a man and a woman of one family: ivanov and ivanova."""
    short, long = sorted((one, other), key=len)
    return long == f"{short}a" and short.endswith(_MENS_ENDINGS)


def son_and_father(words: Sequence[str]) -> tuple[str, str] | None:
    """Return the names before and after bin, ben or ibn where they differ, None where there are no such."""
    for place in range(1, len(words) - 1):
        if words[place] in _SON_OF and words[place - 1] != words[place + 1]:
            return words[place - 1], words[place + 1]
    return None
