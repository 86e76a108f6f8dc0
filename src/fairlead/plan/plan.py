"""Chooses the next steps for the suppliers at the top of the work list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import content_id
from fairlead.model.message import Message
from fairlead.model.schemas import ACTION
from fairlead.model.vocabulary import ActionState, DataState, LinkKind, PartyKind, Polarity
from fairlead.plan.table import PlanTable, Step, StepKind, Tier, shipped_plan
from fairlead.risk import rank, shipped_cards, shipped_parameters
from fairlead.risk.cards import Cards, Group

#: What stands in the column `finding` of steps that answer no finding.
EVERY_SUPPLIER: Final = "every_supplier"
NO_DATA: Final = "no_data"
MISSING: Final = "missing_"

#: What stands there for what is asked of everybody in a sector or trade.
OF_ITS_WORK: Final = "sector_exposure"

#: Findings of these groups are about who somebody is.
_IDENTITY: Final = frozenset({Group.LISTING, Group.IDENTITY})

_DELIVERS: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS})


def plan(
    parties: pa.Table,
    links: pa.Table,
    evidence: pa.Table,
    ratings: pa.Table,
    *,
    top: int = 20,
    table: PlanTable | None = None,
) -> pa.Table:
    """Return ACTION rows for the first `top` suppliers of the work list (see `fairlead.risk.rank`).

    For each of them: the steps for all, then those for its findings, weightiest first and list matches before
    all others, then those for its sector and goods, then those for what is missing; of whom too little is known,
    only what finds out who it is and what it does. A step comes once, only where it fits the supplier's tier, and
    of each kind no more than plan.yaml allows; those of kind step are in the order in which they are due.
    `finding` is the key of an evidence card, or every_supplier, no_data or missing_ and the field. `table` replaces
    the plan of the reference pack.
    """
    table, cards = table or shipped_plan(), shipped_cards()
    chosen = rank(ratings, evidence, links)[:top]
    cases = _cases(chosen, parties, links, evidence, ratings)
    rows = [
        _action(subject, finding, step)
        for subject in chosen
        for finding, step in _limited(_steps(cases[subject], table, cards), cases[subject].tier, table)
    ]
    return pa.Table.from_pylist(rows, schema=ACTION)


@dataclass
class _Case:
    """What is known of one supplier, as far as the plan needs it."""

    tier: Tier = Tier.FIRST
    assessed: bool = False
    nats: dict[str, float] = field(default_factory=dict)  # by finding
    missing: tuple[str, ...] = ()
    sectors: set[str] = field(default_factory=set)
    goods: set[str] = field(default_factory=set)


def _cases(
    chosen: list[str], parties: pa.Table, links: pa.Table, evidence: pa.Table, ratings: pa.Table
) -> Mapping[str, _Case]:
    wanted = pa.array(chosen, pa.string())
    cases = {subject: _Case() for subject in chosen}
    sector_of_kind = shipped_parameters().sector_of_kind
    for party in _about(parties, "party_id", wanted).select(["party_id", "kind"]).to_pylist():
        kind = party["kind"]
        if kind in sector_of_kind:
            cases[party["party_id"]].sectors.add(sector_of_kind[PartyKind(kind)])
    for row in _about(evidence, "subject_id", wanted).select(["subject_id", "finding", "polarity"]).to_pylist():
        if row["polarity"] != Polarity.CONTRADICTS:
            cases[row["subject_id"]].nats.setdefault(row["finding"], 0.0)
    for row in _about(ratings, "subject_id", wanted).to_pylist():
        case = cases[row["subject_id"]]
        case.assessed = row["data"] == DataState.ASSESSED
        case.missing = tuple(row["missing"])
        for term in row["terms"]:
            if term["name"] in case.nats:
                case.nats[term["name"]] += term["nats"]
    _add_links(cases, _about(links, "from_id", wanted))
    return cases


def _add_links(cases: Mapping[str, _Case], links: pa.Table) -> None:
    tiers: defaultdict[str, list[int]] = defaultdict(list)
    for link in links.select(["from_id", "kind", "good", "sector", "tier"]).to_pylist():
        if link["kind"] in _DELIVERS:
            case = cases[link["from_id"]]
            case.goods |= {link["good"]} - {None}
            case.sectors |= {link["sector"]} - {None}
            tiers[link["from_id"]].append(link["tier"] or 1)
    for subject, found in tiers.items():
        cases[subject].tier = Tier.FIRST if min(found) <= 1 else Tier.FURTHER


def _about(table: pa.Table, column: str, wanted: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=wanted))


def _steps(case: _Case, table: PlanTable, cards: Cards) -> Iterator[tuple[str, Step]]:
    """Yield every step for a case with the finding it answers, the most important first."""
    missing = [step for name in case.missing for step in _named(MISSING + name, table.missing.get(name, ()))]
    findings = _ordered(case, cards)
    if not case.assessed:  # first find out who this is and what it does
        yield from missing
        yield from _named(NO_DATA, table.no_data)
        findings = [finding for finding in findings if cards[finding].group in _IDENTITY]
    else:
        yield from _named(EVERY_SUPPLIER, (step for step in table.every_supplier if step.kind is StepKind.STEP))
    for finding in findings:
        yield from _named(finding, table.findings.get(finding, ()))
    if case.assessed:
        for steps in (*_of(case.sectors, table.sectors), *_of(case.goods, table.goods)):
            yield from _named(OF_ITS_WORK, steps)
        yield from _named(EVERY_SUPPLIER, table.every_supplier)
        yield from missing


def _ordered(case: _Case, cards: Cards) -> list[str]:
    """Return a case's findings: list matches first, then by what they weigh, then in the order of the cards."""
    known = [finding for finding in case.nats if finding in cards]
    return sorted(known, key=lambda f: (cards[f].group is not Group.LISTING, -case.nats[f], cards[f].order))


def _of(keys: Iterable[str], steps: Mapping[str, tuple[Step, ...]]) -> list[tuple[Step, ...]]:
    return [steps.get(key, ()) for key in sorted(keys)]


def _named(finding: str, steps: Iterable[Step]) -> Iterator[tuple[str, Step]]:
    return ((finding, step) for step in steps)


def _limited(steps: Iterable[tuple[str, Step]], tier: Tier, table: PlanTable) -> list[tuple[str, Step]]:
    """Return each step once, of each kind as many as the table allows: kinds in order, steps by their date."""
    taken: dict[str, tuple[str, Step]] = {}
    count: Counter[StepKind] = Counter()
    for finding, step in steps:
        if tier in step.tiers and step.key not in taken and count[step.kind] < table.at_most[step.kind]:
            taken[step.key] = (finding, step)
            count[step.kind] += 1
    kinds = list(StepKind)
    return sorted(taken.values(), key=lambda item: (kinds.index(item[1].kind), _when(item[1])))


def _when(step: Step) -> int:
    """Return when a step is due; documents, questions and the rest keep the order of what they answer."""
    return step.due_days or 0 if step.kind is StepKind.STEP else 0


def _action(subject: str, finding: str, step: Step) -> dict[str, Any]:
    return {
        "action_id": content_id("act", subject, step.key),
        "subject_id": subject,
        "finding": finding,
        "kind": str(step.kind),
        "step": Message(step.text).to_arrow(),
        "owner": step.owner,
        "due_days": step.due_days,
        "proof_needed": Message(step.proof).to_arrow() if step.proof else None,
        "cost_bearer": step.cost_bearer,
        "state": str(ActionState.PROPOSED),
    }
