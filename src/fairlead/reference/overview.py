"""What the reference pack holds at a glance: every table with its sources, their age and their terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.reference.home import user_reference_folder
from fairlead.reference.load import load_csv, load_yaml, table_path
from fairlead.reference.source import Source, source_records
from fairlead.reference.table import Table, tables

#: The source of the project's own tables.
_OWN: Final = "fairlead"


@dataclass(frozen=True)
class Use:
    """One source as one table uses it: how many rows come from it, and how many of them were not checked."""

    table: Table
    rows: int
    unchecked: int
    source: Source
    updated: bool  # the table in use is the user's own updated copy
    age_days: int
    old: bool


def overview(as_of: date) -> tuple[Use, ...]:
    """Return what every table takes from every source, with its age on the day `as_of`, in the order of the tables.

    Raises InvalidReference when a table cannot be read or names a source that there is not.
    """
    sources = source_records()
    return tuple(use for entry in tables().values() for use in _uses(entry, sources, as_of))


def _uses(entry: Table, sources: Mapping[str, Source], as_of: date) -> Iterator[Use]:
    updated = table_path(entry.name, f".{entry.format}").parent == user_reference_folder()
    for source_id, rows, unchecked in _counts(entry, sources):
        source = sources[source_id]
        yield Use(entry, rows, unchecked, source, updated, source.age_days(as_of), source.is_old(as_of))


def _counts(entry: Table, sources: Mapping[str, Source]) -> Iterator[tuple[str, int, int]]:
    """Yield source, rows and unchecked rows; tables in YAML are the project's own, and their rows their entries."""
    if entry.format == "yaml":
        rows = len(load_yaml(entry.name))
        yield _OWN, rows, 0 if sources[_OWN].checked else rows
        return
    counted = Counter((row["source_id"], row["checked"]) for row in load_csv(entry.name))
    for source_id in sorted({source_id for source_id, _ in counted} & set(sources)):
        unchecked = counted[source_id, "no"]
        yield source_id, unchecked + counted[source_id, "yes"], unchecked
