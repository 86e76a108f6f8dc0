"""Undoing an import: what it created goes, what it changed comes back, what later work rests on stays and is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from fairlead.web.assessments.models import Assessment, Rating
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.imports.commit import commit_import
from fairlead.web.imports.models import ImportState
from fairlead.web.imports.staging import remove_staged
from fairlead.web.imports.undo import undo_import
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site, SourceRow
from tests.web.conftest import Cast
from tests.web.imports.conftest import LIST, Upload, press
from tests.web.imports.test_commit import Silent

#: The list, with a number of the kiln that passes its check.
NUMBERED = LIST.replace('"Amber Kiln Bricks LLP",,', '"Amber Kiln Bricks LLP",990340001230,')


def counted(organisation: Organisation) -> tuple[int, ...]:
    """How many records of each kind there are, of whatever state."""
    own = {"organisation": organisation}
    of_party = {"party__organisation": organisation}
    return (
        Party.objects.filter(**own).count(),
        Site.objects.filter(**own).count(),
        Link.objects.filter(**own).count(),
        PartyIdentifier.objects.filter(**of_party).count(),
        SourceRow.objects.filter(**of_party).count(),
    )


def test_an_undone_import_leaves_the_data_as_they_were(cast: Cast, upload: Upload) -> None:
    before = counted(cast.ministry)
    one = press(cast, press(cast, upload(), "commit"), "undo")
    assert one.state == ImportState.UNDONE, one.what
    assert counted(cast.ministry) == before
    assert Party.live.get(organisation=cast.ministry) == cast.supplier


def test_what_it_changed_of_known_parties_is_as_before(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    changed = LIST.replace("1000,20", "1250,25").replace("Blue Heron Textiles LLP", "Heron Blue LLP")
    one = press(cast, upload(changed), "commit")
    heron = Party.live.get(pk=cast.supplier.pk)
    assert "Heron Blue LLP" in heron.names
    assert "heron blue" in heron.search
    press(cast, one, "undo")
    heron.refresh_from_db()
    assert heron.names == ["Blue Heron Textiles LLP"]
    assert "heron blue" not in heron.search
    assert Link.live.get(from_party=heron).spend == Decimal(1000)
    assert Site.live.get(party=heron).workers == 20
    assert SourceRow.objects.filter(party=heron).count() == 1


def test_a_value_that_was_changed_since_stays(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    one = press(cast, upload(LIST.replace("1000,20", "1000,25")), "commit")
    site = Site.live.get(party=cast.supplier)
    site.workers, site.version = 40, site.version + 1
    site.save()
    press(cast, one, "undo")
    site.refresh_from_db()
    assert site.workers == 40
    assert one.counts["stays"] == 1


def test_a_party_with_evidence_entered_by_hand_is_kept_and_named(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=kiln,
        subject_uid=kiln.uid,
        finding="documents_held",
        source_id="fairlead",
        asserted_by="union",
        recorded_by=cast.alice,
    )
    press(cast, one, "undo")
    assert one.state == ImportState.UNDONE
    assert set(Party.live.filter(organisation=cast.ministry)) == {cast.supplier, kiln}
    assert Link.live.filter(from_party=kiln).count() == 1
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "Amber Kiln Bricks LLP" in page
    assert "evidence entered by hand" in page


def test_evidence_that_an_assessment_worked_out_keeps_nothing(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=kiln,
        subject_uid=kiln.uid,
        finding="country",
        source_id="fairlead",
        asserted_by="model",
    )
    press(cast, one, "undo")
    assert not Party.objects.filter(pk=kiln.pk).exists()


def test_a_party_corrected_by_hand_or_spoken_of_by_a_later_list_is_kept(cast: Cast, upload: Upload) -> None:
    first = press(cast, upload(), "commit")
    press(cast, upload(LIST.replace("300,12", "400,12")), "commit")
    press(cast, first, "undo")
    assert first.counts["kept"] == 2
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{first.pk}/").content.decode()
    assert "rows of a later list" in page
    assert Party.live.filter(organisation=cast.ministry).count() == 3


def test_an_undo_that_died_goes_on(cast: Cast, upload: Upload) -> None:
    before = counted(cast.ministry)
    one = press(cast, press(cast, upload(), "commit"), "undo")
    Party.objects.create(
        organisation=cast.ministry, uid="pty_left", name="Left", state=RecordState.STAGED, import_batch=one.pk
    )
    undo_import(one, cast.alice, Silent())
    assert counted(cast.ministry) == before


def test_after_an_undo_the_same_list_can_be_imported_again(cast: Cast, upload: Upload) -> None:
    press(cast, press(cast, upload(), "commit"), "undo")
    one = upload()
    assert one.counts["created"] == 2
    press(cast, one, "commit")
    assert Party.live.filter(organisation=cast.ministry).count() == 3
    commit_import(one, cast.alice, Silent())
    assert Party.live.filter(organisation=cast.ministry).count() == 3


def test_only_a_committed_import_can_be_undone(cast: Cast, upload: Upload) -> None:
    assert press(cast, upload(), "undo").state == ImportState.PREVIEW


def test_what_people_merged_stays_with_the_party_it_went_into(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    with transaction.atomic():
        merge(cast.supplier, [kiln], user=cast.alice)
    press(cast, one, "undo")
    assert one.state == ImportState.UNDONE, one.what
    assert list(Party.live.filter(organisation=cast.ministry)) == [cast.supplier]
    assert Site.live.filter(party=cast.supplier, address="7 Clay st.").exists()
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "another party was merged into it" in page


def test_a_rated_party_goes_out_of_use_and_its_rating_stays_on_record(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    done = Assessment.objects.create(organisation=cast.ministry, number=1, as_of=date(2026, 11, 26))
    rating = Rating.objects.create(assessment=done, party=kiln, data="no_data", find_out=False, rank=1)
    press(cast, one, "undo")
    kiln.refresh_from_db()
    assert kiln.state == RecordState.WITHDRAWN
    assert Rating.objects.filter(pk=rating.pk).exists()
    assert not Link.objects.filter(from_party=kiln).exists()


def rated_and_undone(cast: Cast, upload: Upload, content: str = LIST) -> tuple[Party, Rating]:
    """A party that was rated and went out of use with its import."""
    one = press(cast, upload(content), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    done = Assessment.objects.create(organisation=cast.ministry, number=1, as_of=date(2026, 11, 26))
    rating = Rating.objects.create(assessment=done, party=kiln, data="no_data", find_out=False, rank=1)
    press(cast, one, "undo")
    kiln.refresh_from_db()
    assert kiln.state == RecordState.WITHDRAWN
    return kiln, rating


def test_a_rated_party_that_the_same_list_brings_again_gets_its_earlier_id_back(cast: Cast, upload: Upload) -> None:
    kiln, rating = rated_and_undone(cast, upload)
    again = press(cast, upload(), "commit")
    back = Party.live.get(name="Amber Kiln Bricks LLP")
    assert (back.pk, back.uid, back.import_batch) == (kiln.pk, kiln.uid, again.pk)
    assert list(Rating.objects.filter(party=back)) == [rating]
    assert Link.live.filter(from_party=back).count() == 1
    assert Site.live.filter(party=back).count() == 1
    assert SourceRow.objects.filter(party=back).count() == 1
    told = [(line.history_type, line.history_change_reason) for line in back.history.order_by("history_id")]
    assert [kind for kind, _why in told] == ["+", "-", "+"]
    assert told[-1][1] == f"import {again.pk}"
    line = AuditEntry.objects.filter(action="import.committed").latest("pk")
    assert line.detail["brought_back"] == 1
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{again.pk}/").content.decode()
    assert "1 party came back under its earlier id" in page
    press(cast, again, "undo")
    back.refresh_from_db()
    assert back.state == RecordState.WITHDRAWN
    assert counted(cast.ministry)[1:3] == (0, 0)


def test_the_same_number_brings_the_earlier_id_back(cast: Cast, upload: Upload) -> None:
    kiln, _rating = rated_and_undone(cast, upload, NUMBERED)
    other_list = NUMBERED.replace("300,12", "310,12").replace("Amber Kiln Bricks LLP", "Amber Kiln Brickworks LLP")
    press(cast, upload(other_list), "commit")
    back = Party.live.get(pk=kiln.pk)
    assert (back.uid, back.name) == (kiln.uid, "Amber Kiln Brickworks LLP")


def test_another_list_with_the_name_alone_makes_a_party_of_its_own(cast: Cast, upload: Upload) -> None:
    kiln, _rating = rated_and_undone(cast, upload)
    press(cast, upload(LIST.replace("300,12", "310,12")), "commit")
    assert Party.live.get(name="Amber Kiln Bricks LLP").uid != kiln.uid


def test_what_people_withdrew_stays_withdrawn(cast: Cast, upload: Upload) -> None:
    kiln, _rating = rated_and_undone(cast, upload)
    Party.objects.filter(pk=kiln.pk).update(version=2)
    press(cast, upload(), "commit")
    kiln.refresh_from_db()
    assert kiln.state == RecordState.WITHDRAWN


def test_an_import_that_dies_leaves_what_would_come_back_out_of_use(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiln, rating = rated_and_undone(cast, upload)
    one = upload()
    with monkeypatch.context() as broken:
        broken.setattr("fairlead.web.imports.commit.wanted", lambda *_: 1 / 0)
        press(cast, one, "commit")
    remove_staged(one)
    kiln.refresh_from_db()
    assert (kiln.state, kiln.uid) == (RecordState.WITHDRAWN, rating.party.uid)
    press(cast, upload(), "commit")
    assert Party.live.get(name="Amber Kiln Bricks LLP").pk == kiln.pk
