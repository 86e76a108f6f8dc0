"""Writes what hangs on each number of the model in the results of one folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from fairlead.assess.output import files_beside, refuse_replacing
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.risk.sensitivity import Influence, Sensitivity, sensitivity
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value

_OF_EFFECT: Final = ("value", "tau", "top_ten_kept", "bands", "find_out", "mean_nats", "mover", "mover_id", "places")

COLUMNS: Final = (
    "number",
    "file",
    "basis",
    "value",
    "touches",
    *(f"low_{name}" for name in _OF_EFFECT),
    *(f"high_{name}" for name in _OF_EFFECT),
)

_DIGITS: Final = 6


def sensitivity_of(folder: Path, out: Path | None = None) -> tuple[Sensitivity, Mapping[str, str]]:
    """Return what hangs on each number in a results folder, and the names of the parties by their ids.

    Where `out` is given, every number is written there as a row of a CSV file. Raises an InputError where the folder
    has no results or `out` cannot be written to, ReportError where writing fails.
    """
    assessment = read_assessment(folder, OF_RATINGS)
    if out is not None:
        refuse_replacing(out, (), ())
    found = sensitivity(assessment.parties, assessment.links, assessment.evidence, assessment.as_of)
    parties = assessment.parties
    names = dict(zip(parties["party_id"].to_pylist(), parties["name"].to_pylist(), strict=True))
    if out is not None:
        with files_beside(out, ()) as partial:
            write_csv(partial / out.name, COLUMNS, _rows(found, names))
    return found, names


def _rows(found: Sensitivity, names: Mapping[str, str]) -> Iterator[Sequence[Value]]:
    for influence in found.influences:
        number = influence.number
        touches = bool(influence.effects)
        yield (number.name, number.file, number.basis, _value(number.value), touches, *_effects(influence, names))


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
