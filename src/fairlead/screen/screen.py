"""Screening: every name of every party against every list; the hits, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

from fairlead.engine import Engine, given_or_opened
from fairlead.identity.compare import Comparison, by_number, compare, shared_numbers
from fairlead.identity.name import Reading, tells_enough
from fairlead.model.progress import Progress, Silent
from fairlead.model.vocabulary import Verdict
from fairlead.screen.evidence import evidence_table
from fairlead.screen.hit import Hit
from fairlead.screen.prepare import ListedName, Party, PreparedList, prepare_parties
from fairlead.screen.watch_list import WatchList

#: Candidates for each reading of a name, and the least that their shared words must come to.
MOST_CANDIDATES: Final = 20
LEAST_SHARED: Final = 0.5
#: Each party may have twenty candidates for each reading of each name.
PARTIES_AT_A_TIME: Final = 8192
_RANK: Final = {Verdict.DIFFERENT: 0, Verdict.REVIEW: 1, Verdict.MATCH: 2}


@dataclass(frozen=True, slots=True)
class _Query:
    party: int
    name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit that travels between processes: the place of the entry instead of the list and the entry."""

    party_id: str
    name: str
    entry: int
    listed_name: str
    comparison: Comparison
    number: str | None


def screen(
    parties: pa.Table,
    lists: Sequence[WatchList],
    *,
    as_of: date,
    sites: pa.Table | None = None,
    rows: pa.Table | None = None,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> pa.Table:
    """Return EVIDENCE: one row for each party and list entry that may be the same, with the reasons in words.

    `parties` is a PARTY table; all names of a party are screened. `sites` (SITE), where given, let addresses count,
    and `rows` (FULL_ROW) dates of birth. Entries listed after `as_of` are left out. The finding is listed_… where
    name and details agree, possible_…_match where a person has to look. The order of parties, lists and entries
    makes no difference, nor does the engine that is given to share long tables out.
    """
    hits = find_hits(parties, lists, as_of=as_of, sites=sites, rows=rows, progress=progress, engine=engine)
    return evidence_table(hits, as_of)


def find_hits(
    parties: pa.Table,
    lists: Sequence[WatchList],
    *,
    as_of: date,
    sites: pa.Table | None = None,
    rows: pa.Table | None = None,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> list[Hit]:
    """Return the hits of `screen` before they become evidence, sorted by party, list and entry."""
    prepared, addresses = prepare_parties(parties, sites, rows), sites is not None
    return hits_of(prepared, lists, as_of=as_of, addresses=addresses, progress=progress, engine=engine)


def hits_of(
    parties: Sequence[Party],
    lists: Sequence[WatchList],
    *,
    as_of: date,
    addresses: bool = False,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> list[Hit]:
    """Return the hits of parties that are ready for comparison, sorted by party, list and entry.

    `addresses` says whether the parties have any that a list's could be compared with. Each list is indexed once; the
    parties are shared out by the engine, so many at a time that memory stays bounded.
    """
    progress = progress or Silent()
    progress.start("Screening against lists", len(lists))
    parts = [parties[first : first + PARTIES_AT_A_TIME] for first in range(0, len(parties), PARTIES_AT_A_TIME)]
    hits: list[Hit] = []
    with given_or_opened(engine) as opened:
        for watch_list in sorted(lists, key=lambda each: each.list_id):
            listed = PreparedList(watch_list, as_of, addresses=addresses)
            found = opened.map_parts(_screen_part, listed, parts)
            hits += [_with_entry(one, listed) for part in found for one in part]
            progress.advance()
    return sorted(hits, key=lambda hit: (hit.party_id, hit.watch_list.list_id, hit.entry.entry_id))


def _screen_part(listed: PreparedList, parties: Sequence[Party]) -> list[_Found]:
    """Screen some parties on one list, in this process or another; the list itself is not sent back."""
    return [
        _Found(hit.party_id, hit.name, place, hit.listed_name, hit.comparison, hit.number)
        for hit, place in _screen_some(parties, listed)
    ]


def _with_entry(found: _Found, listed: PreparedList) -> Hit:
    entry = listed.entries[found.entry]
    return Hit(found.party_id, found.name, listed.watch_list, entry, found.listed_name, found.comparison, found.number)


def _screen_some(parties: Sequence[Party], listed: PreparedList) -> Iterator[tuple[Hit, int]]:
    return (each for each in closest(parties, listed) if each[0].comparison.verdict is not Verdict.DIFFERENT)


def closest(parties: Sequence[Party], listed: PreparedList) -> Iterator[tuple[Hit, int]]:
    """Yield, for each party and entry that share words or a number, the best comparison and the place of the entry.

    Also those are among them that come to different parties.
    """
    best: dict[tuple[int, int], Hit] = {}
    for hit, key in (*_by_words(parties, listed), *_by_whole(parties, listed), *_by_number(parties, listed)):
        known = best.get(key)
        if known is None or _rank(hit) > _rank(known):
            best[key] = hit
    return ((hit, key[1]) for key, hit in best.items())


def _rank(hit: Hit) -> tuple[int, float, str, str]:
    return _RANK[hit.comparison.verdict], hit.comparison.score, hit.name, hit.listed_name


def _by_words(parties: Sequence[Party], listed: PreparedList) -> Iterator[tuple[Hit, tuple[int, int]]]:
    queries = [
        _Query(number, name, reading)
        for number, party in enumerate(parties)
        for name, reading in party.readings
        if tells_enough(reading.words)
    ]
    found = listed.index.candidates(
        [query.reading.words for query in queries], most=MOST_CANDIDATES, least=LEAST_SHARED
    )
    for place, other in zip(found.query.tolist(), found.name.tolist(), strict=True):
        query = queries[place]
        yield _compared(parties, listed, query, listed.names[other])


def _by_whole(parties: Sequence[Party], listed: PreparedList) -> Iterator[tuple[Hit, tuple[int, int]]]:
    """Compare names that are the same letter by letter, and single words that are an entry's initials."""
    for number, party in enumerate(parties):
        for name, reading in party.readings:
            same = listed.by_whole.get(reading.whole, ())
            initials = listed.by_abbreviation.get(reading.words[0], ()) if len(reading.words) == 1 else ()
            for other in (*same, *initials):
                yield _compared(parties, listed, _Query(number, name, reading), other)


def _by_number(parties: Sequence[Party], listed: PreparedList) -> Iterator[tuple[Hit, tuple[int, int]]]:
    if not listed.by_number:
        return
    for number, party in enumerate(parties):
        for _, value in sorted(party.details.numbers):
            for place in listed.by_number.get(value, ()):
                theirs = listed.details[place]
                if shared_numbers(party.details, theirs):
                    entry = listed.entries[place]
                    name = party.readings[0][0] if party.readings else ""
                    comparison = by_number(party.details, theirs)
                    yield (
                        Hit(party.party_id, name, listed.watch_list, entry, entry.name, comparison, value),
                        (number, place),
                    )


def _compared(
    parties: Sequence[Party], listed: PreparedList, query: _Query, other: ListedName
) -> tuple[Hit, tuple[int, int]]:
    party, entry = parties[query.party], listed.entries[other.entry]
    theirs = listed.details[other.entry]
    comparison: Comparison = compare(
        query.reading, other.reading, party.details, theirs, listed.index.weigh, weak=other.weak
    )
    number = next(iter(shared_numbers(party.details, theirs)), None) if party.details.numbers else None
    hit = Hit(party.party_id, query.name, listed.watch_list, entry, other.text, comparison, number)
    return hit, (query.party, other.entry)
