"""What hangs on each number of how risk spreads: the order by upstream exposure."""

from __future__ import annotations

import pytest

from fairlead.model.ids import BUYER_ID
from fairlead.risk.influence import Influence
from fairlead.risk.spread.sensitivity import SpreadSensitivity, spread_sensitivity
from tests.risk.make import AS_OF
from tests.risk.spread.make import link_rows, named, rated, supplies

RATINGS = rated(farm=0.3, agency=0.4, mill=0.1, shop=0.1)
LINKS = link_rows(
    supplies("farm", "shop", share=0.8),
    supplies("shop", BUYER_ID),
    {"from_id": "agency", "to_id": "mill", "kind": "recruits_for"},
)


@pytest.fixture(scope="module")
def found() -> SpreadSensitivity:
    return spread_sensitivity(named("farm", "agency", "mill", "shop"), LINKS, RATINGS, AS_OF)


def of(found: SpreadSensitivity, name: str) -> Influence:
    return next(one for one in found.influences if one.number.name == name)


def test_a_weight_that_is_raised_lets_those_behind_it_overtake(found: SpreadSensitivity) -> None:
    # As it is the shop (0.8 x 0.3) comes before the mill (0.5 x 0.4); with 0.73 the mill comes first.
    high = of(found, "recruits_for.weight").high
    assert high is not None
    assert high.tau < 1
    assert (high.mover, high.places) in {("mill", -1), ("shop", 1)}
    assert high.mean_nats > 0
    assert (high.bands, high.find_out) == (None, None)


def test_a_kind_of_link_that_does_not_occur_touches_nobody(found: SpreadSensitivity) -> None:
    for name in ("houses.weight", "owns.share_unknown", "subcontracts.weight"):
        assert of(found, name).effects == ()


def test_the_assessing_organisation_has_no_place_in_the_order(found: SpreadSensitivity) -> None:
    assert found.exposed == 3  # the shop, the mill, and the agency through the mill
    assert all(effect.mover != BUYER_ID for one in found.influences for effect in one.effects)


def test_the_weightiest_comes_first(found: SpreadSensitivity) -> None:
    weights = [one.weight for one in found.influences]
    assert weights == sorted(weights, reverse=True)


def test_without_links_or_without_ratings_no_number_has_an_effect() -> None:
    for links, ratings in ((link_rows(), RATINGS), (LINKS, rated(farm=None))):
        nothing = spread_sensitivity(named("farm"), links, ratings, AS_OF)
        assert nothing.exposed == 0
        assert all(one.effects == () for one in nothing.influences)


def test_a_share_that_is_not_known_counts_only_where_an_owner_names_none() -> None:
    row = {"from_id": "farm", "to_id": "mill", "kind": "owns"}
    for share, touches in ((0.5, False), (None, True)):
        some = spread_sensitivity(named("farm", "mill"), link_rows({**row, "share": share}), RATINGS, AS_OF)
        assert bool(of(some, "owns.share_unknown").effects) == touches
