"""What the rating has to beat: single numbers that anybody could take instead of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.column import TRAINING, Column
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

#: What each baseline is made of.
BASELINE_COLUMNS: Final = (
    Column("population", "exposure", "logarithm of the people in the country", "geonames_2015", "2015", "2015-07-29"),
    Column("production_share", "exposure", "logarithm of the country's share of the world's output of the good",
           "fao_production", "2015", "2024-01-09"),
    Column("rule_of_law", "risk", "rule of law as estimated, the weaker the higher", "wgi", "2015", "2020-09"),
    Column("tip_tier", "risk", "tier in the Trafficking in Persons Report; the watch list lies between 2 and 3",
           "us_tip_history", "2015", "2015-07"),
    Column("good_rate_elsewhere", "risk", "how often the list names the good for forced labour, in training, drawn"
           " towards its sector", "us_dol_goods", TRAINING, TRAINING),
)  # fmt: skip


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
