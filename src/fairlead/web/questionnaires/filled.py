"""Answers that come in a filled workbook: how it is understood, corrected by a person, and taken over."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.errors import AnswerError, FairleadError
from fairlead.standard import (
    FilledForm,
    Standard,
    TemplateAnswers,
    TemplateSheet,
    read_questionnaire,
    read_template,
    read_template_mapping,
    recognise_template,
    write_template_mapping,
)
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.files.models import StoredFile
from fairlead.web.files.store import store
from fairlead.web.questionnaires.answering import take_answers
from fairlead.web.questionnaires.answers import of_form
from fairlead.web.questionnaires.asking import change_questions
from fairlead.web.questionnaires.models import WITH_SUPPLIER, AnswerFile, Questionnaire, State
from fairlead.web.questionnaires.proof_files import LARGEST, safe_name
from fairlead.web.questionnaires.send import Refused
from fairlead.web.standards.keep import standard_of

#: In these states answers can be taken from a file.
MAY_TAKE: Final = (State.DRAFT, *WITH_SUPPLIER)

Mapped = list[dict[str, Any]]


def take_in(one: Questionnaire, upload: UploadedFile[Any], user: User) -> AnswerFile:
    """Keep a filled workbook with how it is understood; nothing of it counts yet.

    Raises Refused where answers cannot be taken any more or the file is too large, ValidationError for an empty one,
    an InputError where it is no workbook of answers.
    """
    if one.state not in MAY_TAKE:
        raise Refused(_("Choose a file; answers can be taken until they were sent in."))
    name = safe_name(upload.name or "")
    if (upload.size or 0) > LARGEST:
        raise Refused(_("“%(name)s” is too large. Send the workbook without pictures.") % {"name": name})
    upload.name = name
    kept = _understood(one, store(upload, one.organisation, user))
    with transaction.atomic():
        kept.save()
        _record(one, user, "file_uploaded", kept)
    return kept


def _understood(one: Questionnaire, stored: StoredFile) -> AnswerFile:
    """Return a file with how it is understood, not saved yet. Raises an InputError where it is not."""
    standard, path, name = standard_of(one.standard), stored.path, stored.name
    try:
        filled = read_questionnaire(path, standard, name=name)
    except AnswerError:
        with tempfile.TemporaryDirectory() as folder:
            link = Path(folder) / name  # the engine's messages and mapping call the file by its name
            link.symlink_to(path)
            mapping = _plain(recognise_template(link, standard), Path(folder) / "mapping.yaml")
        return AnswerFile(questionnaire=one, file=stored, mapping=mapping)
    if filled.subject_id and filled.subject_id != one.party.uid:
        raise FairleadError(_("This workbook was made for another party."))
    return AnswerFile(questionnaire=one, file=stored, own_form=True)


def _plain(sheets: tuple[TemplateSheet, ...], path: Path) -> Mapped:
    """Return a mapping as its file has it."""
    write_template_mapping(sheets, path)
    content: Mapped = yaml.safe_load(path.read_text("utf-8"))["sheets"]
    return content


def _sheets(mapping: Mapped, standard: Standard, folder: str) -> tuple[TemplateSheet, ...]:
    path = Path(folder) / "mapping.yaml"
    path.write_text(yaml.safe_dump({"sheets": mapping}, allow_unicode=True), "utf-8")
    return read_template_mapping(path, standard)


def read_answers(kept: AnswerFile, standard: Standard) -> FilledForm | TemplateAnswers:
    """Return the answers of a file by its mapping. Raises an InputError."""
    path = kept.file.path
    if kept.own_form:
        return read_questionnaire(path, standard, name=kept.name)
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / kept.name
        link.symlink_to(path)
        return read_template(link, standard, _sheets(kept.mapping, standard, folder))


def corrected(mapping: Sequence[Mapping[str, Any]], answers: Mapping[int, str], cells: Mapping[Any, str]) -> Mapped:
    """Return a mapping with what a person chose: by sheet the column of answers, by (sheet, cell) the question."""
    made = []
    for place, sheet in enumerate(mapping):
        changed = []
        for row, cell in enumerate(sheet["cells"]):
            chosen = cells.get((place, row), cell["question"])
            kept = {**cell, "question": chosen}
            if chosen != cell["question"]:
                kept.pop("means", None)
            changed.append(kept)
        made.append({**sheet, "answers": answers.get(place, sheet["answers"]), "cells": changed})
    return made


def keep_mapping(one: Questionnaire, kept: AnswerFile, user: User) -> None:
    """Keep how a file is understood."""
    with transaction.atomic():
        kept.save()
        _record(one, user, "file_mapped", kept)


def take_over(one: Questionnaire, kept: AnswerFile, found: FilledForm | TemplateAnswers, user: User) -> None:
    """Put the answers of a file into the questionnaire, which then counts as answered.

    Raises Refused where there is none, or answers cannot be taken any more.
    """
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=one.pk)
        given = of_form(found)
        if locked.state not in MAY_TAKE or not given or kept.taken_at is not None:
            raise Refused(_("There is no answer to take over."))
        new = [key for key in given if key not in locked.keys]
        for name, value in change_questions(locked, new, []).items():
            setattr(locked, name, value)
        locked.state, locked.submitted_at = State.SUBMITTED, timezone.now()
        locked.version += 1
        locked.save()
        take_answers(locked, given, by=user, how="person", source_sha256=found.source_sha256)
        AnswerFile.objects.filter(pk=kept.pk).update(taken_at=timezone.now())


def _record(one: Questionnaire, user: User, action: str, kept: AnswerFile) -> None:
    record(
        f"questionnaire.{action}",
        organisation=one.organisation,
        actor=user,
        subject=f"questionnaire {one.pk}",
        detail={"file": kept.pk},
    )
