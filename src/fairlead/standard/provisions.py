"""The standard of labour practices as data: provisions, what they rest on, what is asked, and what answers say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from fairlead.model.vocabulary import Indicator, LinkKind, Polarity, Workforce
from fairlead.risk.parameters import hashed_version

#: What may stand as the answer to every question: whoever answers does not know.
NOT_KNOWN: Final = "not_known"
YES: Final = "yes"
NO: Final = "no"


class Level(StrEnum):
    """How much is asked: what international labour law asks of everybody, or what good practice adds."""

    LEGAL_MINIMUM = "legal_minimum"
    GOOD_PRACTICE = "good_practice"


class AnswerType(StrEnum):
    """What sort of answer a question takes."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    FILE = "file"


class Form(StrEnum):
    """How much is asked about the provisions: what everybody is asked, or all."""

    SHORT = "short"
    DEEP = "deep"


@dataclass(frozen=True)
class Instrument:
    """A treaty (binding on the States that ratified it) or a piece of guidance."""

    key: str
    title: str
    publisher: str
    binding: bool


@dataclass(frozen=True)
class Source:
    """A place in an instrument, such as Article 7."""

    instrument: Instrument
    at: str


@dataclass(frozen=True)
class Test:
    """What an answer is held against: one of some words, or a number above or below a limit."""

    __test__ = False  # no class of tests, whatever its name begins with

    words: tuple[str, ...] = ()
    above: Decimal | None = None
    below: Decimal | None = None

    def holds(self, value: str) -> bool:
        """Say whether an answer, in its canonical form, passes; what is not known passes nothing."""
        if value == NOT_KNOWN:
            return False
        if self.words:
            return value in self.words
        return (self.above is None or Decimal(value) > self.above) and (
            self.below is None or Decimal(value) < self.below
        )


@dataclass(frozen=True)
class Condition:
    """An answer to another question that must have been given."""

    question: str
    test: Test


@dataclass(frozen=True)
class Effect:
    """What an answer becomes as evidence: a finding, which way it points, and how sure it is that it says so."""

    test: Test
    finding: str
    polarity: Polarity
    value: str | None
    confidence: float


@dataclass(frozen=True)
class Option:
    """One of the answers of a choice: its name in the data and its words."""

    key: str
    label: str


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, and what its answers say.

    `workforce` names the workers because of whom it is in the short form too; `holds_months` is for how long an answer
    stands.
    """

    key: str
    ask: str
    type: AnswerType
    unit: str
    options: tuple[Option, ...]
    form: Form
    workforce: frozenset[Workforce]
    when: tuple[Condition, ...]
    proof: str
    holds_months: int
    says: tuple[Effect, ...]


@dataclass(frozen=True)
class Provision:
    """One requirement, at one or two levels, with what it rests on and what is asked about it.

    `legal_minimum` is empty where there is only guidance. `required` is the level that the organisation asks for.
    `supplement` is empty for what holds in every sector. `own_words` is what an organisation adds to the legal minimum.
    """

    key: str
    topic: str
    title: str
    legal_minimum: str
    good_practice: str
    required: Level
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    findings: frozenset[str]
    questions: tuple[Question, ...]
    supplement: str = ""
    own_words: str = ""

    @property
    def of_the_law(self) -> bool:
        """Whether international labour law asks for it, so that nobody may take it away."""
        return bool(self.legal_minimum)


@dataclass(frozen=True)
class Supplement:
    """What holds besides in some sectors; they are keys of the reference table sectors."""

    key: str
    title: str
    version: str
    sectors: frozenset[str]


@dataclass(frozen=True)
class ContradictionRule:
    """An answer that cannot be right beside another answer or a link.

    One of the following is set: `other`, `above_answer` (a question whose number must not be lower), or `link` with the
    end at which the supplier stands (from or to).
    """

    key: str
    question: str
    test: Test | None
    other: Condition | None
    above_answer: str
    link: LinkKind | None
    link_end: str
    sentence: str


@dataclass(frozen=True)
class Standard:
    """A code of labour practices: its provisions by chapter, supplements for sectors, and rules for contradictions."""

    key: str
    name: str
    title: str
    topics: Mapping[str, str]
    provisions: tuple[Provision, ...]
    supplements: tuple[Supplement, ...]
    contradictions: tuple[ContradictionRule, ...]

    @cached_property
    def version(self) -> str:
        """The name of the version and the beginning of a hash of all that it holds."""
        return hashed_version(self.name, _plain(asdict(self)))

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its key, in the order in which they are asked."""
        return {question.key: question for provision in self.provisions for question in provision.questions}

    @cached_property
    def provision_of(self) -> Mapping[str, Provision]:
        """The provision that a question belongs to, by the question's key."""
        return {question.key: provision for provision in self.provisions for question in provision.questions}

    def provision(self, key: str) -> Provision | None:
        """Return a provision by its key, or None."""
        return next((provision for provision in self.provisions if provision.key == key), None)

    def supplements_for(self, sectors: Collection[str]) -> tuple[Supplement, ...]:
        """Return the supplements that hold in any of these sectors."""
        return tuple(supplement for supplement in self.supplements if supplement.sectors.intersection(sectors))


def _plain(value: Any) -> Any:
    """Return a value as it is hashed: sets sorted, decimals as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | StrEnum) else value
