"""An import from upload to commit: what it creates and changes, all of it or nothing, and again after a crash."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fairlead.web.audit.models import AuditEntry
from fairlead.web.imports import commit as committing
from fairlead.web.imports.commit import commit_import
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.staging import stage
from fairlead.web.parties.models import Link, Party, RecordState, Site, SourceRow
from tests.web.conftest import Cast, add_party
from tests.web.imports.conftest import LIST, Upload, press


class Silent:
    """A progress that nobody watches."""

    def start(self, what: str, total: int | None = None) -> None:
        """Ignore the start."""

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps."""


def test_before_the_commit_nothing_is_in_the_data(cast: Cast, upload: Upload) -> None:
    one = upload()
    assert one.state == ImportState.PREVIEW
    assert (one.counts["rows"], one.counts["used"], one.counts["rejected"]) == (4, 3, 1)
    assert one.counts["created"] == 2, "Blue Heron is known"
    assert list(Party.objects.values_list("pk", flat=True)) == [cast.supplier.pk]


def test_the_commit_puts_parties_sites_links_and_rows_in_place(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    assert one.state == ImportState.COMMITTED, one.what
    names = set(Party.live.filter(organisation=cast.ministry).values_list("name", flat=True))
    assert names == {"Blue Heron Textiles LLP", "Amber Kiln Bricks LLP", "Silent Orchard Tea LLP"}
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    link = Link.live.get(from_party=kiln)
    assert (link.to_self, link.spend, link.currency) == (True, Decimal("2500.5"), "KZT")
    assert Site.live.get(party=kiln).workers == 35
    row = SourceRow.objects.get(party=kiln)
    assert (row.file, row.row, row.fields["city"], row.import_batch) == ("suppliers.csv", 3, "Almaty", one.pk)
    assert "amber kiln bricks" in kiln.search
    assert not Party.objects.filter(state=RecordState.STAGED).exists()


def test_a_known_party_gets_what_the_list_says_and_keeps_what_it_had(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    heron = Party.live.get(pk=cast.supplier.pk)
    assert Link.live.get(from_party=heron).spend == Decimal(1000)
    assert SourceRow.objects.get(party=heron).row == 2
    press(cast, upload(LIST.replace("1000,20", "1250,25")), "commit")
    assert Link.live.get(from_party=heron).spend == Decimal(1250)
    assert Site.live.get(party=heron).workers == 25
    assert [each.workers for each in Site.live.get(party=heron).history.order_by("version")] == [20, 25]


def test_every_created_record_has_a_first_line_of_history(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    for record in (kiln, kiln.sites.get(), kiln.links_out.get()):
        [line] = record.history.all()
        assert (line.history_type, line.state, line.history_user) == ("+", "live", cast.alice)
        assert line.history_change_reason == f"import {one.pk}"
        assert line.version == record.version == 1


def test_the_log_tells_of_upload_and_commit_without_names(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    lines = AuditEntry.objects.filter(organisation=cast.ministry, subject=str(one.pk), action__startswith="import.")
    actions = list(lines.order_by("number").values_list("action", flat=True))
    assert actions == ["import.uploaded", "import.reading", "import.committing", "import.committed"]
    assert "Heron" not in "".join(str(each.detail) for each in lines)


def test_the_same_list_again_brings_nothing_new(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    again = upload()
    assert again.counts["recorded"] == 3
    assert (again.counts["created"], again.counts["changed"]) == (0, 0)
    before = Party.objects.count(), SourceRow.objects.count(), Link.objects.count()
    press(cast, again, "commit")
    assert (Party.objects.count(), SourceRow.objects.count(), Link.objects.count()) == before


def test_what_is_known_is_not_overwritten(cast: Cast, upload: Upload) -> None:
    one = upload(LIST.replace("Blue Heron Textiles LLP", "Blue Heron Textiles JSC"))
    press(cast, one, "commit")
    heron = Party.live.get(pk=cast.supplier.pk)
    assert heron.name == "Blue Heron Textiles LLP"


def test_a_commit_that_fails_leaves_nothing_and_can_be_tried_again(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = upload()

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(committing, "_flip", broken)
    press(cast, one, "commit")
    assert one.state == ImportState.PREVIEW
    assert Party.live.count() == 1
    monkeypatch.undo()
    press(cast, one, "commit")
    assert one.state == ImportState.COMMITTED
    assert Party.live.filter(organisation=cast.ministry).count() == 3
    assert not Party.objects.filter(state=RecordState.STAGED).exists()


def test_what_a_killed_commit_has_staged_is_never_seen_and_goes_before_the_next_try(cast: Cast, upload: Upload) -> None:
    one = upload()
    Import.objects.filter(pk=one.pk).update(state=ImportState.COMMITTING)
    one.refresh_from_db()
    stage(one, Silent())  # killed here
    assert Party.objects.filter(state=RecordState.STAGED).count() == 2
    assert "Amber Kiln" not in cast.client(cast.alice).get("/o/ministry/parties/").content.decode()
    commit_import(one, cast.alice, Silent())
    assert Party.live.filter(organisation=cast.ministry).count() == 3
    assert SourceRow.objects.filter(import_batch=one.pk).count() == 3


def test_a_commit_that_died_after_it_was_made_visible_is_done(cast: Cast, upload: Upload) -> None:
    one = press(cast, upload(), "commit")
    before = Party.objects.count(), SourceRow.objects.count()
    commit_import(one, cast.alice, Silent())
    assert (Party.objects.count(), SourceRow.objects.count()) == before


def test_a_preview_that_no_longer_holds_is_shown_anew_and_nothing_is_committed(cast: Cast, upload: Upload) -> None:
    one = upload()
    kiln = add_party(cast.ministry, "Amber Kiln Bricks LLP", "pty_9999999999999999", country="KAZ")
    Site.objects.create(organisation=cast.ministry, uid="sit_9", party=kiln, address="7 Clay st.", city="Almaty")
    press(cast, one, "commit")
    assert one.state == ImportState.PREVIEW
    assert "have changed since" in one.what
    assert one.counts["created"] == 1
    press(cast, one, "commit")
    assert one.state == ImportState.COMMITTED
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 1


def test_a_change_elsewhere_that_alters_nothing_does_not_stop_a_commit(cast: Cast, upload: Upload) -> None:
    one = upload()
    add_party(cast.port, "Amber Kiln Bricks LLP", "pty_9999999999999999", country="KAZ")
    assert press(cast, one, "commit").state == ImportState.COMMITTED


def test_two_commits_of_one_organisation_do_not_run_together(cast: Cast, upload: Upload) -> None:
    first, second = upload(), upload(LIST.replace("Silent", "Loud"))
    Import.objects.filter(pk=first.pk).update(state=ImportState.COMMITTING)
    press(cast, second, "commit")
    assert second.state == ImportState.PREVIEW
    Import.objects.filter(pk=first.pk).update(state=ImportState.PREVIEW)
    assert press(cast, second, "commit").state == ImportState.COMMITTED


def test_a_button_of_an_older_preview_commits_nothing(cast: Cast, upload: Upload) -> None:
    one = upload()
    assert press(cast, one, "commit", preview="preview-older").state == ImportState.PREVIEW


def test_a_merged_party_stays_merged_when_a_list_brings_it_again(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    kiln, tea = (Party.live.get(name=name) for name in ("Amber Kiln Bricks LLP", "Silent Orchard Tea LLP"))
    kiln.state, kiln.merged_into = RecordState.MERGED, tea
    kiln.save()
    one = press(cast, upload(LIST.replace("2500.50", "2600")), "commit")
    assert one.state == ImportState.COMMITTED, one.what
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 0


def test_a_supplier_of_a_farther_tier_has_a_link_to_nobody_known(cast: Cast, upload: Upload) -> None:
    text = LIST.replace("Workers\n", "Workers,Tier\n").replace("2500.50,35", "2500.50,35,3")
    press(cast, upload(text.replace("1000,20", "1000,20,1").replace("300,12", "300,12,")), "commit")
    kiln = Party.live.get(name="Amber Kiln Bricks LLP")
    link = Link.live.get(from_party=kiln)
    assert (kiln.tier, link.tier, link.to_self, link.to_party) == (3, 3, False, None)
