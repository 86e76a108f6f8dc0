"""What hangs on each number that somebody chose: the order of suppliers and their bands with the number moved.

Every number is moved down and up by itself (see `numbers`), everybody is rated again, and the new order is held against
the one there is: Kendall's tau-b of the probabilities, the share of the first ten that stay among them, how many bands
and answers of "find out" change, and who moves furthest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.vocabulary import AssertedBy
from fairlead.reference import load_yaml
from fairlead.risk.alike import alike
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import cards_from
from fairlead.risk.influence import Effect, Influence, shift, weightiest_first
from fairlead.risk.numbers import CARDS, PRIOR, Number, moved, numbers
from fairlead.risk.parameters import parameters_from
from fairlead.risk.rating import score


@dataclass(frozen=True)
class Sensitivity:
    """Every number by its influence, the weightiest first, and how many suppliers were rated."""

    influences: tuple[Influence, ...]
    rated: int


def sensitivity(parties: pa.Table, links: pa.Table, evidence: pa.Table, as_of: date) -> Sensitivity:
    """Move every number of the evidence cards and of risk_prior.yaml and return what hangs on each.

    The tables are those that `rate` takes. Numbers of cards of which there is no evidence touch nobody and are listed
    with no effect.
    """
    trial = _Trial(parties, links, evidence, as_of)
    influences = [trial.influence(number) for number in numbers()]
    return Sensitivity(weightiest_first(influences), int(trial.base.assessed.sum()))


@dataclass(frozen=True)
class _Outcome:
    """Everybody's rating under one set of numbers."""

    log_odds: Floats
    p: Floats
    bands: Ints
    find_out: Bools
    assessed: Bools


class _Trial:
    """Rates the same tables again and again with other numbers; suppliers that are alike are rated once."""

    def __init__(self, parties: pa.Table, links: pa.Table, evidence: pa.Table, as_of: date) -> None:
        kinds = alike(parties, links, evidence)
        self._tables = (kinds.parties, kinds.links)
        self._ids, self._kind = np.array(kinds.ids, dtype=object), kinds.kind
        evidence = kinds.evidence.combine_chunks()
        self._evidence = evidence
        self._as_of = as_of
        self._content: Mapping[str, Any] = {CARDS: load_yaml(CARDS), PRIOR: load_yaml(PRIOR)}
        self._findings = frozenset(evidence["finding"].to_pylist())
        self._values = frozenset(zip(evidence["finding"].to_pylist(), evidence["value"].to_pylist(), strict=True))
        self._said = frozenset(evidence["asserted_by"].to_pylist()) | frozenset(evidence["verified_by"].to_pylist())
        self._of_sector = pc.fill_null(evidence["locator"], "")
        self.base = self._rated(self._content, evidence)

    def influence(self, number: Number) -> Influence:
        """Return what moving one number down and up does."""
        if not self._touches(number):
            return Influence(number, None, None)
        return Influence(number, *(self._effect(number, value) for value in (number.low, number.high)))

    def _touches(self, number: Number) -> bool:
        if number.sector:
            return bool(self._rows_of(number.sector).any())
        if number.level:
            return (number.finding, number.level) in self._values
        if number.finding:
            return number.finding in self._findings
        if number.path[0] == "reliability":
            return AssertedBy(str(number.path[1])) in self._said
        return True

    def _effect(self, number: Number, value: float | str | None) -> Effect | None:
        if value is None:
            return None
        if number.sector:
            after = self._rated(self._content, self._moved_sector(number.sector, str(value)))
        else:
            content = dict(self._content)
            content[number.file] = moved(content[number.file], number.path, value)
            after = self._rated(content, self._evidence)
        return self._compared(after, value)

    def _compared(self, after: _Outcome, value: float | str) -> Effect:
        base, kept = self.base, self.base.assessed
        order = shift(base.p[kept], after.p[kept], self._ids[kept].tolist())
        change = (after.log_odds - base.log_odds)[kept]
        return Effect(
            **vars(order),
            value=value,
            mean_nats=float(np.mean(change)) if len(change) else 0.0,
            bands=int((base.bands != after.bands)[kept].sum()),
            find_out=int((base.find_out != after.find_out)[kept].sum()),
        )

    def _rated(self, content: Mapping[str, Any], evidence: pa.Table) -> _Outcome:
        scored = score(
            *self._tables,
            evidence,
            self._as_of,
            cards=cards_from(content[CARDS]),
            parameters=parameters_from(content[PRIOR]),
        )
        return _Outcome(
            log_odds=scored.sums.log_odds[self._kind],
            p=scored.sums.p[self._kind],
            bands=scored.bands()[self._kind],
            find_out=scored.find_out()[self._kind],
            assessed=scored.known.assessed[self._kind],
        )

    def _rows_of(self, sector: str) -> Any:
        return pc.equal(self._of_sector, f"risk_prior: {sector}").to_numpy()

    def _moved_sector(self, sector: str, level: str) -> pa.Table:
        """Return the evidence with another level for one sector."""
        values = pc.if_else(pa.array(self._rows_of(sector)), level, self._evidence["value"].combine_chunks())
        place = self._evidence.schema.get_field_index("value")
        polarity = self._evidence.schema.get_field_index("polarity")
        told = pc.if_else(
            pa.array(self._rows_of(sector)),
            "contradicts" if level == "below" else "supports",
            self._evidence["polarity"].combine_chunks(),
        )
        table = self._evidence.set_column(place, self._evidence.schema.field(place), values)
        return table.set_column(polarity, self._evidence.schema.field(polarity), told)
