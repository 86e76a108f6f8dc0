"""Questionnaires through the API: made, sent, answered by the supplier's link, read, sent back, accepted, copied."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.models import Questionnaire, State
from tests.web.api.conftest import BASE, Program, program
from tests.web.conftest import Cast

PARTY = "pty_1111111111111111"


def due(days: int = 20) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def draft(alice: Program, cast: Cast) -> str:
    """The address of a draft to the supplier."""
    cast.supplier.contact_email = "office@heron.example"
    cast.supplier.save()
    made = alice.post("questionnaires", {"parties": [PARTY], "due_on": due(), "language": "ru"})
    assert made.status_code == 201
    return f"questionnaires/{made.json()['items'][0]['number']}"


def step(caller: Program, address: str, name: str, body: Any = None) -> Any:
    """Take a step with the version that is there now."""
    return caller.post(f"{address}/{name}", body, If_Match=caller.get(address)["ETag"])


def answered() -> Questionnaire:
    """The one questionnaire, answered with no to all that can be."""
    one = Questionnaire.objects.get()
    Questionnaire.objects.filter(pk=one.pk).update(state=State.SUBMITTED, submitted_at=timezone.now())
    return Questionnaire.objects.get()


def test_a_draft_is_sent_and_its_link_opens_it(
    alice: Program, draft: str, django_capture_on_commit_callbacks: Any
) -> None:
    seen = alice.get(draft)
    with django_capture_on_commit_callbacks(execute=True):
        sent = alice.post(f"{draft}/send", If_Match=seen["ETag"])
    assert (sent.status_code, sent.json()["state"]) == (200, "sent")
    assert mail.outbox[0].to == ["office@heron.example"]
    assert sent.json()["link"] in mail.outbox[0].body
    assert Client().get(urlsplit(sent.json()["link"]).path).status_code == 200
    assert alice.post(f"{draft}/send", If_Match=seen["ETag"]).status_code == 412
    assert step(alice, draft, "send").status_code == 409
    with django_capture_on_commit_callbacks(execute=True):
        assert step(alice, draft, "remind").status_code == 200
    assert len(mail.outbox) == 2
    before = alice.get(draft).json()["link"]
    assert step(alice, draft, "link").json()["link"] not in {before, None}
    assert step(alice, draft, "link/revoke").json()["link"] is None
    assert step(alice, draft, "cancel").json()["state"] == "cancelled"


def test_the_link_is_told_only_to_those_who_may_ask(alice: Program, cast: Cast, draft: str) -> None:
    step(alice, draft, "send")
    assert program(cast.alice, [Capability.SEE]).get(draft).json()["link"] is None


def test_settings_and_questions_of_a_draft_are_changed(alice: Program, draft: str) -> None:
    seen = alice.get(draft)
    changed = alice.patch(draft, {"due_on": due(30), "reminders": False}, If_Match=seen["ETag"])
    assert (changed.json()["due_on"], changed.json()["reminders"], changed.json()["language"]) == (due(30), False, "ru")
    assert alice.patch(draft, {"due_on": due(-1)}, If_Match=changed["ETag"]).status_code == 422
    assert alice.patch(draft, {"due_on": due()}, If_Match=seen["ETag"]).status_code == 412
    asked = [each["key"] for each in alice.get(f"{draft}/answers").json()["items"]]
    assert asked
    assert step(alice, draft, "questions", {"remove": ["nothing"]}).status_code == 422
    law = next(each["key"] for each in alice.get(f"{draft}/answers").json()["items"] if each["of_the_law"])
    gone = step(alice, draft, "questions", {"remove": [law]})
    assert gone.status_code == 422 or gone.json()["asked"] == len(asked) - 1


def test_answers_are_read_once_sent_in_sent_back_accepted_and_taken_out_again(alice: Program, draft: str) -> None:
    step(alice, draft, "send")
    items = alice.get(f"{draft}/answers").json()["items"]
    place = next(n for n, each in enumerate(items) if each["type"] == "yes_no" and each["applies"])
    question = items[place]
    one = Questionnaire.objects.get()
    one.answers.create(question=question["key"], value="yes")
    assert {each["value"] for each in alice.get(f"{draft}/answers").json()["items"]} == {""}
    answered()
    assert alice.get(f"{draft}/answers").json()["items"][place]["value"] == "yes"
    assert alice.get(f"{draft}/contradictions").status_code == 200
    assert step(alice, draft, "return", {"remarks": " "}).status_code == 422
    assert step(alice, draft, "return", {"remarks": "Which year?"}).json()["remarks"] == "Which year?"
    answered()
    before = Evidence.live.count()
    accepted = step(alice, draft, "accept")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    after = Evidence.live.count()
    assert step(alice, draft, "accept").status_code == 409
    assert step(alice, draft, "undo-acceptance").json()["state"] == "submitted"
    assert Evidence.live.count() == before <= after


def test_a_copy_for_the_next_year_and_files(alice: Program, draft: str) -> None:
    copied = alice.post(f"{draft}/copy")
    assert (copied.status_code, copied.json()["state"]) == (201, "draft")
    assert copied.json()["due_on"] > due(300)
    assert len(alice.get("questionnaires").json()["items"]) == 2
    for kind in ("xlsx", "csv", "form"):
        answer = alice.get(f"{draft}/files/{kind}")
        answer.close()
        assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    assert alice.get(f"{draft}/proofs/1").status_code == 404
    assert alice.get("expiring-answers").json()["items"] == alice.get("shared-answers").json()["items"] == []


def test_a_questionnaire_of_another_organisation_is_not_there(bob: Program, draft: str) -> None:
    for rest in ("", "/answers", "/contradictions", "/files/csv"):
        assert bob.get(f"/api/organisations/port/{draft}{rest}").status_code == 404


def template() -> bytes:
    """A workbook of another buyer, with questions in its own words."""
    file, book = io.BytesIO(), Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("No.", "Question", "Answer"),
        (1, "Do workers keep their own passports?", "yes"),
        (2, "Do you have a written policy against forced and child labour?", "yes"),
        (3, "Is there a canteen?", "yes"),
    ):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_another_template_is_uploaded_mapped_and_taken_over(
    alice: Program, draft: str, tmp_path: Path, settings: Any
) -> None:
    settings.FILES = tmp_path
    sent = {"file": SimpleUploadedFile("theirs.xlsx", template())}
    made = alice.client.post(f"{BASE}/{draft}/answer-files", sent, headers={"Authorization": f"Bearer {alice.secret}"})
    assert (made.status_code, made.json()["own_form"]) == (201, False)
    one = alice.get(made["Location"]).json()
    texts = [cell["text"] for cell in one["sheets"][0]["cells"]]
    canteen = next(n for n, text in enumerate(texts) if "canteen" in text)
    told = {"sheets": [{"place": 0, "cells": [{"place": canteen, "question": "provides_housing"}]}]}
    assert alice.post(f"{made['Location']}/mapping", {"sheets": [{"place": 9}]}).status_code == 422
    nonsense = {"sheets": [{"place": 0, "cells": [{"place": canteen, "question": "no such question"}]}]}
    assert alice.post(f"{made['Location']}/mapping", nonsense).status_code == 422
    mapped = alice.post(f"{made['Location']}/mapping", told)
    found = {each["question"]: each["value"] for each in mapped.json()["found"]}
    assert found["provides_housing"] == "yes"
    assert Questionnaire.objects.get().state == "draft"
    assert alice.post(f"{made['Location']}/take").status_code == 200
    assert alice.get(draft).json()["state"] == "submitted"
    answers = {each["key"]: each["value"] for each in alice.get(f"{draft}/answers").json()["items"]}
    assert answers["provides_housing"] == "yes"
    assert alice.post(f"{made['Location']}/take").status_code == 409
    assert alice.post(f"{made['Location']}/mapping", told).status_code == 409
