"""The consolidated list of the UN Security Council, in XML.

The file is read by expat directly: a document type declaration, and with it every entity that could expand or reach
out to another file, is refused, and only one party is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from fairlead.errors import UnreadableFile, Where
from fairlead.model.message import Message, message
from fairlead.screen.list_entry import Facts, clean

_ROOT: Final = "CONSOLIDATED_LIST"
_PARTIES: Final = {"INDIVIDUAL": "individual", "ENTITY": "entity"}
_NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_DEEPEST: Final = 20
_ADVICE: Final = message("Download the list again from the UN Security Council.")


@dataclass(frozen=True)
class UnList:
    """What the file says: when it was made, and its parties."""

    made: str
    parties: tuple[Facts, ...]


@dataclass
class _Element:
    name: str
    text: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)

    def first(self, name: str) -> str:
        return next((clean("".join(child.text)) for child in self.children if child.name == name), "")

    def each(self, name: str) -> Iterator[_Element]:
        return (child for child in self.children if child.name == name)


def read_un(path: Path, name: str) -> UnList:
    """Read the list; `name` is how messages call the file.

    Raises UnreadableFile, with the line, for XML that is broken, another document, or declares its type.
    """
    reader = _Reader(name)
    with path.open("rb") as file:
        reader.read(file.read())
    return UnList(reader.made[:10], tuple(reader.parties))


class _Reader:
    def __init__(self, name: str) -> None:
        self.made = ""
        self.parties: list[Facts] = []
        self._file = name
        self._depth = 0
        self._open: list[_Element] = []
        self._line = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._declaration

    def read(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise self._error(message("The XML is broken: {reason}.", reason=expat.ErrorString(error.code))) from error

    def _error(self, what: Message) -> UnreadableFile:
        return UnreadableFile(what, where=Where(file=self._file, row=self._parser.CurrentLineNumber), do=_ADVICE)

    def _declaration(self, *_: object) -> None:
        raise self._error(message("The XML has a document type declaration, which is not read because it can do harm."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            if name != _ROOT:
                raise self._error(message("The XML is not the consolidated list of the UN Security Council."))
            self.made = attributes.get("dateGenerated", "")
        elif self._depth > _DEEPEST:
            raise self._error(message("The XML is nested deeper than {count} levels.", count=str(_DEEPEST)))
        elif self._open or name in _PARTIES:
            element = _Element(name)
            if self._open:
                self._open[-1].children.append(element)
            else:
                self._line = self._parser.CurrentLineNumber
            self._open.append(element)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.parties.append(_facts(element, f"{self._file}:{self._line}"))


def _facts(party: _Element, locator: str) -> Facts:
    facts = Facts(entry_id=party.first("REFERENCE_NUMBER"), kind=_PARTIES[party.name], locator=locator)
    facts.names = [
        " ".join(part for part in map(party.first, _NAME_PARTS) if part),
        party.first("NAME_ORIGINAL_SCRIPT"),
    ]
    if facts.kind == "entity":
        facts.names = [name for text in facts.names for name in text.split(" ; ")]
    for alias in party.each(f"{party.name}_ALIAS"):
        weak = alias.first("QUALITY").lower() == "low"
        (facts.weak_names if weak else facts.names).append(alias.first("ALIAS_NAME"))
    for address in party.each(f"{party.name}_ADDRESS"):
        facts.countries.append(address.first("COUNTRY"))
        parts = map(address.first, ("STREET", "CITY", "STATE_PROVINCE"))
        facts.addresses.append(", ".join(part for part in parts if part))
    facts.countries += [
        clean("".join(value.text)) for each in party.each("NATIONALITY") for value in each.each("VALUE")
    ]
    facts.born = [_born(date) for date in party.each("INDIVIDUAL_DATE_OF_BIRTH")]
    facts.programme = party.first("UN_LIST_TYPE")
    facts.from_date = party.first("LISTED_ON")
    facts.reason = party.first("COMMENTS1") if facts.kind == "entity" else ""
    return facts


def _born(date: _Element) -> str:
    """Put in words what the list says in parts: `between 1973 and 1974`, `Approximately 1966`, `Sep. 1971`."""
    first, last = date.first("FROM_YEAR"), date.first("TO_YEAR")
    if first and last:
        return f"between {first} and {last}"
    how = date.first("TYPE_OF_DATE") if date.first("TYPE_OF_DATE") != "EXACT" else ""
    return " ".join((how, date.first("NOTE"), date.first("DATE") or date.first("YEAR")))
