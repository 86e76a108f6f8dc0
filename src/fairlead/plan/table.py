"""The table of steps: what to ask, who should be there, what to do and what not, read from plan.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference import load_yaml

FILE: Final = "plan.yaml"


class StepKind(StrEnum):
    """What sort of step it is, in the order in which they are shown."""

    STEP = "step"
    DOCUMENT = "document"
    QUESTION = "question"
    PRESENCE = "presence"
    AVOID = "avoid"


class Tier(StrEnum):
    """Whether a supplier has a contract with the assessing organisation or stands further up the chain."""

    FIRST = "first"
    FURTHER = "further"


@dataclass(frozen=True)
class Step:
    """One step: its sentence, whose it is, until when, what shows that it was done, and who bears its cost."""

    key: str
    kind: StepKind
    text: str
    tiers: frozenset[Tier]
    owner: str
    due_days: int | None
    proof: str | None
    cost_bearer: str


@dataclass(frozen=True)
class PlanTable:
    """Everything in plan.yaml, the keys of steps replaced by the steps."""

    owners: Mapping[str, str]
    at_most: Mapping[StepKind, int]
    findings: Mapping[str, tuple[Step, ...]]
    sectors: Mapping[str, tuple[Step, ...]]
    goods: Mapping[str, tuple[Step, ...]]
    missing: Mapping[str, tuple[Step, ...]]
    every_supplier: tuple[Step, ...]
    no_data: tuple[Step, ...]


def shipped_plan() -> PlanTable:
    """Return the table of the reference pack.

    Raises InvalidReference when plan.yaml breaks the rules that stand at its top.
    """
    return plan_from(load_yaml("plan"))


def plan_from(content: Mapping[str, Any]) -> PlanTable:
    """Read the table from the content of the YAML file.

    Raises InvalidReference when a step misses a field, or a list names a step that is not there.
    """
    steps = {key: _step(key, entry, content) for key, entry in content["steps"].items()}

    def named(keys: list[str], where: str) -> tuple[Step, ...]:
        unknown = [key for key in keys if key not in steps]
        if unknown:
            raise InvalidReference(f"“{where}” names steps that are not there: {', '.join(unknown)}.", where=_WHERE)
        return tuple(steps[key] for key in keys)

    def lists(part: str) -> Mapping[str, tuple[Step, ...]]:
        return {key: named(keys, f"{part}: {key}") for key, keys in content[part].items()}

    return PlanTable(
        owners={owner: entry["label"] for owner, entry in content["owners"].items()},
        at_most={StepKind(kind): int(count) for kind, count in content["at_most"].items()},
        findings=lists("findings"),
        sectors=lists("sectors"),
        goods=lists("goods"),
        missing=lists("missing"),
        every_supplier=named(content["every_supplier"], "every_supplier"),
        no_data=named(content["no_data"], "no_data"),
    )


_WHERE: Final = Where(file=FILE)


def _step(key: str, entry: Mapping[str, Any], content: Mapping[str, Any]) -> Step:
    try:
        entry = {**content["defaults"][entry["kind"]], "tiers": list(Tier), **entry}
        step = Step(
            key=key,
            kind=StepKind(entry["kind"]),
            text=entry["text"],
            tiers=frozenset(Tier(tier) for tier in entry["tiers"]),
            owner=entry["owner"],
            due_days=entry["due_days"],
            proof=entry["proof"],
            cost_bearer=entry["cost_bearer"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"the step “{key}” cannot be read: {error!r}.", where=_WHERE) from error
    for who in (step.owner, step.cost_bearer):
        if who not in content["owners"]:
            raise InvalidReference(f"the step “{key}” names “{who}”, who is not among the owners.", where=_WHERE)
    return step
