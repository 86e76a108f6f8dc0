from __future__ import annotations

from typing import Any

from hypothesis import given

from fairlead.language import Language
from fairlead.standard import Answer, Contradiction, contradictions, evidence_from
from tests.risk.make import AS_OF, evidence, evidences, link, links
from tests.standard.make import STANDARD, answer_sets, answers


def found(*rows: dict[str, Any], chain: tuple[dict[str, Any], ...] = (), **given_answers: str) -> list[Contradiction]:
    return list(
        contradictions(
            STANDARD, answers(**given_answers), subject_id="pty_a", evidence=evidences(*rows), links=links(*chain)
        )
    )


def test_no_labour_provider_stands_against_a_link_that_one_recruits() -> None:
    recruiter = link("pty_agent", kind="recruits_for", to_id="pty_a")
    (one,) = found(chain=(recruiter, link("pty_agent", kind="recruits_for", to_id="pty_b")), uses_labour_provider="no")
    assert (one.key, one.answer.id, one.other.kind, one.other.id) == (
        "labour_provider_denied", "uses_labour_provider", "link", recruiter["link_id"],
    )  # fmt: skip
    assert found(chain=(recruiter,), uses_labour_provider="yes") == []


def test_workers_keep_their_papers_stands_against_evidence_that_they_are_held() -> None:
    row = evidence("documents_held", asserted_by="union", event_date="2026-03")
    (one,) = found(row, documents_kept_by="worker")
    assert one.other.id == row["evidence_id"]
    english = Language("en")
    assert "The worker, who can reach them" in english.render(one.answer.text)
    assert english.render(one.sentence) == (
        "The answer and evidence of March 2026 say different things. Find out which holds."
    )
    assert found(row, documents_kept_by="employer") == []
    assert found(evidence("documents_held", subject="pty_b"), documents_kept_by="worker") == []


def test_an_earlier_answer_of_the_supplier_can_contradict_and_the_same_answers_never_do() -> None:
    now = answers(documents_kept_by="worker", recruitment_debt="yes", worker_pays_fees="employer")
    then, own = (
        evidence_from(STANDARD, each, subject_id="pty_a", answered_on=AS_OF).evidence
        for each in (answers(documents_kept_by="employer"), now)
    )
    assert [one.key for one in contradictions(STANDARD, now, subject_id="pty_a", evidence=then)] == [
        "fees_and_debt",
        "documents_held",
    ]
    assert [one.key for one in contradictions(STANDARD, now, subject_id="pty_a", evidence=own)] == ["fees_and_debt"]


def test_two_answers_that_cannot_both_be_right_are_shown_together() -> None:
    (one,) = found(workers_total="40", migrant_workers="yes", migrant_workers_count="55")
    assert (one.answer.id, one.other.id) == ("migrant_workers_count", "workers_total")
    assert found(workers_total="40", migrant_workers="yes", migrant_workers_count="40") == []
    assert found(workers_total="not_known", migrant_workers="yes", migrant_workers_count="55") == []


def test_an_answer_to_what_should_not_have_been_asked_is_shown() -> None:
    (one,) = found(worker_pays_fees="employer", fee_in_monthly_wages="3")
    assert (one.key, one.answer.id, one.other.id) == ("void_question", "fee_in_monthly_wages", "worker_pays_fees")
    assert found(fee_in_monthly_wages="3") == []


def test_what_could_lead_back_to_a_worker_is_marked() -> None:
    (one,) = found(evidence("documents_held", asserted_by="worker_signal"), documents_kept_by="worker")
    assert one.restricted
    (two,) = found(evidence("documents_held", asserted_by="union"), documents_kept_by="worker")
    assert not two.restricted


def test_an_answer_against_undated_evidence_says_so() -> None:
    (one,) = found(evidence("wages_withheld"), wages_on_time="always")
    assert "without a date" in one.sentence.template


@given(answer_sets())
def test_contradictions_do_not_depend_on_the_order_of_answers(given_answers: dict[str, Answer]) -> None:
    rows = evidences(evidence("documents_held"), evidence("wages_withheld"), evidence("workforce_migrant"))
    one, two = (
        contradictions(STANDARD, each, subject_id="pty_a", evidence=rows)
        for each in (given_answers, dict(reversed(given_answers.items())))
    )
    assert one == two
    assert all(each.answer.id in given_answers for each in one)
