"""What hangs on each number that somebody chose."""

from __future__ import annotations

import pytest

from fairlead.reference import load_yaml
from fairlead.risk.cards import cards_from
from fairlead.risk.influence import Influence
from fairlead.risk.numbers import CARDS, Number, moved
from fairlead.risk.rating import score
from fairlead.risk.sensitivity import Sensitivity, sensitivity
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

TODAY = AS_OF.isoformat()
NAMES = ("pty_a", "pty_b", "pty_c", "pty_d")
FIRMS = parties(*(party(one, country="KAZ") for one in NAMES), party("pty_e"))
CHAIN = links(*(link(one, good="cotton", sector="textiles") for one in NAMES))
FACTS = evidences(
    evidence("recruitment_debt_reported", "pty_a", asserted_by="union", event_date=TODAY),
    evidence("documents_held", "pty_b", asserted_by="union", event_date=TODAY),
    evidence(
        "sector_exposure", "pty_c", value="above", asserted_by="model", locator="risk_prior: textiles", source_id="x"
    ),
)


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    return sensitivity(FIRMS, CHAIN, FACTS, AS_OF)


def of(found: Sensitivity, name: str) -> Influence:
    return next(one for one in found.influences if one.number.name == name)


def test_a_number_of_a_card_without_evidence_touches_nobody(found: Sensitivity) -> None:
    assert of(found, "threats_reported.lr").effects == ()
    assert of(found, "reliability.press").effects == ()
    assert of(found, "sectors.bricks").effects == ()


def test_a_ratio_moves_those_who_have_its_evidence_by_what_the_model_makes_of_it(found: Sensitivity) -> None:
    one = of(found, "documents_held.lr")
    assert one.high is not None
    number: Number = one.number
    cards = cards_from(moved(load_yaml(CARDS), number.path, number.high))
    before, after = (score(FIRMS, CHAIN, FACTS, AS_OF, cards=each).sums.log_odds[:4] for each in (None, cards))
    assert one.high.mean_nats == pytest.approx((after - before).mean())
    assert one.high.mean_nats > 0 > (one.low.mean_nats if one.low else 0)


def test_who_overtakes_is_the_one_who_moves_furthest(found: Sensitivity) -> None:
    one = of(found, "documents_held.lr")
    assert one.high is not None
    assert (one.high.mover, one.high.places) in {("pty_b", -1), ("pty_a", 1)}
    assert one.high.tau < 1


def test_the_order_does_not_change_where_everybody_moves_alike(found: Sensitivity) -> None:
    one = of(found, "prior.listed_share")
    for effect in one.effects:
        assert effect.tau == 1.0
        assert (effect.mover, effect.places, effect.top_kept) == ("", 0, 1.0)
        assert effect.mean_nats != 0


def test_spreads_change_the_answers_and_never_the_order(found: Sensitivity) -> None:
    for one in found.influences:
        if one.number.path[-1] == "ln_sd" or one.number.path[0] == "missing":
            assert all(effect.tau == 1.0 and effect.mean_nats == 0 for effect in one.effects)


def test_a_sector_is_moved_by_its_level(found: Sensitivity) -> None:
    one = of(found, "sectors.textiles")
    assert one.low is not None and one.high is not None
    assert one.low.value == "average" and one.low.mean_nats < 0 < one.high.mean_nats


def test_the_weightiest_number_comes_first_and_those_that_touch_nobody_last(found: Sensitivity) -> None:
    weights = [one.weight for one in found.influences]
    assert weights == sorted(weights, reverse=True)
    assert found.rated == 4


def test_nobody_rated_gives_effects_of_nothing() -> None:
    empty = sensitivity(parties(), links(), evidences(), AS_OF)
    assert empty.rated == 0
    assert all(effect.tau == 1.0 and not effect.mover for one in empty.influences for effect in one.effects)
