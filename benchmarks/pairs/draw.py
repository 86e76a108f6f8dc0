"""What a pair is made from: a language, two brands easily taken for each other, and a source of choices."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from benchmarks.pairs.words import Language, Reading, Word
from benchmarks.pairs.written import Site, Supplier, written_address, written_name

_SHAPES: Final = ("plain", "plain", "placed", "numbered")
Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Side:
    """One side of a pair."""

    name: str
    script: str
    address: str = ""
    country: str = ""


Pair = tuple[Side, Side]


@dataclass(frozen=True)
class Draw:
    """A language, two brands easily taken for each other, brands of other suppliers, and the source of choices."""

    language: Language
    brands: tuple[Word, Word]
    others: tuple[Word, ...]
    random: random.Random

    def one(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices."""
        return choices[self.random.randrange(len(choices))]

    def two(self, choices: Sequence[Choice]) -> tuple[Choice, Choice]:
        """Return two different choices in random order."""
        first = self.random.randrange(len(choices))
        second = (first + 1 + self.random.randrange(len(choices) - 1)) % len(choices)
        return choices[first], choices[second]

    def supplier(self, shape: str = "") -> Supplier:
        """Return a supplier with one of the two brands."""
        words = self.language
        return Supplier(
            self.one(self.brands),
            self.one(words.trades),
            self.one(words.places),
            self.one(words.forms),
            shape or self.one(_SHAPES),
            2 + self.random.randrange(7),
            self.one(words.branches),
        )

    def site(self, place: Word) -> Site:
        """Return a site in a place."""
        return Site(
            3 + self.random.randrange(180), self.one(self.language.streets), self.one(self.language.areas), place
        )

    def readings(self, wanted: Callable[[Reading], bool]) -> list[Reading]:
        """Return the language's readings that a rule can use, in their order."""
        return [reading for reading in self.language.readings.values() if wanted(reading)]

    @property
    def native(self) -> Reading:
        """The language's own letters."""
        return self.language.readings["native"]

    def reading(self) -> Reading:
        """Return the native reading or, as often, any of them."""
        return self.native if self.random.random() < 0.5 else self.one(self.readings(lambda _: True))

    def any(self, wanted: Callable[[Reading], bool]) -> Reading | None:
        """Return one of the readings that a rule can use, None where the language has none."""
        found = self.readings(wanted)
        return self.one(found) if found else None

    def side(self, supplier: Supplier, reading: Reading, site: Site | None = None, style: str = "full") -> Side:
        """Return a supplier, at a site or not, as a reading has it."""
        return self.named(written_name(self.language, supplier, reading), supplier, reading, site, style)

    def named(
        self, name: str, supplier: Supplier, reading: Reading, site: Site | None = None, style: str = "full"
    ) -> Side:
        """Return a side whose name is already written."""
        address = written_address(self.language, site, reading, style) if site else ""
        return Side(name, reading.script, address, (site.place if site else supplier.place).country)
