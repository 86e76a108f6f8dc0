"""The page on which a person sees how columns were understood, and corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fairlead.web.imports.correct import correct_columns
from fairlead.web.imports.forms import choices, corrected_sheets
from fairlead.web.imports.models import Import
from fairlead.web.imports.outline import read_outline
from fairlead.web.imports.state import NotNow
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.words import FIELDS, UNDERSTOOD
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


@needs(Capability.IMPORT)
def columns_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show the columns of every sheet; with a correction the files are read again."""
    one = find_import(request, number)
    outlines = read_outline(preview_of(one)) if one.seen else []
    wrong: list[str] = []
    if request.method == "POST":
        sheets, wrong = corrected_sheets(request.POST, outlines)
        if not wrong and _begin(request, one, sheets):
            return redirect("imports:import", slug=request.organisation.slug, number=number)
    context = {
        "one": one,
        "sheets": [_shown(number, each, request.POST) for number, each in enumerate(outlines)],
        "choices": choices(),
        "wrong": wrong,
    }
    return render(request, "imports/columns.html", context, status=422 if wrong else 200)


def _begin(request: MemberRequest, one: Import, sheets: Sequence[Mapping[str, Any]]) -> bool:
    try:
        correct_columns(one, sheets, request.user)
    except NotNow:
        messages.error(request, _("The columns can no longer be corrected: the import is past that."))
        return False
    return True


def _shown(number: int, outline: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """Return a sheet as the template takes it, with what was sent where it was sent."""
    uses = {use["column"]: use for use in outline["mapping"]["columns"]}
    prefix = f"s{number}"
    columns = []
    for column in outline["columns"]:
        use = uses.get(column["letter"], {})
        key = f"{prefix}-{column['letter']}"
        value = {
            name: posted.get(f"{key}-{name}", _text(use.get(name)))
            for name in ("field", "scheme", "currency", "decimals", "multiplier", "workforce")
        }
        value["field"] = value["field"] or "ignored"
        also = [FIELDS[each] for each in use.get("also", ())]
        columns.append({**column, "key": key, "value": value, "also": also})
    return {
        **outline,
        "key": prefix,
        "columns": columns,
        "rows_text": posted.get(f"{prefix}-rows", ", ".join(map(str, outline["header_rows"]))),
        "read": posted.get(f"{prefix}-read") == "yes" if posted else outline["read"],
        "understood": UNDERSTOOD[outline["by"]],
        "used": sum(1 for column in columns if column["value"]["field"] != "ignored"),
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
