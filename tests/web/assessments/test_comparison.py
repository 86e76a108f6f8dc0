"""What changed between two assessments, and why."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.web.assessments import compare as module
from fairlead.web.assessments.models import Assessment, Challenge, Comparison, PartyChange
from fairlead.web.jobs.models import Job
from fairlead.web.organisations.capabilities import Role
from tests.web.assessments.conftest import Chain

ROOT = "/o/ministry/assessments/"


def compared(chain: Chain, one: Assessment, other: Assessment, role: Role = Role.ANALYST) -> str:
    answer = chain.cast.as_role(role).post(f"{ROOT}{one.number}/compare/", {"with": other.number}, follow=True)
    assert answer.status_code == 200
    assert "/compared/" in answer.redirect_chain[-1][0]
    return str(answer.content.decode())


def test_a_new_finding_is_told_with_its_factor_and_its_sentence(chain: Chain) -> None:
    first = chain.assess(as_of=date(2026, 3, 31))
    chain.find()
    second = chain.assess()
    shown = compared(chain, second, first)
    row = shown[shown.index("Blue Heron") :].split("</tr>")[0]
    assert "Passports are kept by the employer" in row
    assert "×" in row
    assert "new evidence" in row
    change = PartyChange.objects.get(party=chain.spinner)
    assert change.nats > 0
    assert change.by_evidence > 0
    assert change.nats == pytest.approx(change.by_model + change.by_time + change.by_evidence)


def test_what_only_grew_a_little_older_is_counted_and_not_told_one_by_one(chain: Chain) -> None:
    first = chain.assess(as_of=date(2026, 10, 31))
    chain.find()
    shown = compared(chain, chain.assess(), first)
    row = shown[shown.index("Blue Heron") :].split("</tr>")[0]
    change = PartyChange.objects.get(party=chain.spinner)
    small = [term for term in change.terms if None not in (term["before"], term["after"])]
    assert small
    assert f"{len(small)} small change" in row
    assert "older now" not in row


def test_the_older_day_stands_first_whichever_is_asked_with_which(chain: Chain) -> None:
    newer, older = chain.assess(), chain.assess(as_of=date(2026, 3, 31))
    compared(chain, older, newer)
    compared(chain, newer, older)
    one = Comparison.objects.get()
    assert (one.older, one.newer) == (older, newer)


def test_the_same_pair_is_worked_out_once(chain: Chain) -> None:
    first, second = chain.assess(), chain.assess()
    jobs = Job.objects.count()
    compared(chain, second, first)
    compared(chain, second, first, Role.VIEWER)
    assert Job.objects.count() == jobs + 1


def test_nothing_changed_is_said(chain: Chain) -> None:
    first, second = chain.assess(), chain.assess()
    assert "Nothing changed" in compared(chain, second, first)


def test_restricted_evidence_is_not_told_to_everybody(chain: Chain) -> None:
    first = chain.assess()
    chain.find(visibility="restricted", text={"template": "A secret thing", "values": []})
    second = chain.assess()
    assert "A secret thing" in compared(chain, second, first, Role.ANALYST)
    seen = compared(chain, second, first, Role.VIEWER)
    assert "A secret thing" not in seen
    assert "only those who handle the case may see" in seen


def test_a_challenge_stands_beside_the_change(chain: Chain) -> None:
    first = chain.assess()
    chain.find()
    second = chain.assess()
    Challenge.objects.create(
        organisation=chain.cast.ministry,
        number=4,
        party=chain.spinner,
        rating=second.ratings.get(party=chain.spinner),
        text="We hand passports back.",
        received_on=date(2026, 11, 1),
        due_on=date(2026, 12, 1),
    )
    assert "Challenge 4" in compared(chain, second, first)


def test_what_could_not_be_worked_out_is_not_seen_and_can_be_asked_again(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = chain.assess()
    chain.find()
    second = chain.assess()
    client = chain.cast.as_role(Role.ANALYST)
    with monkeypatch.context() as broken:
        broken.setattr(module, "compare_assessments", lambda *sides: 1 / 0)
        client.post(f"{ROOT}2/compare/", {"with": first.number})
    one = Comparison.objects.get()
    assert not one.ready
    assert client.get(f"{ROOT}compared/{one.pk}/")["Location"] == f"{ROOT}2/"
    assert "Blue Heron" in compared(chain, second, first)


def test_another_organisations_assessments_are_not_compared(chain: Chain) -> None:
    first, second = chain.assess(), chain.assess()
    compared(chain, second, first)
    bob = chain.cast.client(chain.cast.bob)
    assert bob.get(f"/o/port/assessments/compared/{Comparison.objects.get().pk}/").status_code == 404
    assert bob.post("/o/port/assessments/2/compare/", {"with": 1}).status_code == 404


@pytest.mark.parametrize("chosen", ["", "2", "99", "x", "²"])
def test_a_choice_that_cannot_be_is_told(chain: Chain, chosen: str) -> None:
    chain.assess()
    chain.assess()
    answer = chain.cast.as_role(Role.ANALYST).post(f"{ROOT}2/compare/", {"with": chosen}, follow=True)
    assert "Choose an assessment to compare with" in answer.content.decode()
