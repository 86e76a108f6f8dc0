"""Countries and the groups they belong to, from the public-domain compilation of country codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.keys import good_key
from fairlead.reference.load import Row

FILE: Final = "country/country_codes.csv"
SOURCE: Final = "country_codes"

_NEEDED: Final = (
    "ISO3166-1-Alpha-3",
    "ISO3166-1-Alpha-2",
    "M49",
    "official_name_en",
    "Region Code",
    "Region Name",
    "Sub-region Code",
    "Sub-region Name",
)

#: Has no entry in ISO 3166-1; its codes are among those that ISO leaves to users, and many publishers use them.
_KOSOVO: Final = {
    "iso3": "XKX",
    "iso2": "XK",
    "m49": "",
    "name": "Kosovo",
    "region": "Europe",
    "subregion": "Southern Europe",
    "osce": "no",
    "source_id": "user_assigned_codes",
}

#: The groups that country-codes marks with a cross.
_MARKED: Final = {
    "least_developed": ("Least developed countries", "Least Developed Countries (LDC)"),
    "landlocked_developing": ("Landlocked developing countries", "Land Locked Developing Countries (LLDC)"),
    "small_island_developing": ("Small island developing States", "Small Island Developing States (SIDS)"),
}


def _entries(files: Files) -> tuple[Row, ...]:
    return publisher_rows(files[FILE], file=FILE, needed=(*_NEEDED, *(heading for _, heading in _MARKED.values())))


def country_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every country, and one for Kosovo."""
    osce = {row["iso3"] for row in read_input("memberships") if row["group"] == "osce"}
    for entry in _entries(files):
        yield {
            "iso3": entry["ISO3166-1-Alpha-3"],
            "iso2": entry["ISO3166-1-Alpha-2"],
            "m49": _m49(entry["M49"]),
            "name": entry["official_name_en"],
            "region": entry["Region Name"],
            "subregion": entry["Sub-region Name"],
            "osce": "yes" if entry["ISO3166-1-Alpha-3"] in osce else "no",
            "source_id": SOURCE,
        }
    yield _KOSOVO


def group_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every membership: regions of M49, the UN's groups of developing countries, organisations."""
    for entry in _entries(files):
        iso3 = entry["ISO3166-1-Alpha-3"]
        for part in ("Region", "Sub-region"):
            if entry[f"{part} Name"]:
                yield _membership(good_key(entry[f"{part} Name"]), entry[f"{part} Name"], entry[f"{part} Code"], iso3)
        for group, (name, heading) in _MARKED.items():
            if entry[heading]:
                yield _membership(group, name, "", iso3)
    for row in read_input("memberships"):
        yield {**row, "m49": ""}


def _membership(group: str, name: str, m49: str, iso3: str) -> Row:
    return {"group": group, "name": name, "m49": _m49(m49), "iso3": iso3, "source_id": SOURCE}


def _m49(code: str) -> str:
    """Return an M49 code with its leading zeros, which some files lose; empty stays empty."""
    return code.zfill(3) if code else ""


BUILDERS: Final = (
    Builder("countries", ("iso3", "iso2", "m49", "name", "region", "subregion", "osce"), (FILE,), country_rows),
    Builder("country_groups", ("group", "name", "m49", "iso3"), (FILE,), group_rows),
)
