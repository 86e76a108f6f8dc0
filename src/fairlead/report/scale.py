"""The one axis on which every rating is drawn: log-odds, from one in a thousand to ninety-eight in a hundred."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from fairlead.risk import shipped_parameters

#: The ends of the axis, as probabilities; what lies outside is drawn at the end.
LOWEST: Final = 0.001
HIGHEST: Final = 0.98


@dataclass(frozen=True)
class Zone:
    """One band on the axis: its key, where it begins and ends (probability), and the same as shares of the axis."""

    band: str
    low: float
    high: float
    start: float
    end: float


def log_odds(p: float) -> float:
    """Return ln(p / (1 - p)), for 0 < p < 1."""
    return math.log(p) - math.log1p(-p)


_START: Final = log_odds(LOWEST)
_LENGTH: Final = log_odds(HIGHEST) - _START


def position_of_nats(nats: float) -> float:
    """Return where log-odds (nats) lie on the axis, from 0 at its left end to 1 at its right."""
    return min(1.0, max(0.0, (nats - _START) / _LENGTH))


def position(p: float) -> float:
    """Return where a probability lies on the axis, from 0 to 1."""
    return position_of_nats(log_odds(min(HIGHEST, max(LOWEST, p))))


def zones() -> tuple[Zone, ...]:
    """Return the bands of the rating from the lowest to the highest, as they lie on the axis."""
    rules = sorted(shipped_parameters().bands, key=lambda rule: rule.from_p)
    ends = [*(rule.from_p for rule in rules[1:]), 1.0]
    return tuple(
        Zone(str(rule.band), rule.from_p, end, position(rule.from_p) if rule.from_p else 0.0, position(end))
        for rule, end in zip(rules, ends, strict=True)
    )
