"""Questions and answers of a questionnaire as a file to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from django.http import FileResponse
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.questionnaires.review import about
from fairlead.web.questionnaires.shown import rows
from fairlead.web.questionnaires.supplier_files import answers_file, form_file
from fairlead.write import write_csv

#: As XLSX or CSV, or as the workbook to fill in.
KINDS: Final = ("xlsx", "csv", "form")


def exported(one: Questionnaire, kind: str, user: User) -> FileResponse:
    """Return questions and answers as a file of one of `KINDS`, in the reader's language, and write that down."""
    told = about(one)
    record(
        "questionnaire.exported",
        organisation=one.organisation,
        actor=user,
        subject=f"questionnaire {one.pk}",
        detail={"kind": kind},
    )
    if kind == "form":
        return form_file(one, told, one.language)
    if kind == "xlsx":
        return answers_file(one, told, "answers.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        write_csv(path, [_("Chapter"), _("Question"), _("What was answered"), _("Remark"), _("Files")], rows(told))
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename="answers.csv", content_type="text/csv; charset=utf-8")
