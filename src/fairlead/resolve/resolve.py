"""The one way in: rows of supplier lists become parties, sites, links and doubts for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from fairlead.engine import Engine, given_or_opened
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import HOLDING, MEMBER, MERGED_ID, REJECTED
from fairlead.model.vocabulary import PartyKind
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judge_all import KINDS, judge_all
from fairlead.resolve.judgements import Event
from fairlead.resolve.judgements.apply import Decided, JudgementUse
from fairlead.resolve.judgements.merged_ids import merged_ids
from fairlead.resolve.links import holding_table, link_table, named_parties
from fairlead.resolve.membership import membership
from fairlead.resolve.parties import Group, Row, party_row, party_table, site_rows, site_table
from fairlead.resolve.party_id import SameRows, id_of_rows, party_ids, same_rows
from fairlead.resolve.record import Record, make_records
from fairlead.resolve.review import doubts_of, name_only, review_table
from fairlead.resolve.row_by_id import RowById


@dataclass(frozen=True)
class Resolved:
    """The tables PARTY, SITE, LINK, REVIEW and HOLDING, and what came of people's judgements.

    `parted` is the number of times that a record shared a key with so many others that it was compared
    only with those of the most similar name. `merged_ids` (MERGED_ID) says what became of party ids by judgements,
    `remarks` (REJECTED) names judgements that identification numbers speak against, `judged` counts.
    `members` (MEMBER) says how sure it is that each row belongs to its party.
    """

    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    review: pa.Table
    parted: int = 0
    merged_ids: pa.Table = field(default_factory=MERGED_ID.empty_table)
    remarks: pa.Table = field(default_factory=REJECTED.empty_table)
    judged: JudgementUse = field(default_factory=JudgementUse)
    members: pa.Table = field(default_factory=MEMBER.empty_table)
    holdings: pa.Table = field(default_factory=HOLDING.empty_table)


@dataclass(frozen=True)
class WhoIsWho:
    """Which rows are one party: the rows of each with its id, and the tables MEMBER, REVIEW and MERGED_ID.

    The rest is as in `Resolved`.
    """

    groups: Mapping[str, tuple[str, ...]]
    members: pa.Table
    review: pa.Table
    merged_ids: pa.Table
    remarks: pa.Table
    judged: JudgementUse
    parted: int


def who_is_who(
    rows: pa.Table,
    *,
    judgements: Iterable[Event] = (),
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> WhoIsWho:
    """Find out which rows are the same party, and lay nothing else out: lists of a million rows go through.

    The arguments are those of `resolve`, and so is the answer as far as it goes.
    """
    progress = progress or Silent()
    progress.start("Reading names and addresses")
    decided = Decided(judgements, rows)
    with given_or_opened(engine) as opened:
        unjudged = make_records(rows, opened)
        records = decided.together(unjudged)
        progress.start("Comparing suppliers")
        found = _find_same(records, decided, opened)
    same = same_rows(found.clusters, records, rows)
    groups = {party_id: one.row_ids for party_id, one in zip(party_ids(same), same, strict=True)}
    party_of = _party_of(groups)
    by_id = RowById(rows)
    without = same_rows(found.unjudged, unjudged, rows) if decided.events else []
    return WhoIsWho(
        groups,
        membership(records, found.judgements, party_of),
        review_table([*name_only(records), *doubts_of(found.judgements, records)], party_of, by_id, decided),
        _merged_ids(without, party_of, by_id, decided),
        decided.remarks(by_id),
        replace(decided.use, learned_from=found.learned_from),
        found.parted,
    )


def resolve(
    rows: pa.Table,
    classification: pa.Table,
    *,
    judgements: Iterable[Event] = (),
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> Resolved:
    """Find out which rows are the same party, and lay out parties, sites and links.

    `rows` is a table of ROW, `classification` one of CLASSIFICATION. The order of the rows changes nothing
    in the result. Pairs that may be the same, but that only a person can decide, are in `review`. `judgements` are
    what people have decided so far: it holds whatever the comparison says, unless it contradicts itself. `engine`
    is one that is open; without it DuckDB is opened for the while.
    """
    progress = progress or Silent()
    same = who_is_who(rows, judgements=judgements, progress=progress, engine=engine)
    progress.start("Laying out parties, sites and links")
    by_id: dict[str, Row] = {row["row_id"]: row for row in rows.to_pylist()}
    groups = {party_id: Group(tuple(by_id[one] for one in row_ids)) for party_id, row_ids in same.groups.items()}
    parties = [party_row(party_id, group) for party_id, group in groups.items()]
    party_of = _party_of(same.groups)
    named = named_parties(parties)
    classified = {row["row_id"]: row for row in classification.to_pylist()}
    in_order = [by_id[row_id] for row_id in sorted(by_id)]
    links = link_table(in_order, party_of, classified, named)
    return Resolved(
        party_table([*with_providers(parties, links), *named.added.values()]),
        site_table(site for party_id, group in groups.items() for site in site_rows(party_id, group)),
        links,
        same.review,
        same.parted,
        same.merged_ids,
        same.remarks,
        same.judged,
        same.members,
        holding_table(in_order, party_of, named),
    )


@dataclass
class _Found:
    """The groups of records that are one party, those without people's judgements, and every judgement of note."""

    clusters: list[list[int]]
    unjudged: list[list[int]]
    judgements: list[Judgement]
    parted: int
    learned_from: int


def _find_same(records: Sequence[Record], decided: Decided, engine: Engine) -> _Found:
    """Find the groups of records that are one party; `parted` counts how often records were parted,
    `learned_from` from how many judged pairs the weights were learned."""
    found = _Found([], [], [], 0, 0)
    for settings in KINDS:
        places = [place for place, record in enumerate(records) if record.kind == settings.kind]
        chosen = [records[place] for place in places]
        rescorer, learned_from = decided.rescorer(settings.rescorer)
        judged, left_out = judge_all(chosen, settings, rescorer, engine)
        if decided.events:
            found.unjudged += [[places[member] for member in group] for group in settings.cluster(chosen, judged)[0]]
            judged = decided.settle(chosen, judged)
        groups, not_followed = settings.cluster(chosen, judged)
        found.clusters += [[places[member] for member in group] for group in groups]
        found.judgements += [
            replace(one, left=places[one.left], right=places[one.right]) for one in judged + not_followed
        ]
        found.parted += left_out
        found.learned_from += learned_from
    found.clusters.sort()
    found.unjudged.sort()
    return found


def _party_of(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {row_id: party_id for party_id, row_ids in groups.items() for row_id in row_ids}


def _merged_ids(
    unjudged: Sequence[SameRows], party_of: Mapping[str, str], rows: Mapping[str, Row], decided: Decided
) -> pa.Table:
    """Return what became of the ids that the parties would have without judgements, and of those that people saw."""
    if not decided.events:
        return MERGED_ID.empty_table()

    def name(row_ids: Iterable[str]) -> str:
        return id_of_rows(rows[row_id] for row_id in row_ids)

    without = _party_of({party_id: one.row_ids for party_id, one in zip(party_ids(unjudged), unjudged, strict=True)})
    return merged_ids(decided.events, decided.key_of, without=without, party_of=party_of, name=name)


def with_providers(parties: Iterable[dict[str, Any]], links: pa.Table) -> list[dict[str, Any]]:
    """Return the parties (PARTY); those that recruit for another by a link (LINK) are marked as labour providers."""
    recruiting = {
        giver
        for giver, kind in zip(links["from_id"].to_pylist(), links["kind"].to_pylist(), strict=True)
        if kind == "recruits_for"
    }
    return [
        {**party, "kind": PartyKind.LABOUR_PROVIDER} if party["party_id"] in recruiting else party for party in parties
    ]
