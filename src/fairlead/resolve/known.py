"""Who in a new list is known already, who is new, and who may be somebody known: for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.engine import Engine, given_or_opened
from fairlead.model.ids import content_id
from fairlead.model.message import Message, message
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import FULL_ROW, KNOWN_MATCH, MEMBER, REVIEW
from fairlead.model.vocabulary import MatchState, Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judge_all import KINDS, judge_all
from fairlead.resolve.judgements import Event
from fairlead.resolve.judgements.apply import Decided, JudgementUse
from fairlead.resolve.known_fit import REASONS, Fit, Fits, Sides, fits
from fairlead.resolve.known_lay_out import LaidOut, lay_out, named_before
from fairlead.resolve.known_rows import KnownParties, KnownRows, rows_of_known
from fairlead.resolve.membership import membership
from fairlead.resolve.party_id import SameRows, party_ids, same_rows
from fairlead.resolve.record import Record, make_records
from fairlead.resolve.review import Doubt, doubts_of, name_only, review_table
from fairlead.resolve.row_by_id import RowById
from fairlead.resolve.settings import Settings

_SEVERAL: Final = message("It fits several parties that are known already, and these are never made one")
_NAMED: Final = message("Known so far only by its name, in a column of another list")
_NEW: Final = message("Nobody who is known is like it")


@dataclass(frozen=True)
class KnownMatch:
    """What a new list says, of parties that are known already under their ids and of new ones under new ids.

    `parties`, `sites`, `links` and `holdings` (PARTY, SITE, LINK, HOLDING) hold what the new rows say, and nothing that
    was known before: of a known party the names that the new rows give it, the numbers they give, and so on.
    `matches` (KNOWN_MATCH) says of each party of the new rows what it is to those that are known, `review` (REVIEW)
    which pairs a person has to decide. `members` (MEMBER) has the party of every row; rows that were taken in before
    are `recorded`, belong to their party still, and are in no other table. The rest is as in `Resolved`.
    """

    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    holdings: pa.Table
    matches: pa.Table
    review: pa.Table
    members: pa.Table
    recorded: tuple[str, ...]
    remarks: pa.Table
    judged: JudgementUse
    parted: int


def match_known(
    rows: pa.Table,
    classification: pa.Table,
    known: KnownParties,
    *,
    judgements: Iterable[Event] = (),
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> KnownMatch:
    """Say of each party of newly read rows (ROW) whether it is one that is known, is new, or has to be decided.

    It is a known party where `resolve` would make both one, were the rows of both in one list: the same keys bring
    them together, the same comparison and rules judge them, and what people have judged (`judgements`) holds. A known
    party is never changed, and two known ones are never made one: what fits several is new until a person has decided.
    A row whose id is among those of a known party was taken in before and brings nothing new. A party that is known
    only by its name, from a column, is the one party of the new list that has the name, as it would be in one list.

    `classification` (CLASSIFICATION) is that of the new rows. The order of rows and of known parties changes nothing.
    """
    progress = progress or Silent()
    progress.start("Reading names and addresses")
    events = tuple(judgements)
    there = rows_of_known(known, events)
    before = _recorded(known)
    fresh = rows.filter(pc.invert(pc.is_in(rows["row_id"], value_set=pa.array(sorted(before), pa.string()))))
    both = pa.concat_tables([_full(fresh), there.rows])
    decided = Decided(events, both, there.keys_of)
    with given_or_opened(engine) as opened:
        records = _new_first(decided.together(make_records(both, opened)), there)
        progress.start("Comparing suppliers")
        found = _find(records, there, decided, opened)
    progress.start("Laying out parties, sites and links")
    named = _name(found, records, fresh, known)
    by_id: dict[str, dict[str, Any]] = {row["row_id"]: row for row in fresh.to_pylist()}
    earlier = named_before(known, named.groups, by_id)
    party_of = {row_id: earlier.get(party_id, party_id) for row_id, party_id in named.party_of.items()}
    laid_out = lay_out(by_id, party_of, classification, known)
    everyone = {**there.party_of, **party_of}
    doubts = [*_name_only(records, there), *doubts_of(found.judgements, records), *_several(found, records, there)]
    review = review_table(doubts, everyone, RowById(both), decided)
    members = membership(records, found.judgements, everyone)
    recorded = tuple(sorted(set(rows["row_id"].to_pylist()) & before.keys()))
    return KnownMatch(
        laid_out.parties,
        laid_out.sites,
        laid_out.links,
        laid_out.holdings,
        _matches(found, named, earlier, review, laid_out, known),
        _of_lists(review, there, frozenset(by_id)),
        _members(members, by_id, {row_id: before[row_id] for row_id in recorded}),
        recorded,
        decided.remarks(RowById(both)),
        replace(decided.use, learned_from=found.learned_from),
        found.parted,
    )


def _recorded(known: KnownParties) -> dict[str, str]:
    """Return the known party of every row that was taken in before."""
    columns = (known.parties[name].to_pylist() for name in ("party_id", "row_ids"))
    return {row_id: party_id for party_id, row_ids in zip(*columns, strict=True) for row_id in row_ids or ()}


def _full(rows: pa.Table) -> pa.Table:
    """Return the rows with all columns of FULL_ROW, those that they lack empty."""
    columns = [
        rows[one.name].cast(one.type) if one.name in rows.column_names else pa.nulls(rows.num_rows, one.type)
        for one in FULL_ROW
    ]
    return pa.table(columns, schema=FULL_ROW)


def _new_first(records: Sequence[Record], there: KnownRows) -> list[Record]:
    """Return the records with those before the others that new rows say."""
    return sorted(records, key=lambda record: not _new_rows(record, there))


def _new_rows(record: Record, there: KnownRows) -> tuple[str, ...]:
    return tuple(row_id for row_id in record.row_ids if row_id not in there.party_of)


@dataclass
class _Found:
    """The groups of new records that are one party, which of them are known, and every judgement of note."""

    groups: list[list[int]] = field(default_factory=list)  # places in the records, as everywhere here
    known: dict[int, Fit] = field(default_factory=dict)  # by the place of the group
    several: dict[int, list[Fit]] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    parted: int = 0
    learned_from: int = 0

    def add(self, groups: Sequence[Sequence[int]], fitted: Fits) -> None:
        """Take in the groups of one kind of records and what they fit."""
        start = len(self.groups)
        self.groups += [list(group) for group in groups]
        self.known |= {start + group: fit for group, fit in fitted.known.items()}
        self.several |= {start + group: ways for group, ways in fitted.several.items()}


def _find(records: Sequence[Record], there: KnownRows, decided: Decided, engine: Engine) -> _Found:
    """Find the groups of new records that are one party, and the known parties that they are."""
    found = _Found()
    for settings in KINDS:
        places = [place for place, record in enumerate(records) if record.kind == settings.kind]
        _find_of_kind(found, [records[place] for place in places], places, settings, there, decided, engine)
    return found


def _find_of_kind(
    found: _Found,
    records: Sequence[Record],
    places: Sequence[int],
    settings: Settings,
    there: KnownRows,
    decided: Decided,
    engine: Engine,
) -> None:
    asked = sum(1 for record in records if _new_rows(record, there))
    if not asked:
        return
    rescorer, learned_from = decided.rescorer(settings.rescorer)
    judged, parted = judge_all(records, settings, rescorer, engine, asked=asked)
    if decided.events:
        judged = decided.settle(records, judged)
    among = [one for one in judged if one.left < asked and one.right < asked]
    groups, not_followed = settings.cluster(records[:asked], among)
    parties = [sorted({there.party_of[one] for one in record.row_ids if one in there.party_of}) for record in records]
    fitted = fits(Sides(records, groups, parties), judged, settings, decided)
    misfits = [
        Judgement(one.left, one.right, Verdict.REVIEW, one.probability, reason=one.reason) for one in fitted.misfits
    ]
    found.add([[places[member] for member in group] for group in groups], fitted)
    told = [one for one in judged if min(one.left, one.right) < asked]
    found.judgements += [
        replace(one, left=places[one.left], right=places[one.right]) for one in (*told, *not_followed, *misfits)
    ]
    found.parted += parted
    found.learned_from += learned_from


# ---- ids ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Named:
    """The ids: the party of each new row, the rows of each new party, and the place of the group that each id is of.

    `alone` has for each group that is a known party the id that it would have by itself.
    """

    party_of: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    group_of: Mapping[str, int]
    alone: Mapping[int, str]


def _name(found: _Found, records: Sequence[Record], fresh: pa.Table, known: KnownParties) -> _Named:
    new = set(fresh["row_id"].to_pylist())
    own = [replace(one, row_ids=tuple(row_id for row_id in one.row_ids if row_id in new)) for one in records]
    number_of = {
        row: number for number, group in enumerate(found.groups) for place in group for row in own[place].row_ids
    }
    party_of: dict[str, str] = {}
    alone: dict[int, str] = {}
    unknown: list[SameRows] = []
    for one in same_rows(found.groups, own, fresh):
        number = number_of[one.row_ids[0]]
        if number in found.known:
            alone[number] = content_id("pty", *one.content)
            party_of |= dict.fromkeys(one.row_ids, found.known[number].party_id)
        else:
            unknown.append(one)
    ids = party_ids(unknown, taken=set(known.parties["party_id"].to_pylist()))
    groups = {party_id: one.row_ids for party_id, one in zip(ids, unknown, strict=True)}
    party_of |= {row_id: party_id for party_id, row_ids in groups.items() for row_id in row_ids}
    return _Named(party_of, groups, {party_id: number_of[row_ids[0]] for party_id, row_ids in groups.items()}, alone)


# ---- what is told ------------------------------------------------------------------------------------------------


def _name_only(records: Sequence[Record], there: KnownRows) -> Iterator[Doubt]:
    """Yield a doubt for rows that agree in nothing but a name, of which one at least is new."""
    for doubt in name_only(records):
        record_new = [row_id for row_id in (doubt.left, doubt.right) if row_id not in there.party_of]
        if record_new:
            yield doubt


def _several(found: _Found, records: Sequence[Record], there: KnownRows) -> Iterator[Doubt]:
    """Yield a doubt for each further party that a group fits."""
    first: dict[str, str] = {}
    for row_id, party_id in sorted(there.party_of.items()):
        first.setdefault(party_id, row_id)
    for number, ways in sorted(found.several.items()):
        mine = min(row_id for place in found.groups[number] for row_id in _new_rows(records[place], there))
        for way in ways:
            if way != found.known.get(number):
                yield Doubt(mine, first[way.party_id], way.probability, _SEVERAL)


def _matches(
    found: _Found,
    named: _Named,
    earlier: Mapping[str, str],
    review: pa.Table,
    laid_out: LaidOut,
    known: KnownParties,
) -> pa.Table:
    """Lay out a table of KNOWN_MATCH, by the ids of the new parties and of the known ones."""
    ids = set(known.parties["party_id"].to_pylist())
    doubtful = _doubtful(review, ids)
    name_of = dict(zip(laid_out.parties["party_id"].to_pylist(), laid_out.parties["name"].to_pylist(), strict=True))
    rows = [
        _match(
            named.alone[number],
            name_of[fit.party_id],
            MatchState.KNOWN,
            fit.party_id,
            fit.probability,
            REASONS[fit.ground],
        )
        for number, fit in found.known.items()
    ]
    for party_id in named.groups:
        if party_id in earlier:
            before = earlier[party_id]
            rows.append(_match(party_id, name_of[before], MatchState.KNOWN, before, 1.0, _NAMED))
            continue
        fitting = {way.party_id for way in found.several.get(named.group_of[party_id], ())}
        pairs = doubtful.get(party_id, [])
        rows += [
            _match(
                party_id,
                name_of[party_id],
                MatchState.SEVERAL if other in fitting else MatchState.MAY_BE,
                other,
                probability,
                reason,
            )
            for other, probability, reason in pairs
        ]
        if not pairs:
            rows.append(_match(party_id, name_of[party_id], MatchState.NEW, None, None, _NEW))
    order = sorted(rows, key=lambda row: (row["new_party_id"], row["known_party_id"] or ""))
    return pa.Table.from_pylist(order, schema=KNOWN_MATCH)


def _match(
    new_id: str, name: str, state: MatchState, known_id: str | None, probability: float | None, reason: Message
) -> dict[str, Any]:
    return {
        "new_party_id": new_id,
        "name": name,
        "state": str(state),
        "known_party_id": known_id,
        "probability": None if probability is None else round(probability, 4),
        "reason": reason.to_arrow(),
    }


def _doubtful(review: pa.Table, known: set[str]) -> Mapping[str, list[tuple[str, float, Message]]]:
    """Return for each new party the known ones that it may be, each with the probability and the reason."""
    found: defaultdict[str, list[tuple[str, float, Message]]] = defaultdict(list)
    for row in review.to_pylist():
        for mine, other in (("left_party_id", "right_party_id"), ("right_party_id", "left_party_id")):
            if row[mine] not in known and row[other] in known:
                found[row[mine]].append((row[other], row["probability"], Message.from_arrow(row["reason"])))
    return found


def _of_lists(review: pa.Table, there: KnownRows, new: frozenset[str]) -> pa.Table:
    """Return the table with the ids of rows that stand in a list; a row made of what is known stands in none."""
    real = pa.array(sorted(new | there.real), pa.string())
    for column in ("left_row_id", "right_row_id"):
        values = review[column]
        stands = pc.is_in(values, value_set=real)
        place = REVIEW.get_field_index(column)
        review = review.set_column(place, REVIEW.field(place), pc.if_else(stands, values, pa.scalar(None, pa.string())))
    return review


def _members(members: pa.Table, new: Mapping[str, Any], recorded: Mapping[str, str]) -> pa.Table:
    """Return the new rows with their party, and those that were taken in before with theirs, by row id."""
    of_new = members.filter(pc.is_in(members["row_id"], value_set=pa.array(list(new), pa.string())))
    before = [{"row_id": one, "party_id": party_id, "probability": 1.0} for one, party_id in recorded.items()]
    return pa.concat_tables([of_new, pa.Table.from_pylist(before, schema=MEMBER)]).sort_by("row_id")
