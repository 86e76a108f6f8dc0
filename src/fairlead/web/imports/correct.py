"""What a person says of the columns of an import's sheets: checked, kept, and the files read again by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import ValidationError

from fairlead.read import ColumnUse, SheetMapping
from fairlead.web.accounts.models import User
from fairlead.web.imports.models import Import
from fairlead.web.imports.state import NotNow, begin_reading

_MOST_HEADER_ROWS: Final = 2
_LAST_ROW: Final = 60


def correct_columns(one: Import, sheets: Sequence[Mapping[str, Any]], user: User) -> None:
    """Keep the corrected mapping of every sheet and have the files read again.

    Raises NotNow where the import is past that; then its mapping stays as it was.
    """
    before = one.corrected
    Import.objects.filter(pk=one.pk).update(corrected=list(sheets))
    try:
        begin_reading(one, user)
    except NotNow:
        Import.objects.filter(pk=one.pk).update(corrected=before)
        raise


def checked_sheet(told: Mapping[str, Any], outline: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said of a sheet as it is kept. Raises ValueError with what is wrong, as a sentence.

    `told` has read, header_rows and columns, each with column (its letter), field, and what goes with the field.
    """
    rows = sorted(set(told["header_rows"]))
    if len(rows) > _MOST_HEADER_ROWS or any(not 1 <= row <= _LAST_ROW for row in rows):
        raise ValueError(_("the headings stand in one row or two of the first 60."))
    before = {use["column"]: use for use in outline["mapping"]["columns"]}
    checked = {
        "file": outline["file"],
        "sheet": outline["sheet"],
        "read": told["read"],
        "header_rows": rows,
        "columns": [_column(each, before.get(each["column"], {})) for each in told["columns"]],
    }
    if checked["read"] and checked["columns"]:
        try:
            SheetMapping.model_validate(checked)
        except ValidationError as error:
            raise ValueError(_reason(error)) from error
    return checked


def _column(told: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """Return one column as it is kept; what a field does not have is left out. Raises ValueError."""
    letter, field = told["column"], told["field"]
    kept: dict[str, Any] = {"column": letter, "field": field}
    if was.get("field") == field:
        kept["also"] = was.get("also", [])
    if field == "identifiers":
        kept["scheme"] = told.get("scheme") or "ID"
    elif field == "spend":
        kept["currency"] = (told.get("currency") or "").strip().upper() or None
        kept["decimals"] = told.get("decimals") or None
        kept["multiplier"] = int(told.get("multiplier") or 1)
    elif field == "workforce":
        kept["workforce"] = told.get("workforce") or None
    try:
        ColumnUse.model_validate(kept)
    except ValidationError as error:
        raise ValueError(_("column %(letter)s: %(why)s") % {"letter": letter, "why": _reason(error)}) from error
    return kept


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    if "currency" in first["loc"]:
        return _("a currency has three letters, such as KZT.")
    return str(first["msg"]).removeprefix("Value error, ") + "."
