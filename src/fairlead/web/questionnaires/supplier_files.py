"""Files on a supplier's pages: the questionnaire as a workbook and back, attached files, a receipt."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairlead.errors import FairleadError
from fairlead.language import LANGUAGES
from fairlead.standard import FilledForm, Refusal, Standard, read_questionnaire, write_questionnaire
from fairlead.web.files.too_large import left_out
from fairlead.web.questionnaires.answering import take_answers
from fairlead.web.questionnaires.answers import for_engine, of_form, said_not_to_apply
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.questionnaires.proof_files import LARGEST, safe_name
from fairlead.web.questionnaires.proofs import download
from fairlead.web.questionnaires.shown import About, rows, sections
from fairlead.web.questionnaires.supplier_access import Access, by_link
from fairlead.web.site.templatetags.words import reader
from fairlead.web.site.told import told
from fairlead.web.standards.keep import standard_of
from fairlead.write.xlsx_file import Column, Sheet, write_xlsx

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form_file(one: Questionnaire, about: About, language: str) -> FileResponse:
    """Return a questionnaire as a workbook to fill in, with the answers there are."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_questionnaire(
            Path(folder) / "questionnaire.xlsx",
            about.asked,
            subject_id=one.party.uid,
            asked_by=one.organisation.name,
            subject_name=one.party.name,
            standard=about.standard,
            language=language if language in LANGUAGES else "en",
            answer_by=one.due_on.isoformat(),
            answers=for_engine(about.answers.values(), about.proofs),
            not_applicable=said_not_to_apply(about.answers.values()),
        )
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename="questionnaire.xlsx", content_type=_XLSX)


def read_form(file: UploadedFile[Any], standard: Standard, *, party_id: str) -> FilledForm:
    """Read a filled workbook of a party. Raises an InputError that names file, sheet, row and column."""
    name = safe_name(file.name or "")
    if (file.size or 0) > LARGEST:
        raise FairleadError(_("The file is too large."), do=_("Send the workbook without pictures."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        path.write_bytes(file.read())
        filled = read_questionnaire(path, standard, name=name)
    if filled.subject_id and filled.subject_id != party_id:
        raise FairleadError(_("This workbook was made for another company."), do=_("Fill in the one from this page."))
    return filled


def refusals(refused: Sequence[Refusal]) -> list[dict[str, object]]:
    """Return cells that could not be used as a page shows them: sheet, row, column, question, cell, reason."""
    tongue = reader()
    return [
        {
            "sheet": one.where.sheet or "",
            "row": one.where.row,
            "column": one.where.column,
            "question": tongue.gettext(one.question),
            "cell": str(one.cell)[:200],
            "reason": tongue.render(one.reason),
        }
        for one in refused
    ]


@by_link
def form(request: HttpRequest, access: Access) -> HttpResponse | FileResponse:
    """Give the questionnaire as a workbook; take a filled one, and name each cell that could not be used."""
    if request.method != "POST":
        return form_file(access.one, access.about(), get_language() or access.one.language)
    if not access.one.with_supplier:
        return render(request, "questionnaires/closed.html", _base(access), status=409)
    if refused := left_out(request):
        return render(request, "questionnaires/form_read.html", {**_base(access), "wrong": refused}, status=422)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return redirect("supplier:start", token=access.token)
    try:
        filled = read_form(file, standard_of(access.one.standard), party_id=access.one.party.uid)
    except FairleadError as error:
        return render(request, "questionnaires/form_read.html", {**_base(access), "wrong": told(error)}, status=422)
    given, count = of_form(filled), 0
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=access.one.pk)
        if locked.with_supplier:
            count = take_answers(
                locked,
                given,
                by=access.user,
                how="supplier" if access.user else "supplier link",
                source_sha256=filled.source_sha256,
            )
    context = {
        **_base(access),
        "read": len(given),
        "changed": count,
        "refused": refusals(filled.refused),
        "left": len(set(given) - set(access.one.keys)),
    }
    return render(request, "questionnaires/form_read.html", context)


def _base(access: Access) -> dict[str, object]:
    return {
        "token": access.token,
        "asked_by": access.one.organisation.name,
        "company": access.one.party.name,
        "writable": access.one.with_supplier,
        "submitted_at": access.one.submitted_at,
        "state": access.one.state,
    }


@by_link
def proof(request: HttpRequest, access: Access, number: int) -> FileResponse | HttpResponse:
    """Give an attached file back."""
    return download(access.one, number)


@by_link
def receipt(request: HttpRequest, access: Access, kind: str) -> HttpResponse | FileResponse:
    """Give a receipt of what was answered, as a workbook or a page to keep."""
    if access.one.submitted_at is None or kind not in {"xlsx", "html"}:
        raise Http404
    about = access.about()
    if kind == "xlsx":
        return answers_file(access.one, about, "receipt.xlsx")
    context = {**_base(access), "sections": sections(about), "done": about.done, "standard": about.standard.version}
    answer = render(request, "questionnaires/receipt.html", context)
    answer["Content-Disposition"] = 'attachment; filename="receipt.html"'
    return answer


def answers_file(one: Questionnaire, about: About, name: str) -> FileResponse:
    """Return questions and answers as a workbook; no cell of it can run as a formula."""
    columns = [
        Column(_("Chapter"), 20, wrap=True),
        Column(_("Question"), 60, wrap=True),
        Column(_("What was answered"), 40, wrap=True),
        Column(_("Remark"), 40, wrap=True),
        Column(_("Files"), 30, wrap=True),
    ]
    sent = (
        date_format(timezone.localtime(one.submitted_at), "DATETIME_FORMAT") if one.submitted_at else _("not sent in")
    )
    cover = [
        (_("Asked by"), one.organisation.name),
        (_("Asked of"), one.party.name),
        (_("Sent in"), sent),
        (_("Version of the standard"), about.standard.version),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_xlsx(
            path,
            [
                Sheet(_("Answers"), columns, rows(about)),
                Sheet(_("About"), [Column("", 28), Column("", 60)], cover, frozen=0),
            ],
            _("Answers"),
        )
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)
