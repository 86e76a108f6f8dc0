"""Which country a publisher means by a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fairlead.errors import InvalidReference
from fairlead.reference.builders.builder import read_input
from fairlead.reference.keys import good_key
from fairlead.reference.load import load_csv

#: From a name to an ISO 3166-1 alpha-3 code.
CountryFinder = Callable[[str], str]

_EXTRA: Final = "publisher_country_names"


def country_finder() -> CountryFinder:
    """Return a function from a country's name, as a publisher spells it, to its ISO 3166-1 alpha-3 code.

    It knows the names of countries.csv and those recorded in publisher_country_names.csv, and raises
    InvalidReference for any other.
    """
    known = {good_key(row["name"]): row["iso3"] for row in (*load_csv("countries"), *read_input(_EXTRA))}

    def find(name: str) -> str:
        try:
            return known[good_key(name)]
        except KeyError as error:
            raise InvalidReference(
                f"No country is known by the name “{name}”.", do=f"Add it to builders/inputs/{_EXTRA}.csv."
            ) from error

    return find
