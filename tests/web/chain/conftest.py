"""A chain to look at, and a quick way to make one."""

from __future__ import annotations

from itertools import count

from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party
from tests.web.conftest import add_party

_NUMBERS = count(1)


def party(organisation: Organisation, name: str, **facts: object) -> Party:
    """A party with an id of its own."""
    return add_party(organisation, name, f"pty_{next(_NUMBERS):016x}", **facts)


def link(giver: Party, receiver: Party | None = None, kind: str = "supplies", **facts: object) -> Link:
    """A link to another party, or to the organisation itself where there is no other."""
    return Link.objects.create(
        organisation=giver.organisation,
        uid=f"lnk_{next(_NUMBERS):016x}",
        from_party=giver,
        to_party=receiver,
        to_self=receiver is None,
        kind=kind,
        **facts,
    )


def many_links(organisation: Organisation, parties: int, receiver: Party | None, start: int = 0) -> list[Party]:
    """So many parties that all supply one other, or the organisation itself."""
    made = Party.objects.bulk_create(
        Party(
            organisation=organisation,
            uid=f"pty_{start + number:016x}",
            name=f"Supplier {start + number}",
            folded=f"supplier {start + number}",
            rank=start + number,
        )
        for number in range(parties)
    )
    Link.objects.bulk_create(
        Link(
            organisation=organisation,
            uid=f"lnk_{one.uid}",
            from_party=one,
            to_party=receiver,
            to_self=receiver is None,
            kind="supplies",
        )
        for one in made
    )
    return made
