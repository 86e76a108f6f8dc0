"""Finds countries, sectors and goods among the regions and industries of an input-output table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.errors import OptionError
from fairlead.model.input_output import Floats, InputOutputTable, Ints
from fairlead.reference import load_csv
from fairlead.reference.keys import industry_key

_LISTED: Final = 12

#: A sector is suggested that has so many first letters of the unknown one in its name.
_ALIKE: Final = 5

#: Digits of the longest code that the Harmonized System has; what follows is a country's own.
_SUBHEADING: Final = 6

#: Digits of an ISIC class.
_CLASS: Final = 4


@dataclass(frozen=True)
class TableCodes:
    """What the codes of a table mean.

    `iso3` is the country of each region, empty for a rest or a code that is not known; `within` the countries that a
    rest stands for; `isic` the ISIC codes of each industry, none where they are not known; `names` of industries.
    """

    iso3: tuple[str, ...]
    within: tuple[tuple[str, ...], ...]
    isic: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]


def table_codes(table: InputOutputTable) -> TableCodes:
    """Return what the reference pack says of a table's regions and industries.

    A region's code is looked up in io_regions, then taken for an ISO 3166-1 alpha-3 or alpha-2 code.
    """
    rows = {row["code"]: row for row in load_csv("io_regions") if row["scheme"] == table.scheme}
    countries = load_csv("countries")
    codes = {row["iso3"]: row["iso3"] for row in countries} | {row["iso2"]: row["iso3"] for row in countries}
    iso3 = tuple(rows[code]["iso3"] if code in rows else codes.get(code, "") for code in table.regions)
    industries = {industry_key(r["code"]): r for r in load_csv("io_industries") if r["scheme"] == table.scheme}
    found = [industries.get(industry_key(code)) for code in table.industries]
    return TableCodes(
        iso3=iso3,
        within=_members(table.regions, iso3, rows),
        isic=tuple(tuple(row["isic"].split()) if row else () for row in found),
        names=tuple(row["name"] if row else code for row, code in zip(found, table.industries, strict=True)),
    )


def _members(
    regions: Sequence[str], iso3: Sequence[str], rows: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Return the countries of each rest: those in its part of the world that no other region covers."""
    taken = {code for code in iso3 if code}
    members: dict[str, tuple[str, ...]] = {}
    for code, row in rows.items():
        if row["within"] and code in regions:
            parts = {part.strip() for part in row["within"].split(";")}
            members[code] = tuple(
                country["iso3"]
                for country in load_csv("countries")
                if country["iso3"] not in taken
                and ("world" in parts or parts & {country["region"], country["subregion"], country["iso3"]})
            )
            taken.update(members[code])
    return tuple(members.get(code, ()) for code in regions)


@dataclass(frozen=True)
class Product:
    """What is bought, as cells of a table with the share of each (they sum to 1), and how it was found.

    `region` is the table's region; `is_rest` says that the country is only part of it; `asked` are the ISIC codes
    looked for, none where the table's own industry was named.
    """

    cells: Ints
    shares: Floats
    region: str
    is_rest: bool
    asked: tuple[str, ...]


def region_of(table: InputOutputTable, codes: TableCodes, country: str) -> tuple[list[int], bool]:
    """Return the places of a country's regions in the table, and whether it is only part of a rest.

    `country` is an ISO 3166-1 alpha-3 code, or the table's own code. A few tables split a country into several.
    Raises OptionError when the table does not cover the country.
    """
    own = [place for place, code in enumerate(codes.iso3) if code == country]
    own = own or [place for place, code in enumerate(table.regions) if code == country]
    if own:
        return own, False
    rest = [place for place, members in enumerate(codes.within) if country in members]
    if rest:
        return rest, True
    known = ", ".join(code or region for code, region in zip(codes.iso3, table.regions, strict=True))
    raise OptionError(f"The table {table.name} does not cover “{country}”.", do=f"It covers {known}.")


def product_cells(table: InputOutputTable, codes: TableCodes, country: str, isic: Sequence[str]) -> Product:
    """Return the cells of a country's industries that make what the ISIC codes name, shared by their output.

    A code finds the industries that lie within it; where there are none, the industry that contains it.
    Raises OptionError when the country or the industry is not in the table.
    """
    places, is_rest = region_of(table, codes, country)
    industries = matching_industries(codes, isic)
    if not industries:
        raise OptionError(
            f"No industry of the table {table.name} is known to make ISIC {', '.join(isic)}.",
            do=f"Name one of the table's own with --sector: {_some(table.industries)}.",
        )
    return _product(table, places, industries, is_rest, tuple(isic))


def own_industry(table: InputOutputTable, codes: TableCodes, country: str, industry: str) -> Product | None:
    """Return the cells of an industry named by the table's own code or name; None where there is no such industry."""
    wanted = industry_key(industry)
    both = zip(table.industries, codes.names, strict=True)
    industries = [place for place, names in enumerate(both) if wanted in map(industry_key, names)]
    if not industries:
        return None
    places, is_rest = region_of(table, codes, country)
    return _product(table, places, industries, is_rest, ())


def matching_industries(codes: TableCodes, isic: Sequence[str]) -> list[int]:
    """Return the industries within any of the ISIC codes; for a code without any, those that contain it closest."""
    found: set[int] = set()
    for wanted in isic:
        inside = [place for place, own in enumerate(codes.isic) if any(code.startswith(wanted) for code in own)]
        if not inside:
            closest = [max((len(code) for code in own if wanted.startswith(code)), default=0) for own in codes.isic]
            most = max(closest, default=0)
            inside = [place for place, length in enumerate(closest) if most and length == most]
        found.update(inside)
    return sorted(found)


def _product(
    table: InputOutputTable, places: Sequence[int], industries: Sequence[int], is_rest: bool, asked: tuple[str, ...]
) -> Product:
    cells = np.flatnonzero(np.isin(table.region, places) & np.isin(table.industry, industries) & (table.output > 0))
    region = " + ".join(table.regions[place] for place in places)
    if not len(cells):
        named = ", ".join(table.industries[place] for place in industries)
        raise OptionError(
            f"In the table {table.name} {region} has no output of {named}.",
            do="Choose another sector or another table.",
        )
    output = table.output[cells]
    return Product(cells, output / output.sum(), region, is_rest, asked)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return "; ".join(listed[:_LISTED]) + (f"; and {len(listed) - _LISTED} more" if len(listed) > _LISTED else "")


def isic_of_sector(sector: str) -> tuple[str, ...]:
    """Return the ISIC codes of one of Fairlead's sectors, through its goods where it has none of its own.

    A code that holds another sector's longer one stands for its classes without those: crops are 01 without the raising
    of animals. Raises OptionError when there is no such sector or it has no codes.
    """
    rows = {row["sector"]: row for row in load_csv("sectors")}
    if sector not in rows:
        near = [key for key in rows if sector.lower()[:_ALIKE] in key]
        raise OptionError(
            f"There is no sector “{sector}”.",
            do=f"Did you mean {', '.join(near)}?" if near else "`fairlead reference show sectors` lists them.",
        )
    others = [code for key, row in rows.items() if key != sector for code in row["isic"].split()]
    own = tuple(code for one in rows[sector]["isic"].split() for code in _without(one, others))
    codes = own or tuple(dict.fromkeys(code for hs in rows[sector]["hs"].split() for code in isic_of_good(hs)))
    if not codes:
        raise OptionError(f"The sector “{sector}” has no industry of its own in any classification.", do="Give --hs.")
    return codes


def _without(code: str, others: Sequence[str]) -> list[str]:
    """Return a code, or its classes that are not within any of the longer codes of others, where there are such."""
    within = tuple(one for one in others if one.startswith(code) and len(one) > len(code))
    if not within:
        return [code]
    classes = [row["code"] for row in load_csv("isic4") if row["code"].startswith(code)]
    return [one for one in classes if len(one) == _CLASS and not one.startswith(within)]


def isic_of_good(hs: str) -> tuple[str, ...]:
    """Return the ISIC classes that make a good, by its HS code of two or more digits; dots and spaces do not matter.

    Of a tariff's longer code the first six digits count, which are the same in every country. Raises OptionError when
    no class is known for the code.
    """
    code = re.sub(r"[.\s]", "", hs)
    found: tuple[str, ...] = ()
    if re.fullmatch(r"\d{2,12}", code):
        rows = load_csv("hs_isic4")
        exact = [row["isic"] for row in rows if row["hs"] == code[:_SUBHEADING]]
        below = [row["isic"] for row in rows if row["hs"].startswith(code[:_SUBHEADING])]
        found = tuple(dict.fromkeys(exact or below))
    if not found:
        raise OptionError(f"“{hs}” is no code of the Harmonized System.", do="Give two to six digits, such as 6109.")
    return found
