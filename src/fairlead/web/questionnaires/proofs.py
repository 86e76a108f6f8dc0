"""Attaches files to questions and takes them away again."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.files.store import store
from fairlead.web.files.views import as_attachment
from fairlead.web.questionnaires.answering import NotOpen
from fairlead.web.questionnaires.models import Proof, Questionnaire
from fairlead.web.questionnaires.proof_files import MOST_FILES, UnusableUpload, checked_kind, safe_name


def attach(one: Questionnaire, question: str, file: UploadedFile[Any], *, by: User | None) -> Proof:
    """Attach a file to a question; the same file is attached once.

    Raises UnusableUpload where it may not be attached, NotOpen where nothing may be changed any more.
    """
    name = safe_name(file.name or "")
    kind = checked_kind(file, name)
    if one.proofs.filter(removed_at=None).count() >= MOST_FILES:
        raise UnusableUpload(_("At most %(count)s files can be attached. Take one away first.") % {"count": MOST_FILES})
    file.name = name
    with transaction.atomic():
        _locked(one)
        kept = store(file, one.organisation, by)
        there = one.proofs.filter(question=question, removed_at=None, file__sha256=kept.sha256).first()
        if there is not None:
            kept.delete()
            return there
        proof = Proof.objects.create(questionnaire=one, question=question, file=kept, kind=kind)
        _record(one, "questionnaire.proof_attached", by, question)
    return proof


def detach(one: Questionnaire, number: int, *, by: User | None) -> None:
    """Take a file away; the organisation no longer sees it. Raises NotOpen."""
    with transaction.atomic():
        _locked(one)
        gone = Proof.objects.filter(pk=number, questionnaire=one, removed_at=None).update(removed_at=timezone.now())
        if gone:
            _record(one, "questionnaire.proof_removed", by, "")


def _locked(one: Questionnaire) -> None:
    if not Questionnaire.objects.select_for_update().get(pk=one.pk).with_supplier:
        raise NotOpen


def _record(one: Questionnaire, action: str, by: User | None, question: str) -> None:
    record(
        action,
        organisation=one.organisation,
        actor=by,
        subject=f"questionnaire {one.pk}",
        detail={"question": question} if question else {},
        by="supplier" if by else "supplier link",
    )


def download(one: Questionnaire, number: int) -> FileResponse | HttpResponse:
    """Return an attached file, only ever as something to save. Raises Http404."""
    proof = one.proofs.filter(pk=number, removed_at=None).select_related("file").first()
    if proof is None:
        raise Http404
    return as_attachment(proof.file)
