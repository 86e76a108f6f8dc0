"""An assessment is made whole or not at all, kept as it was, and the same data give the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.web.assessments import background, make
from fairlead.web.assessments.files import assessment_folder
from fairlead.web.assessments.models import (
    Assessment,
    AssessmentState,
    Challenge,
    Rating,
    RatingTerms,
    Sealed,
    SnapshotFile,
)
from fairlead.web.assessments.parts import read_part
from fairlead.web.audit.models import AuditEntry
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.run import run_job
from fairlead.web.parties.models import UNRANKED, Link, Party, RecordState
from tests.web.assessments.conftest import AS_OF, Chain
from tests.web.conftest import add_party


def bytes_of(assessment: Assessment) -> dict[str, bytes]:
    folder = assessment_folder(assessment)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rating(assessment: Assessment, party: Party) -> Rating:
    return Rating.objects.get(assessment=assessment, party=party)


def test_every_party_in_use_is_rated_and_the_list_of_parties_shows_it(chain: Chain) -> None:
    made = chain.assess()
    assert (made.state, made.number, made.total) == (AssessmentState.DONE, 1, 3)
    for party in (chain.spinner, chain.cleaner, chain.unknown):
        party.refresh_from_db()
        kept = rating(made, party)
        assert party.assessed
        assert (party.band, party.p, party.rank) == (kept.band, kept.p, kept.rank)
    assert sorted(Rating.objects.filter(assessment=made).values_list("rank", flat=True)) == [1, 2, 3]
    assert made.counts["no_data"] == 1
    assert AuditEntry.objects.filter(action="assessment.done", subject="assessment 1").count() == 1


def test_no_data_is_no_band_and_no_probability(chain: Chain) -> None:
    kept = rating(chain.assess(), chain.unknown)
    assert (kept.band, kept.p, kept.p_low, kept.p_high, kept.data) == (None, None, None, None, "no_data")
    assert "country" in kept.missing
    chain.unknown.refresh_from_db()
    assert (chain.unknown.band, chain.unknown.p) == (None, None)


def test_what_people_found_counts_and_what_is_withdrawn_or_expired_does_not(chain: Chain) -> None:
    without = rating(chain.assess(), chain.spinner).p
    kept = chain.find()
    found = rating(chain.assess(), chain.spinner).p
    assert found > without
    kept.state = RecordState.WITHDRAWN
    kept.save()
    assert rating(chain.assess(), chain.spinner).p == without
    kept.state, kept.expires_on = RecordState.LIVE, date(2026, 11, 1)
    kept.save()
    assert rating(chain.assess(), chain.spinner).p == without


def test_terms_add_up_to_the_rating(chain: Chain) -> None:
    import math  # noqa: PLC0415

    chain.find()
    kept = rating(chain.assess(), chain.spinner)
    nats = math.fsum(term["nats"] for term in RatingTerms.objects.get(rating=kept).terms)
    assert 1 / (1 + math.exp(-nats)) == pytest.approx(kept.p, abs=1e-12)


def test_what_the_engine_finds_stays_in_the_snapshot(chain: Chain) -> None:
    chain.find()
    made = chain.assess()
    assert chain.cast.ministry.assessments.count() == 1
    assert made.evidence_given == 1
    assert made.evidence_found > 0
    part = read_part(made, chain.spinner.uid)
    assert part.evidence.num_rows > 1
    assert part.parties["party_id"].to_pylist() == [chain.spinner.uid]
    assert part.links["link_id"].to_pylist() == ["lnk_1"]


def test_the_same_data_give_the_same_bytes(chain: Chain) -> None:
    chain.find()
    one, other = bytes_of(chain.assess()), bytes_of(chain.assess())
    assert one == other
    assert "snapshot/snapshot.json" in one


def test_each_file_has_its_hash_in_the_database(chain: Chain) -> None:
    made = chain.assess()
    assert set(SnapshotFile.objects.filter(assessment=made).values_list("name", flat=True)) == set(bytes_of(made))


def test_a_file_that_was_changed_is_not_read(chain: Chain) -> None:
    from fairlead.errors import UnreadableFile  # noqa: PLC0415

    made = chain.assess()
    for path in (assessment_folder(made) / "parts").iterdir():
        path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(UnreadableFile):
        read_part(made, chain.spinner.uid)
    (assessment_folder(made) / "snapshot" / "snapshot.json").write_bytes(b"{}")
    with pytest.raises(UnreadableFile):
        make.snapshot_folder(made)


@pytest.mark.parametrize("kind", [Assessment, Rating, RatingTerms, SnapshotFile])
def test_what_is_done_is_neither_changed_nor_deleted(chain: Chain, kind: Any) -> None:
    chain.assess()
    one = kind.objects.first()
    with pytest.raises(Sealed):
        one.save()
    with pytest.raises(Sealed):
        one.delete()
    with pytest.raises(Sealed):
        kind.objects.all().delete()
    with pytest.raises(Sealed):
        kind.objects.filter(pk=one.pk).update(pk=one.pk)
    assert kind.objects.filter(pk=one.pk).exists()


def test_a_whole_organisation_can_be_wiped(chain: Chain) -> None:
    chain.assess()
    chain.cast.supplier.accounts.all().delete()
    AuditEntry.objects.all().delete()
    chain.cast.ministry.delete()
    assert not Assessment.objects.exists()
    assert not Challenge.objects.exists()


def _break(monkeypatch: pytest.MonkeyPatch, where: str, error: BaseException) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(make, where, broken)


def _untouched(chain: Chain) -> None:
    assert not Rating.objects.visible().exists()
    assert not Party.objects.filter(assessed=True).exists()


def test_after_a_failure_nothing_is_seen_and_nothing_is_left(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, files: Path
) -> None:
    _break(monkeypatch, "publish", RuntimeError("the disk is gone"))
    made = chain.assess()
    assert (made.state, made.shown_state) == (AssessmentState.FAILED, AssessmentState.FAILED)
    _untouched(chain)
    assert not Rating.objects.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]
    answer = chain.cast.client(chain.cast.alice).get("/o/ministry/assessments/1/")
    assert "could not be made" in answer.content.decode()


def _waiting(kind: str, subject: str, *, organisation: Any, user: Any) -> Job:
    return Job.objects.create(organisation=organisation, kind=kind, subject=subject, created_by=user)


class Killed(BaseException):
    """The worker is killed: no handler of the program runs after it."""


def test_after_a_kill_midway_the_work_begins_again_and_ends_as_if_nothing_had_been(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.find()
    whole = bytes_of(chain.assess())
    monkeypatch.setattr(make, "CHUNK", 1)
    terms, calls = make._terms, []

    def dies(row: Any) -> Any:
        calls.append(row)
        if len(calls) == 2:
            raise Killed
        return terms(row)

    Party.objects.update(assessed=False, rank=UNRANKED)
    with monkeypatch.context() as broken:
        broken.setattr(make, "_terms", dies)
        broken.setattr("fairlead.web.assessments.start.start", _waiting)
        made = chain.assess()
        with pytest.raises(Killed):
            run_job.func(made.job_id)
    assert Rating.objects.filter(assessment=made).count() == 1  # what the kill has left
    assert not Rating.objects.visible().filter(assessment=made).exists()
    assert not Party.objects.filter(assessed=True).exists()
    Job.objects.filter(pk=made.job_id).update(state=JobState.WAITING)
    run_job.func(made.job_id)
    made.refresh_from_db()
    assert made.state == AssessmentState.DONE
    assert Rating.objects.filter(assessment=made).count() == RatingTerms.objects.filter(rating__assessment=made).count()
    assert Rating.objects.filter(assessment=made).count() == 3
    assert bytes_of(made) == whole


def test_work_that_is_called_once_more_after_it_was_done_changes_nothing(chain: Chain) -> None:
    made = chain.assess()
    when = made.done_at
    background.assess(made.job, _silent())
    made.refresh_from_db()
    assert made.done_at == when
    assert AuditEntry.objects.filter(action="assessment.done").count() == 1


def _silent() -> Any:
    from fairlead.model.progress import Silent  # noqa: PLC0415

    return Silent()


def test_without_a_party_the_reason_is_told(chain: Chain) -> None:
    Link.objects.all().delete()
    Party.objects.exclude(pk=chain.spinner.pk).delete()
    Party.objects.update(state=RecordState.WITHDRAWN)
    made = chain.assess()
    assert made.state == AssessmentState.FAILED
    assert "no party" in made.job.what


def test_an_assessment_for_an_earlier_day_leaves_the_list_of_parties_alone(chain: Chain) -> None:
    chain.find()
    newest = chain.assess()
    earlier = chain.assess(as_of=date(2020, 1, 1))
    assert earlier.state == AssessmentState.DONE
    assert rating(earlier, chain.spinner).p != rating(newest, chain.spinner).p
    chain.spinner.refresh_from_db()
    assert chain.spinner.p == rating(newest, chain.spinner).p


def test_a_party_that_is_no_longer_in_use_is_shown_as_not_assessed(chain: Chain) -> None:
    chain.assess()
    Party.objects.filter(pk=chain.cleaner.pk).update(state=RecordState.WITHDRAWN)
    made = chain.assess()
    chain.cleaner.refresh_from_db()
    assert made.total == 2
    assert (chain.cleaner.assessed, chain.cleaner.band, chain.cleaner.rank) == (False, None, UNRANKED)


def test_bands_are_compared_with_the_assessment_before(chain: Chain) -> None:
    first = chain.assess()
    assert set(Rating.objects.filter(assessment=first).values_list("change", flat=True)) == {""}
    for number in range(3):
        chain.find("documents_held", of=chain.cleaner, evidence_id=f"evd_{number}", cluster_key=f"c{number}")
    add_party(chain.cast.ministry, "A newcomer", "pty_5555555555555555", country="KAZ")
    second = chain.assess()
    assert second.previous == first
    assert rating(second, chain.cleaner).change == "raised"
    assert rating(second, chain.cleaner).previous_band == rating(first, chain.cleaner).band
    assert rating(second, chain.unknown).change == "same"
    assert rating(second, Party.objects.get(name="A newcomer")).change == "new"


@pytest.mark.parametrize(
    ("previous", "now", "change"),
    [
        ("", "high", "new"),
        ("no_data", "low", "rated"),
        ("low", "no_data", "unrated"),
        ("low", "high", "raised"),
        ("very_high", "high", "lowered"),
        ("no_data", "no_data", "same"),
    ],
)
def test_what_became_of_a_band(previous: str, now: str, change: str) -> None:
    assert make.change_of(previous, now) == change


def test_a_link_to_a_party_that_is_not_in_use_is_left_out(chain: Chain) -> None:
    Link.objects.create(
        organisation=chain.cast.ministry,
        uid="lnk_3",
        from_party=chain.spinner,
        to_party=chain.cleaner,
        kind="supplies",
    )
    Party.objects.filter(pk=chain.cleaner.pk).update(state=RecordState.WITHDRAWN)
    made = chain.assess()
    assert read_part(made, chain.spinner.uid).links["link_id"].to_pylist() == ["lnk_1"]


def test_other_organisations_are_neither_read_nor_changed(chain: Chain) -> None:
    theirs = add_party(chain.cast.port, "Harbour Crane JSC", "pty_1111111111111111", country="TKM")
    made = chain.assess()
    theirs.refresh_from_db()
    assert not theirs.assessed
    assert not Rating.objects.filter(assessment=made, party=theirs).exists()


def test_publishing_takes_the_same_few_statements_whatever_the_number_of_parties(chain: Chain) -> None:
    from fairlead.web.assessments import publish as module  # noqa: PLC0415

    counts = []
    for size in (3, 40):
        for number in range(Party.objects.count(), size):
            add_party(chain.cast.ministry, f"Party {number}", f"pty_{number:016x}", country="KAZ")
        made = chain.assess(as_of=AS_OF)
        with CaptureQueriesContext(connection) as queries:
            module._copy_to_parties(made)
        counts.append(len(queries))
    assert counts[0] == counts[1]
