from __future__ import annotations

import copy
import math
import re

import pytest

from fairlead.errors import InvalidReference
from fairlead.model.vocabulary import AssertedBy
from fairlead.reference import load_csv, load_yaml
from fairlead.risk import MODEL_VERSION, shipped_cards, shipped_parameters
from fairlead.risk.parameters import logit, parameters_from, site_probability

PARAMETERS = shipped_parameters()


def test_the_starting_point_follows_from_the_published_estimates_and_the_stated_assumptions() -> None:
    entry = load_yaml("risk_prior")["prior"]
    mean = 17.3e6 / 3.29e9 * 0.5
    p = site_probability(mean, entry["within_site_correlation"], entry["workers_at_site"])
    assert p == pytest.approx(0.0202, abs=0.0001)
    assert PARAMETERS.prior.log_odds == pytest.approx(math.log(p / (1 - p)))


def test_without_correlation_the_site_probability_is_that_of_independent_workers() -> None:
    assert site_probability(0.005, 1e-7, 50) == pytest.approx(1 - 0.995**50, rel=1e-4)


def test_one_worker_has_the_mean() -> None:
    assert site_probability(0.005, 0.3, 1) == pytest.approx(0.005)


def test_bands_go_down_to_zero_and_give_their_reasons() -> None:
    assert [band.band for band in PARAMETERS.bands] == ["very_high", "high", "elevated", "moderate", "low"]
    assert all(band.reason for band in PARAMETERS.bands)
    assert PARAMETERS.combine.context_ceiling[1] < PARAMETERS.bands[0].from_p


def test_from_the_end_of_the_ceiling_one_small_fact_does_not_reach_the_highest_band() -> None:
    cards = shipped_cards()
    gap = logit(PARAMETERS.bands[0].from_p) - logit(PARAMETERS.combine.context_ceiling[1])
    for finding in ("workforce_seasonal", "workforce_on_site_housing", "labour_provider_used"):
        card = cards[finding]
        assert card.levels[""].ln_lr * card.reliability[AssertedBy.BUYER] < gap


def test_every_sector_with_a_level_is_a_sector_of_the_reference_pack() -> None:
    known = {row["sector"] for row in load_csv("sectors")}
    assert set(PARAMETERS.sector_levels) <= known
    assert set(PARAMETERS.sector_of_kind.values()) <= known
    assert set(PARAMETERS.sector_levels.values()) <= set(shipped_cards()["sector_exposure"].levels)


def test_the_places_belong_to_regions_of_the_reference_pack() -> None:
    assert set(PARAMETERS.places) <= {row["region"] for row in load_csv("state_imposed")}


def test_the_model_version_names_the_model_and_a_hash() -> None:
    assert re.fullmatch(r"prior-2\+[0-9a-f]{12}", MODEL_VERSION)


def test_bands_out_of_order_are_refused() -> None:
    content = copy.deepcopy(load_yaml("risk_prior"))
    content["bands"].reverse()
    with pytest.raises(InvalidReference, match="bands must go"):
        parameters_from(content)
