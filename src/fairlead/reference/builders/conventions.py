"""Which ILO Conventions a country has ratified: the fundamental ones, and those on recruitment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.errors import InvalidReference
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row, load_csv

FILE: Final = "country/ilo_core_conventions.csv"

#: The eleven fundamental instruments; P029 is the Protocol of 2014 to the Forced Labour Convention.
FUNDAMENTAL: Final = ("C029", "C087", "C098", "C100", "C105", "C111", "C138", "C155", "C182", "C187", "P029")

#: How the file marks a Convention that a country has left, as in "1958 (denounced 1990)".
_DENOUNCED: Final = "denounced"


def convention_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every ratification in force; an empty cell is none, and a denounced one is over."""
    iso3_of = {row["iso2"]: row["iso3"] for row in load_csv("countries")}
    for entry in publisher_rows(files[FILE], file=FILE, needed=("country_iso", *FUNDAMENTAL)):
        iso3 = iso3_of.get(entry["country_iso"])
        if iso3 is None:
            raise InvalidReference(f"No country has the code “{entry['country_iso']}” ({FILE}).")
        for convention in FUNDAMENTAL:
            if entry[convention] and _DENOUNCED not in entry[convention]:
                yield {"iso3": iso3, "convention": convention, "year": entry[convention], "source_id": "ilo_normlex"}
    for row in read_input("recruitment_conventions"):
        yield {**row, "source_id": "ilo_normlex_recruitment"}


BUILDERS: Final = (Builder("conventions", ("iso3", "convention", "year"), (FILE,), convention_rows),)
