from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.vocabulary import Band, Workforce
from fairlead.risk import shipped_cards
from fairlead.standard import (
    Form,
    Questionnaire,
    band_of,
    findings_to_ask_about,
    questionnaire,
    recruited_for,
)
from tests.risk.make import evidence, evidences, link, links
from tests.standard.make import STANDARD, answers, bands, tags

SECTORS = ["construction", "fishing", "cleaning", "electronics", "finance"]


def keys(made: Questionnaire) -> list[str]:
    return [one.question.key for one in made.asked]


@pytest.mark.parametrize("band", [Band.LOW, Band.MODERATE])
def test_little_risk_is_asked_little(band: Band) -> None:
    made = questionnaire(STANDARD, band)
    assert made.form is Form.SHORT
    assert len(made.asked) == 13
    assert all(one.because.template == "Asked of every supplier." for one in made.asked)


@pytest.mark.parametrize("band", [Band.ELEVATED, Band.HIGH, Band.VERY_HIGH])
def test_more_risk_is_asked_more(band: Band) -> None:
    made = questionnaire(STANDARD, band)
    assert made.form is Form.DEEP
    assert len(made.asked) == 60


def test_without_data_as_much_is_asked_as_of_a_high_risk_and_the_reason_says_that_nothing_is_known() -> None:
    made = questionnaire(STANDARD, None)
    assert keys(made) == keys(questionnaire(STANDARD, Band.HIGH))
    assert "no data" in " ".join(one.because.template for one in made.asked)


def test_the_band_of_a_party_without_data_is_none() -> None:
    assert band_of("no_data", None) is None
    assert band_of("no_data", "low") is None
    assert band_of("assessed", "low") is Band.LOW


def test_a_finding_brings_its_questions_into_the_short_form_and_names_itself_to_the_organisation_only() -> None:
    made = questionnaire(STANDARD, Band.LOW, findings=["contract_substitution"])
    asked = {one.question.key: one for one in made.asked}
    assert "contract_changed" in asked
    assert asked["contract_changed"].because.values["finding"] == "Contract changed on arrival"
    assert all("finding" not in one.reason.values for one in made.asked)


def test_a_sector_brings_its_supplement() -> None:
    plain, with_fishing = (keys(questionnaire(STANDARD, Band.LOW, sectors=given)) for given in ([], ["fishing"]))
    assert set(plain) < set(with_fishing)
    assert {"sea_agreements", "sea_rest_hours", "sea_days_at_sea"} <= set(with_fishing)
    assert not any(key.startswith("construction") for key in with_fishing)


def test_what_is_known_of_the_workforce_brings_its_questions() -> None:
    assert "recruitment_debt" not in keys(questionnaire(STANDARD, Band.LOW))
    assert "recruitment_debt" in keys(questionnaire(STANDARD, Band.LOW, workforce=[Workforce.MIGRANT]))
    assert "labour_provider_names" in keys(questionnaire(STANDARD, Band.LOW, uses_labour_provider=True))
    told = {
        one.because.values.get("workforce")
        for one in questionnaire(STANDARD, Band.LOW, workforce=list(Workforce)).asked
    }
    assert "Migrant workers" in told


def test_only_what_applies_and_is_not_answered_is_open() -> None:
    made = questionnaire(STANDARD, None)
    before = {one.question.key for one in made.open({})}
    assert "labour_provider_names" not in before
    after = {one.question.key for one in made.open(answers(uses_labour_provider="yes"))}
    assert after - before == {"labour_provider_names", "labour_provider_licensed", "agency_same_terms"}
    assert before - after == {"uses_labour_provider"}


def test_what_workers_told_never_shapes_what_the_supplier_is_asked() -> None:
    rows = evidences(
        evidence("documents_held", asserted_by="worker_signal"),
        evidence("wages_withheld", asserted_by="auditor", verified_by="worker_signal"),
        evidence("movement_restricted", asserted_by="union", visibility="restricted"),
        evidence("workers_isolated", polarity="contradicts"),
        evidence("excessive_overtime", asserted_by="auditor"),
        evidence("threats_reported", subject="pty_b"),
    )
    assert findings_to_ask_about(rows, "pty_a") == {"excessive_overtime"}


def test_a_link_says_that_somebody_recruits_and_no_link_says_nothing() -> None:
    table = links(link("pty_a", kind="recruits_for", to_id="pty_b"))
    assert recruited_for(table, "pty_b") is True
    assert recruited_for(table, "pty_a") is None


@given(
    bands,
    st.lists(st.sampled_from(sorted(shipped_cards())), unique=True, max_size=5),
    st.lists(st.sampled_from(SECTORS), unique=True),
    tags,
    st.randoms(use_true_random=False),
)
def test_order_never_matters_and_no_question_comes_without_the_one_that_leads_to_it(
    band: Band | None, findings: list[str], sectors: list[str], workforce: list[Workforce], chance: Any
) -> None:
    made = questionnaire(STANDARD, band, findings=findings, sectors=sectors, workforce=workforce)
    for given_list in (findings, sectors, workforce):
        chance.shuffle(given_list)
    assert questionnaire(STANDARD, band, findings=findings, sectors=sectors, workforce=workforce) == made
    asked, order = keys(made), list(STANDARD.questions)
    assert asked == sorted(asked, key=order.index)
    for place, one in enumerate(made.asked):
        assert {condition.question for condition in one.question.when} <= set(asked[:place])
    assert set(keys(questionnaire(STANDARD, Band.LOW))) <= set(asked)
