"""What all tests of the backtest share: the pairs, the editions of the list, the day, and how chance is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.risk.backtest.figures import SAMPLES
from fairlead.risk.backtest.folds import FOLDS
from fairlead.risk.backtest.universe import Edition, Universe, shipped_editions, shipped_universe

#: The day on which the list of 2016 was published: nothing later is known to what is tested.
AS_OF: Final = date(2016, 9, 30)
TRAINED_ON: Final = 2016
FORETOLD: Final = 2022
SEED: Final = 0


@dataclass(frozen=True)
class Setting:
    """What all tests share: the pairs, the editions of the list, and the day.

    `seed` is that of everything drawn, `folds` how many there are, `samples` how often countries are drawn anew.
    """

    universe: Universe
    editions: Mapping[int, Edition]
    as_of: date
    seed: int
    folds: int = FOLDS
    samples: int = SAMPLES


def shipped_setting(*, seed: int = SEED) -> Setting:
    """Return the setting of the reference pack in use."""
    return Setting(shipped_universe(), shipped_editions(), AS_OF, seed)
