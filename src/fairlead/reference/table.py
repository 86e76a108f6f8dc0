"""What a table of the reference pack holds: its columns, their rules, and its key, from tables/NAME.yaml.

A new table is its file in data/ and its description in tables/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from fairlead.errors import InvalidReference, Where
from fairlead.reference.source import SOURCE_COLUMNS, SOURCES_FILE

_DESCRIPTIONS: Final = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Column:
    """One column and its rules.

    A value must match `pattern` in full, be one of `one_of`, be a number where `number` is set, and be a value
    of the column `foreign` (table, column), each where given. With `separator` each part of the value must.
    A foreign value that is not there is only worth a note where `unknown_is_note` is set.
    """

    name: str
    about: str
    optional: bool = False
    pattern: str = ""
    one_of: tuple[str, ...] = ()
    number: bool = False
    foreign: tuple[str, str] | None = None
    unknown_is_note: bool = False
    separator: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the pack: what it is, its key, and its columns without those that name the source."""

    name: str
    title: str
    about: str
    made: str
    format: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The headings of the file: its own columns, then where each fact comes from."""
        return (*(column.name for column in self.columns), *SOURCE_COLUMNS)


@cache
def tables() -> Mapping[str, Table]:
    """Return the description of every table, by name.

    Raises InvalidReference when a description cannot be read.
    """
    return {path.stem: _table(path) for path in sorted(_DESCRIPTIONS.glob("*.yaml"))}


def table(name: str) -> Table:
    """Return the description of one table.

    Raises InvalidReference when there is no such table.
    """
    try:
        return tables()[name]
    except KeyError as error:
        raise InvalidReference(
            f"There is no reference table “{name}”.", do=f"The tables are: {', '.join(tables())}."
        ) from error


def undescribed(folder: Path) -> tuple[str, ...]:
    """Return the files of a folder of tables that no description is about."""
    files = {path.name for path in folder.glob("*.*") if path.suffix in {".csv", ".yaml"}}
    described = {f"{entry.name}.{entry.format}" for entry in tables().values()}
    return tuple(sorted(files - described - {SOURCES_FILE}))


def _table(path: Path) -> Table:
    try:
        entry = yaml.safe_load(path.read_bytes())
        return Table(
            name=path.stem,
            title=entry["title"],
            about=entry["about"],
            made=entry["made"],
            format=entry.get("format", "csv"),
            key=tuple(entry.get("key", ())),
            columns=tuple(_column(name, rules) for name, rules in entry.get("columns", {}).items()),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise InvalidReference(f"is not a table's description: {error!r}.", where=Where(file=path.name)) from error


def _column(name: str, rules: Mapping[str, Any]) -> Column:
    unknown = set(rules) - _RULES
    if unknown:
        raise KeyError(f"column {name} has unknown rules {sorted(unknown)}")
    foreign = rules.get("in")
    return Column(
        name=name,
        about=rules["about"],
        optional=rules.get("optional", False),
        pattern=rules.get("pattern", ""),
        one_of=tuple(rules.get("one_of", ())),
        number=rules.get("number", False),
        foreign=(foreign.partition(".")[0], foreign.partition(".")[2]) if foreign else None,
        unknown_is_note=rules.get("unknown") == "note",
        separator=rules.get("separator", ""),
    )


_RULES: Final = frozenset({"about", "optional", "pattern", "one_of", "number", "in", "unknown", "separator"})
