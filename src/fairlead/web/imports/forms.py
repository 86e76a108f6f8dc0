"""What a person says of files and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from fairlead.read import ColumnUse, SheetMapping
from fairlead.read.identifier_schemes import SCHEMES
from fairlead.web.files.forms import SeveralFiles
from fairlead.web.imports.words import FIELDS, WORKFORCE

_MOST_HEADER_ROWS: Final = 2
_LAST_ROW: Final = 60


class UploadForm(forms.Form):
    """The lists to read."""

    lists = forms.FileField(
        label=gettext_lazy("Supplier lists"),
        widget=SeveralFiles(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods", "multiple": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = max(1, settings.UPLOAD_LIMIT // (1024 * 1024))
        self.fields["lists"].help_text = _(
            "CSV, TSV, XLSX, XLS or ODS; several at once, each of %(most)s MB at most. They are kept as they are."
        ) % {"most": self.most}


def choices() -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Return what can be chosen for a column."""
    return {
        "fields": list(FIELDS.items()),
        "schemes": sorted((each, each) for each in SCHEMES),
        "workforce": list(WORKFORCE.items()),
        "decimals": [("comma", "1.234,50"), ("point", "1,234.50")],
    }


def corrected_sheets(
    posted: QueryDict, outlines: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the mapping of each sheet as the page of the columns sends it, and what is wrong with it in sentences."""
    sheets, wrong = [], []
    for number, outline in enumerate(outlines):
        try:
            sheets.append(_sheet(posted, f"s{number}", outline))
        except ValueError as error:
            wrong.append(f"{outline['file']} {outline['sheet']}".strip() + f": {error}")
    return sheets, wrong


def _sheet(posted: QueryDict, prefix: str, outline: Mapping[str, Any]) -> dict[str, Any]:
    """Return one sheet's mapping. Raises ValueError with what is wrong."""
    told = {
        "file": outline["file"],
        "sheet": outline["sheet"],
        "read": posted.get(f"{prefix}-read") == "yes",
        "header_rows": _rows(posted.get(f"{prefix}-rows", "")),
    }
    before = {use["column"]: use for use in outline["mapping"]["columns"]}
    columns = [_column(posted, f"{prefix}-{each['letter']}", each["letter"], before) for each in outline["columns"]]
    told["columns"] = [each for each in columns if each is not None]
    if told["read"] and told["columns"]:
        try:
            SheetMapping.model_validate(told)
        except ValidationError as error:
            raise ValueError(_reason(error)) from error
    return told


def _rows(text: str) -> list[int]:
    rows = [int(each) for each in re.findall(r"\d{1,3}", text)]
    if len(rows) > _MOST_HEADER_ROWS or any(not 1 <= row <= _LAST_ROW for row in rows):
        raise ValueError(_("the headings stand in one row or two of the first 60."))
    return sorted(set(rows))


def _column(posted: QueryDict, prefix: str, letter: str, before: Mapping[str, Any]) -> dict[str, Any] | None:
    field = posted.get(f"{prefix}-field", "ignored")
    was = before.get(letter, {})
    told: dict[str, Any] = {"column": letter, "field": field}
    if was.get("field") == field:
        told["also"] = was.get("also", [])
    if field == "identifiers":
        told["scheme"] = posted.get(f"{prefix}-scheme") or "ID"
    elif field == "spend":
        told["currency"] = posted.get(f"{prefix}-currency", "").strip().upper() or None
        told["decimals"] = posted.get(f"{prefix}-decimals") or None
        told["multiplier"] = int(posted.get(f"{prefix}-multiplier") or 1)
    elif field == "workforce":
        told["workforce"] = posted.get(f"{prefix}-workforce") or None
    try:
        ColumnUse.model_validate(told)
    except ValidationError as error:
        raise ValueError(_("column %(letter)s: %(why)s") % {"letter": letter, "why": _reason(error)}) from error
    return told


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    if "currency" in first["loc"]:
        return _("a currency has three letters, such as KZT.")
    return str(first["msg"]).removeprefix("Value error, ") + "."
