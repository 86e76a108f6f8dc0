"""Whether a sheet lists persons: only then are given names, birth dates and the like anybody's but a contact's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fairlead.model.vocabulary import PartyKind
from fairlead.read.column import Column
from fairlead.read.mapping import IGNORED
from fairlead.read.words import cell_key, heading_key, heading_words, kinds

#: The parts of a name, and what else is said of persons alone.
_PARTS: Final = ("given_name", "surname")
_PARTICULARS: Final = ("birth_date", "birth_place", "gender", "occupation", "phone", "email", "personal_number")


def of_persons(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with those about persons kept where the sheet lists persons, and not used elsewhere.

    It does where the parts of a name are the only name or stand beside a name such as “Full name”, where there is a
    birth date, and where a column of kinds says so. Beside the name of a supplier they are a contact's.
    """
    columns = _parts_by_their_neighbours(columns)
    names = [column for column in columns if column.field == "name"]
    parts = [column for column in columns if column.field in _PARTS]
    of_a_person = all(heading_key(column.heading.text) in heading_words("names_of_persons") for column in names)
    use_parts = bool(parts) and of_a_person
    persons = use_parts or any(column.field == "birth_date" for column in columns) or _says_person(columns)
    unused = {*(() if use_parts else _PARTS), *(() if persons else _PARTICULARS)}
    return [replace(column, field=IGNORED) if column.field in unused else column for column in columns]


def _parts_by_their_neighbours(columns: Sequence[Column]) -> list[Column]:
    """Beside a surname alone “Имя” or “Name” is the given name; beside a given name alone “Nom” is the surname."""
    fields = {column.field for column in columns}
    if "surname" in fields and "given_name" not in fields:
        return [_as(column, "given_name", "given_beside_surname") for column in columns]
    if "given_name" in fields and "surname" not in fields:
        return [_as(column, "surname", "surname_beside_given") for column in columns]
    return list(columns)


def _as(column: Column, field: str, section: str) -> Column:
    named = column.field == "name" and heading_key(column.heading.text) in heading_words(section)
    return replace(column, field=field) if named else column


def _says_person(columns: Sequence[Column]) -> bool:
    return any(
        kinds().get(cell_key(value)) == PartyKind.PERSON
        for column in columns
        if column.field == "kind"
        for value in column.values
    )
