"""Small lists of persons for the tests; every person is fictional."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from fairlead.model.schemas import FULL_ROW
from fairlead.resolve import Resolved, resolve
from tests.resolve.lists import NO_CODES


def person(row_id: str, given_name: str | None, surname: str | None, **said: Any) -> dict[str, Any]:
    """One row of a list of persons, with what it says besides the name."""
    name = said.pop("name", None) or " ".join(part for part in (given_name, surname) if part)
    parts = {"given_name": given_name, "surname": surname}
    return {"row_id": row_id, "file": "persons.csv", "sheet": "", "row": 2, "name": name, **parts, **said}


def persons(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=FULL_ROW)


def resolved(*rows: dict[str, Any]) -> Resolved:
    return resolve(persons(*rows), NO_CODES)
