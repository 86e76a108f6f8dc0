"""A card measured anew has the ratios that the counts give."""

from __future__ import annotations

import numpy as np
import pytest

from fairlead.risk import shipped_cards
from fairlead.risk.backtest.variants import measured


def test_the_ratio_of_a_level_is_its_share_of_hits_over_its_share_of_the_rest() -> None:
    level = np.array(["1"] * 50 + ["3"] * 50 + [""] * 10)
    hits = np.zeros(110, dtype=bool)
    hits[[50, 51, 52, 53, 54, 105]] = True  # five of tier 3, and one of a country without a tier
    card = measured(shipped_cards()["country_tip_tier"], level, hits)
    assert card.levels["3"].lr == pytest.approx((5.5 / 5.5) / (45.5 / 95.5))
    assert card.levels["1"].lr == pytest.approx((0.5 / 5.5) / (50.5 / 95.5))
    assert card.levels["3"].ln_sd == shipped_cards()["country_tip_tier"].levels["3"].ln_sd
