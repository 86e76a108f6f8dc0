"""What follows from a party's facts and is kept beside them: folded name, search text, id."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from fairlead.identity.normalise import fold, split_legal_form
from fairlead.web.parties.models import Party


def derive(party: Party, numbers: Iterable[str]) -> None:
    """Set the folded name, legal form, names and search text of a party from its names and numbers."""
    split = split_legal_form(party.name, party.country)
    party.folded, party.legal_form = split.folded[:400], split.legal_form
    party.names = sorted({party.name, *(name for name in party.names if name)})
    words = {fold(name) for name in party.names} | {name.lower() for name in party.names} | {n.lower() for n in numbers}
    party.search = " | ".join(sorted(words)).replace("\0", "")  # SQLite would index nothing behind it


def new_uid(prefix: str) -> str:
    """Return an id for what a person adds by hand; nothing that is read from a file can have it."""
    return f"{prefix}_{secrets.token_hex(8)}"
