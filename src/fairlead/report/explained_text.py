"""A rating taken apart as plain text, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from fairlead.report.explained_content import Explained, PieceTold, StepTold

_WIDTH: Final = 120
_NATS: Final = 8
_FACTOR: Final = 13  # "Коэффициент" is the longest heading
_P: Final = 9


def explained_lines(told: Explained) -> Iterator[str]:
    """Yield the lines of an explanation: the rating, the waterfall with its pieces, the stages, flags and questions."""
    yield f"{told.name} ({told.subject_id})"
    yield told.about
    yield ""
    yield from _wrapped(told.rating)
    if told.steps:
        yield ""
        words = told.fixed
        yield f"{words['nats']:>{_NATS}}{words['factor']:>{_FACTOR}}{words['so_far']:>{_P}}  {words['step']}"
        for stage in told.stages:
            for step in told.steps:
                if step.stage == stage.stage:
                    yield from _step(step)
            if stage.stage != "start":
                yield f"{'':>{_NATS + _FACTOR}}{stage.p:>{_P}}  = {stage.name}"
        yield ""
        yield from _wrapped(f"{words['sum']}: {told.sum}", indent=2)
    yield from _section(told.fixed["buyer"], (told.buyer,) if told.buyer else ())
    yield from _section(told.fixed["axes"], told.axes)
    yield from _section(told.fixed["scale"], told.scale)
    questions = [line for one in told.questions for line in (f"- {one.ask}", f"  {one.answers}", f"  {one.worth}")]
    yield from _section(told.questions_title, questions)
    if told.uncounted:
        yield ""
        yield told.fixed["uncounted"]
        for piece in told.uncounted:
            yield from _wrapped(f"- {piece.text} [{piece.source}]", indent=4, first=2)
    yield from _section(told.fixed["notes"], told.notes)


def _step(step: StepTold) -> Iterator[str]:
    yield f"{step.nats:>{_NATS}}{step.factor:>{_FACTOR}}{step.p:>{_P}}  {step.name}"
    indent = _NATS + _FACTOR + _P + 4
    if step.note:
        yield from _wrapped(step.note, indent=indent)
    for piece in step.pieces:
        yield from _piece(piece, indent)


def _piece(piece: PieceTold, indent: int) -> Iterator[str]:
    yield from _wrapped(f"- {piece.nats} {piece.factor}  {piece.text}", indent=indent + 2, first=indent)
    if piece.made_of:
        yield from _wrapped(f"= {piece.made_of}", indent=indent + 4, first=indent + 2)
        yield from _wrapped(f"{piece.source}. {piece.citation}", indent=indent + 4, first=indent + 2)


def _section(title: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines:
            yield from _wrapped(line, indent=4 if line.startswith(("- ", "  ")) else 2, first=2)


def _wrapped(text: str, *, indent: int = 0, first: int | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=" " * (indent if first is None else first),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
