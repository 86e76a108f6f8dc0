"""Lists as JSON: FollowTheMoney entities and Senzing records, one party a line or all in one array."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from fairlead.errors import UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read.encoding import decode
from fairlead.screen.list_entry import Facts

_FTM_NUMBERS: Final = {
    "registrationNumber": "REG", "taxNumber": "TAX", "leiCode": "LEI", "innCode": "INN", "ogrnCode": "RU-OGRN",
    "imoNumber": "IMO", "uscCode": "REG", "okpoCode": "REG", "vatCode": "TAX",
}  # fmt: skip
_FTM_PARTIES: Final = frozenset({"Person", "Company", "LegalEntity", "Organization", "PublicBody", "Vessel", "Asset"})
_SENZING_NUMBERS: Final = {
    "TAX_ID_NUMBER": "TAX", "LEI_NUMBER": "LEI", "OTHER_ID_NUMBER": "REG", "NATIONAL_ID_NUMBER": "REG",
    "REGISTRATION_NUMBER": "REG",
}  # fmt: skip
#: Byte order marks, after which a text is not plain UTF-8.
_ENCODED: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ADDRESS_PARTS: Final = ("ADDR_FULL", "ADDR_LINE1", "ADDR_LINE2", "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE")


def read_lines(path: Path, name: str) -> Iterator[Facts]:
    """Yield what every line says of a party; lines about other things (sanctions, addresses) are passed over.

    A file that is one array is read like lines, its elements counted from 1. Text is UTF-8, or what a byte order mark
    says. Raises UnreadableFile, with the line, where one is not a JSON object in either format.
    """
    for number, record in _records(path, name):
        yield from _read_record(record, Where(file=name, row=number), f"{name}:{number}")


def _records(path: Path, name: str) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as file:
        begins = file.read(4096)
    if begins.startswith(_ENCODED):
        yield from _numbered(decode(path.read_bytes(), Where(file=name)).text.split("\n"), name)
    elif begins.lstrip().startswith(b"["):
        yield from enumerate(_loaded(path.read_bytes(), Where(file=name)), start=1)
    else:
        with path.open("rb") as file:
            yield from _numbered(file, name)


def _numbered(lines: Iterable[bytes | str], name: str) -> Iterator[tuple[int, Any]]:
    return (
        (number, _loaded(line, Where(file=name, row=number)))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _loaded(text: bytes | str, where: Where) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        reason = str(error)
        raise UnreadableFile(
            message("The line is not JSON: {reason}.", reason=reason)
            if where.row
            else message("The file is not JSON: {reason}.", reason=reason),
            where=where,
            do=message("Give one JSON object a line."),
        ) from error


def _read_record(record: Any, where: Where, locator: str) -> Iterator[Facts]:
    if isinstance(record, dict) and isinstance(record.get("properties"), dict):
        if record.get("schema") in _FTM_PARTIES:
            yield _from_ftm(record, locator)
    elif isinstance(record, dict) and "RECORD_ID" in record:
        yield _from_senzing(record, locator)
    else:
        raise UnreadableFile(
            message("The line is neither a FollowTheMoney entity nor a Senzing record."),
            where=where,
            do=message("Export the list in one of these formats, or as CSV."),
        )


def _from_ftm(record: Mapping[str, Any], locator: str) -> Facts:
    properties = record["properties"]

    def values(*names: str) -> list[str]:
        return [str(value) for name in names for value in _several(properties.get(name)) if _is_text(value)]

    facts = Facts(entry_id=str(record.get("id", "")), kind=str(record["schema"]), locator=locator)
    facts.names = values("name", "alias", "previousName", "abbreviation")
    facts.weak_names = values("weakAlias")
    facts.countries = values("country", "jurisdiction", "mainCountry", "flag", "nationality")
    facts.addresses = values("address")
    facts.identifiers = [(scheme, value) for name, scheme in _FTM_NUMBERS.items() for value in values(name)]
    facts.born = values("birthDate", "incorporationDate", "buildDate")
    facts.reason = "; ".join(values("reason", "notes"))
    facts.programme = "; ".join(values("program", "programId", "topics"))
    return facts


def _several(value: Any) -> Sequence[Any]:
    """Return the values of a property, which should be a list and in some exports is a single value."""
    return value if isinstance(value, list) else [value]


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _from_senzing(record: Mapping[str, Any], locator: str) -> Facts:
    parts = list(_flat(record))

    def values(*names: str) -> list[str]:
        return [value for name, value in parts if name in names]

    facts = Facts(entry_id=str(record["RECORD_ID"]), kind=str(record.get("RECORD_TYPE", "")).title(), locator=locator)
    facts.names = values("NAME_ORG", "PRIMARY_NAME_ORG", "NAME_FULL", "PRIMARY_NAME_FULL")
    facts.countries = values(
        "ADDR_COUNTRY", "COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY", "NATIONALITY", "CITIZENSHIP"
    )
    facts.addresses = values("ADDR_FULL") or [", ".join(values(*_ADDRESS_PARTS))]
    facts.identifiers = [(scheme, value) for name, scheme in _SENZING_NUMBERS.items() for value in values(name)]
    facts.born = values("DATE_OF_BIRTH", "REGISTRATION_DATE")
    facts.programme = str(record.get("DATA_SOURCE", ""))
    return facts


def _flat(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every name and value of a record and of the lists of records in it."""
    for name, value in record.items():
        if isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    yield from _flat(part)
        elif value is not None:
            yield name, str(value)
