"""Finds parties by words of their names and by their numbers, in whatever script."""

from __future__ import annotations

from django.db.models import Q

from fairlead.identity.normalise import fold
from fairlead.web.parties.models import Party


def named(typed: str, of: str = "") -> Q:
    """Return the condition that each typed word stands in a party's names or numbers.

    `of` is the field of the rows that points at the party; empty where the rows are parties themselves. The condition
    is a question of its own about all parties, those of other organisations too: read from end to end they take a third
    of the time that they take in the order of an index. What rows are seen is narrowed by whoever uses it.
    """
    words = Q()
    for word in fold(typed).split() or [typed.lower()]:
        words &= Q(search__contains=word)
    return Q(**{f"{of or 'pk'}__in": Party.objects.filter(words).order_by().values("pk")})
