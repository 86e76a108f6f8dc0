"""A rating taken apart without evidence that only those who handle the case may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from fairlead.report.visible import TOLD_OF_HIDDEN
from fairlead.risk.axes import axes_test
from fairlead.risk.explanation import Explanation
from fairlead.risk.pieces import Piece
from fairlead.risk.steps import Step


def without_hidden(explanation: Explanation, hidden: Collection[str]) -> Explanation:
    """Return the explanation without what only the evidence with the ids `hidden` tells of; the sum stays as it is.

    A hidden piece keeps its weight and says nothing else. A step that it is in keeps no name either, because the others
    of its cluster say what it is about. Indicators and weightless pieces that nothing else tells of are left out.
    """
    if not hidden:
        return explanation
    indicators = {one: tuple(uid for uid in uids if uid not in hidden) for one, uids in explanation.indicators.items()}
    indicators = {one: uids for one, uids in indicators.items() if uids}
    steps = tuple(_step(step, hidden) for step in explanation.steps)
    buyers_own = [one.buyers_own for one in explanation.steps] == [one.buyers_own for one in steps]
    return replace(
        explanation,
        steps=steps,
        uncounted=tuple(piece for piece in explanation.uncounted if piece.evidence_id not in hidden),
        buyer=explanation.buyer if buyers_own else None,
        indicators=indicators,
        axes=axes_test(indicators),
    )


def _step(step: Step, hidden: Collection[str]) -> Step:
    pieces = tuple(_hidden(piece) if piece.evidence_id in hidden else piece for piece in step.pieces)
    if not any(piece.hidden for piece in pieces):
        return step
    return replace(step, pieces=pieces, cluster="", buyers_own=False)


def _hidden(piece: Piece) -> Piece:
    """Return a piece of which nothing is left but its weight: its factors alone would name the card."""
    return replace(
        piece,
        hidden=True,
        evidence_id="",
        finding="",
        title="",
        text=TOLD_OF_HIDDEN,
        lr=1.0,
        ln_sd=0.0,
        reliability=1.0,
        confidence=1.0,
        age_years=None,
        half_life_years=None,
        decay=1.0,
        rank=0,
        rank_in_country=0,
        dependence=1.0,
        cap=1.0,
        source="",
        edition="",
        locator="",
        asserted_by=None,
        verified_by=None,
        event_date=None,
        basis="",
        citation="",
        note="",
    )
