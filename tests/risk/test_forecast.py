"""Which answer would narrow an open rating most."""

from __future__ import annotations

import math
from typing import Any

import pytest

from fairlead.risk import shipped_cards, shipped_parameters
from fairlead.risk.forecast import Forecast, forecasts
from fairlead.risk.rating import score
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

TODAY = AS_OF.isoformat()
PARTY = parties(party(country="KAZ"))
COTTON = links(link(good="cotton"))
LISTED = evidence("good_forced_labour_listed", cluster_key="listing")


def found(*rows: dict[str, Any], **values: Any) -> dict[str, Forecast]:
    return {one.key: one for one in forecasts(PARTY, COTTON, evidences(*rows), "pty_a", AS_OF, **values)}


def test_the_answers_are_rated_as_the_model_would_rate_them() -> None:
    allegation = evidence("specific_allegation", asserted_by="union", event_date=TODAY)
    clean = evidence("interviews_off_site_clean", asserted_by="union", event_date=TODAY, polarity="mitigates")
    one = found(LISTED)["interviews_off_site"]
    for row, p in ((allegation, one.p_if_found), (clean, one.p_if_clean)):
        assert score(PARTY, COTTON, evidences(LISTED, row), AS_OF).sums.p[0] == pytest.approx(p, abs=1e-12)


def test_the_answer_is_as_probable_as_its_likelihood_ratio_makes_it() -> None:
    one = found(LISTED)["interviews_off_site"]
    p = float(score(PARTY, COTTON, evidences(LISTED), AS_OF).sums.p[0])
    ratio = 3.0**0.9  # a specific allegation, on the word of a union
    assert one.p_found == pytest.approx(p * 0.7 + (1 - p) * 0.7 / ratio)


def test_where_no_card_tells_of_a_clean_answer_both_answers_leave_the_probability_where_it_was() -> None:
    whole = shipped_cards()["documents_held"].levels[""].lr ** 0.8
    p = float(score(PARTY, COTTON, evidences(LISTED), AS_OF).sums.p[0])
    one = found(LISTED)["identity_documents"]
    assert one.p_found is not None
    odds = p / (1 - p) * whole
    raised = odds / (1 + odds)
    assert one.p_if_found == pytest.approx(raised, abs=1e-9)
    assert one.p_found * one.p_if_found + (1 - one.p_found) * one.p_if_clean == pytest.approx(p, abs=1e-9)


def test_a_missing_field_takes_its_own_variance_out_of_the_interval() -> None:
    one = found(LISTED)["workforce"]
    spread = shipped_parameters().missing["workforce"]
    scored = score(PARTY, COTTON, evidences(LISTED), AS_OF)
    middle = float(scored.sums.log_odds[0])
    assert one.is_field
    assert one.p_if_found == pytest.approx(1 / (1 + math.exp(-(middle + 1.6449 * spread))), abs=1e-4)
    assert one.narrows > 0


def test_the_question_that_narrows_most_comes_first_and_an_answered_one_is_not_asked_again() -> None:
    asked = forecasts(PARTY, COTTON, evidences(LISTED), "pty_a", AS_OF)
    assert [one.narrows for one in asked] == sorted((one.narrows for one in asked), reverse=True)
    recent = evidence("documents_held", asserted_by="union", event_date="2026-06")
    old = evidence("documents_held", asserted_by="union", event_date="2020")
    assert "identity_documents" not in found(LISTED, recent)
    assert "identity_documents" in found(LISTED, old)


def test_where_a_state_imposes_the_labour_a_clean_answer_is_worth_nothing() -> None:
    imposed = evidence("state_imposed_region", value="region")
    p = float(score(PARTY, COTTON, evidences(imposed), AS_OF).sums.p[0])
    assert found(imposed)["interviews_off_site"].p_if_clean == pytest.approx(p, abs=1e-12)


def test_under_a_listing_no_answer_changes_the_rating() -> None:
    for one in found(evidence("listed_import_ban")).values():
        assert one.p_if_clean == pytest.approx(0.8)
        assert one.settles == 1.0


def test_nothing_is_asked_of_a_party_that_is_not_rated() -> None:
    assert forecasts(PARTY, links(), evidences(), "pty_a", AS_OF) == ()


def test_a_question_settles_where_every_answer_leads_to_one_side_of_the_line() -> None:
    low = evidence("country_rule_of_law", value="q1", event_date=TODAY, cluster_key="country:KAZ")
    cleaning = evidence("sector_exposure", value="below", asserted_by="model")
    one = found(low, cleaning)["overtime"]
    line = next(band.from_p for band in reversed(shipped_parameters().bands) if band.action == "ask_now")
    scored = score(PARTY, COTTON, evidences(low, cleaning), AS_OF)
    assert scored.bounds()[1][0] < line
    assert one.settles == 1.0
    assert found(LISTED)["overtime"].settles < 1.0
