"""Everything that was ever entered into a file of judgements, as lines of a table."""

from __future__ import annotations

from collections.abc import Iterable

from fairlead.resolve.judgements import Event, JudgementGraph, PersonJudgement, Undo

HEADING = ("id", "when", "who", "decision", "one", "other", "reason", "state")


def lines(events: Iterable[Event]) -> list[tuple[str, ...]]:
    """Return one line for every event, the latest last."""
    events = tuple(events)
    graph = JudgementGraph.of(events)
    in_effect = {one.event_id for one in graph.judgements}
    disputed = {one.event_id for one in graph.disputed}
    undone = {event.judgement_id: event for event in events if isinstance(event, Undo)}
    found: list[tuple[str, ...]] = []
    for event in events:
        when = event.time[:16].replace("T", " ")
        if isinstance(event, PersonJudgement):
            state = _state(event, in_effect, disputed, undone)
            said = (event.decision.value, event.left.name, event.right.name)
        else:
            state, said = "", ("undo", event.judgement_id, "")
        found.append((event.event_id, when, event.user, *said, event.reason, state))
    return found


def _state(event: PersonJudgement, in_effect: set[str], disputed: set[str], undone: dict[str, Undo]) -> str:
    if event.event_id in undone:
        return f"undone by {undone[event.event_id].user}"
    if event.event_id not in in_effect:
        return "replaced"
    return "contradicts others" if event.event_id in disputed else "in effect"
