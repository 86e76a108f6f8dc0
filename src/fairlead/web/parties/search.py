"""Finds parties by words of their names and by their numbers, in whatever script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from fairlead.identity.normalise import fold
from fairlead.web.parties import name_index
from fairlead.web.parties.models import Party

#: So many rows at most are named in a larger question one by one.
ASKED_BEFOREHAND: Final = 1_000
_IN_INDEX: Final = f"SELECT rowid FROM {name_index.INDEX} WHERE {name_index.INDEX} MATCH %s"  # noqa: S608 - names of ours


def named(typed: str, of: str = "") -> Q:
    """Return the condition that each typed word stands in a party's names or numbers.

    `of` is the field of the rows that points at the party; empty where the rows are parties themselves. For SQLite the
    condition is a question of its own about all parties, those of other organisations too, which an index of trigrams
    answers (see `name_index`); PostgreSQL takes its index by itself, and is asked directly: joined to themselves,
    parties take it two or three times as long. What rows are seen is narrowed by whoever uses it.
    """
    words = words_of(typed)
    if connection.vendor == "postgresql" and not of:
        return _read(words)
    return Q(**{f"{of or 'pk'}__in": _keys(words)})


def words_of(typed: str) -> list[str]:
    """Return the words that were typed, as search texts have them; what has no letter in it is taken as it stands.

    The letter of code 0 is a space: no text of a database holds it.
    """
    return fold(typed).split() or [typed.replace("\0", " ").strip().lower()]


def _read(words: Sequence[str]) -> Q:
    """Return the condition that a party's search text has each word."""
    condition = Q()
    for word in words:
        condition &= Q(search__contains=word)
    return condition


def _keys(words: Sequence[str]) -> Any:
    """Return the query for the keys of parties whose search text has each word.

    SQLite is asked by its index for the words that are long enough and folded: they are small Latin letters and digits
    only, so that nothing in them has to be escaped. Texts are read for the others. PostgreSQL is asked beforehand: as
    part of a larger question it takes the parties for more than they are, and reads them all.
    """
    if connection.vendor == "postgresql":
        keys = Party.objects.filter(_read(words)).order_by().values_list("pk", flat=True)
        first = list(keys[: ASKED_BEFOREHAND + 1])
        return first if len(first) <= ASKED_BEFOREHAND else keys
    looked_up = [word for word in words if _has_trigrams(word)] if _index_of_sqlite() else []
    read = [word for word in words if word not in looked_up]
    found = RawSQL(_IN_INDEX, [" AND ".join(f'"{word}"' for word in looked_up)])  # noqa: S611 - the words are a parameter
    if looked_up and not read:
        return found
    parties = Party.objects.filter(pk__in=found) if looked_up else Party.objects.all()
    return parties.filter(_read(read)).order_by().values("pk")


def _index_of_sqlite() -> bool:
    return connection.vendor == "sqlite" and name_index.is_there()


def _has_trigrams(word: str) -> bool:
    return len(word) >= name_index.LEAST_LETTERS and word.isascii() and word.isalnum()
