"""What follows for a party from who owns or controls it: the finding, what is certain of it, and the sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import pyarrow as pa

from fairlead.identity.normalise import split_legal_form
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import LinkKind, Verdict
from fairlead.screen.hit import Hit
from fairlead.screen.owner_paths import Step, between, of_stake, path_text, paths
from fairlead.screen.ownership import (
    Graph,
    OwnershipTest,
    cascade,
    cascade_singly,
    counted_above,
    multiplied,
    rule,
    standing_tests,
    total,
)
from fairlead.screen.stakes import NOTHING, Stake, stakes_on

_DIRECT: Final = message("The owner holds this share itself.")
_THROUGH: Final = message("An owner that listed parties own to half or more counts in full.")
_ONLY_RESEMBLES: Final = message("The owner's name only resembles the one on the list.")
_MAY_BE_ANOTHER: Final = message("The party in the ownership data may be another of the same name.")
_NO_SHARE: Final = message("The owner's share is not given.")
_INTERVAL: Final = message("The share is known only within limits, and half lies between them.")
_MAY_BE_ONE: Final = message("Two owners of the same name may be one, whose share is told twice.")
_OTHER_INTEREST: Final = message("The source does not say whether this is ownership or control.")

_MOST_OWNERS: Final = 4


@dataclass(frozen=True)
class OwnerFinding:
    """One finding about a party; `hits` are those of its listed owners, the one with the largest share first.

    `low` and `high` are the shares counted, from 0 to 1, None where the finding is one of control.
    """

    party_id: str
    finding: str
    certain: bool
    hits: tuple[Hit, ...]
    low: Decimal | None
    high: Decimal | None
    text: Message
    locators: tuple[str, ...]
    from_list: bool

    @property
    def score(self) -> float:
        """How sure the least sure of the hits is."""
        return min(hit.comparison.score for hit in self.hits)


@dataclass(frozen=True)
class OwnerFindings:
    """The findings by party, and what is odd about the holdings, with where it stands."""

    findings: tuple[OwnerFinding, ...]
    remarks: tuple[tuple[str, Message], ...]


def find_owned(
    hits: Sequence[Hit],
    holdings: pa.Table,
    names: Mapping[str, str],
    *,
    as_of: date,
    subjects: Collection[str],
    possible: Iterable[tuple[str, str]] = (),
) -> OwnerFindings:
    """Return what follows from the hits of their owners for the parties in `subjects`, in the order of their ids.

    `holdings` is a HOLDING table, `names` how to call each party, `possible` pairs of parties that may be one. Only
    listings and holdings in force on the day `as_of` count.
    """
    found = stakes_on(holdings, as_of)
    listed = _listed(hits, as_of)
    if not listed:
        return OwnerFindings((), found.remarks)
    view = _View(found.stakes, possible, listed, names, as_of)
    return OwnerFindings(tuple(view.findings(subjects)), found.remarks)


def _listed(hits: Sequence[Hit], as_of: date) -> dict[str, Hit]:
    """Return the best hit in force of every party that has one."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.party_id)
        if not hit.entry.ended_by(as_of) and (known is None or _better(hit) > _better(known)):
            best[hit.party_id] = hit
    return best


def _better(hit: Hit) -> tuple[bool, float, str, str]:
    match = hit.comparison.verdict is Verdict.MATCH
    return match, hit.comparison.score, hit.watch_list.list_id, hit.entry.entry_id


class _View:
    """The graph with its listed parties, and who counts as listed under the rule."""

    def __init__(
        self,
        stakes: Sequence[Stake],
        same: Iterable[tuple[str, str]],
        listed: Mapping[str, Hit],
        names: Mapping[str, str],
        as_of: date,
    ) -> None:
        called = {holder: _called(names[holder]) for stake in stakes if (holder := stake.holder) in names}
        graph = self._graph = Graph(stakes, same, called)
        self._listed = listed
        self._names = names
        self._tests = standing_tests(as_of)
        self._sure = sorted(one for one, hit in listed.items() if hit.comparison.verdict is Verdict.MATCH)
        self._every = sorted(listed)
        self._owned = cascade(graph, self._sure, rule())
        self._may_own = cascade(graph, self._every, rule(), possible=True)
        self._controlled = cascade(graph, self._sure, rule(), control=True)
        self._may_control = cascade(graph, self._every, rule(), possible=True, control=True)
        legal = Graph(
            (stake for stake in stakes if stake.kind is not LinkKind.OPERATES), called=called
        )  # to run a site is no control
        self._passing = {test.key: self._under(test, legal) for test in self._tests}
        self._products = (
            multiplied(graph, self._sure, possible=False),
            multiplied(graph, self._every, possible=True),
        )

    def _under(self, test: OwnershipTest, graph: Graph) -> set[str]:
        if test.aggregate:
            return set(cascade(graph, self._sure, test, control=test.control))
        return cascade_singly(graph, self._sure, test, control=test.control)

    def findings(self, subjects: Collection[str]) -> Iterable[OwnerFinding]:
        for party in sorted(self._may_control.keys() & set(subjects)):
            owned = self._owned_finding(party)
            if owned is not None:
                yield owned
            if owned is None or not owned.certain:
                controlled = self._control_finding(party)
                if controlled is not None:
                    yield controlled

    # ---- owned ------------------------------------------------------------------------------------------------

    def _owned_finding(self, party: str) -> OwnerFinding | None:
        stakes = [stake for stake in self._graph.owners.get(party, ()) if stake.holder != party]
        sure = counted_above(self._graph, party, self._owned, self._sure, rule())
        low = total(self._graph, party, sure.keys(), possible=False)
        may = counted_above(self._graph, party, self._may_own, self._every, rule(), possible=True)
        high = total(self._graph, party, may.keys(), possible=True)
        twins = [twin for twin in self._graph.twins.get(party, ()) if may.get(twin, 0) > 0]
        certain = rule().passed(low)
        if not certain and not rule().passed(high) and not twins:
            return None
        ways = paths(self._graph, party, sure if certain else may, possible=not certain)
        if not ways or (not certain and not stakes and not _ends_in_ownership(ways)):
            return None
        base = party
        if not certain and not rule().passed(high):
            high, base = max((self._through(twin, may), twin) for twin in twins)
            low = NOTHING
        text = self._owned_text((party, base), ways, sure if certain else may, (low, high), certain=certain)
        return self._finding(
            party, "owned_by_listed" if certain else "possible_owned_by_listed", ways, (low, high), text
        )

    def _through(self, twin: str, may: Mapping[str, int]) -> Decimal:
        return total(self._graph, twin, may.keys(), possible=True)

    def _owned_text(
        self,
        parties: tuple[str, str],
        ways: Sequence[tuple[Step, ...]],
        counted: Mapping[str, int],
        share: tuple[Decimal, Decimal],
        *,
        certain: bool,
    ) -> Message:
        """Return the sentence about a party; the second of `parties` is the one that may be it, where that is held."""
        party, base = parties
        values = self._values(party, ways)
        values["share"] = between(*share)
        values["sum"] = self._sum(base, counted, share, certain=certain)
        product = (self._products[0].get(party, NOTHING), self._products[1].get(party, NOTHING))
        values["multiplied"] = between(*((product[0], product[0]) if certain and share[0] == share[1] else product))
        if certain:
            values["note"] = (_THROUGH if any(len(way) > 1 for way in ways) else _DIRECT).template
            values["tests"] = self._tests_passed(party)
            return _owned(values, several="owners" in values)
        values["why"] = self._why(ways, share).template
        return _may_be_owned(values, several="owners" in values)

    def _sum(self, party: str, counted: Mapping[str, int], share: tuple[Decimal, Decimal], *, certain: bool) -> str:
        told = [
            (self._graph.called.get(stake.holder, stake.holder), f"{self._name(stake.holder)} {of_stake(stake)}")
            for stake in sorted(self._graph.owners.get(party, ()), key=lambda one: (one.high, one.holder))
            if stake.holder in counted and stake.holder != party and (stake.low if certain else stake.high) > 0
        ]
        parts = [part for _, part in (dict(told).items() if certain else told)][::-1]
        return f"{' + '.join(parts)} = {between(*share)}" if len(parts) > 1 else "".join(parts) or between(*share)

    # ---- controlled ---------------------------------------------------------------------------------------------

    def _control_finding(self, party: str) -> OwnerFinding | None:
        sure = counted_above(self._graph, party, self._controlled, self._sure, rule(), control=True)
        ways = [way for way in paths(self._graph, party, sure, possible=False, control=True) if _controls(way)]
        certain = bool(ways) and self._controlled.get(party) is not None
        if not certain:
            may = counted_above(self._graph, party, self._may_control, self._every, rule(), possible=True, control=True)
            ways = [way for way in paths(self._graph, party, may, possible=True, control=True) if _controls(way)]
        if not ways:
            return None
        values = self._values(party, ways)
        if certain:
            values["tests"] = self._tests_passed(party)
            return self._finding(
                party, "controlled_by_listed", ways, None, _controlled(values, several="owners" in values)
            )
        values["why"] = self._why(ways, None).template
        text = _may_be_controlled(values, several="owners" in values)
        return self._finding(party, "possible_controlled_by_listed", ways, None, text)

    # ---- words --------------------------------------------------------------------------------------------------

    def _values(self, party: str, ways: Sequence[tuple[Step, ...]]) -> dict[str, str]:
        roots = list(dict.fromkeys(way[0].holder for way in ways))
        hit = self._listed[roots[0]]
        values = {
            "name": self._name(party),
            "paths": "; ".join(self._path(party, way) for way in ways),
            "owner": self._name(roots[0]),
            "entry": hit.listed_name,
            "list": hit.watch_list.title,
            "edition": hit.watch_list.edition,
        }
        if len(roots) > 1:
            shown = [
                f"{self._name(root)} ({self._listed[root].watch_list.title}, {self._listed[root].watch_list.edition})"
                for root in roots[:_MOST_OWNERS]
            ]
            values["owners"] = ", ".join(shown) + (" …" if len(roots) > _MOST_OWNERS else "")
        return values

    def _name(self, party: str) -> str:
        return self._names.get(party, party)

    def _path(self, party: str, way: Sequence[Step]) -> str:
        return path_text(way, party, self._names)

    def _tests_passed(self, party: str) -> str:
        return ", ".join(test.title for test in self._tests if party in self._passing[test.key]) or "–"

    def _why(self, ways: Sequence[tuple[Step, ...]], share: tuple[Decimal, Decimal] | None) -> Message:
        steps = [step for way in ways for step in way]
        if all(self._listed[way[0].holder].comparison.verdict is not Verdict.MATCH for way in ways):
            return _ONLY_RESEMBLES
        if all(any(step.stake is None for step in way) for way in ways):
            return _MAY_BE_ANOTHER
        if any(step.stake is not None and not step.stake.certain for step in steps):
            return _OTHER_INTEREST
        holders = {step.holder for step in steps}
        if len({self._graph.called.get(one, one) for one in holders}) < len(holders):
            return _MAY_BE_ONE
        return _INTERVAL if all(step.stake is None or step.stake.told for step in steps) else _NO_SHARE

    def _finding(
        self,
        party: str,
        finding: str,
        ways: Sequence[tuple[Step, ...]],
        share: tuple[Decimal, Decimal] | None,
        text: Message,
    ) -> OwnerFinding:
        stakes = [step.stake for way in ways for step in way if step.stake is not None]
        return OwnerFinding(
            party_id=party,
            finding=finding,
            certain=not finding.startswith("possible"),
            hits=tuple(self._listed[root] for root in dict.fromkeys(way[0].holder for way in ways)),
            low=share[0] if share else None,
            high=share[1] if share else None,
            text=text,
            locators=tuple(dict.fromkeys(locator for stake in stakes for locator in stake.locators)),
            from_list=any(stake.from_list for stake in stakes),
        )


def _called(name: str) -> str:
    """Return a name without its legal form as it is compared; two that are the same may be one party."""
    split = split_legal_form(name, None)
    return split.folded if split.usable else name


def _ends_in_ownership(ways: Sequence[tuple[Step, ...]]) -> bool:
    return any(step.stake is not None and step.stake.kind is LinkKind.OWNS for way in ways for step in way)


def _controls(way: Sequence[Step]) -> bool:
    return any(step.stake is not None and step.stake.kind is not LinkKind.OWNS for step in way)


def _owned(values: dict[str, str], *, several: bool) -> Message:
    if several:
        return message(
            "Owned {share} together by parties on lists, {owners}: {paths}. Counted: {sum}. {note:term} Multiplied "
            "along the paths it is {multiplied}. Tests of ownership that this reaches: {tests}. Confirm the shares and "
            "who the owners are before acting.",
            **values,
        )
    return message(
        "Owned {share} by {owner}, which is on {list} (edition {edition}): {paths}. Counted: {sum}. {note:term} "
        "Multiplied along the paths it is {multiplied}. Tests of ownership that this reaches: {tests}. Confirm the "
        "shares and who the owner is before acting.",
        **values,
    )


def _may_be_owned(values: dict[str, str], *, several: bool) -> Message:
    if several:
        return message(
            "May be owned {share} by parties that may be on lists, {owners}: {paths}. Counted: {sum}. {why:term} "
            "Multiplied along the paths it is {multiplied}. A possible finding: settle it before acting.",
            **values,
        )
    return message(
        "May be owned {share} by {owner}, compared with {entry} on {list} (edition {edition}): {paths}. Counted: "
        "{sum}. {why:term} Multiplied along the paths it is {multiplied}. A possible finding: settle it before acting.",
        **values,
    )


def _controlled(values: dict[str, str], *, several: bool) -> Message:
    if several:
        return message(
            "Controlled or run by parties on lists, {owners}: {paths}. Control is no share, and no share is known "
            "that comes to half. Tests of ownership that this reaches: {tests}. Confirm who they are and what they "
            "decide before acting.",
            **values,
        )
    return message(
        "Controlled or run by {owner}, which is on {list} (edition {edition}): {paths}. Control is no share, and no "
        "share is known that comes to half. Tests of ownership that this reaches: {tests}. Confirm who it is and what "
        "it decides before acting.",
        **values,
    )


def _may_be_controlled(values: dict[str, str], *, several: bool) -> Message:
    if several:
        return message(
            "May be controlled or run by parties that may be on lists, {owners}: {paths}. {why:term} A possible "
            "finding: settle it before acting.",
            **values,
        )
    return message(
        "May be controlled or run by {owner}, compared with {entry} on {list} (edition {edition}): {paths}. "
        "{why:term} A possible finding: settle it before acting.",
        **values,
    )
