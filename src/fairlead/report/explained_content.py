"""What is told of a rating taken apart, as plain data: every sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PieceTold:
    """One piece of evidence: its sentence, factor and nats, how it came to them, and where it comes from."""

    text: str
    factor: str
    nats: str
    made_of: str
    source: str
    citation: str


@dataclass(frozen=True)
class StepTold:
    """One step of the waterfall in words, with its log-odds before and after."""

    kind: str  # prior, raises, lowers, none
    name: str
    factor: str
    nats: str
    p: str
    before: float
    after: float
    stage: str
    note: str
    pieces: tuple[PieceTold, ...]


@dataclass(frozen=True)
class StageTold:
    """Where the rating stands at the end of a stage."""

    stage: str
    name: str
    p: str
    nats: str
    log_odds: float


@dataclass(frozen=True)
class QuestionTold:
    """One question: what to find out, what the rating would be after each answer, and what asking is worth."""

    ask: str
    answers: str
    worth: str


@dataclass(frozen=True)
class Explained:
    """A rating taken apart, in words. Without data there are no steps and `rating` says what is missing."""

    language: str
    name: str
    subject_id: str
    about: str
    rating: str
    range: str
    band: str
    interval: tuple[float, float] | None
    steps: tuple[StepTold, ...]
    stages: tuple[StageTold, ...]
    sum: str
    axes: tuple[str, ...]
    scale: tuple[str, ...]
    buyer: str
    questions_title: str
    questions: tuple[QuestionTold, ...]
    uncounted: tuple[PieceTold, ...]
    notes: tuple[str, ...]
    fixed: Mapping[str, str]
