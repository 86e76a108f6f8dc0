"""A rating taken apart as one JSON object, for programs; sentences are templates with values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from fairlead.report.document import axes_document, scale_document
from fairlead.risk.explanation import Explanation
from fairlead.risk.forecast import Forecast
from fairlead.risk.pieces import Piece
from fairlead.risk.scale import Scale
from fairlead.risk.steps import Step

#: The version of the shape: the first number rises when a reader must change.
SCHEMA_VERSION: Final = "1.2"


def explained_document(
    explanation: Explanation, questions: Sequence[Forecast], scale: Scale, name: str
) -> dict[str, Any]:
    """Return the object: the rating, its steps with their pieces, stages, flags and questions. Nats add up exactly.

    `scale` stands beside the rating and is no part of it. Of a piece that is hidden all but its weight is null.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "party_id": explanation.subject_id,
        "name": name,
        "as_of": explanation.as_of,
        "model_version": explanation.model_version,
        "data": "assessed" if explanation.assessed else "no_data",
        "missing": explanation.missing,
        "p": explanation.p,
        "p_low": explanation.p_low,
        "p_high": explanation.p_high,
        "band": explanation.band,
        "find_out": explanation.find_out,
        "log_odds": explanation.log_odds,
        "sd": explanation.sd,
        "steps": [_step(step) for step in explanation.steps],
        "stages": [asdict(stage) for stage in explanation.stages],
        "buyers_own_part": asdict(explanation.buyer) if explanation.buyer else None,
        "two_axes": axes_document(explanation.axes, explanation.indicators),
        "scale": scale_document(scale),
        "questions": [{**asdict(one), "narrows": one.narrows} for one in questions],
        "uncounted": [_piece(piece) for piece in explanation.uncounted],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "stage": step.stage,
        "cluster": step.cluster,
        "nats": step.nats,
        "factor": step.factor,
        "before": step.before,
        "after": step.after,
        "buyers_own": step.buyers_own,
        "pieces": [_piece(piece) for piece in step.pieces],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    text = {"template": piece.text.template, "values": dict(piece.text.values)}
    if not piece.hidden:
        return {**asdict(piece), "text": text}
    told = {"hidden": True, "text": text, "nats": piece.nats, "sd": piece.sd}
    return {field.name: told.get(field.name) for field in fields(piece)}
