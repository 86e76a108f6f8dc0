"""What hangs on each number that somebody chose: the order of suppliers and their bands with the number moved.

Every number is moved down and up by itself (see `numbers`), everybody is rated again, and the new order is held against
the one there is: Kendall's tau-b of the probabilities, the share of the first ten that stay among them, how many bands
and answers of "find out" change, and who moves furthest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.vocabulary import AssertedBy
from fairlead.reference import load_yaml
from fairlead.risk.alike import alike
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import cards_from
from fairlead.risk.numbers import CARDS, PRIOR, Number, moved, numbers
from fairlead.risk.parameters import parameters_from
from fairlead.risk.rank_correlation import kendall_tau_b
from fairlead.risk.rating import score

#: So many at the top of the order are watched.
TOP: Final = 10

#: Probabilities that are nearer are the same but for rounding, as in the work list.
_DIGITS: Final = 9


@dataclass(frozen=True)
class Effect:
    """What one moved value does: the value, tau-b, the share of the first ten that stay, and how many answers change.

    `mean_nats` is the mean change of the log-odds over the rated, and `mover` the id of the party that moves by most
    `places` (up is negative), empty where nobody moves.
    """

    value: float | str
    tau: float
    top_kept: float
    bands: int
    find_out: int
    mean_nats: float
    mover: str
    places: int


@dataclass(frozen=True)
class Influence:
    """One number and what moving it does; both effects are null where it touches nobody in these results."""

    number: Number
    low: Effect | None
    high: Effect | None

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The effects that there are."""
        return tuple(effect for effect in (self.low, self.high) if effect is not None)

    @property
    def weight(self) -> tuple[float, int, float]:
        """How much hangs on the number: the order first, then the answers, then the size of the change."""
        if not self.effects:
            return (-1.0, -1, -1.0)
        return (
            max(1.0 - effect.tau for effect in self.effects),
            max(effect.bands + effect.find_out for effect in self.effects),
            max(abs(effect.mean_nats) for effect in self.effects),
        )


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
    order = sorted(range(len(influences)), key=lambda at: (tuple(-one for one in influences[at].weight), at))
    return Sensitivity(tuple(influences[at] for at in order), int(trial.base.assessed.sum()))


@dataclass(frozen=True)
class _Outcome:
    """Everybody's rating under one set of numbers; `by_id` is the place of each by its id."""

    by_id: Ints
    log_odds: Floats
    p: Floats
    bands: Ints
    find_out: Bools
    assessed: Bools

    def places(self) -> Ints:
        """Return the place of each rated party by its probability, the highest first, equal ones by id; 0 is first."""
        kept = np.flatnonzero(self.assessed)
        order = np.lexsort((self.by_id[kept], -np.round(self.p[kept], _DIGITS)))
        places = np.empty(len(kept), dtype=np.int64)
        places[order] = np.arange(len(kept))
        return places


class _Trial:
    """Rates the same tables again and again with other numbers; suppliers that are alike are rated once."""

    def __init__(self, parties: pa.Table, links: pa.Table, evidence: pa.Table, as_of: date) -> None:
        kinds = alike(parties, links, evidence)
        self._tables = (kinds.parties, kinds.links)
        self._ids, self._kind = np.array(kinds.ids, dtype=object), kinds.kind
        self._by_id = np.argsort(np.argsort(np.array(kinds.ids, dtype=str))).astype(np.int64)
        evidence = kinds.evidence.combine_chunks()
        self._evidence = evidence
        self._as_of = as_of
        self._content: Mapping[str, Any] = {CARDS: load_yaml(CARDS), PRIOR: load_yaml(PRIOR)}
        self._findings = frozenset(evidence["finding"].to_pylist())
        self._values = frozenset(zip(evidence["finding"].to_pylist(), evidence["value"].to_pylist(), strict=True))
        self._said = frozenset(evidence["asserted_by"].to_pylist()) | frozenset(evidence["verified_by"].to_pylist())
        self._of_sector = pc.fill_null(evidence["locator"], "")
        self.base = self._rated(self._content, evidence)
        self._places = self.base.places()

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
        if not kept.any():
            return Effect(value, 1.0, 1.0, 0, 0, 0.0, "", 0)
        places = after.places()
        shift = places - self._places
        mover = int(np.argmax(np.abs(shift)))
        first = min(TOP, len(places))
        stay = int(((places < first) & (self._places < first)).sum())
        return Effect(
            value=value,
            tau=kendall_tau_b(*(np.round(one.p[kept], _DIGITS) for one in (base, after))),
            top_kept=stay / first,
            bands=int((base.bands != after.bands)[kept].sum()),
            find_out=int((base.find_out != after.find_out)[kept].sum()),
            mean_nats=float(np.mean((after.log_odds - base.log_odds)[kept])),
            mover=str(self._ids[kept][mover]) if shift[mover] else "",
            places=int(shift[mover]),
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
            by_id=self._by_id,
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
