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

from fairlead.read.identifier_schemes import SCHEMES
from fairlead.web.files.forms import SeveralFiles
from fairlead.web.imports.correct import checked_sheet
from fairlead.web.imports.words import FIELDS, WORKFORCE

#: What goes with the field of a column.
_WITH_FIELD: Final = ("scheme", "currency", "decimals", "multiplier", "workforce")


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
        "read": posted.get(f"{prefix}-read") == "yes",
        "header_rows": [int(each) for each in re.findall(r"\d{1,3}", posted.get(f"{prefix}-rows", ""))],
        "columns": [
            {
                "column": each["letter"],
                "field": posted.get(f"{prefix}-{each['letter']}-field", "ignored"),
                **{name: posted.get(f"{prefix}-{each['letter']}-{name}", "") for name in _WITH_FIELD},
            }
            for each in outline["columns"]
        ],
    }
    return checked_sheet(told, outline)
