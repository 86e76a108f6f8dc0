"""The tiers of the US State Department's Trafficking in Persons Report, by country and year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row

HISTORY: Final = "country/tip_tiers_1999_2015.csv"
LATEST: Final = "country/tip_tiers_2025.csv"
LATEST_YEAR: Final = "2025"

#: What the files call a tier, and what the pack calls it. 2WL is the Tier 2 Watch List; NA is not ranked.
_TIERS: Final = {"Tier 1": "1", "Tier 2": "2", "Watchlist": "2WL", "Tier 3": "3"}
_NOT_RANKED: Final = "NA"

#: A code that the file of 1999 to 2015 uses and the pack does not.
_CODES: Final = {"KOS": "XKX"}


def tier_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every country and year in which it was ranked or named a special case."""
    yield from _history(files[HISTORY])
    for entry in publisher_rows(files[LATEST], file=LATEST, needed=("iso3", "tier", "year")):
        yield _row(entry["iso3"], entry["year"], entry["tier"], "us_tip_2025")
    for entry in read_input("tip_tiers_2025_additions"):
        yield _row(entry["iso3"], LATEST_YEAR, entry["tier"], "us_tip_2025")


def _history(content: bytes) -> Iterator[Row]:
    for number, entry in enumerate(publisher_rows(content, file=HISTORY, needed=("iso", "year", "tier")), start=2):
        if entry["tier"] == _NOT_RANKED:
            continue
        if entry["tier"] not in _TIERS:
            raise InvalidReference(f"“{entry['tier']}” is not a tier.", where=Where(file=HISTORY, row=number))
        yield _row(_CODES.get(entry["iso"], entry["iso"]), entry["year"], _TIERS[entry["tier"]], "us_tip_history")


def _row(iso3: str, year: str, tier: str, source_id: str) -> Row:
    return {"iso3": iso3, "year": year, "tier": tier, "source_id": source_id}


BUILDERS: Final = (Builder("tip_tiers", ("iso3", "year", "tier"), (HISTORY, LATEST), tier_rows),)
