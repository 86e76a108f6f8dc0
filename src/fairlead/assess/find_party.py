"""Finds the one party that a person means by an id or a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from fairlead.errors import OptionError
from fairlead.identity.normalise import fold

#: So many parties are named when the words fit several.
_NAMED: Final = 12


def find_party(parties: Mapping[str, Collection[str]], words: str) -> str:
    """Return the id of the party that is meant: by its id; else a name, as written or folded; else what begins so.

    `parties` has the names of each party by its id, the one to show first. Raises OptionError where there is none, or
    where several fit; then it names them.
    """
    folded = fold(words)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda party: party == words,
        lambda party: words in parties[party],
        lambda party: bool(folded) and any(fold(name) == folded for name in parties[party]),
        lambda party: words.startswith("pty_") and party.startswith(words),
        lambda party: bool(folded) and any(fold(name).startswith(folded) for name in parties[party]),
    )
    for test in tests:
        found = [party for party in parties if test(party)]
        if len(found) == 1:
            return found[0]
        if found:
            raise OptionError(
                f"“{words}” fits {len(found)} parties: {_named(found, parties)}.", do="Give the id of one."
            )
    raise OptionError(
        f"There is no party “{words}” in these results.", do="parties.csv has their names and ids; give one of them."
    )


def _named(found: list[str], parties: Mapping[str, Collection[str]]) -> str:
    first = sorted((next(iter(parties[party]), ""), party) for party in found)
    text = "; ".join(f"{name} ({party})" if name else party for name, party in first[:_NAMED])
    return f"{text}; and {len(found) - _NAMED} more" if len(found) > _NAMED else text
