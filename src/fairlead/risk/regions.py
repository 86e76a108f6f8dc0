"""The region of each country and its quarter by the rule of law, by which ratings are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.reference import load_csv
from fairlead.risk.cards import shipped_cards
from fairlead.risk.facts import ReferenceFacts, ReferenceTables
from fairlead.risk.parameters import shipped_parameters

#: What a supplier is grouped by; "world" is everybody.
WORLD, REGION, SUBREGION, QUARTER = "world", "region", "subregion", "rule_of_law"

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Regions:
    """The region and subregion (UN M49) and the quarter by the rule of law of each country."""

    region: Mapping[str, str]
    subregion: Mapping[str, str]
    quarter: Mapping[str, str]

    @classmethod
    def of(cls, as_of: date) -> Regions:
        """Return them as they were known on a day."""
        rows = load_csv("countries")
        facts = ReferenceFacts(ReferenceTables.shipped(), shipped_cards(), shipped_parameters(), as_of)
        quarters = {row["iso3"]: facts.rule_of_law_quarter(row["iso3"]) or UNKNOWN for row in rows}
        return cls(
            {row["iso3"]: row["region"] or UNKNOWN for row in rows},
            {row["iso3"]: row["subregion"] or UNKNOWN for row in rows},
            quarters,
        )

    def groupings(self, countries: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
        """Yield each grouping with the group of every supplier."""
        yield WORLD, [WORLD] * len(countries)
        for name, of in ((REGION, self.region), (SUBREGION, self.subregion), (QUARTER, self.quarter)):
            yield name, [of.get(iso3, UNKNOWN) for iso3 in countries]
