"""Which sources can be brought up to date: where the publisher's file lies, and which builders read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.errors import OptionError
from fairlead.reference.builders import countries, goods_listed, governance_api, import_bans
from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.source import source_records


@dataclass(frozen=True)
class Publisher:
    """One source that can be updated.

    `files` gives the address of every file that the builders need, empty where the publisher changes it;
    `edition` names the edition that was fetched on a day, and is None where the file does not tell.
    """

    source_id: str
    files: Mapping[str, str]
    builders: tuple[Builder, ...]
    edition: Callable[[Files, date], str] | None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are made from this source."""
        return tuple(builder.table for builder in self.builders)

    @property
    def has_address(self) -> bool:
        """Whether the publisher's files can be fetched, rather than downloaded by hand."""
        return all(self.files.values())


def _as_of(_: Files, day: date) -> str:
    return f"as of {day.isoformat()}"


def _governance_edition(files: Files, day: date) -> str:
    return f"data to {governance_api.latest_year(files)}, as of {day.isoformat()}"


def publishers() -> tuple[Publisher, ...]:
    """Return the sources that can be updated; addresses that may move stand in sources.csv."""
    address = {source_id: source.url for source_id, source in source_records().items()}
    latest_goods = (next(builder for builder in goods_listed.BUILDERS if builder.table == "goods_listed"),)
    return (
        Publisher("country_codes", {countries.FILE: address["country_codes"]}, countries.BUILDERS, _as_of),
        Publisher("us_cbp", {import_bans.FILE: _NO_FIXED_ADDRESS}, import_bans.BUILDERS, _as_of),
        Publisher("us_dol_goods", {goods_listed.LATEST: address["us_dol_goods"]}, latest_goods, None),
        Publisher("wgi", governance_api.ADDRESSES, (governance_api.BUILDER,), _governance_edition),
    )


_NO_FIXED_ADDRESS: Final = ""


def publisher_of(table: str) -> Publisher:
    """Return the publisher whose file a table is made from.

    Raises OptionError when the table cannot be updated.
    """
    for publisher in publishers():
        if table in publisher.tables:
            return publisher
    updatable = ", ".join(name for publisher in publishers() for name in publisher.tables)
    raise OptionError(
        f"The table “{table}” cannot be updated: its publisher offers no file that a program can read.",
        do=f"Tables that can: {updatable}. The others are renewed with the program.",
    )
