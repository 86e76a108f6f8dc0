"""Reads UN Comtrade's code lists: a JSON object whose `results` hold id, text and parent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fairlead.errors import InvalidReference, Where
from fairlead.reference.load import Row


def comtrade_codes(content: bytes, *, file: str) -> Iterator[Row]:
    """Yield code, title and parent of every entry whose id is a number; the totals are not codes.

    Raises InvalidReference when the file is not such a list.
    """
    try:
        results = json.loads(content)["results"]
        entries = [(entry["id"], entry["text"], entry["parent"]) for entry in results]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidReference("is not a code list of UN Comtrade.", where=Where(file=file)) from error
    for code, text, parent in entries:
        if code.isdigit():
            title = text.removeprefix(f"{code} - ").strip()
            yield {"code": code, "title": title, "parent": parent if parent.isdigit() else ""}
