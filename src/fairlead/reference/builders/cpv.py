"""The Common Procurement Vocabulary of 2008 in English and Russian."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.load import Row

ENGLISH: Final = "trade/cpv_en.json"
RUSSIAN: Final = "trade/cpv_ru.json"

#: Codes of the Ukrainian system that the Regulation does not have.
_NOT_CPV: Final = frozenset({"60173000-1", "60184000-1", "77620000-2", "99999999-9"})


def cpv_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every code; a Russian title of the project's own stands for one that the file lacks."""
    english, russian = (_titles(files[file], file) for file in (ENGLISH, RUSSIAN))
    own = {row["code"]: row["title_ru"] for row in read_input("cpv_titles_ru")}
    for spelled, title in english.items():
        if spelled in _NOT_CPV:
            continue
        code, _, check_digit = spelled.partition("-")
        yield {
            "code": code,
            "check_digit": check_digit,
            "title_en": title.strip(),
            "title_ru": own.get(code) or russian.get(spelled, "").strip(),
            "source_id": "cpv2008",
        }


def _titles(content: bytes, file: str) -> Mapping[str, str]:
    try:
        titles = json.loads(content)
    except ValueError as error:
        raise InvalidReference(f"is not JSON: {error}.", where=Where(file=file)) from error
    if not isinstance(titles, dict) or not titles:
        raise InvalidReference("is not an object of codes and titles.", where=Where(file=file))
    return titles


BUILDERS: Final = (Builder("cpv", ("code", "check_digit", "title_en", "title_ru"), (ENGLISH, RUSSIAN), cpv_rows),)
