"""What the rating has to beat: single numbers that anybody could take instead of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.universe import Universe
from fairlead.risk.pooled import pooled_rate

#: The baselines by their keys in the results, with what each is.
BASELINES: Final[Mapping[str, str]] = {
    "population": "population",
    "production_share": "share of world output",
    "rule_of_law": "weak rule of law",
    "tip_tier": "tier in the TIP Report 2015",
    "good_rate_elsewhere": "good listed elsewhere",
}


def baseline(name: str, universe: Universe, forced: Bools, seen: Bools, unit: Ints) -> Floats:
    """Return a baseline for all pairs, on a scale where more is riskier; nan where a country has no value.

    `forced` are the pairs listed for forced labour and `seen` those of the training; nothing of a pair's own `unit`
    enters the rate of its good.
    """
    if name == "population":
        return np.asarray(np.log(universe.population))
    if name == "production_share":
        return universe.ln_share
    if name == "rule_of_law":
        return np.asarray(-universe.rule_of_law)
    if name == "tip_tier":
        return universe.tier
    return pooled_rate(forced, seen, universe.good_number, universe.sector_number, unit)
