from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given

from fairlead.errors import AnswerError
from fairlead.language import Language
from fairlead.model.schemas import EVIDENCE
from fairlead.risk import context_evidence, rate
from fairlead.standard import Answer, AnswerEvidence, evidence_from
from fairlead.standard.evidence import months_later
from tests.risk.make import TABLES, evidence, evidences, link, links, parties, party, sites
from tests.standard.make import STANDARD, answer_sets, answers

DAY = date(2026, 5, 31)


def made(given_answers: dict[str, Answer], **more: Any) -> AnswerEvidence:
    return evidence_from(STANDARD, given_answers, subject_id="pty_a", answered_on=DAY, **more)


def rows(**given_answers: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made(answers(**given_answers)).evidence.to_pylist()
    return found


def test_an_answer_becomes_a_row_of_the_supplier_s_own_word() -> None:
    (row,) = rows(documents_kept_by="employer")
    assert (row["finding"], row["polarity"]) == ("documents_held", "supports")
    assert (row["asserted_by"], row["verified_by"]) == ("self", None)
    assert (row["event_date"], row["visibility"]) == ("2026-05-31", "organisation")
    assert (row["edition"], row["locator"]) == (STANDARD.version, "documents_kept_by")
    assert row["indicator"] == "retention_of_identity_documents"
    assert Language("en").render(row["text"]).endswith("permits? The employer.")


def test_evidence_has_the_shared_schema_and_the_file_as_its_source() -> None:
    table = made(answers(seasonal_workers="yes"), source_sha256="ab" * 32).evidence
    assert table.schema.equals(EVIDENCE)
    assert table["source_id"].to_pylist() == ["ab" * 32]


def test_ten_answers_of_one_supplier_share_one_cluster_and_the_workforce_that_of_its_list() -> None:
    told = rows(documents_kept_by="employer", wages_on_time="often_late", leave_freely="never", migrant_workers="yes")
    clusters = {row["finding"]: row["cluster_key"] for row in told}
    assert len({clusters[key] for key in ("documents_held", "wages_withheld", "movement_restricted")}) == 1
    assert clusters["workforce_migrant"] == "workforce"


def test_not_knowing_is_no_evidence_and_is_named() -> None:
    found = made(answers(documents_kept_by="not_known", leave_freely="always"))
    assert found.not_known == ("documents_kept_by",)
    assert found.evidence["finding"].to_pylist() == ["movement_restricted"]


def test_texts_files_and_notes_go_into_no_row() -> None:
    assert rows(labour_provider_names="A certain agent who told us of Aigerim") == []
    note = Answer("documents_kept_by", "worker", note="Aigerim said so.", proof=("aigerim.jpg",))
    assert "igerim" not in str(made({"documents_kept_by": note}).evidence.to_pylist())


def test_an_answer_stands_as_long_as_the_standard_says() -> None:
    found = made(answers(recruitment_debt="yes", documents_kept_by="employer", has_policy="yes"))
    by_finding = dict(
        zip(found.evidence["finding"].to_pylist(), found.evidence["evidence_id"].to_pylist(), strict=True)
    )
    assert found.expires[by_finding["recruitment_debt_reported"]] == date(2026, 11, 30)
    assert found.expires[by_finding["documents_held"]] == date(2027, 5, 31)
    standing = found.in_force(date(2027, 5, 31))["finding"].to_pylist()
    assert standing == ["policy_document"]
    assert len(found.in_force(date(2027, 5, 30))) == 2
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_a_question_of_another_template_is_less_sure() -> None:
    answer = Answer("documents_kept_by", "employer", confidence=0.8)
    assert made({"documents_kept_by": answer}).evidence["confidence"].to_pylist() == [0.8]


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(AnswerError, match="no question"):
        made({"weather": Answer("weather", "fine")})


FIRM = parties(party("pty_a", country="TKM"))
CHAIN = links(link("pty_a", good="cotton", sector="textiles"))
KNOWN = pa.concat_tables(
    [
        context_evidence(FIRM, sites(), CHAIN, date(2026, 11, 24), tables=TABLES),
        evidences(evidence("documents_held", asserted_by="union", event_date="2026-05")),
    ]
)


def estimate(found: pa.Table) -> float:
    return float(rate(FIRM, CHAIN, found, date(2026, 11, 24))["p"][0].as_py())


BEFORE = estimate(KNOWN)


@given(answer_sets())
def test_no_answers_lower_the_estimate_on_the_supplier_s_word(given_answers: dict[str, Answer]) -> None:
    after = estimate(pa.concat_tables([KNOWN, made(given_answers).evidence]))
    assert after >= BEFORE - 1e-12


def test_the_best_answers_leave_the_estimate_where_it_was_and_the_worst_raise_it_less_than_strangers_would() -> None:
    best = made(
        answers(
            documents_kept_by="worker", leave_freely="always", wages_on_time="always", has_policy="yes",
            complaint_channel="independent", worker_pays_fees="employer", contract_changed="no",
        )
    ).evidence  # fmt: skip
    assert len(best) >= 7
    assert estimate(pa.concat_tables([KNOWN, best])) == pytest.approx(BEFORE, abs=1e-12)
    worst = made(answers(leave_freely="never", wages_on_time="often_late", contract_changed="yes")).evidence
    alone = worst.set_column(
        worst.schema.get_field_index("cluster_key"), "cluster_key", pc.cast(worst["evidence_id"], pa.string())
    )
    together, apart = (estimate(pa.concat_tables([KNOWN, table])) for table in (worst, alone))
    assert BEFORE < together < apart


@given(answer_sets())
def test_the_same_answers_in_another_order_give_the_same_rows(given_answers: dict[str, Answer]) -> None:
    assert made(dict(reversed(given_answers.items()))).evidence.equals(made(given_answers).evidence)
