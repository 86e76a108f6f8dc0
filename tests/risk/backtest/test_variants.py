"""A card measured anew has the ratios that the counts give, and knows nothing of what is tested."""

from __future__ import annotations

import numpy as np
import pytest

from fairlead.risk import shipped_cards
from fairlead.risk.backtest import VARIANTS, Setting
from fairlead.risk.backtest.folds import folds_by
from fairlead.risk.backtest.rated_pairs import tables_as_of
from fairlead.risk.backtest.setting import FORETOLD
from fairlead.risk.backtest.variants import measured, variants
from tests.risk.backtest.make import with_labels_turned


def test_turning_the_labels_of_a_fold_changes_no_variant_of_the_rating_there(small: Setting) -> None:
    universe, known = small.universe, small.editions[FORETOLD]
    fold = folds_by(universe.country_number, small.folds)
    out = np.flatnonzero(fold == 0)
    turned = with_labels_turned(known, small, out)
    assert not np.array_equal(known.forced(universe), turned.forced(universe))
    tables = tables_as_of(small.as_of)
    before = variants(universe, known, fold, small.as_of, tables)
    after = variants(universe, turned, fold, small.as_of, tables)
    assert set(before) == set(VARIANTS)
    for name, log_odds in before.items():
        assert np.array_equal(log_odds[out], after[name][out]), name
        assert np.isfinite(log_odds).all(), name


def test_the_ratio_of_a_level_is_its_share_of_hits_over_its_share_of_the_rest() -> None:
    level = np.array(["1"] * 50 + ["3"] * 50 + [""] * 10)
    hits = np.zeros(110, dtype=bool)
    hits[[50, 51, 52, 53, 54, 105]] = True  # five of tier 3, and one of a country without a tier
    card = measured(shipped_cards()["country_tip_tier"], level, hits)
    assert card.levels["3"].lr == pytest.approx((5.5 / 5.5) / (45.5 / 95.5))
    assert card.levels["1"].lr == pytest.approx((0.5 / 5.5) / (50.5 / 95.5))
    assert card.levels["3"].ln_sd == shipped_cards()["country_tip_tier"].levels["3"].ln_sd
