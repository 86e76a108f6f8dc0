"""What has to be weighed before an organisation leaves a supplier. Guidance, not law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from fairlead.remedy.instruments import Source, read_entry, sources_of
from fairlead.remedy.tables import read_table

FILE: Final = "leaving.yaml"


class Decision(StrEnum):
    """What was decided."""

    DRAFT = "draft"
    STAY = "stay"
    PAUSE = "pause"
    LEAVE = "leave"


class Answer(StrEnum):
    """How a point was answered; without an answer it is not known yet."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Point:
    """One question; where it `stops`, leaving cannot be decided before it is answered with yes."""

    key: str
    question: str
    stops: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Needs:
    """What a decision needs: reasons in words, and a yes to every point that stops."""

    reasons: bool
    points: bool


@dataclass(frozen=True)
class Checklist:
    """Everything in leaving.yaml."""

    points: tuple[Point, ...]
    decisions: Mapping[Decision, Needs]


@dataclass(frozen=True)
class Obstacles:
    """What stands in the way of a decision."""

    reasons: bool
    points: tuple[Point, ...]

    def __bool__(self) -> bool:
        return self.reasons or bool(self.points)


#: By the key of a point: `answer` (see Answer) and `words`; what is not there was not answered.
Answers = Mapping[str, Mapping[str, str]]


@cache
def leaving() -> Checklist:
    """Return the checklist. Raises InvalidReference where leaving.yaml breaks the rules that stand at its top."""
    return leaving_from(read_table("leaving"))


def leaving_from(content: Mapping[str, Any]) -> Checklist:
    """Read the checklist from the content of the YAML file. Raises InvalidReference for what cannot be read."""
    points = tuple(
        read_entry(FILE, str(entry.get("key", place)), _point, entry)
        for place, entry in enumerate(content["points"], 1)
    )
    decisions = {decision: read_entry(FILE, decision, _needs, content["decisions"], decision) for decision in Decision}
    return Checklist(points, decisions)


def _point(entry: Mapping[str, Any]) -> Point:
    return Point(entry["key"], entry["question"], _yes_no(entry["stops"]), sources_of(entry))


def _needs(table: Mapping[str, Any], decision: Decision) -> Needs:
    return Needs(_yes_no(table[decision]["reasons"]), _yes_no(table[decision]["points"]))


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"“{value}” is neither yes nor no")
    return value


def still_open(answers: Answers) -> tuple[Point, ...]:
    """Return the points that stop leaving and are not answered with yes, in words."""
    return tuple(point for point in leaving().points if point.stops and not _settled(answers.get(point.key, {})))


def _settled(given: Mapping[str, str]) -> bool:
    return given.get("answer") == Answer.YES and bool(given.get("words", "").strip())


def obstacles(decision: Decision, reasons: str, answers: Answers) -> Obstacles:
    """Return what stands in the way of a decision: its reasons, where none are given, and open points."""
    needs = leaving().decisions[decision]
    return Obstacles(needs.reasons and not reasons.strip(), still_open(answers) if needs.points else ())
