"""Who gives to whom, read with a bound on every part, so that a party with a million links costs what others cost.

These are written in SQL, in words that SQLite and PostgreSQL share: a limit for each party of a group, in one query,
cannot be said with Django's querysets on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from fairlead.model.vocabulary import Band, LinkKind
from fairlead.web.chain.link_words import KINDS, Line
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party

#: The id that stands for the organisation itself.
SELF: Final = 0

#: Links that are read in one step, over all parties of the step together.
READ_AT_MOST: Final = 2_000
#: Links of one party that are looked at where filters leave most of them out.
LOOKED_AT_MOST: Final = 4_000
#: Parties looked at, those to look at first before others, where one party has more links than are read.
RANKED_AT_MOST: Final = 5_000
#: So many of their links are taken.
RANKED_SHOWN: Final = 300
#: Links counted behind one party; beyond that it is "more than".
COUNTED_AT_MOST: Final = 500

#: A condition in SQL, and the values of its places.
Condition = tuple[str, list[Any]]

_LINK: Final = Link._meta.db_table
_PARTY: Final = Party._meta.db_table
_COLUMNS: Final = (
    "l.from_party_id, l.to_party_id, l.kind, l.good, l.share, p.id, p.uid, p.name, p.kind, p.country, p.band,"
    " p.assessed, p.rank"
)


@dataclass(frozen=True)
class Narrowed:
    """What the picture is narrowed to: kinds of link and goods, countries and bands of who gives; empty is all.

    A country is ISO 3166-1 alpha-3; a band may be no_data or not_assessed.
    """

    lines: tuple[Line, ...] = ()
    goods: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()

    def of_links(self, table: str) -> Condition:
        """Return the condition on links, and its values."""
        kinds = [str(kind) for line in self.lines for kind in KINDS[line]]
        return _all_of([_one_of(f"{table}.kind", kinds), _one_of(f"{table}.good", self.goods)])

    def of_parties(self, table: str) -> Condition:
        """Return the condition on parties, and its values."""
        band, values = _one_of(f"{table}.band", [each for each in self.bands if each in set(Band)])
        parts = [band] if band else []
        if "no_data" in self.bands:
            parts.append(f"({table}.assessed AND {table}.band IS NULL)")
        if "not_assessed" in self.bands:
            parts.append(f"NOT {table}.assessed")
        bands = (f"({' OR '.join(parts)})", values) if parts else ("", [])
        return _all_of([bands, _one_of(f"{table}.country", self.countries)])


def _one_of(column: str, values: Sequence[str]) -> Condition:
    return (f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)) if values else ("", [])


def _all_of(parts: Iterable[Condition]) -> Condition:
    told = [(sql, values) for sql, values in parts if sql]
    return "".join(f" AND {sql}" for sql, _ in told), [value for _, values in told for value in values]


@dataclass(frozen=True)
class Given:
    """One link as the picture takes it: ids of both ends (SELF is the organisation), and the party at the other end."""

    giver: int
    receiver: int
    kind: str
    good: str | None
    share: float | None
    party: int
    uid: str
    name: str
    party_kind: str
    country: str | None
    band: str | None
    assessed: bool
    rank: int


@dataclass(frozen=True)
class Step:
    """The links of one step; `more` are the parties of which not all links were read."""

    links: tuple[Given, ...] = ()
    more: frozenset[int] = frozenset()


def givers(organisation: Organisation, to: Sequence[int], narrowed: Narrowed) -> Step:
    """Return who gives to parties (SELF is the organisation): one query, or two where one party has very many links."""
    if not to:
        return Step()
    each = max(40, READ_AT_MOST // len(to))
    step = _read(organisation, [_towards(organisation, receiver) for receiver in to], each, "from_party_id", narrowed)
    step = Step(step.links, frozenset(_crowded(step.links, each, "receiver")))
    if len(to) == 1 and step.more:
        return Step(_highest_rated(organisation, to[0], narrowed), step.more)
    return step


def receivers(organisation: Organisation, party: int, narrowed: Narrowed) -> Step:
    """Return whom a party gives to, in one query; the organisation itself comes without a party."""
    known = ("l.from_party_id = %s AND (l.to_self = %s OR l.to_party_id IS NOT NULL)", [party, True])
    step = _read(organisation, [known], READ_AT_MOST, "to_party_id", Narrowed(narrowed.lines))
    return Step(step.links, frozenset(_crowded(step.links, READ_AT_MOST, "giver")))


def _towards(organisation: Organisation, receiver: int) -> Condition:
    if receiver == SELF:
        return "l.organisation_id = %s AND l.to_self = %s", [organisation.pk, True]
    return "l.to_party_id = %s", [receiver]


def _leads_to(receiver: int) -> Condition:
    """Return the condition on one giver's links; the sign keeps SQLite from going through all the receiver's."""
    return ("l.to_self = %s", [True]) if receiver == SELF else ("+l.to_party_id = %s", [receiver])


def _crowded(links: Iterable[Given], each: int, end: str) -> set[int]:
    counts: dict[int, int] = {}
    for link in links:
        key = getattr(link, end)
        counts[key] = counts.get(key, 0) + 1
    return {key for key, count in counts.items() if count >= each}


def _read(
    organisation: Organisation,
    ends: Sequence[Condition],
    each: int,
    other: str,
    narrowed: Narrowed,
) -> Step:
    of_links, link_values = narrowed.of_links("l")
    of_parties, party_values = narrowed.of_parties("p")
    looked = LOOKED_AT_MOST if of_links or of_parties else each
    outer = "LEFT JOIN" if other == "to_party_id" else "JOIN"
    parts, values = [], []
    for condition, ids in ends:
        parts.append(
            f"SELECT * FROM (SELECT {_COLUMNS} FROM (SELECT * FROM {_LINK} l WHERE {condition}"
            f" AND l.state = 'live' LIMIT {looked}) l {outer} {_PARTY} p ON p.id = l.{other} AND p.state = 'live'"
            f" WHERE l.organisation_id = %s{of_links}{of_parties} LIMIT {each}) part"
        )
        values += [*ids, organisation.pk, *link_values, *party_values]
    return Step(_links(" UNION ALL ".join(parts), values))


def _highest_rated(organisation: Organisation, to: int, narrowed: Narrowed) -> tuple[Given, ...]:
    """Return links to one party that has very many, by going through the parties in the order of their rank."""
    of_links, link_values = narrowed.of_links("l")
    of_parties, party_values = narrowed.of_parties("p")
    condition, ids = _leads_to(to)
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM {_PARTY} p WHERE p.organisation_id = %s AND p.state = 'live'"
        f"{of_parties} ORDER BY p.rank, p.id LIMIT {RANKED_AT_MOST}) p CROSS JOIN {_LINK} l"
        f" WHERE l.from_party_id = p.id AND l.state = 'live' AND {condition}{of_links}"
        f" LIMIT {RANKED_SHOWN}"
    )
    return _links(sql, [organisation.pk, *party_values, *ids, *link_values])


def _links(sql: str, values: Sequence[Any]) -> tuple[Given, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(
            Given(
                giver=row[0],
                receiver=SELF if row[1] is None else row[1],
                kind=row[2],
                good=row[3],
                share=row[4],
                party=row[5] or SELF,
                uid=row[6] or "",
                name=row[7] or "",
                party_kind=row[8] or "",
                country=row[9],
                band=row[10],
                assessed=bool(row[11]),
                rank=row[12] or 0,
            )
            for row in cursor.fetchall()
        )


@dataclass(frozen=True)
class Behind:
    """What is known behind a party: links of any kind, links of goods, the sum of the goods' shares (0 to 1)."""

    links: int = 0
    goods: int = 0
    shares: float | None = None

    @property
    def more(self) -> bool:
        """Whether there are more links than were counted."""
        return self.links >= COUNTED_AT_MOST


def behind(parties: Sequence[int]) -> Mapping[int, Behind]:
    """Count what is known behind each party, in one query that reads a bounded number of links of each."""
    if not parties:
        return {}
    goods = f"CASE WHEN l.kind IN ('{LinkKind.SUPPLIES}', '{LinkKind.SUBCONTRACTS}') THEN"
    part = (
        f"SELECT %s, COUNT(*), COUNT({goods} 1 END), SUM({goods} l.share END) FROM (SELECT * FROM {_LINK} l"
        f" WHERE l.to_party_id = %s AND l.state = 'live' LIMIT {COUNTED_AT_MOST}) l"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(parties)), [one for party in parties for one in (party, party)])
        return {row[0]: Behind(row[1], row[2], row[3]) for row in cursor.fetchall()}
