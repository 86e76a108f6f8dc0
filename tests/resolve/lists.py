"""Small supplier lists for the tests; every supplier is fictional."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from fairlead.model.schemas import CLASSIFICATION, ROW
from fairlead.resolve import Resolved, resolve

NO_CODES = CLASSIFICATION.empty_table()


def row(row_id: str, name: str, **said: Any) -> dict[str, Any]:
    """One row of a list in Kazakhstan, with what it says besides the name; `number` is a valid BIN."""
    number = said.pop("number", None)
    if number:
        said["identifiers"] = [{"scheme": "KZ-BIN", "value": number, "valid": True}]
    return {"row_id": row_id, "file": "list.csv", "sheet": "", "row": 2, "name": name, "country": "KAZ", **said}


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=ROW)


def resolved(*rows: dict[str, Any]) -> Resolved:
    return resolve(table(*rows), NO_CODES)


def groups(result: Resolved) -> list[list[str]]:
    """The row ids of each party that has rows, in order."""
    return sorted(ids for ids in result.parties["row_ids"].to_pylist() if ids)


def reasons(result: Resolved) -> list[str]:
    return [reason["template"] for reason in result.review["reason"].to_pylist()]
