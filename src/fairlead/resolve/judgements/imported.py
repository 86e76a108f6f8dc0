"""Judgements by way of a spreadsheet: a table goes out with what was decided so far and comes back with more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.errors import JudgementError, Where
from fairlead.model.ids import content_id
from fairlead.model.vocabulary import Decision
from fairlead.read.judgement_table import CHECK, DECISION, DoubtfulPair, PairSide, PairTable, read_decision
from fairlead.resolve.judgements.event import Event, Pair, PersonJudgement, Seen, Side, in_order, judgement
from fairlead.resolve.judgements.graph import Contradiction, JudgementGraph
from fairlead.write.judgement_table import ADDED, PairToJudge
from fairlead.write.safe_cell import safe_text

_SAYS: Final = {
    Decision.SAME: "are the same",
    Decision.DIFFERENT: "are different",
    Decision.UNSURE: "may be the same or not",
}
_KEY: Final = re.compile(r"rec_[0-9a-f]{16}")


@dataclass(frozen=True)
class Problem:
    """Why one cell of a table cannot be used."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, column “{self.column}”: {self.reason}"


def side_of(shown: PairSide) -> Side:
    """Return what a judgement keeps of a record that a table shows: no address and no number."""
    return Side(shown.key, shown.name, shown.place, shown.party_id)


def seen_of(pair: DoubtfulPair) -> Seen:
    """Return what a judgement keeps of what spoke for and against."""
    return Seen(pair.probability, pair.reason, pair.measures)


def to_judge(table: PairTable, graph: JudgementGraph) -> tuple[tuple[str, ...], list[PairToJudge]]:
    """Return the columns and rows of the table for a spreadsheet: those of `table`, with what was decided so far."""
    columns = tuple(column for column in table.columns if column not in (*ADDED, CHECK))
    return columns, [_to_judge(pair, columns, graph) for pair in table.pairs]


def _to_judge(pair: DoubtfulPair, columns: Sequence[str], graph: JudgementGraph) -> PairToJudge:
    said = graph.on((pair.left.key, pair.right.key))
    latest = said[-1] if said and not graph.is_disputed((pair.left.key, pair.right.key)) else None
    return PairToJudge(
        decision=latest.decision.value if latest else "",
        why=latest.reason if latest else "",
        decided_by="; ".join(f"{one.decision} by {one.user}, {one.time[:10]}" for one in said),
        cells=[pair.cells.get(column, "") for column in columns],
        check=_check(pair),
    )


def decisions_in(table: PairTable, events: Iterable[Event], *, user: str, time: str) -> list[PersonJudgement]:
    """Return the judgements that a table brings and that are not in effect yet, in the order of its rows.

    A row without a decision is passed over; so is one whose decision and reason somebody's judgement already says.
    Raises JudgementError, which names every cell that cannot be used: a key that is none, keys that do not belong
    together, a word that is no decision, a reason without a decision, and decisions that contradict each other or
    judgements in effect. Then nothing of the table is to be entered.
    """
    graph = JudgementGraph.of(events)
    problems: list[Problem] = []
    new: dict[Pair, tuple[int, PersonJudgement]] = {}
    for pair in table.pairs:
        found = list(_problems(pair))
        problems += found
        if found or not pair.decision:
            continue
        said = _judgement(pair, user, time)
        row, earlier = new.get(said.pair, (0, said))
        if earlier.decision is not said.decision:
            problems.append(
                Problem(pair.row, DECISION, f"Row {row} says “{earlier.decision}” of the same two records.")
            )
        elif not _is_known(said, graph):
            new.setdefault(said.pair, (pair.row, said))
    problems += _contradictions(new, graph)
    if problems:
        raise _refused(table, sorted(problems, key=lambda one: (one.row, one.column)))
    return [said for _, said in new.values()]


def _problems(pair: DoubtfulPair) -> Iterator[Problem]:
    if not (pair.decision or pair.why):
        return
    for column, key in (("left_key", pair.left.key), ("right_key", pair.right.key)):
        if not _KEY.fullmatch(key):
            yield Problem(pair.row, column, "This is no key of a record." if key else "The key is missing.")
    if pair.check and pair.check != _check(pair):
        yield Problem(
            pair.row, CHECK, "The two keys do not belong together; the table was sorted by part of its columns."
        )
    if not pair.decision:
        yield Problem(pair.row, DECISION, "There is a reason and no decision.")
    elif read_decision(pair.decision) is None:
        words = ", ".join(Decision)
        yield Problem(pair.row, DECISION, f"“{_short(pair.decision)}” is no decision; the words are {words}.")


def _judgement(pair: DoubtfulPair, user: str, time: str) -> PersonJudgement:
    decision = read_decision(pair.decision)
    assert decision is not None  # _problems has named it otherwise
    sides = side_of(pair.left), side_of(pair.right)
    return judgement(*sides, decision, user=user, time=time, reason=pair.why, seen=seen_of(pair))


def _is_known(said: PersonJudgement, graph: JudgementGraph) -> bool:
    """Say whether a judgement in effect says the same for the same reason, as it was written into the table."""
    return any(
        one.decision is said.decision and said.reason in (one.reason, safe_text(one.reason))
        for one in graph.on(said.pair)
    )


def _contradictions(new: Mapping[Pair, tuple[int, PersonJudgement]], graph: JudgementGraph) -> Iterator[Problem]:
    fresh = {said: row for row, said in new.values()}
    replaced = {(said.pair, said.user) for said in fresh}
    kept = [one for one in graph.judgements if (one.pair, one.user) not in replaced]
    for found in JudgementGraph((*kept, *fresh)).contradictions:
        rows = {said: fresh[said] for said in found.judgements if said in fresh}
        for said, row in rows.items():
            others = [one for one in found.judgements if one is not said]
            told = "; ".join(f"row {rows[one]}: {_told(one)}" if one in rows else _told(one) for one in others)
            yield Problem(row, DECISION, f"“{said.decision}” contradicts: {told}.")


def _told(one: PersonJudgement) -> str:
    return f"{describe(one)} ({one.event_id})" if one.event_id else describe(one)


def describe(one: PersonJudgement) -> str:
    """Return a judgement in one line: who said what of whom, and when."""
    return f"“{one.left.name}” and “{one.right.name}” {_SAYS[one.decision]}, says {one.user}, {one.time[:10]}"


def explain(found: Contradiction) -> str:
    """Return a contradiction in one line, with the judgements concerned."""
    return "; ".join(_told(one) for one in found.judgements)


def _check(pair: DoubtfulPair) -> str:
    return content_id("rec", *in_order((pair.left.key, pair.right.key)))[4:10]


def _short(text: str, length: int = 30) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _refused(table: PairTable, problems: Sequence[Problem]) -> JudgementError:
    lines = "\n".join(f"  {problem}" for problem in problems)
    cells = "1 cell" if len(problems) == 1 else f"{len(problems)} cells"
    return JudgementError(
        f"Nothing was entered, because {cells} cannot be used:\n{lines}\n",
        where=Where(file=table.file, sheet=table.sheet or None),
        do="Correct the table and give it again.",
    )
