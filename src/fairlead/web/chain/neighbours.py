"""Who gives to whom, read with a bound on every part, so that a party with a million links costs what others cost.

These are written in SQL, because a limit for each party of a group cannot be said with Django's querysets on SQLite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, NamedTuple

from fairlead.model.vocabulary import Band, LinkKind
from fairlead.web.chain.link_words import KINDS, Line
from fairlead.web.chain.of_each import answer, of_each
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
    "l.from_party_id, COALESCE(l.to_party_id, 0) AS receiver, l.kind, l.good, l.share, COALESCE(p.id, 0) AS party,"
    " COALESCE(p.uid, '') AS uid, COALESCE(p.name, '') AS name, COALESCE(p.kind, '') AS party_kind, p.country, p.band,"
    " COALESCE(p.assessed, FALSE) AS assessed, COALESCE(p.rank, 0) AS rank"
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


class Given(NamedTuple):
    """One link as the picture takes it: ids of both ends (SELF is the organisation), and the party at the other end.

    A picture reads thousands, so they are made straight from the rows of the database.
    """

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
    """Return who gives to parties, or to the organisation where `to` is SELF alone: in one query, of one in two."""
    if not to:
        return Step()
    each = max(40, READ_AT_MOST // len(to))
    if len(to) > 1:
        rows = of_each(to, *_question(organisation, "l.to_party_id = {party}", each, "from_party_id", narrowed))
        return _step(rows, each, "receiver")
    towards = _towards(organisation, to[0])
    if _crowded(towards):
        return Step(_highest_rated(organisation, towards, narrowed), frozenset(to))
    return _step(answer(*_question(organisation, towards, each, "from_party_id", narrowed)), each, "receiver")


def _towards(organisation: Organisation, to: int) -> str:
    if to == SELF:
        return f"l.organisation_id = {organisation.pk:d} AND l.to_self = TRUE"
    return f"l.to_party_id = {to:d}"


def _crowded(towards: str) -> bool:
    """Say whether there are more links to one receiver than are read in one step."""
    [(count,)] = answer(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM {_LINK} l WHERE {towards} AND l.state = 'live' LIMIT {READ_AT_MOST}) one"
    )
    return bool(count >= READ_AT_MOST)


def receivers(organisation: Organisation, party: int, narrowed: Narrowed) -> Step:
    """Return whom a party gives to, in one query; the organisation itself comes without a party."""
    known = f"l.from_party_id = {party:d} AND (l.to_self = TRUE OR l.to_party_id IS NOT NULL)"
    question = _question(organisation, known, READ_AT_MOST, "to_party_id", Narrowed(narrowed.lines))
    return _step(answer(*question), READ_AT_MOST, "giver")


def _step(rows: Iterable[tuple[Any, ...]], each: int, end: str) -> Step:
    """Return the links, and of which parties at one end there may be more than the `each` that were read."""
    links = tuple(map(Given._make, rows))
    counts = Counter(map(attrgetter(end), links))
    return Step(links, frozenset(party for party, count in counts.items() if count >= each))


def _question(organisation: Organisation, known: str, each: int, other: str, narrowed: Narrowed) -> Condition:
    """Return the question for at most `each` links of which a condition holds, with the party at the other end."""
    of_links, link_values = narrowed.of_links("l")
    of_parties, party_values = narrowed.of_parties("p")
    looked = LOOKED_AT_MOST if of_links or of_parties else each
    outer = "LEFT JOIN" if other == "to_party_id" else "JOIN"
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM {_LINK} l WHERE {known} AND l.state = 'live' LIMIT {looked}) l"
        f" {outer} {_PARTY} p ON p.id = l.{other} AND p.state = 'live'"
        f" WHERE l.organisation_id = {organisation.pk:d}{of_links}{of_parties} LIMIT {each}"
    )
    return sql, [*link_values, *party_values]


def _highest_rated(organisation: Organisation, towards: str, narrowed: Narrowed) -> tuple[Given, ...]:
    """Return links to one receiver that has very many, by going through the parties in the order of their rank."""
    of_links, link_values = narrowed.of_links("l")
    of_parties, party_values = narrowed.of_parties("p")
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM {_PARTY} p WHERE p.organisation_id = {organisation.pk:d}"
        f" AND p.state = 'live'{of_parties} ORDER BY p.rank, p.folded, p.id LIMIT {RANKED_AT_MOST}) p"
        f" CROSS JOIN {_LINK} l WHERE l.from_party_id = p.id AND l.state = 'live' AND {towards}{of_links}"
        f" ORDER BY p.rank, p.folded, p.id LIMIT {RANKED_SHOWN}"
    )
    return tuple(map(Given._make, answer(sql, [*party_values, *link_values])))


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
    goods = f"CASE WHEN l.kind IN ('{LinkKind.SUPPLIES}', '{LinkKind.SUBCONTRACTS}') THEN"
    question = (
        f"SELECT {{party}}, COUNT(*), COUNT({goods} 1 END), SUM({goods} l.share END)"
        f" FROM (SELECT l.kind, l.share FROM {_LINK} l"
        f" WHERE l.to_party_id = {{party}} AND l.state = 'live' LIMIT {COUNTED_AT_MOST}) l"
    )
    return {party: Behind(*counts) for party, *counts in of_each(parties, question)}
