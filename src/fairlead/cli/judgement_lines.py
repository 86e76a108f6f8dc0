"""What a run says of the judgements it was given."""

from __future__ import annotations

from collections.abc import Iterator


def judgement_lines(in_effect: int, in_lists: int, disputed: int, learned_from: int) -> Iterator[str]:
    """Yield what there is to say: how many bear on the lists, contradictions, what was learned."""
    if not in_effect:
        return
    yield f"{in_lists} of {in_effect} judgements are on rows of these lists"
    if disputed:
        yield f"{disputed} judgements contradict each other and were not followed; `fairlead judge check` names them"
    if learned_from:
        yield f"Weights learned from {learned_from} judgements"
