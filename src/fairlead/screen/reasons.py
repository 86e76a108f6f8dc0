"""Why a name was hit, sentence by sentence, for those who see name and entry beside it."""

from __future__ import annotations

from datetime import date
from typing import Final

from fairlead.identity.features import features
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import Verdict
from fairlead.screen.hit import Hit

_MISSING: Final = "missing_words"


def hit_reasons(hit: Hit, as_of: date) -> tuple[Message, ...]:
    """Return every reason of a hit: how the names compare, the country, what else counts, whether the listing ended.

    The last sentence of a hit says what to do: none says that the two are the same.
    """
    if hit.through is not None:
        return (hit.through,)
    told = [_feature(hit, key) for key in hit.comparison.features if key == _MISSING or features()[key].sentence]
    if hit.number is not None and "same_identifier" in hit.comparison.features:
        told[0] = message("Both have the number {number}.", number=hit.number)
    return (*told, *ended_reason(hit, as_of), *_advice(hit))


def ended_reason(hit: Hit, as_of: date) -> tuple[Message, ...]:
    """Return that the listing is no longer in force, with its day where that is known; nothing where it is."""
    if not hit.entry.ended_by(as_of):
        return ()
    if hit.entry.to_date:
        return (message("The listing ended on {date:date}.", date=hit.entry.to_date),)
    return (message("The listing is no longer in force."),)


def _feature(hit: Hit, key: str) -> Message:
    if key == _MISSING:
        return message("Only one of the names has: {apart}.", apart=", ".join(hit.comparison.apart))
    return Message(features()[key].sentence)


def _advice(hit: Hit) -> tuple[Message, ...]:
    if hit.comparison.verdict is Verdict.MATCH:
        return (message("Confirm who it is before acting."),)
    if hit.comparison.verdict is Verdict.REVIEW:
        return (message("A possible match: find out who it is before acting."),)
    return ()
