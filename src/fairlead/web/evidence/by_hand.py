"""Evidence that a person enters: kept once however often it is entered, withdrawn with a reason, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from fairlead.identity.normalise import fold
from fairlead.model.ids import content_id
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.evidence.models import Evidence, Proof
from fairlead.web.evidence.store import keep_evidence
from fairlead.web.evidence.words import cards
from fairlead.web.files.store import store
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.records.change import change

#: Stands for the source where no file is attached.
BY_HAND: Final = "by_hand"

#: What makes two entries the same: whatever they say, beside who may see it and how long it counts.
_SAYS: Final = ("finding", "value", "polarity", "indicator", "asserted_by", "event_date", "edition", "locator")


def add_evidence(
    party: Party, user: User, values: Mapping[str, Any], uploads: Iterable[UploadedFile[bytes]] = ()
) -> tuple[Evidence, bool]:
    """Keep what a person has entered of a party; return it, and False where it was there already.

    `values` are those of a valid `EvidenceForm`. What was withdrawn counts again. Raises ValidationError for a file
    that is empty or too large; then nothing is kept.
    """
    with transaction.atomic():
        files = [store(upload, party.organisation, user) for upload in uploads]
        row = _row(party, values, files[0].sha256 if files else BY_HAND)
        there = Evidence.objects.filter(organisation=party.organisation, uid=row["evidence_id"]).first()
        if there is None:
            [there] = keep_evidence(
                [row],
                organisation=party.organisation,
                party_of={party.uid: party},
                user=user,
                source_title=values["source_title"],
                expires_on=values["expires_on"],
            )
            Evidence.objects.filter(pk=there.pk).update(quote=values["quote"])
            there.refresh_from_db()
            _first_version(there, user)
            _told("evidence.added", there, user)
            added = True
        else:
            added = there.state != RecordState.LIVE
            take_back(there, user)
        for file in files:
            if not there.proofs.filter(file__sha256=file.sha256).exists():
                Proof.objects.create(evidence=there, file=file)
    return there, added


def _row(party: Party, values: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return the row of EVIDENCE. Its id is made of what it says, its cluster of the source that says it."""
    card = cards()[values["finding"]]
    level = card.level(values["value"])
    title = fold(values["source_title"])
    says = [str(values[name] or "") for name in _SAYS]
    return {
        **{name: values[name] for name in (*_SAYS, "verified_by", "confidence", "visibility")},
        "evidence_id": content_id("evd", party.uid, *says, title, fold(values["quote"])),
        "subject_kind": "party",
        "subject_id": party.uid,
        "source_id": source,
        "cluster_key": content_id("evd", "report", title, fold(values["edition"])),
        "text": {"template": level.statement if level else card.statement, "values": []},
    }


def _first_version(evidence: Evidence, user: User) -> None:
    """Write the first line of the history, which rows that come many at a time go without."""
    history: Any = Evidence.history
    history.bulk_history_create([evidence], default_user=user)


def withdraw(evidence: Evidence, user: User, why: str) -> None:
    """Take a piece of evidence out of use, with the reason; it stays in the history."""
    with transaction.atomic():
        current = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if current.state == RecordState.LIVE:
            values = {"state": RecordState.WITHDRAWN, "withdrawn_because": why}
            change(current, values, seen=current.version)
            _told("evidence.withdrawn", evidence, user)


def take_back(evidence: Evidence, user: User) -> None:
    """Let a piece of evidence that was withdrawn count again."""
    with transaction.atomic():
        current = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if current.state == RecordState.WITHDRAWN:
            change(current, {"state": RecordState.LIVE, "withdrawn_because": ""}, seen=current.version)
            _told("evidence.taken_back", evidence, user)


def attach(evidence: Evidence, user: User, upload: UploadedFile[bytes]) -> Proof:
    """Attach a proof. Raises ValidationError for a file that is empty or too large."""
    with transaction.atomic():
        file = store(upload, evidence.organisation, user)
        proof = Proof.objects.create(evidence=evidence, file=file)
        _told("evidence.proof_attached", evidence, user)
    return proof


def _told(action: str, evidence: Evidence, user: User) -> None:
    record(action, organisation=evidence.organisation, actor=user, subject=evidence.uid)
