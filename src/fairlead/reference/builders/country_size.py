"""How large a country is: the people who live there, and its domestic product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.production import rounded
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row, load_csv

FILE: Final = "country/gdp.csv"

#: The last year that had been published when the list of 2016 was made, so that nothing later is known.
GDP_YEAR: Final = "2014"
#: The year of the copy of GeoNames from which populations were keyed in; its figures are some years older.
POPULATION_YEAR: Final = "2015"


def size_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every country and measure: gdp in current US dollars, population in people."""
    countries = {row["iso3"] for row in load_csv("countries")}
    for entry in publisher_rows(files[FILE], file=FILE, needed=("Country Code", "Year", "Value")):
        if entry["Year"] == GDP_YEAR and entry["Country Code"] in countries:  # the file has groups of countries too
            yield _row(entry["Country Code"], "gdp", GDP_YEAR, rounded(float(entry["Value"])), "world_bank_gdp")
    for entry in read_input("population"):
        yield _row(entry["iso3"], "population", POPULATION_YEAR, entry["population"], "geonames_2015")


def _row(iso3: str, measure: str, year: str, value: str, source_id: str) -> Row:
    return {"iso3": iso3, "measure": measure, "year": year, "value": value, "source_id": source_id}


BUILDERS: Final = (Builder("country_size", ("iso3", "measure", "year", "value"), (FILE,), size_rows),)
