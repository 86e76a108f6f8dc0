"""What a party will say after others were merged into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fairlead.web.parties.models import Party

#: Facts of which the kept party's stands, and where it has none the first that another has.
FILLED: Final = ("kind", "country", "tier", "contact_email", "language")

#: The values of the kept party that a merge may change.
CHANGED: Final = ("name", *FILLED, "names", "workforce", "note", "folded", "legal_form", "search")


def among_said(parties: Sequence[Party], wanted: Mapping[str, str | None]) -> dict[str, Any]:
    """Return those of the wanted values that one of the parties says, as it says them; anything else is left out."""
    chosen = {}
    for field in ("name", *FILLED):
        said = {str(getattr(party, field)): getattr(party, field) for party in parties}
        value = wanted.get(field)
        if value is not None and value in said:
            chosen[field] = said[value]
    return chosen


def combined(kept: Party, others: Sequence[Party], chosen: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the values that the kept party will have; `chosen` holds those that a person has chosen.

    All names and ways of employing are kept, and notes follow one another. A kind that is not known is filled too.
    """
    together = [kept, *others]
    values: dict[str, Any] = {"name": kept.name}
    for field in FILLED:
        said = [getattr(party, field) for party in together]
        values[field] = next((value for value in said if value not in (None, "", "unknown")), said[0])
    values |= {name: value for name, value in (chosen or {}).items() if name in values}
    values["names"] = sorted({name for party in together for name in (party.name, *party.names)})
    values["workforce"] = sorted({one for party in together for one in party.workforce})
    values["note"] = "\n".join(dict.fromkeys(party.note.strip() for party in together if party.note.strip()))
    return values
