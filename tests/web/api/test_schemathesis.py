"""Requests made up from the document, right and wrong ones: no answer breaks the document, and none is a 5xx."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.api.document import document, operations
from fairlead.web.evidence.models import Evidence
from fairlead.web.imports.upload import take_in
from fairlead.web.jobs.models import Job
from fairlead.web.lists.models import SavedView
from fairlead.web.parties import bulk_change
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import DuplicatePair, Label, Link, Site
from fairlead.web.standards.keep import keep
from tests.web.api.conftest import Program
from tests.web.conftest import Cast, add_party

#: The ids of the records that there are, one of each kind.
IDS: dict[str, Any] = {
    "organisation": "ministry",
    "party": "pty_1111111111111111",
    "site": "sit_1",
    "link": "lnk_1",
    "evidence": "evd_1",
    "action": "act_1",
    "job": 1,
    "view": 1,
    "number": 1,
}


def _with_ids_that_there_are() -> dict[str, Any]:
    """The document, with the ids of records that there are, and without tokens, which tests of their own go through."""
    made = copy.deepcopy(document())
    for _path, _method, operation in operations(made):
        operation.pop("security", None)
        for each in operation["parameters"]:
            if each["in"] == "path":
                each["schema"] = {"enum": [IDS[each["name"]]]} if each["name"] in IDS else each["schema"]
    return made


SCHEMA = schemathesis.openapi.from_dict(_with_ids_that_there_are())
SCHEMA.app = get_wsgi_application()
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}
#: An operation that takes nothing cannot be called wrongly.
LABELS = [
    pytest.param(label, mode, id=f"{'right' if mode.is_positive else 'wrong'} {label}")
    for label, operation in OPERATIONS.items()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode.is_positive or operation.definition.raw["parameters"] or operation.definition.raw.get("requestBody")
]

#: A value of a filter can be of the right type and no value of the list, a party that is named can be gone.
_ALSO_FINE = ["2xx", "304", "400", "404", "409", "412", "413", "422"]
SCHEMA.config.checks.positive_data_acceptance.expected_statuses = _ALSO_FINE
SCHEMA.config.checks.negative_data_rejection.expected_statuses = ["4xx"]

#: So many requests of each kind for every operation; `MADE_UP_REQUESTS=100` in the environment makes a long night's.
REQUESTS = int(os.environ.get("MADE_UP_REQUESTS", "5"))


@pytest.fixture
def records(cast: Cast, tmp_path: Path, settings: Any) -> None:
    """One record of each kind, so that there is something to read and to change."""
    settings.FILES = tmp_path
    party = cast.supplier
    Site.objects.create(organisation=cast.ministry, uid="sit_1", party=party)
    Link.objects.create(organisation=cast.ministry, uid="lnk_1", from_party=party, to_self=True, kind="supplies")
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=party,
        subject_uid=party.uid,
        finding="x",
        source_id="s",
        asserted_by="union",
        text={"template": "{name} said so.", "values": {"name": "The union"}},
    )
    CorrectiveAction.objects.create(organisation=cast.ministry, uid="act_1", party=party, words="Give them back.")
    Job.objects.create(organisation=cast.ministry, kind="assessment", subject="1")
    SavedView.objects.create(organisation=cast.ministry, user=cast.alice, list_key="parties", name="All")
    other = add_party(cast.ministry, "Grey Gull Ltd", "pty_3333333333333333")
    Label.objects.create(organisation=cast.ministry, name="tender 2026")
    DuplicatePair.objects.create(organisation=cast.ministry, left=party, right=other, probability=0.7)
    bulk_change.begin(cast.ministry, cast.alice, {"selected": [other.uid]}, {"field": "tier", "value": 2})
    third = add_party(cast.ministry, "Grey Gull Limited", "pty_4444444444444444")
    merge(other, [third], user=cast.alice)
    keep(cast.ministry, "Quiet waters 1", [], cast.alice)
    take_in(
        [SimpleUploadedFile("list.csv", b"Supplier,Country\nAmber Kiln LLP,Kazakhstan\n")], cast.ministry, cast.alice
    )


def _try(operation: Any, caller: Program, mode: GenerationMode, count: int) -> None:
    # In a form with files all is text: a number or a yes in place of words comes out as words, and is none the worse.
    is_form = "multipart/form-data" in operation.definition.raw.get("requestBody", {}).get("content", {})
    left_out = [negative_data_rejection] if is_form else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def one(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {caller.secret}"}, excluded_checks=left_out)

    one()


@pytest.fixture(autouse=True)
def without_limit(settings: Any) -> None:
    """Thousands of requests in a minute are the point here."""
    settings.API_REQUESTS_PER_MINUTE = 10**9


@pytest.mark.heavy
@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(("label", "mode"), LABELS)
def test_made_up_requests_are_answered_as_the_document_says(label: str, mode: GenerationMode, alice: Program) -> None:
    _try(OPERATIONS[label], alice, mode, REQUESTS)
