"""From judgements on pairs to groups of records that are one party, without joining what must stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fairlead.model.message import message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import Judgement, room
from fairlead.resolve.record import Record


@dataclass
class _Group:
    """What is known of all the records of a group; two groups that contradict are never joined."""

    members: list[int]
    identifiers: dict[str, set[str]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    houses: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    form_kinds: set[str] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)  # records that a person has judged to be another party


def cluster(records: Sequence[Record], judgements: Sequence[Judgement]) -> tuple[list[list[int]], list[Judgement]]:
    """Join the records that were judged to match; return the groups and the judgements that could not be followed.

    The surest matches are followed first: by identifier, then by probability, then by content. A match that
    would bring together records of different countries, of different numbers of one scheme or, without an
    identifier, of different houses, is not followed; it comes back as a doubt for a person to decide. What a
    person has judged comes first and is always followed: the same are joined whatever they say, the different
    never meet in a group, and where they would there is no doubt left to decide. Groups are lists of places in
    `records`, sorted.
    """
    groups = [_group(place, record) for place, record in enumerate(records)]
    _keep_apart(groups, judgements)
    doubts: list[Judgement] = []
    matches = [judgement for judgement in judgements if judgement.verdict is Verdict.MATCH]
    for match in sorted(matches, key=lambda one: _surest_first(one, records)):
        one, other = groups[match.left], groups[match.right]
        if one is other or (not match.by_person and _kept_apart(one, other)):
            continue
        if not match.by_person and _contradict(one, other, match):
            doubts.append(_as_doubt(match))
            continue
        larger, smaller = (one, other) if len(one.members) >= len(other.members) else (other, one)
        _join(larger, smaller)
        for member in smaller.members:
            groups[member] = larger
    distinct = {id(group): sorted(group.members) for group in groups}
    return sorted(distinct.values()), doubts


def _surest_first(match: Judgement, records: Sequence[Record]) -> tuple[object, ...]:
    contents = sorted((records[match.left].content, records[match.right].content))
    return (not match.by_person, not match.by_identifier, -match.probability, *contents)


def _group(place: int, record: Record) -> _Group:
    group = _Group([place])
    for scheme, value in record.identifiers:
        group.identifiers.setdefault(scheme, set()).add(value)
    group.countries.update({record.country} - {None})  # type: ignore[arg-type]
    group.houses.update(record.address.numbers)
    group.units.update({room(record.address)} - {None, *record.address.numbers})  # type: ignore[arg-type]
    group.form_kinds.update({record.name.legal_kind} - {None, "general"})  # type: ignore[arg-type]
    return group


def _keep_apart(groups: Sequence[_Group], judgements: Sequence[Judgement]) -> None:
    for one in judgements:
        if one.by_person and one.verdict is Verdict.DIFFERENT:
            groups[one.left].apart.add(one.right)
            groups[one.right].apart.add(one.left)


def _kept_apart(one: _Group, other: _Group) -> bool:
    return bool(one.apart) and not one.apart.isdisjoint(other.members)  # it holds from both sides


def _contradict(one: _Group, other: _Group, match: Judgement) -> bool:
    shared_schemes = one.identifiers.keys() & other.identifiers.keys()
    if any(not one.identifiers[scheme] & other.identifiers[scheme] for scheme in shared_schemes):
        return True
    if _apart(one.countries, other.countries):
        return True
    if match.by_identifier:  # a company may have several houses and be written with several forms
        return False
    return any(
        _apart(left, right)
        for left, right in ((one.houses, other.houses), (one.units, other.units), (one.form_kinds, other.form_kinds))
    )


def _apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other and not one & other)


def _join(larger: _Group, smaller: _Group) -> None:
    larger.members.extend(smaller.members)
    for scheme, values in smaller.identifiers.items():
        larger.identifiers.setdefault(scheme, set()).update(values)
    larger.countries |= smaller.countries
    larger.houses |= smaller.houses
    larger.units |= smaller.units
    larger.form_kinds |= smaller.form_kinds
    larger.apart |= smaller.apart


def _as_doubt(match: Judgement) -> Judgement:
    reason = message("Both match a third record, or each other, but other records of theirs contradict each other")
    return Judgement(match.left, match.right, Verdict.REVIEW, match.probability, reason=reason)
