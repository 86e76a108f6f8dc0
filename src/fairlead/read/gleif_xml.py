"""GLEIF's XML, one record at a time: no document type, no entities, bounded depth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from fairlead.errors import UnreadableFile, Where

_RECORDS: Final = frozenset({"LEIRecord", "RelationshipRecord", "Exception"})
_ROOTS: Final = frozenset({"LEIData", "RelationshipData", "ReportingExceptionData"})
_DEEPEST: Final = 20
_CHUNK: Final = 1 << 20
_ADVICE: Final = "Download the file again from GLEIF."

#: Elements that hold a list: their children are numbered from 1.
_LISTS: Final = frozenset({"OtherEntityNames", "TransliteratedOtherEntityNames", "RelationshipPeriods"})


def read_gleif_xml(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the flat record (dotted names) of every record; `name` is how messages call the file.

    Raises UnreadableFile, with the line, for XML that is broken, another document, or declares its type.
    """
    reader = _Reader(name)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            reader.parse(chunk)
            yield from reader.taken()
        reader.parse(b"", last=True)
        yield from reader.taken()


class _Reader:
    def __init__(self, name: str) -> None:
        self._file = name
        self._depth = 0
        self._names: list[str] = []  # of the elements that are open inside a record
        self._counts: list[int] = []
        self._text: list[str] = []
        self._record: dict[str, str] | None = None
        self._line = 0
        self._done: list[tuple[int, dict[str, str]]] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._declaration

    def parse(self, content: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(content, last)
        except expat.ExpatError as error:
            raise self._error(f"The XML is broken: {expat.ErrorString(error.code)}.") from error

    def taken(self) -> list[tuple[int, dict[str, str]]]:
        done, self._done = self._done, []
        return done

    def _error(self, what: str) -> UnreadableFile:
        return UnreadableFile(what, where=Where(file=self._file, row=self._parser.CurrentLineNumber), do=_ADVICE)

    def _declaration(self, *_: object) -> None:
        raise self._error("The XML has a document type declaration, which is not read because it can do harm.")

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        plain = name.rpartition(":")[2]
        if self._depth == 1 and plain not in _ROOTS:
            raise self._error("The XML is not one of GLEIF's files.")
        if self._depth > _DEEPEST:
            raise self._error(f"The XML is nested deeper than {_DEEPEST} levels.")
        if self._record is not None:
            if self._names and self._names[-1] in _LISTS:
                self._counts[-1] += 1
                plain = str(self._counts[-1])
            self._names.append(plain)
            self._counts.append(0)
            self._text = []
        elif plain in _RECORDS:
            self._record, self._line = {}, self._parser.CurrentLineNumber

    def _characters(self, text: str) -> None:
        if self._record is not None:
            self._text.append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._record is None:
            return
        if not self._names:
            self._done.append((self._line, self._record))
            self._record = None
            return
        text = "".join(self._text).strip()
        if text:
            self._record.setdefault(".".join(self._names), text)
        self._text = []
        self._names.pop()
        self._counts.pop()
