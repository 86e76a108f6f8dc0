"""Writes what hangs on each number of the model in the results of one folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.assess.output import files_beside, refuse_replacing
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.risk.influence import Influence
from fairlead.risk.sensitivity import Sensitivity, sensitivity
from fairlead.risk.spread.sensitivity import SpreadSensitivity, spread_sensitivity
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value

_OF_EFFECT: Final = ("value", "tau", "top_ten_kept", "bands", "find_out", "mean_nats", "mover", "mover_id", "places")

COLUMNS: Final = (
    "number",
    "file",
    "basis",
    "value",
    "order",  # which one it moves: that by rating or that by upstream exposure
    "touches",
    *(f"low_{name}" for name in _OF_EFFECT),
    *(f"high_{name}" for name in _OF_EFFECT),
)

_DIGITS: Final = 6


@dataclass(frozen=True)
class Sensitivities:
    """What hangs on each number: of the ratings, of how risk spreads; and the names of the parties by their ids."""

    ratings: Sensitivity
    spread: SpreadSensitivity
    names: Mapping[str, str]


def sensitivity_of(folder: Path, out: Path | None = None) -> Sensitivities:
    """Return what hangs on each number in a results folder.

    Where `out` is given, every number is written there as a row of a CSV file. Raises an InputError where the folder
    has no results or `out` cannot be written to, ReportError where writing fails.
    """
    assessment = read_assessment(folder, OF_RATINGS)
    if out is not None:
        refuse_replacing(out, (), ())
    parties, links, as_of = assessment.parties, assessment.links, assessment.as_of
    found = Sensitivities(
        ratings=sensitivity(parties, links, assessment.evidence, as_of),
        spread=spread_sensitivity(parties, links, assessment.ratings, as_of),
        names=dict(zip(parties["party_id"].to_pylist(), parties["name"].to_pylist(), strict=True)),
    )
    if out is not None:
        with files_beside(out, ()) as partial:
            write_csv(partial / out.name, COLUMNS, _rows(found))
    return found


def _rows(found: Sensitivities) -> Iterator[Sequence[Value]]:
    for order, influences in (("rating", found.ratings.influences), ("upstream", found.spread.influences)):
        for influence in influences:
            number, touches = influence.number, bool(influence.effects)
            told = (number.name, number.file, number.basis, _value(number.value), order, touches)
            yield (*told, *_effects(influence, found.names))


def _effects(influence: Influence, names: Mapping[str, str]) -> Iterator[Value]:
    for effect, value in ((influence.low, influence.number.low), (influence.high, influence.number.high)):
        if effect is None:
            yield from (_value(value), *[None] * (len(_OF_EFFECT) - 1))
        else:
            yield from (
                _value(effect.value),
                round(effect.tau, _DIGITS),
                round(effect.top_kept, _DIGITS),
                effect.bands,
                effect.find_out,
                round(effect.mean_nats, _DIGITS) + 0.0,
                names.get(effect.mover, ""),
                effect.mover,
                effect.places,
            )


def _value(value: float | str | None) -> Value:
    return round(value, _DIGITS) if isinstance(value, float) else value
