"""A rating taken apart adds up to itself, and shows what made each piece of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.model.vocabulary import Indicator
from fairlead.risk import rate, shipped_cards, shipped_parameters
from fairlead.risk.cards import Group
from fairlead.risk.explanation import Explanation, explain
from fairlead.risk.parameters import logit
from fairlead.risk.steps import STAGE_OF, Stage, StepKind
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party
from tests.risk.test_rating import any_rows

CARDS = shipped_cards()
PARAMETERS = shipped_parameters()
TODAY = AS_OF.isoformat()
PARTY = parties(party(country="KAZ"))
COTTON = links(link(good="cotton"))

LISTED = evidence("good_forced_labour_listed", cluster_key="listing")
MIGRANT = evidence("workforce_migrant", asserted_by="buyer", cluster_key="workforce")
DEBT = evidence("recruitment_debt_reported", asserted_by="union", event_date=TODAY, cluster_key="debt")
FEES = evidence("fees_above_one_month_wage", asserted_by="union", event_date=TODAY, cluster_key="debt")
REPAID = evidence("fees_repaid_confirmed", asserted_by="union", polarity="mitigates", event_date=TODAY)
PRICE = evidence("buyer_price_below_labour_cost", asserted_by="self", event_date=TODAY)
BAN = evidence("listed_import_ban")
POLICY = evidence("policy_document", polarity="mitigates", asserted_by="self")


def taken_apart(*rows: dict[str, Any], **values: Any) -> Explanation:
    return explain(PARTY, COTTON, evidences(*rows), "pty_a", AS_OF, **values)


@given(any_rows, st.booleans())
@settings(max_examples=80)
def test_the_steps_and_their_pieces_add_up_to_the_rating(before: list[dict[str, Any]], listed: bool) -> None:
    rows = [*before, *([BAN] if listed else [])]
    found = taken_apart(*rows)
    rating = rate(PARTY, COTTON, evidences(*rows), AS_OF).to_pylist()[0]
    assert found.p == rating["p"]
    assert sum(step.nats for step in found.steps) == pytest.approx(logit(rating["p"]), abs=1e-9)
    assert found.steps[-1].after == pytest.approx(found.log_odds, abs=1e-9)
    assert sum(stage.nats for stage in found.stages) == pytest.approx(found.log_odds, abs=1e-9)
    for step in found.steps:
        if step.kind is StepKind.CLUSTER:
            assert sum(piece.nats for piece in step.pieces) == pytest.approx(step.nats, abs=1e-9)


@given(any_rows)
@settings(max_examples=50)
def test_the_factors_of_a_piece_multiply_to_its_nats(before: list[dict[str, Any]]) -> None:
    found = taken_apart(*before)
    for piece in (piece for step in found.steps for piece in step.pieces):
        weight = piece.reliability * piece.confidence * piece.decay * piece.dependence * piece.cap
        assert weight * math.log(piece.lr) == pytest.approx(piece.nats, abs=1e-9)


@given(any_rows)
@settings(max_examples=50)
def test_every_row_of_evidence_is_a_piece_once(before: list[dict[str, Any]]) -> None:
    found = taken_apart(*before)
    told = [piece.evidence_id for step in found.steps for piece in step.pieces]
    told += [piece.evidence_id for piece in found.uncounted]
    assert sorted(told) == sorted({row["evidence_id"] for row in before})


def test_without_evidence_only_the_starting_point_is_left() -> None:
    found = taken_apart()
    assert [step.kind for step in found.steps] == [StepKind.PRIOR]
    assert found.log_odds == PARAMETERS.prior.log_odds


def test_the_discount_within_a_cluster_is_shown_by_rank() -> None:
    step = next(step for step in taken_apart(FEES, DEBT).steps if step.cluster == "debt")
    assert [(piece.finding, piece.rank, piece.dependence) for piece in step.pieces] == [
        ("recruitment_debt_reported", 1, 1.0),
        ("fees_above_one_month_wage", 2, 0.5),
    ]
    assert step.nats == pytest.approx(0.9 * math.log(2.2) + 0.5 * 0.9 * math.log(2.0))


def test_the_stages_are_inherent_with_evidence_residual_and_the_rule() -> None:
    found = taken_apart(LISTED, MIGRANT, DEBT, REPAID, BAN)
    by_stage = {one.stage: one for one in found.stages}
    assert list(by_stage) == list(Stage)
    assert by_stage[Stage.START].p == pytest.approx(0.02, abs=0.001)
    assert by_stage[Stage.EVIDENCE].nats == pytest.approx(0.9 * math.log(2.2))
    assert by_stage[Stage.RESIDUAL].nats == pytest.approx(math.log(0.35))
    assert by_stage[Stage.RULE].p == pytest.approx(0.8)
    assert Stage.RULE not in {one.stage for one in taken_apart(LISTED).stages}


def test_every_group_of_cards_has_a_stage() -> None:
    assert set(STAGE_OF) == set(Group)


def test_the_worked_example_of_the_method_has_its_published_terms_as_pieces() -> None:
    def ago(years: float) -> str:
        return (AS_OF - timedelta(days=years * 365.25)).isoformat()

    weights = {
        "good_forced_labour_listed": (20.0, 0.5, 6.0),
        "recruitment_debt_reported": (2.4, 0.3, 2.0),
        "fees_above_one_month_wage": (2.0, 0.3, 2.0),
        "documents_held": (2.0, 0.4, 2.0),
    }
    cards = dict(CARDS)
    for key, (lr, sd, half_life) in weights.items():
        level = replace(CARDS[key].levels[""], lr=lr, ln_sd=sd, half_life_years=half_life)
        cards[key] = replace(CARDS[key], levels={"": level})
    parameters = replace(
        PARAMETERS,
        prior=replace(PARAMETERS.prior, log_odds=logit(0.0106), ln_sd=0.6),
        missing=dict.fromkeys(PARAMETERS.missing, 0.0),
        combine=replace(PARAMETERS.combine, context_ceiling=(0.999, 0.9999)),
    )
    rows = (
        evidence("good_forced_labour_listed", event_date=ago(1), cluster_key="ilab"),
        evidence("recruitment_debt_reported", event_date=ago(0.5), cluster_key="debt"),
        evidence("fees_above_one_month_wage", event_date=ago(0.5), cluster_key="debt"),
        evidence("documents_held", event_date=ago(0.5), cluster_key="docs"),
        evidence("audit_announced_clean", event_date=ago(0.5), polarity="mitigates", asserted_by="auditor"),
    )
    found = taken_apart(*rows, cards=cards, parameters=parameters)
    nats = {piece.finding: round(piece.nats, 2) for step in found.steps for piece in step.pieces}
    assert found.steps[0].nats == pytest.approx(-4.54, abs=0.005)
    assert nats == {
        "good_forced_labour_listed": 2.67,
        "recruitment_debt_reported": 0.74,
        "fees_above_one_month_wage": 0.29,
        "documents_held": 0.58,
        "audit_announced_clean": -0.07,
    }
    assert found.p == pytest.approx(0.418, abs=0.001)
    residual = next(one for one in found.stages if one.stage is Stage.RESIDUAL)
    assert residual.nats == pytest.approx(-0.07, abs=0.005)


# ---- what is the buyer's own -------------------------------------------------------------------------------------


def test_what_the_buyer_causes_is_a_step_of_its_own_and_raises_the_inherent_risk() -> None:
    found = taken_apart(LISTED, PRICE)
    own = [step for step in found.steps if step.buyers_own]
    assert [step.stage for step in own] == [Stage.INHERENT]
    assert found.buyer is not None
    assert found.buyer.nats == pytest.approx(0.7 * math.log(1.6))
    assert found.buyer.p_without == taken_apart(LISTED).p


def test_a_buyer_who_causes_nothing_has_no_part() -> None:
    assert taken_apart(LISTED, DEBT).buyer is None


# ---- the two axes ------------------------------------------------------------------------------------------------


def test_the_two_axes_are_a_flag_beside_the_probability_and_change_nothing_of_it() -> None:
    threats = evidence("threats_reported", asserted_by="union", event_date=TODAY)
    deceived = evidence("contract_substitution", asserted_by="union", event_date=TODAY)
    both = taken_apart(threats, deceived)
    assert both.axes.both
    assert set(both.indicators) == {Indicator.DECEPTION, Indicator.INTIMIDATION_AND_THREATS}
    assert both.p == rate(PARTY, COTTON, evidences(threats, deceived), AS_OF)["p"][0].as_py()
    assert not taken_apart(threats).axes.both


def test_an_allegation_speaks_to_the_indicator_that_its_row_names() -> None:
    row = evidence("specific_allegation", asserted_by="union", event_date=TODAY, indicator="isolation")
    assert set(taken_apart(row).indicators) == {Indicator.ISOLATION}


@pytest.mark.parametrize(
    "row",
    [
        MIGRANT,
        evidence("state_imposed_region", value="region"),
        evidence("documents_held", polarity="contradicts"),
        evidence("documents_held", event_date="2027"),
        REPAID,
    ],
)
def test_a_way_of_hiring_a_region_a_denial_or_a_repayment_is_no_indicator_that_is_met(row: dict[str, Any]) -> None:
    assert taken_apart(row).indicators == {}


# ---- what does not count -----------------------------------------------------------------------------------------


def test_a_policy_on_paper_is_shown_and_not_counted() -> None:
    found = taken_apart(LISTED, POLICY)
    assert [piece.finding for piece in found.uncounted] == ["policy_document"]
    assert found.p == taken_apart(LISTED).p


def test_a_party_without_data_has_no_steps_and_says_what_is_missing() -> None:
    tier = evidence("country_tip_tier", value="3", event_date="2025")
    found = explain(parties(party(country="TKM")), links(), evidences(tier), "pty_a", AS_OF)
    assert (found.assessed, found.p, found.band, found.steps) == (False, None, None, ())
    assert found.missing == ("product", "workforce")
    assert [piece.finding for piece in found.uncounted] == ["country_tip_tier"]


def test_other_parties_do_not_change_an_explanation() -> None:
    others = parties(party(country="KAZ"), party("pty_b", country="TKM"), party("pty_c", country="CHN"))
    rows = evidences(LISTED, DEBT, evidence("threats_reported", "pty_b", asserted_by="union"))
    chain = links(link(good="cotton"), link("pty_b", good="cotton"))
    assert explain(others, chain, rows, "pty_a", AS_OF) == taken_apart(LISTED, DEBT)


def test_a_party_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain(PARTY, COTTON, evidences(), "pty_z", AS_OF)
