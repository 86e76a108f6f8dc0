"""What hangs on each number of how risk spreads: the order by upstream exposure with the number moved.

Every number of risk_spread.yaml is moved down and up by itself, the links are weighted and followed again, and the new
order by upstream exposure (noisy-or) is held against the one there is. The parties' own ratings stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import LinkKind
from fairlead.reference import load_yaml
from fairlead.risk.arrays import Floats
from fairlead.risk.influence import Effect, Influence, shift, weightiest_first
from fairlead.risk.numbers import Number, moved
from fairlead.risk.spread.exposure import noisy_or
from fairlead.risk.spread.links import KINDS, Chain, chain_of
from fairlead.risk.spread.numbers import SPREAD, spread_numbers
from fairlead.risk.spread.own import own_of
from fairlead.risk.spread.parameters import spread_parameters_from

#: Exposures nearer to 0 or 1 count as this much when their log-odds are taken.
_LEAST: Final = 1e-9


@dataclass(frozen=True)
class SpreadSensitivity:
    """Every number by its influence, the weightiest first, and how many parties have rated ones behind them."""

    influences: tuple[Influence, ...]
    exposed: int


def spread_sensitivity(parties: pa.Table, links: pa.Table, ratings: pa.Table, as_of: date) -> SpreadSensitivity:
    """Move every number of risk_spread.yaml and return what hangs on each.

    The tables are those that `chain_of` and `own_of` take. Numbers for kinds of link that do not occur touch nobody and
    are listed with no effect; so are all where nobody has a rated party behind them. The assessing organisation itself
    has no place in the order. Raises LinkError for links that cannot be.
    """
    trial = _Trial(parties, links, ratings, as_of)
    influences = [trial.influence(number) for number in spread_numbers()]
    return SpreadSensitivity(weightiest_first(influences), len(trial.ids))


class _Trial:
    """Follows the same links again and again with other numbers."""

    def __init__(self, parties: pa.Table, links: pa.Table, ratings: pa.Table, as_of: date) -> None:
        self._tables, self._as_of = (parties, links), as_of.isoformat()
        self._content = load_yaml(SPREAD)
        chain, upstream = self._followed(self._content, ratings)
        ids = np.array(chain.ids.to_pylist(), dtype=object)
        # Rounding in the moved graphs never decides who is exposed: that is settled once.
        self._exposed = (upstream > 0) & (ids != BUYER_ID)
        self._ratings, self._base = ratings, upstream[self._exposed]
        self.ids: list[str] = ids[self._exposed].tolist()
        self._kinds = {KINDS[kind] for kind in np.unique(chain.links.kind).tolist()}
        owned = chain.links.kind == KINDS.index(LinkKind.OWNS)
        self._without_share = bool(np.isnan(chain.links.share[owned]).any())

    def influence(self, number: Number) -> Influence:
        """Return what moving one number down and up does."""
        if not self.ids or not self._touches(number):
            return Influence(number, None, None)
        return Influence(number, *(self._effect(number, value) for value in (number.low, number.high)))

    def _touches(self, number: Number) -> bool:
        if number.path[-1] == "share_unknown" and not self._without_share:
            return False
        return not number.link or LinkKind(number.link) in self._kinds

    def _effect(self, number: Number, value: float | str | None) -> Effect | None:
        if value is None:
            return None
        _, upstream = self._followed(moved(self._content, number.path, value), self._ratings)
        after = upstream[self._exposed]
        change = float(np.mean(_log_odds(after) - _log_odds(self._base)))
        return Effect(**vars(shift(self._base, after, self.ids)), value=value, mean_nats=change)

    def _followed(self, content: Mapping[str, Any], ratings: pa.Table) -> tuple[Chain, Floats]:
        """Return the chain with its links weighted by these numbers, and the upstream exposure of each party."""
        parameters = spread_parameters_from(content)
        parties, links = self._tables
        chain = chain_of(parties, links, parameters, as_of=self._as_of)
        found = noisy_or(
            chain.graph,
            np.nan_to_num(own_of(chain, parties, ratings).p),
            delta=parameters.delta,
            sweeps=parameters.most_sweeps,
            tolerance=parameters.tolerance,
        )
        return chain, found.upstream


def _log_odds(p: Floats) -> Floats:
    kept = np.clip(p, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(kept / (1 - kept))
    return odds
