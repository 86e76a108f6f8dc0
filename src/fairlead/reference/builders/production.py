"""Which country makes how much of the world's output of a good, from statistics of farming and mining."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.country_names import country_finder
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row

FARMING: Final = "production/fao_production.csv.gz"

#: What production_items.csv calls each file, the file, and the source that its rows name.
_MINING: Final = {
    "metals": ("production/metals_production.csv", "usgs_metals"),
    "minerals": ("production/minerals_production.csv", "bgs_minerals"),
    "coal": ("production/coal_production.csv", "shift_coal"),
}
_FARMING_NAME: Final = "fao"
_FARMING_SOURCE: Final = "fao_production"

#: Farming is counted every year; mines report with gaps, so their years are averaged.
FARMING_YEAR: Final = "2015"
MINING_YEARS: Final = (2005, 2015)

#: Sums, and States that are no more; their parts stand for themselves in the years used.
_NOT_COUNTRIES: Final = frozenset({"World", "Sudan (former)", "Czechoslovakia", "Yugoslavia", "Serbia and Montenegro"})

#: Shares are ratios of estimates, so three digits are all that they carry.
DIGITS: Final = 3

Amounts = Mapping[str, float]


def production_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every good and country that makes some of it: share = output / sum of all countries' output.

    Farming counts the tonnes of one year, mining the mean over the years of MINING_YEARS that a country reported.
    Pairs of good and country that production_unrecorded.csv names are in the table without a share.
    Raises InvalidReference when an item is not in its file or a country's name is not known.
    """
    items: defaultdict[str, list[Row]] = defaultdict(list)
    for item in read_input("production_items"):
        items[item["good"]].append(item)
    farming, mining = (
        _farming(files[FARMING]),
        {name: _mining(files[file], file) for name, (file, _) in _MINING.items()},
    )
    for good, parts in sorted(items.items()):
        file = parts[0]["file"]
        tables = farming if file == _FARMING_NAME else mining[file]
        amounts = _sum(tables, [part["item"] for part in parts])
        source, years = _FARMING_SOURCE, FARMING_YEAR
        if file != _FARMING_NAME:
            source, years = _MINING[file][1], f"{MINING_YEARS[0]}-{MINING_YEARS[1]}"
        total = sum(amounts.values())
        for iso3, amount in sorted(amounts.items()):
            if amount > 0:
                yield {
                    "good": good,
                    "iso3": iso3,
                    "share": rounded(amount / total),
                    "years": years,
                    "source_id": source,
                }
    for row in read_input("production_unrecorded"):
        yield {**row, "share": "", "years": ""}


def rounded(value: float) -> str:
    """Return a number of at least 0 with the digits that the table keeps, without an exponent."""
    text = f"{float(f'{value:.{DIGITS}g}'):.15f}".rstrip("0")
    return text.removesuffix(".")


def _sum(tables: Mapping[str, Amounts], items: list[str]) -> Amounts:
    total: defaultdict[str, float] = defaultdict(float)
    for item in items:
        if item not in tables:
            raise InvalidReference(f"No file of production has the item “{item}”.", do="Correct production_items.csv.")
        for iso3, amount in tables[item].items():
            total[iso3] += amount
    return total


def _farming(content: bytes) -> Mapping[str, Amounts]:
    """Return the tonnes of FARMING_YEAR by item and country."""
    find = country_finder()
    lines = (line for line in gzip.decompress(content).decode("utf-8").splitlines() if not line.startswith("#"))
    amounts: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, entry in enumerate(csv.DictReader(lines), start=1):
        if entry["element"] != "Production" or not entry[FARMING_YEAR] or entry["area"] in _NOT_COUNTRIES:
            continue
        amounts[entry["item"]][find(entry["area"])] = _number(entry[FARMING_YEAR], FARMING, number)
    return amounts


def _mining(content: bytes, file: str) -> Mapping[str, Amounts]:
    """Return each country's mean output over the years that it reported, by the heading of the column."""
    find = country_finder()
    first, last = MINING_YEARS
    reported: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, entry in enumerate(publisher_rows(content, file=file, needed=("Entity", "Year")), start=2):
        if entry["Entity"] in _NOT_COUNTRIES or not first <= int(entry["Year"]) <= last:
            continue
        for item, cell in entry.items():
            if item not in {"Entity", "Year"} and cell:
                reported[item][find(entry["Entity"])].append(_number(cell, file, number))
    return {
        item: {iso3: sum(values) / len(values) for iso3, values in by_country.items()}
        for item, by_country in reported.items()
    }


def _number(text: str, file: str, row: int) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InvalidReference(f"“{text}” is not a number.", where=Where(file=file, row=row)) from error


_FILES: Final = (FARMING, *(file for file, _ in _MINING.values()))

BUILDERS: Final = (Builder("production", ("good", "iso3", "share", "years"), _FILES, production_rows),)
