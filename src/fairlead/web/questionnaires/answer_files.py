"""Answers that came in a file: Fairlead's own form, or another template whose questions are matched by a person."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.errors import FairleadError
from fairlead.read.sheet import column_letter
from fairlead.standard import (
    FilledForm,
    TemplateAnswers,
)
from fairlead.web.files.too_large import left_out
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.answers import of_form
from fairlead.web.questionnaires.filled import corrected, keep_mapping, read_answers, take_in, take_over
from fairlead.web.questionnaires.models import NOT_APPLICABLE, AnswerFile, Questionnaire
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.supplier_files import refusals
from fairlead.web.questionnaires.views import find
from fairlead.web.site.templatetags.words import reader
from fairlead.web.site.told import told
from fairlead.web.standards.keep import standard_of

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
    if not isinstance(file, UploadedFile):
        messages.error(request, _("Choose a file; answers can be taken until they were sent in."))
        return back
    try:
        kept = take_in(one, file, request.user)
    except (Refused, FairleadError, ValidationError) as error:
        messages.error(request, told(error))
        return back
    return redirect("questionnaires:file", slug=request.organisation.slug, number=number, file=kept.pk)


@needs(Capability.ASK)
def file_page(request: MemberRequest, number: int, file: int) -> HttpResponse:
    """Show how a file is understood, correct the mapping, preview the answers, and take them over."""
    one = find(request, number)
    kept = get_object_or_404(AnswerFile.objects.select_related("file"), pk=file, questionnaire=one)
    standard, wrong, found = standard_of(one.standard), "", None
    if request.method == "POST" and kept.taken_at is None and not kept.own_form:
        kept.mapping = _chosen(request, kept.mapping)
    try:
        found = read_answers(kept, standard)
        if request.method == "POST" and kept.taken_at is None:
            keep_mapping(one, kept, request.user)
            if request.POST.get("do") == "take":
                return _take(request, one, kept, found)
            return redirect("questionnaires:file", slug=request.organisation.slug, number=number, file=file)
    except FairleadError as error:
        wrong = told(error)
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
            {"where": tongue.place(each.where), "text": each.text, "answer": each.answer}
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


def _chosen(request: MemberRequest, mapping: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the mapping with what the form says."""
    posted = request.POST
    places = {
        (place, row): f"u-{place}-{row}" for place, sheet in enumerate(mapping) for row in range(len(sheet["cells"]))
    }
    answers = {place: posted[f"answers-{place}"] for place in range(len(mapping)) if f"answers-{place}" in posted}
    return corrected(mapping, answers, {key: posted[name] for key, name in places.items() if name in posted})


def _take(
    request: MemberRequest, one: Questionnaire, kept: AnswerFile, found: FilledForm | TemplateAnswers
) -> HttpResponse:
    """Put the answers of a file into the questionnaire, which then counts as answered."""
    try:
        take_over(one, kept, found, request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The answers are in the questionnaire. Read them, then accept them or send them back.")
        )
    return redirect("questionnaires:one", slug=request.organisation.slug, number=one.pk)
