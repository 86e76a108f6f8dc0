from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from fairlead.model.schemas import ACTION
from fairlead.plan import plan
from fairlead.risk import context_evidence, rate, shipped_cards
from tests.risk.make import AS_OF, TABLES, evidence, evidences, link, links, parties, party, sites


def planned(
    firm: dict[str, Any], chain: tuple[dict[str, Any], ...], *more: dict[str, Any], top: int = 20
) -> list[dict[str, Any]]:
    """The plan for one party with what the reference tables and these evidence rows say of it."""
    one, its_links = parties(firm), links(*chain)
    found = pa.concat_tables([context_evidence(one, sites(), its_links, AS_OF, tables=TABLES), evidences(*more)])
    table = plan(one, its_links, found, rate(one, its_links, found, AS_OF), top=top)
    assert table.schema.equals(ACTION)
    return table.to_pylist()


def texts(rows: list[dict[str, Any]], kind: str) -> str:
    return " ".join(row["step"]["template"] for row in rows if row["kind"] == kind)


COTTON = link(good="cotton", sector="textiles")


def test_a_plan_has_documents_questions_people_steps_and_what_not_to_do() -> None:
    rows = planned(party(country="TKM"), (COTTON,))
    assert {row["kind"] for row in rows} == {"step", "document", "question", "presence", "avoid"}
    assert all(row["owner"] and row["cost_bearer"] and row["state"] == "proposed" for row in rows)
    assert all(row["due_days"] and row["proof_needed"] for row in rows if row["kind"] in {"step", "document"})
    assert len({row["action_id"] for row in rows}) == len(rows)


def test_engaging_comes_before_dropping_and_workers_are_not_named() -> None:
    avoid = texts(planned(party(country="TKM"), (COTTON,)), "avoid")
    assert "Do not end the contract as a first answer" in avoid
    assert "Do not name workers" in avoid


def test_a_possible_match_is_confirmed_before_anything_else() -> None:
    rows = planned(party(country="KAZ"), (COTTON,), evidence("possible_import_ban_match", confidence=0.7))
    first = next(row for row in rows if row["kind"] == "step")
    assert first["finding"] == "possible_import_ban_match"
    assert "Confirm first whether this is the same party" in first["step"]["template"]


def test_safety_comes_before_speaking_with_the_employer() -> None:
    rows = planned(party(country="KAZ"), (COTTON,), evidence("violence_reported", event_date="2026-11"))
    steps = [row["step"]["template"] for row in rows if row["kind"] == "step"]
    assert "danger" in steps[0]
    assert "safe" in steps[1]
    assert any(text.startswith("Speak with the supplier") for text in steps[2:])


def test_steps_come_in_the_order_in_which_they_are_due() -> None:
    due = [row["due_days"] for row in planned(party(country="TKM"), (COTTON,)) if row["kind"] == "step"]
    assert due == sorted(due)


def test_a_supplier_without_a_contract_is_asked_through_the_one_that_buys_from_it() -> None:
    first, further = (
        texts(planned(party(country="TKM"), (link(good="cotton", sector="textiles", tier=tier),)), "step")
        for tier in (1, 3)
    )
    assert "Speak with the supplier" in first
    assert "no contract with this supplier" not in first
    assert "no contract with this supplier" in further


@pytest.mark.parametrize(
    ("good", "sector", "told"),
    [
        ("solar_modules", "solar_manufacturing", "polysilicon"),
        ("cotton", "textiles", "from fibre to garment"),
        (None, "cleaning", "for each building"),
        (None, "construction", "All subcontractors"),
    ],
)
def test_documents_fit_the_sector(good: str | None, sector: str, told: str) -> None:
    assert told in texts(planned(party(country="KAZ"), (link(good=good, sector=sector),)), "document")


def test_a_labour_provider_is_asked_for_its_licence() -> None:
    chain = (link("pty_a", kind="recruits_for", to_id="pty_b", tier=None),)
    assert "licence" in texts(planned(party(kind="labour_provider", country="KAZ"), chain), "document")


def test_of_whom_nothing_is_known_the_country_and_product_are_asked_and_nothing_is_assumed() -> None:
    rows = planned(party(), (link(),))
    assert {row["finding"] for row in rows} == {"no_data", "missing_country", "missing_product", "missing_workforce"}
    assert "where the work is done" in texts(rows, "step")
    assert "what the supplier delivers" in texts(rows, "step")
    assert "low or a high risk" in texts(rows, "avoid")


def test_a_wrong_number_is_asked_for_again() -> None:
    bad = {"scheme": "KZ-BIN", "value": "1", "valid": False}
    rows = planned(party(country="KAZ", identifiers=[bad]), (COTTON,))
    assert "registration number again" in texts(rows, "step")


def test_only_the_top_of_the_work_list_gets_a_plan() -> None:
    firms = parties(party("pty_a", country="KAZ"), party("pty_b", country="TKM"))
    chain = links(link("pty_a", sector="construction"), link("pty_b", good="cotton"))
    found = context_evidence(firms, sites(), chain, AS_OF, tables=TABLES)
    rows = plan(firms, chain, found, rate(firms, chain, found, AS_OF), top=1).to_pylist()
    assert {row["subject_id"] for row in rows} == {"pty_b"}


def test_no_kind_has_more_than_a_person_can_do() -> None:
    every = [evidence(key, event_date="2026-11") for key in shipped_cards()]
    rows = planned(party(country="TKM", workforce=["migrant", "seasonal", "agency"]), (COTTON,), *every)
    count = {kind: sum(row["kind"] == kind for row in rows) for kind in ("step", "document", "question", "avoid")}
    assert count == {"step": 6, "document": 6, "question": 6, "avoid": 5}


def test_the_same_input_gives_the_same_plan() -> None:
    one, two = (planned(party(country="TKM", workforce=["migrant", "agency"]), (COTTON,)) for _ in range(2))
    assert one == two
