"""Answers that came in a file: Fairlead's own form, or another template whose questions are matched by a person."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

import yaml
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.errors import AnswerError, FairleadError
from fairlead.read.sheet import column_letter
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
from fairlead.web.files.models import StoredFile
from fairlead.web.files.store import store
from fairlead.web.files.too_large import left_out
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.answering import take_answers
from fairlead.web.questionnaires.answers import of_form
from fairlead.web.questionnaires.asking import change_questions
from fairlead.web.questionnaires.log import record_step
from fairlead.web.questionnaires.models import NOT_APPLICABLE, WITH_SUPPLIER, AnswerFile, Questionnaire, State
from fairlead.web.questionnaires.proof_files import LARGEST, safe_name
from fairlead.web.questionnaires.supplier_files import refusals
from fairlead.web.questionnaires.views import find
from fairlead.web.site.templatetags.words import reader
from fairlead.web.standards.keep import standard_of

_MAY_TAKE: Final = (State.DRAFT, *WITH_SUPPLIER)
_MOST_SHOWN: Final = 500


@require_POST
@needs(Capability.ASK)
def upload(request: MemberRequest, number: int) -> HttpResponse:
    """Take a filled workbook and look at how it can be understood; nothing of it counts yet."""
    one, file = find(request, number), request.FILES.get("file")
    back = redirect("questionnaires:one", slug=request.organisation.slug, number=number)
    if refused := left_out(request):
        messages.error(request, refused)
        return back
    if one.state not in _MAY_TAKE or not isinstance(file, UploadedFile):
        messages.error(request, _("Choose a file; answers can be taken until they were sent in."))
        return back
    name = safe_name(file.name or "")
    if (file.size or 0) > LARGEST:
        messages.error(request, _("“%(name)s” is too large. Send the workbook without pictures.") % {"name": name})
        return back
    file.name = name
    try:
        stored = store(file, request.organisation, request.user)
        kept = _understood(one, stored)
    except (FairleadError, ValidationError) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
        return back
    with transaction.atomic():
        kept.save()
        record_step(request, one, "file_uploaded", file=kept.pk)
    return redirect("questionnaires:file", slug=request.organisation.slug, number=number, file=kept.pk)


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


def _plain(sheets: tuple[TemplateSheet, ...], path: Path) -> list[dict[str, Any]]:
    """Return a mapping as its file has it."""
    write_template_mapping(sheets, path)
    content: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["sheets"]
    return content


def _sheets(mapping: list[dict[str, Any]], standard: Standard, folder: str) -> tuple[TemplateSheet, ...]:
    path = Path(folder) / "mapping.yaml"
    path.write_text(yaml.safe_dump({"sheets": mapping}, allow_unicode=True), "utf-8")
    return read_template_mapping(path, standard)


def _read(kept: AnswerFile, standard: Standard) -> FilledForm | TemplateAnswers:
    """Read the answers of a file by its mapping. Raises an InputError."""
    path = kept.file.path
    if kept.own_form:
        return read_questionnaire(path, standard, name=kept.name)
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / kept.name
        link.symlink_to(path)
        return read_template(link, standard, _sheets(kept.mapping, standard, folder))


@needs(Capability.ASK)
def file_page(request: MemberRequest, number: int, file: int) -> HttpResponse:
    """Show how a file is understood, correct the mapping, preview the answers, and take them over."""
    one = find(request, number)
    kept = get_object_or_404(AnswerFile.objects.select_related("file"), pk=file, questionnaire=one)
    standard, wrong, found = standard_of(one.standard), "", None
    if request.method == "POST" and kept.taken_at is None and not kept.own_form:
        kept.mapping = _corrected(request, kept.mapping)
    try:
        found = _read(kept, standard)
        if request.method == "POST" and kept.taken_at is None:
            with transaction.atomic():
                kept.save()
                record_step(request, one, "file_mapped", file=kept.pk)
            if request.POST.get("do") == "take":
                return _take(request, one, kept, found, standard)
            return redirect("questionnaires:file", slug=request.organisation.slug, number=number, file=file)
    except FairleadError as error:
        wrong = str(error)
    tongue = reader()
    context = {
        "one": one,
        "file": kept,
        "wrong": wrong,
        "sheets": _shown(kept.mapping),
        "questions": [(key, tongue.gettext(question.ask)) for key, question in standard.questions.items()],
        "found": [
            {
                "ask": tongue.gettext(standard.questions[key].ask),
                "value": _words(answer.value),
                "locator": answer.locator,
            }
            for key, answer in (of_form(found) if found else {}).items()
        ],
        "refused": refusals(found.refused) if found else [],
        "unknown": [
            {"where": str(each.where), "text": each.text, "answer": each.answer}
            for each in (found.unknown if isinstance(found, TemplateAnswers) else ())
        ][:_MOST_SHOWN],
    }
    return render(request, "questionnaires/file.html", context, status=422 if wrong else 200)


def _words(value: str) -> str:
    return _("Does not apply to us") if value == NOT_APPLICABLE else value


def _shown(mapping: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **sheet,
            "number": place,
            "columns": [column_letter(number) for number in range(26)],
            "cells": [{**cell, "name": f"u-{place}-{row}"} for row, cell in enumerate(sheet["cells"])][:_MOST_SHOWN],
        }
        for place, sheet in enumerate(mapping)
    ]


def _corrected(request: MemberRequest, mapping: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the mapping with what a person chose: the columns of each sheet, and which question each cell is."""
    made = []
    for place, sheet in enumerate(mapping):
        cells = []
        for row, cell in enumerate(sheet["cells"]):
            chosen = request.POST.get(f"u-{place}-{row}", cell["question"])
            changed = {**cell, "question": chosen}
            if chosen != cell["question"]:
                changed.pop("means", None)
            cells.append(changed)
        made.append(
            {
                **sheet,
                "answers": request.POST.get(f"answers-{place}", sheet["answers"]),
                "cells": cells,
            }
        )
    return made


def _take(
    request: MemberRequest,
    one: Questionnaire,
    kept: AnswerFile,
    found: FilledForm | TemplateAnswers,
    standard: Standard,
) -> HttpResponse:
    """Put the answers of a file into the questionnaire, which then counts as answered."""
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=one.pk)
        given = of_form(found)
        if locked.state not in _MAY_TAKE or not given:
            messages.error(request, _("There is no answer to take over."))
            return redirect("questionnaires:one", slug=request.organisation.slug, number=one.pk)
        new = [key for key in given if key not in locked.keys]
        for name, value in change_questions(locked, new, []).items():
            setattr(locked, name, value)
        locked.state, locked.submitted_at = State.SUBMITTED, timezone.now()
        locked.version += 1
        locked.save()
        take_answers(locked, given, by=request.user, how="person", source_sha256=found.source_sha256)
        AnswerFile.objects.filter(pk=kept.pk).update(taken_at=timezone.now())
    messages.success(request, _("The answers are in the questionnaire. Read them, then accept them or send them back."))
    return redirect("questionnaires:one", slug=request.organisation.slug, number=one.pk)
