from __future__ import annotations

import copy
import string

import pytest

from fairlead.errors import InvalidReference
from fairlead.plan.table import StepKind, plan_from, shipped_plan
from fairlead.reference import load_csv, load_yaml
from fairlead.risk import shipped_cards, shipped_parameters

PLAN = shipped_plan()
CONTENT = load_yaml("plan")


def test_every_card_has_steps_and_every_planned_finding_has_a_card() -> None:
    assert set(PLAN.findings) == set(shipped_cards())
    assert all(PLAN.findings.values())


def test_everything_that_can_be_missing_has_steps() -> None:
    assert set(PLAN.missing) == set(shipped_parameters().missing)


def test_every_sector_of_the_plan_is_in_the_reference_pack() -> None:
    assert set(PLAN.sectors) <= {row["sector"] for row in load_csv("sectors")}


def test_every_step_is_used() -> None:
    parts = (PLAN.findings, PLAN.sectors, PLAN.goods, PLAN.missing)
    used = {step.key for part in parts for steps in part.values() for step in steps}
    used |= {step.key for step in (*PLAN.every_supplier, *PLAN.no_data)}
    assert used == set(CONTENT["steps"])


def test_steps_can_be_translated_and_shared_because_they_have_no_placeholders() -> None:
    for key, step in CONTENT["steps"].items():
        assert all(name is None for _, name, _, _ in string.Formatter().parse(step["text"])), key


def test_no_two_steps_say_the_same() -> None:
    said = [step["text"] for step in CONTENT["steps"].values()]
    assert len(set(said)) == len(said)


def test_steps_and_documents_say_by_when_and_what_shows_that_they_are_done() -> None:
    steps = {step for part in (PLAN.findings, PLAN.sectors, PLAN.missing) for each in part.values() for step in each}
    for step in steps:
        if step.kind in {StepKind.STEP, StepKind.DOCUMENT, StepKind.QUESTION}:
            assert step.due_days, step.key
            assert step.proof, step.key


def test_no_step_drops_a_supplier_or_blames_anybody() -> None:
    for key, step in CONTENT["steps"].items():
        words = set(step["text"].lower().replace(".", " ").replace(",", " ").split())
        assert not words & {"terminate", "blacklist", "guilty", "victim", "illegal", "slave", "criminal"}, key


def test_a_list_that_names_an_unknown_step_is_refused() -> None:
    content = copy.deepcopy(CONTENT)
    content["findings"]["documents_held"].append("call_the_press")
    with pytest.raises(InvalidReference, match=r"documents_held.*call_the_press"):
        plan_from(content)


@pytest.mark.parametrize(
    ("change", "told"), [({"kind": "rumour"}, "rumour"), ({"owner": "nobody"}, "nobody"), ({"tiers": ["5"]}, "'5'")]
)
def test_a_step_that_breaks_the_rules_is_named(change: dict[str, object], told: str) -> None:
    content = copy.deepcopy(CONTENT)
    content["steps"]["ask_country"].update(change)
    with pytest.raises(InvalidReference, match=f"ask_country.*{told}"):
        plan_from(content)
