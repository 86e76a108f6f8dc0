"""What judgements teach: the measures of the pairs that people judged, as they were when they judged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements.event import Pair, PersonJudgement
from fairlead.resolve.judgements.graph import JudgementGraph


@dataclass(frozen=True)
class Lessons:
    """One row of measures for every pair judged same or different, in the order of the keys; `same` are the answers."""

    measures: pa.Table
    same: tuple[bool, ...]


def lessons(graph: JudgementGraph, features: Iterable[str]) -> Lessons:
    """Return what the judgements in effect teach about these features, null where a pair was not measured in one.

    Left out are judgements that contradict others, doubts, rows that say exactly the same, and judgements that were
    made without measures. A pair that several people judged counts once.
    """
    names = tuple(features)
    taught: dict[Pair, PersonJudgement] = {}
    for one in sorted((*graph.same, *graph.different), key=lambda judged: (judged.pair, judged.user)):
        if one.pair[0] != one.pair[1] and any(name in names for name, _ in one.seen.measures):
            taught.setdefault(one.pair, one)
    rows = [_numbers(one, names) for one in taught.values()]
    schema = pa.schema([(name, pa.float64()) for name in names])
    same = tuple(one.decision is Decision.SAME for one in taught.values())
    return Lessons(pa.Table.from_pylist(rows, schema=schema), same)


def _numbers(one: PersonJudgement, names: tuple[str, ...]) -> dict[str, float | None]:
    said = dict(one.seen.measures)
    numbers: dict[str, float | None] = {}
    for name in names:
        with suppress(KeyError, ValueError):  # not measured, or in words
            numbers[name] = float(said[name])
    return numbers
