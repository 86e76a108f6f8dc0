"""Versions as ETags: 304 for what is unchanged, 428 without one, 412 with one that is old."""

from __future__ import annotations

from fairlead.web.audit.models import AuditEntry
from fairlead.web.parties.models import Party
from tests.web.api.conftest import Program
from tests.web.conftest import Cast

PARTY = "parties/pty_1111111111111111"


def test_a_record_that_has_not_changed_is_not_sent_again(alice: Program) -> None:
    first = alice.get(PARTY)
    assert first["ETag"] == '"1"'
    again = alice.get(PARTY, If_None_Match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"1"')
    assert alice.get(PARTY, If_None_Match='"2", "7"').status_code == 200
    assert alice.get(PARTY, If_None_Match='"7", W/"1"').status_code == 304


def test_a_change_needs_the_version_that_was_seen(alice: Program, cast: Cast) -> None:
    refused = alice.patch(PARTY, {"note": "Moved."})
    assert (refused.status_code, refused.json()["where"]) == (428, "header If-Match")
    assert alice.patch(PARTY, {"note": "Moved."}, If_Match="three").status_code == 412
    done = alice.patch(PARTY, {"note": "Moved."}, If_Match='"1"')
    assert (done.status_code, done["ETag"], done.json()["note"]) == (200, '"2"', "Moved.")
    late = alice.patch(PARTY, {"note": "Gone."}, If_Match='"1"')
    assert (late.status_code, late["ETag"]) == (412, '"2"')
    assert Party.objects.get(pk=cast.supplier.pk).note == "Moved."


def test_what_a_change_leaves_out_stays(alice: Program, cast: Cast) -> None:
    Party.objects.filter(pk=cast.supplier.pk).update(note="Seen in March.", tier=2)
    changed = alice.patch(PARTY, {"tier": None, "other_names": ["Көк Құтан"]}, If_Match='"1"').json()
    assert (changed["tier"], changed["note"], changed["country"]) == (None, "Seen in March.", "KAZ")
    assert changed["other_names"] == ["Көк Құтан"]
    assert "көк құтан" in Party.objects.get(pk=cast.supplier.pk).search


def test_a_change_that_changes_nothing_keeps_the_version(alice: Program) -> None:
    assert alice.patch(PARTY, {}, If_Match='"1"')["ETag"] == '"1"'
    assert not AuditEntry.objects.filter(action="party.changed").exists()


def test_a_change_stands_in_the_history_and_the_log_as_the_token_s(alice: Program, cast: Cast) -> None:
    alice.patch(PARTY, {"note": "Moved."}, If_Match='"1"')
    entry = AuditEntry.objects.get(action="party.changed")
    assert (entry.by, entry.actor, entry.subject) == ("token", cast.alice, cast.supplier.uid)
    assert cast.supplier.history.first().history_user == cast.alice


def test_a_party_that_was_merged_is_read_and_not_changed(alice: Program, cast: Cast) -> None:
    Party.objects.filter(pk=cast.supplier.pk).update(state="merged")
    assert alice.get(PARTY).json()["state"] == "merged"
    assert alice.patch(PARTY, {"note": "Moved."}, If_Match='"1"').status_code == 404
