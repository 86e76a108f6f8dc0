"""One entry of a YAML file, read field by field; what is missing, of the wrong kind or unknown is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from fairlead.errors import FairleadError, InvalidReference, Where
from fairlead.model.message import Message, message

_Word = TypeVar("_Word", bound=StrEnum)


class Entry:
    """The fields of one entry.

    `place` is how messages call it, a text that a catalogue may have, `name` its own name, `inside` the fields that
    lead to it; `error` is what is raised.
    """

    def __init__(
        self,
        content: Any,
        file: str,
        place: str,
        fields: Collection[str],
        error: type[FairleadError] = InvalidReference,
        *,
        name: str = "",
        inside: str = "",
    ) -> None:
        self.file, self.place, self.name, self.inside, self._error = file, place, name, inside, error
        if not isinstance(content, Mapping):
            raise self.wrong("", message("is not a list of fields."))
        self.content: Mapping[str, Any] = content
        for unknown in sorted(set(map(str, content)) - set(fields)):
            raise self.wrong(unknown, message("is no field here; there are {fields}.", fields=", ".join(fields)))

    def wrong(self, field: str, what: Message) -> FairleadError:
        """Return the error that says what is wrong with a field (empty: with the entry as a whole)."""
        do = message("Correct it there.")
        return self._error(self._called(field), why=what, where=Where(file=self.file), do=do)

    def _called(self, field: str) -> Message:
        values = {"place": self.place, "name": self.name, "inside": self.inside, "field": field}
        if field and self.name:
            return message("{place:term} “{name}”{inside}, field “{field}”", **values)
        if field:
            return message("{place:term}{inside}, field “{field}”", **values)
        if self.name:
            return message("{place:term} “{name}”{inside}", **values)
        return message("{place:term}{inside}", **values)

    def _below(self, content: Any, field: str, fields: Collection[str]) -> Entry:
        inside = f"{self.inside}, {field}"
        return Entry(content, self.file, self.place, fields, self._error, name=self.name, inside=inside)

    def has(self, field: str) -> bool:
        """Say whether a field is there and not null."""
        return self.content.get(field) is not None

    def text(self, field: str, *, optional: bool = False) -> str:
        """Return a field that is a text; an optional one that is left out is empty."""
        value = self.content.get(field)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, message("must be a text."))
        return value

    def key(self, field: str = "key") -> str:
        """Return a field that names something: lower-case Latin letters, digits and underscores."""
        value = self.text(field)
        if not (value.isascii() and value.replace("_", "a").isalnum() and value == value.lower()):
            raise self.wrong(field, message("must be lower-case letters, digits and underscores."))
        return value

    def flag(self, field: str) -> bool:
        """Return a field that is yes or no."""
        value = self.content.get(field)
        if not isinstance(value, bool):
            raise self.wrong(field, message("must be yes or no."))
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
            raise self.wrong(field, message("must be a number.")) from error
        if not number.is_finite():
            raise self.wrong(field, message("must be a number."))
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
                raise self.wrong(field, message("lists {value}, which is no text.", value=repr(value)))
            if known is not None and value not in known:
                raise self.wrong(field, message("names “{value}”, which is not {what:term}.", value=value, what=what))
        if len(set(values)) != len(values):
            raise self.wrong(field, message("names the same twice."))
        return tuple(values)

    def entries(self, field: str, fields: Collection[str]) -> Iterator[Entry]:
        """Yield the entries of a field that lists entries; none where it is left out."""
        for number, content in enumerate(self.items(field), start=1):
            named = content.get("key") if isinstance(content, Mapping) else None
            yield self._below(content, f"{field} {f'“{named}”' if named else number}", fields)

    def entry(self, field: str, fields: Collection[str]) -> Entry | None:
        """Return the entry that a field holds, None where it is left out."""
        if not self.has(field):
            return None
        return self._below(self.content[field], field, fields)

    def items(self, field: str) -> list[Any]:
        """Return a field that is a list, as it stands; an empty one where it is left out."""
        value = self.content.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(field, message("must be a list."))
        return value

    def _word(self, field: str, value: Any, kind: type[_Word]) -> _Word:
        try:
            return kind(value)
        except ValueError as error:
            raise self.wrong(
                field, message("says {value}; there are {words}.", value=repr(value), words=", ".join(kind))
            ) from error
