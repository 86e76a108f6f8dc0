"""Partially pooled rates: how often something is seen in a group, drawn towards its wider group where it is small."""

from __future__ import annotations

from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints

#: How many pairs a group must have to be believed as much as its wider group (kappa). Elicited.
PSEUDO_PAIRS: Final = 20.0


def pooled_rate(
    hits: Bools, seen: Bools, group: Ints, wider: Ints, unit: Ints, *, pseudo_pairs: float = PSEUDO_PAIRS
) -> Floats:
    """Return each row's rate of hits in its group, as the rows of other units show it.

    With h hits among the n rows of the group, and kappa = `pseudo_pairs`:

        rate = (h + kappa * rate of the wider group) / (n + kappa)

    and the wider group's rate in the same way from the rate of all rows. Only rows that are `seen` count, and of
    them none of the row's own `unit`; only the rate of all rows seen, which is the same for every row, knows a seen
    unit's own hits. `group`, `wider` and `unit` number
    each row's group, its wider group (the sector of a good, the region of a country) and its unit from 0.
    """
    overall = _others(hits, seen, np.zeros_like(group), unit)
    base = _shrunk(*overall, np.full(len(hits), _rate_of_all(hits, seen)), pseudo_pairs)
    in_wider = _shrunk(*_others(hits, seen, wider, unit), base, pseudo_pairs)
    return _shrunk(*_others(hits, seen, group, unit), in_wider, pseudo_pairs)


def log_odds(rate: Floats) -> Floats:
    """Return the log-odds of rates between 0 and 1, in nats."""
    return np.asarray(np.log(rate) - np.log1p(-rate))


def _shrunk(hits: Floats, rows: Floats, towards: Floats, pseudo_pairs: float) -> Floats:
    return np.asarray((hits + pseudo_pairs * towards) / (rows + pseudo_pairs))


def _rate_of_all(hits: Bools, seen: Bools) -> float:
    """Return the rate among all rows seen, drawn towards one half by one row so that it is neither 0 nor 1."""
    return float((np.count_nonzero(hits & seen) + 0.5) / (np.count_nonzero(seen) + 1.0))


def _others(hits: Bools, seen: Bools, group: Ints, unit: Ints) -> tuple[Floats, Floats]:
    """Return hits and rows of each row's group that are seen and not of the row's own unit."""
    cell = group * (int(unit.max(initial=0)) + 1) + unit
    _, cell = np.unique(cell, return_inverse=True)
    counted, hit = seen.astype(np.float64), (hits & seen).astype(np.float64)
    return tuple(  # type: ignore[return-value]
        np.bincount(group, weights=values)[group] - np.bincount(cell, weights=values)[cell] for values in (hit, counted)
    )
