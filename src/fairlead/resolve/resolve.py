"""The one way in: rows of supplier lists become parties, sites, links and doubts for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa

from fairlead.engine import Engine, given_or_opened
from fairlead.model.message import Message, message
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import HOLDING, MEMBER, MERGED_ID, REJECTED, REVIEW
from fairlead.model.vocabulary import PartyKind, Verdict
from fairlead.resolve.compare import compare
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judgements import Event
from fairlead.resolve.judgements.apply import Decided, JudgementUse
from fairlead.resolve.judgements.merged_ids import merged_ids
from fairlead.resolve.links import holding_table, link_table, named_parties
from fairlead.resolve.membership import membership
from fairlead.resolve.parties import Group, Row, party_ids, party_row, party_table, site_rows, site_table
from fairlead.resolve.record import Record, make_records
from fairlead.resolve.record_key import record_key
from fairlead.resolve.settings import Settings
from fairlead.resolve.settings_organisation import ORGANISATION
from fairlead.resolve.settings_person import PERSON
from fairlead.resolve.weigh import word_weights

#: Every kind of record; records of different kinds are never compared.
KINDS: Final = (ORGANISATION, PERSON)


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
class _Doubt:
    left: str  # row ids
    right: str
    probability: float
    reason: Message
    measures: tuple[tuple[str, str], ...] = ()


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
    progress.start("Reading names and addresses")
    decided = Decided(judgements, rows)
    unjudged = make_records(rows)
    records = decided.together(unjudged)
    progress.start("Comparing suppliers")
    with given_or_opened(engine) as opened:
        found = _find_same(records, decided, opened)
    progress.start("Laying out parties, sites and links")
    by_id: dict[str, Row] = {row["row_id"]: row for row in rows.to_pylist()}
    groups = _groups(found.clusters, records, by_id)
    ids = party_ids(groups)
    party_of = _party_of(ids, groups)
    parties = [party_row(party_id, group) for party_id, group in zip(ids, groups, strict=True)]
    named = named_parties(parties)
    classified = {row["row_id"]: row for row in classification.to_pylist()}
    links = link_table([by_id[row_id] for row_id in sorted(by_id)], party_of, classified, named)
    sites = [site for party_id, group in zip(ids, groups, strict=True) for site in site_rows(party_id, group)]
    doubts = [*_name_only(records), *_doubts(found.judgements, records)]
    return Resolved(
        party_table([*_with_providers(parties, links), *named.added.values()]),
        site_table(sites),
        links,
        _review_table(doubts, party_of, by_id, decided),
        found.parted,
        _merged_ids(_groups(found.unjudged, unjudged, by_id), party_of, decided),
        decided.remarks(by_id),
        decided.use,
        membership(records, found.judgements, party_of),
        holding_table([by_id[row_id] for row_id in sorted(by_id)], party_of, named),
    )


@dataclass
class _Found:
    """The groups of records that are one party, those without people's judgements, and every judgement of note."""

    clusters: list[list[int]]
    unjudged: list[list[int]]
    judgements: list[Judgement]
    parted: int


def _find_same(records: Sequence[Record], decided: Decided, engine: Engine) -> _Found:
    """Find the groups of records that are one party; `parted` counts how often records were parted."""
    found = _Found([], [], [], 0)
    for settings in KINDS:
        places = [place for place, record in enumerate(records) if record.kind == settings.kind]
        chosen = [records[place] for place in places]
        judged, left_out = _judge_all(chosen, settings, engine)
        if decided.events:
            found.unjudged += [[places[member] for member in group] for group in settings.cluster(chosen, judged)[0]]
            judged = decided.settle(chosen, judged)
        groups, not_followed = settings.cluster(chosen, judged)
        found.clusters += [[places[member] for member in group] for group in groups]
        found.judgements += [
            replace(one, left=places[one.left], right=places[one.right]) for one in judged + not_followed
        ]
        found.parted += left_out
    found.clusters.sort()
    found.unjudged.sort()
    return found


def _groups(clusters: Iterable[Sequence[int]], records: Sequence[Record], rows: Mapping[str, Row]) -> list[Group]:
    return [
        Group(tuple(rows[row_id] for row_id in row_ids))
        for members in clusters
        for row_ids in _row_ids_of_groups([records[member] for member in members])
    ]


def _party_of(ids: Sequence[str], groups: Sequence[Group]) -> dict[str, str]:
    return {row["row_id"]: party_id for party_id, group in zip(ids, groups, strict=True) for row in group.rows}


def _merged_ids(unjudged: Sequence[Group], party_of: Mapping[str, str], decided: Decided) -> pa.Table:
    """Return what became of the ids that the parties would have without judgements, and of those that people saw."""
    if not decided.events:
        return MERGED_ID.empty_table()
    rows = {row["row_id"]: row for group in unjudged for row in group.rows}

    def name(row_ids: Iterable[str]) -> str:
        return party_ids([Group(tuple(rows[row_id] for row_id in sorted(row_ids)))])[0]

    without = _party_of(party_ids(unjudged), unjudged)
    return merged_ids(decided.events, decided.key_of, without=without, party_of=party_of, name=name)


def _judge_all(records: Sequence[Record], settings: Settings, engine: Engine) -> tuple[list[Judgement], int]:
    """Compare the records whose names or numbers can be compared at all, and judge every pair that may match."""
    places = [place for place, record in enumerate(records) if record.names or record.identifiers]
    if len(places) < 2:  # noqa: PLR2004
        return [], 0
    chosen = [records[place] for place in places]
    name_weights = word_weights(record.sounds for record in chosen)
    street_weights = word_weights(record.address.words for record in chosen)
    keys, parted = settings.block_keys(chosen, name_weights, street_weights)
    laid_out = settings.lay_out(chosen, name_weights, street_weights)
    pairs = compare(engine, settings, laid_out, keys).to_pylist()
    judged = [settings.judge(pair, chosen[pair["left"]], chosen[pair["right"]]) for pair in pairs]
    return [
        replace(one, left=places[one.left], right=places[one.right], measures=_measures(one, pair, settings))
        for one, pair in zip(judged, pairs, strict=True)
        if one.verdict is not Verdict.DIFFERENT
    ], parted


def _measures(judgement: Judgement, pair: Mapping[str, Any], settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return what each comparison of a doubtful pair came to: what a person's answer on it teaches depends on it."""
    if judgement.verdict is not Verdict.REVIEW:
        return ()
    return tuple((name, pair[name]) for name in settings.levels if pair[name] is not None)


def _row_ids_of_groups(records: Sequence[Record]) -> Iterable[tuple[str, ...]]:
    """Rows that agree in nothing but a name stay apart, each a group of its own."""
    if len(records) == 1 and not records[0].together:
        return [(row_id,) for row_id in records[0].row_ids]
    return [tuple(sorted(row_id for record in records for row_id in record.row_ids))]


def _name_only(records: Sequence[Record]) -> list[_Doubt]:
    reason = message("Same name, but nothing else to compare: no shared number and no two addresses")
    return [
        _Doubt(record.row_ids[0], other, 0.5, reason)
        for record in records
        if not record.together and record.name.usable
        for other in record.row_ids[1:]
    ]


def _doubts(judgements: Iterable[Judgement], records: Sequence[Record]) -> list[_Doubt]:
    return [
        _Doubt(records[one.left].row_ids[0], records[one.right].row_ids[0], one.probability, one.reason, one.measures)
        for one in judgements
        if one.verdict is Verdict.REVIEW and one.reason is not None
    ]


def _review_table(
    doubts: Iterable[_Doubt], party_of: Mapping[str, str], rows: Mapping[str, Row], decided: Decided
) -> pa.Table:
    """Return one row of REVIEW per pair of parties, the surest doubt of each, the surest pairs first.

    Pairs that a person has judged are left out, unless judgements contradict each other, which comes first.
    """
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row_id in decided.key_of:
        members[party_of[row_id]].append(row_id)
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    ranked = [(not decided.is_disputed(one.left, one.right), -one.probability, one) for one in doubts]
    for undisputed, _, doubt in sorted(
        ranked, key=lambda one: (*one[:2], one[2].left, one[2].right, one[2].reason.template)
    ):
        left, right = sorted((doubt.left, doubt.right), key=lambda row_id: (party_of[row_id], row_id))
        if party_of[left] == party_of[right]:
            continue
        if undisputed and decided.is_settled(members[party_of[left]], members[party_of[right]]):
            continue
        row = {
            "left_party_id": party_of[left],
            "right_party_id": party_of[right],
            "left_row_id": left,
            "right_row_id": right,
            "left_key": record_key(rows[left]),
            "right_key": record_key(rows[right]),
            "left_name": rows[left]["name"],
            "right_name": rows[right]["name"],
            "probability": round(doubt.probability, 4),
            "reason": (doubt.reason if left == doubt.left else _turned(doubt.reason)).to_arrow(),
            "measures": doubt.measures,
            "judged": judged.to_arrow() if (judged := decided.said_of(left, right)) else None,
        }
        pairs.setdefault((party_of[left], party_of[right]), row)
    order = sorted(pairs.values(), key=lambda row: (-row["probability"], row["left_party_id"], row["right_party_id"]))
    return pa.Table.from_pylist(order, schema=REVIEW)


def _turned(reason: Message) -> Message:
    """Return a reason with what it says of the left record and of the right one changed over."""
    if not reason.values.keys() >= {"left", "right"}:
        return reason
    return replace(reason, values={**reason.values, "left": reason.values["right"], "right": reason.values["left"]})


def _with_providers(parties: Iterable[dict[str, Any]], links: pa.Table) -> list[dict[str, Any]]:
    """Mark parties of the list that are named as the labour provider of another."""
    recruiting = {
        giver
        for giver, kind in zip(links["from_id"].to_pylist(), links["kind"].to_pylist(), strict=True)
        if kind == "recruits_for"
    }
    return [
        {**party, "kind": PartyKind.LABOUR_PROVIDER} if party["party_id"] in recruiting else party for party in parties
    ]
