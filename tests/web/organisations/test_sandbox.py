"""The sandbox: made at the first start, filled with the example, wiped and made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.text import capfirst

from fairlead.model.progress import Silent
from fairlead.web.assessments.models import Assessment, AssessmentState
from fairlead.web.audit.chain import verify
from fairlead.web.audit.models import AuditEntry
from fairlead.web.files.store import store
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.upload import take_in
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.run import run_job
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.organisations.sandbox.make import FILL, fill, lists, make_sandbox
from fairlead.web.organisations.sandbox.wipe import _NOT_COUNTED, KINDS, _is_history, _models, wipe, would_be_lost
from fairlead.web.parties.models import Link, Party, Site
from tests.web.conftest import PASSWORD, Cast

FIRST = {"organisation": "Ministry of Reeds", "person": "Aru", "email": "Aru@Reeds.example", "password": PASSWORD}


@pytest.fixture
def sandbox(cast: Cast) -> Organisation:
    return make_sandbox(cast.alice)


def test_the_lists_are_those_of_the_example_case() -> None:
    example = Path(__file__).parents[3] / "examples" / "ministry-tender"
    theirs = sorted(path for path in example.iterdir() if path.suffix in {".csv", ".xlsx"})
    assert [path.name for path in lists()] == [path.name for path in theirs]
    assert [path.read_bytes() for path in lists()] == [path.read_bytes() for path in theirs]


def test_the_example_comes_by_an_import_and_is_assessed(sandbox: Organisation) -> None:
    one = Import.objects.get(organisation=sandbox)
    assert one.state == ImportState.COMMITTED
    assert one.files.count() == 3
    made = Assessment.objects.get(organisation=sandbox)
    assert made.state == AssessmentState.DONE
    assert Party.live.filter(organisation=sandbox, assessed=True).count() > 100
    kinds = list(Job.objects.filter(organisation=sandbox).order_by("pk").values_list("kind", "state"))
    assert [kind for kind, _state in kinds] == ["sandbox.fill", "imports.read", "imports.commit", "assessment"]
    assert {state for _kind, state in kinds} == {JobState.DONE}


def test_work_that_is_done_again_after_a_crash_commits_and_assesses_once(sandbox: Organisation) -> None:
    for kind in ("sandbox.fill", "imports.read", "imports.commit"):
        Job.objects.filter(organisation=sandbox, kind=kind).update(state=JobState.WAITING)
        run_job.func(Job.objects.get(organisation=sandbox, kind=kind).pk)
    assert Import.objects.filter(organisation=sandbox).count() == 1
    assert Assessment.objects.filter(organisation=sandbox).count() == 1
    assert Job.objects.filter(organisation=sandbox).count() == 4


def test_another_list_that_is_uploaded_to_a_sandbox_waits_for_a_person(cast: Cast) -> None:
    empty = Organisation.objects.create(name="Empty", slug="empty", sandbox=True)
    content = b"name,country\nGrey Gull Foods,KAZ\n"
    made = take_in([SimpleUploadedFile("list.csv", content)], empty, cast.alice).made
    assert made is not None
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEW
    assert not Party.objects.filter(organisation=empty).exists()


def test_the_example_in_an_organisation_that_is_no_sandbox_waits_for_a_person(cast: Cast) -> None:
    made = take_in([SimpleUploadedFile(path.name, path.read_bytes()) for path in lists()], cast.port, cast.bob).made
    assert made is not None
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEW


def test_the_first_start_makes_the_organisation_and_beside_it_a_filled_sandbox(db: None) -> None:
    browser = Client()
    answer = browser.post("/welcome/", {**FIRST, "example": "on"})
    assert answer["Location"] == "/o/ministry-of-reeds/"
    made = Organisation.objects.get(sandbox=True)
    assert Party.live.filter(organisation=made).count() > 100
    assert not Party.objects.filter(organisation__sandbox=False).exists()
    assert Membership.objects.get(organisation=made).role == Role.ADMINISTRATOR
    page = browser.get(f"/o/{made.slug}/parties/").content.decode()
    assert '<span class="tag">sandbox</span>' in page
    assert browser.get("/welcome/").status_code == 404


def test_the_first_start_makes_no_sandbox_where_none_is_wanted(db: None) -> None:
    Client().post("/welcome/", FIRST)
    assert [each.sandbox for each in Organisation.objects.all()] == [False]


def test_the_example_has_sites_links_and_earlier_versions(sandbox: Organisation) -> None:
    assert Site.live.filter(organisation=sandbox).count() > 50
    assert Link.live.filter(organisation=sandbox, to_self=False).count() > 50
    party = Party.live.filter(organisation=sandbox).first()
    assert party.history.count() == 1
    assert party.search


def test_filling_again_changes_nothing_where_there_are_parties(sandbox: Organisation, cast: Cast) -> None:
    before = set(Party.objects.filter(organisation=sandbox).values_list("pk", flat=True))
    fill(Job.objects.get(organisation=sandbox, kind=FILL), Silent())
    assert set(Party.objects.filter(organisation=sandbox).values_list("pk", flat=True)) == before


def test_the_page_of_wiping_names_what_will_be_lost(sandbox: Organisation, cast: Cast) -> None:
    page = cast.client(cast.alice).get(f"/o/{sandbox.slug}/organisation/wipe/").content.decode()
    for lost in would_be_lost(sandbox):
        assert capfirst(lost.kind) in page
    count = Party.objects.filter(organisation=sandbox).count()
    assert f'<th scope="row">Parties</th><td class="number">{count:,}</td>' in page


def test_every_kind_of_record_that_a_wipe_takes_has_words() -> None:
    kinds = {model._meta.label_lower for model in _models() if not _is_history(model)}
    assert kinds - _NOT_COUNTED == set(KINDS)


def test_wiping_takes_all_but_members_and_log_and_fills_it_anew(sandbox: Organisation, cast: Cast) -> None:
    two = list(Party.objects.filter(organisation=sandbox)[:2])
    Party.objects.filter(pk=two[0].pk).update(merged_into=two[1], name="Something of mine")
    lines = AuditEntry.objects.filter(organisation=sandbox).count()
    browser = cast.client(cast.alice)
    answer = browser.post(f"/o/{sandbox.slug}/organisation/wipe/")
    assert answer.status_code == 302
    assert not Party.objects.filter(organisation=sandbox, name="Something of mine").exists()
    assert Party.live.filter(organisation=sandbox).count() > 100
    parties = Party.objects.filter(organisation=sandbox).count()
    assert Party.history.filter(organisation_id=sandbox.pk).count() == parties
    assert AuditEntry.objects.filter(organisation=sandbox).count() > lines
    assert not verify().breaks
    assert Membership.objects.filter(organisation=sandbox, user=cast.alice).exists()


def test_wiping_leaves_other_organisations_as_they_are(sandbox: Organisation, cast: Cast) -> None:
    wipe(sandbox, cast.alice)
    assert Party.objects.filter(organisation=cast.ministry).count() == 1
    assert not Party.objects.filter(organisation=sandbox).exists()


@pytest.mark.django_db(transaction=True)
def test_wiping_takes_attached_files_with_it(cast: Cast) -> None:
    sandbox = make_sandbox(cast.alice)
    file = store(SimpleUploadedFile("proof.txt", b"proof"), sandbox, cast.alice)
    assert file.path.exists()
    wipe(sandbox, cast.alice)
    assert not (Path(settings.FILES) / str(sandbox.pk)).exists()


def test_what_is_no_sandbox_cannot_be_wiped(cast: Cast) -> None:
    browser = cast.client(cast.alice)
    assert browser.get("/o/ministry/organisation/wipe/").status_code == 404
    assert browser.post("/o/ministry/organisation/wipe/").status_code == 404
    with pytest.raises(ValueError, match="sandbox"):
        wipe(cast.ministry, cast.alice)
    assert Party.objects.filter(organisation=cast.ministry).count() == 1
