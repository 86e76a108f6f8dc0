"""One entry of a YAML file, read field by field; what is missing, of the wrong kind or unknown is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from fairlead.errors import FairleadError, InvalidReference, Where

_Word = TypeVar("_Word", bound=StrEnum)


class Entry:
    """The fields of one entry. `place` is how messages call it, `error` what is raised."""

    def __init__(
        self,
        content: Any,
        file: str,
        place: str,
        fields: Collection[str],
        error: type[FairleadError] = InvalidReference,
    ) -> None:
        self.file, self.place, self._error = file, place, error
        if not isinstance(content, Mapping):
            raise self.wrong("", "is not a list of fields")
        self.content: Mapping[str, Any] = content
        for name in sorted(set(map(str, content)) - set(fields)):
            raise self.wrong(name, f"is no field here; there are {', '.join(fields)}")

    def wrong(self, field: str, what: str) -> FairleadError:
        """Return the error that says what is wrong with a field (empty: with the entry as a whole)."""
        where = f"{self.place}, field “{field}”" if field else self.place
        return self._error(f"{where} {what}.", where=Where(file=self.file), do="Correct it there.")

    def has(self, field: str) -> bool:
        """Say whether a field is there and not null."""
        return self.content.get(field) is not None

    def text(self, field: str, *, optional: bool = False) -> str:
        """Return a field that is a text; an optional one that is left out is empty."""
        value = self.content.get(field)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "must be a text")
        return value

    def key(self, field: str = "key") -> str:
        """Return a field that names something: lower-case Latin letters, digits and underscores."""
        value = self.text(field)
        if not (value.isascii() and value.replace("_", "a").isalnum() and value == value.lower()):
            raise self.wrong(field, "must be lower-case letters, digits and underscores")
        return value

    def flag(self, field: str) -> bool:
        """Return a field that is yes or no."""
        value = self.content.get(field)
        if not isinstance(value, bool):
            raise self.wrong(field, "must be yes or no")
        return value

    def number(self, field: str) -> Decimal | None:
        """Return a field that is a number, None where it is left out."""
        value = self.content.get(field)
        if value is None:
            return None
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise self.wrong(field, "must be a number") from error
        if not number.is_finite():
            raise self.wrong(field, "must be a number")
        return number

    def word(self, field: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        """Return a field that is one of the words of a list."""
        value = self.content.get(field)
        if value is None and default is not None:
            return default
        return self._word(field, value, kind)

    def words(self, field: str, kind: type[_Word]) -> tuple[_Word, ...]:
        """Return a field that lists words of a list; none where it is left out."""
        return tuple(self._word(field, value, kind) for value in self.items(field))

    def texts(self, field: str, known: Collection[str] | None = None, what: str = "") -> tuple[str, ...]:
        """Return a field that lists texts, each of them known where that is given; none where it is left out."""
        values = self.items(field)
        for value in values:
            if not isinstance(value, str):
                raise self.wrong(field, f"lists {value!r}, which is no text")
            if known is not None and value not in known:
                raise self.wrong(field, f"names “{value}”, which is not {what}")
        if len(set(values)) != len(values):
            raise self.wrong(field, "names the same twice")
        return tuple(values)

    def entries(self, field: str, fields: Collection[str]) -> Iterator[Entry]:
        """Yield the entries of a field that lists entries; none where it is left out."""
        for number, content in enumerate(self.items(field), start=1):
            named = content.get("key") if isinstance(content, Mapping) else None
            place = f"{self.place}, {field} {f'“{named}”' if named else number}"
            yield Entry(content, self.file, place, fields, self._error)

    def entry(self, field: str, fields: Collection[str]) -> Entry | None:
        """Return the entry that a field holds, None where it is left out."""
        if not self.has(field):
            return None
        return Entry(self.content[field], self.file, f"{self.place}, {field}", fields, self._error)

    def items(self, field: str) -> list[Any]:
        """Return a field that is a list, as it stands; an empty one where it is left out."""
        value = self.content.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list")
        return value

    def _word(self, field: str, value: Any, kind: type[_Word]) -> _Word:
        try:
            return kind(value)
        except ValueError as error:
            raise self.wrong(field, f"says {value!r}; there are {', '.join(kind)}") from error
