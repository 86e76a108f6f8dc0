"""A questionnaire to the supplier, sent, with the address of its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.questionnaires.tokens import newest_link, token_of
from tests.web.conftest import Cast


@dataclass
class Sent:
    """A questionnaire that was sent, and what the supplier's browser sees."""

    one: Questionnaire
    token: str
    browser: Client

    def url(self, rest: str = "") -> str:
        """An address of the supplier's pages."""
        return f"/q/{self.token}/{rest}"

    def write(self, topic: str, *, go: str = "stay", **fields: str) -> Any:
        """Send one section's form; fields are named like a__KEY, and versions are those in the database."""
        return self.browser.post(self.url(f"section/{topic}/"), form_of(self.one, go=go, **fields))

    def now(self) -> Questionnaire:
        """The questionnaire as it is now."""
        return Questionnaire.objects.get(pk=self.one.pk)


def form_of(one: Questionnaire, **fields: str) -> dict[str, str]:
    """A section's form as the page has it now, with the fields that are given: a__KEY for the answer to KEY."""
    versions = {answer.question: answer.version for answer in one.answers.all()}
    form = {name.replace("__", "-", 1): value for name, value in fields.items()}
    keys = {name.split("-", 1)[1] for name in form if "-" in name}
    return {**{f"v-{key}": str(versions.get(key, 0)) for key in keys}, **form}


def ask(cast: Cast, party: Party, **more: str) -> Questionnaire:
    """Make a draft through the pages."""
    lead = cast.as_role(Role.CASE_LEAD)
    fields = {"make": "yes", "due_on": (timezone.localdate() + timedelta(days=20)).isoformat(), **more}
    answer = lead.post(f"/o/{party.organisation.slug}/questionnaires/new/", {"selected": party.uid, **fields})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Questionnaire.objects.order_by("-pk")[0]


def step(cast: Cast, one: Questionnaire, name: str, role: Role = Role.CASE_LEAD, **fields: str) -> HttpResponse:
    """Do a step of the organisation through the pages."""
    seen = Questionnaire.objects.get(pk=one.pk).version
    address = f"/o/{one.organisation.slug}/questionnaires/{one.pk}/{name}/"
    answer: Any = cast.as_role(role).post(address, {"seen": str(seen), **fields}, follow=True)
    assert answer.status_code == 200
    return answer


def send(cast: Cast, one: Questionnaire) -> Sent:
    """Send a draft."""
    step(cast, one, "send")
    link = newest_link(one)
    assert link is not None
    return Sent(Questionnaire.objects.get(pk=one.pk), token_of(link), Client())


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """A folder of its own for uploaded files."""
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def sent(cast: Cast) -> Sent:
    """A deep questionnaire to the supplier, sent."""
    cast.supplier.contact_email = "office@heron.example"
    cast.supplier.save()
    return send(cast, ask(cast, cast.supplier))
