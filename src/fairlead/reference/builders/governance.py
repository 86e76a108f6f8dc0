"""The World Bank's Worldwide Governance Indicators: estimates and standard errors of six indicators."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row

FILE: Final = "country/wgi_1996_2019.csv"
SOURCE: Final = "wgi"
COLUMNS: Final = ("iso3", "indicator", "year", "estimate", "standard_error")

#: The latest year of the edition, and an earlier one for looking back.
EARLIER_YEAR: Final = "2015"
_YEARS: Final = (EARLIER_YEAR, "2019")

_INDICATORS: Final = {
    "ControlofCorruption": "control_of_corruption",
    "GovernmentEffectiveness": "government_effectiveness",
    "PoliticalStability": "political_stability",
    "RegulatoryQuality": "regulatory_quality",
    "RuleofLaw": "rule_of_law",
    "VoiceandAccountability": "voice_and_accountability",
}

#: Codes of the World Bank's own that differ from ISO 3166-1; the Netherlands Antilles no longer exist.
CODES: Final = {
    "ADO": "AND",
    "KSV": "XKX",
    "ROM": "ROU",
    "TMP": "TLS",
    "WBG": "PSE",
    "ZAR": "COD",
}
DISSOLVED: Final = "ANT"
_NO_VALUE: Final = "NA"

#: Standard errors are of the order of 0.1 to 0.4; more digits would only make the table bigger.
DIGITS: Final = 4


def governance_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every country, indicator and chosen year that has an estimate."""
    needed = ("Code", "Year", "Estimate", "StdErr", "Indicator")
    for number, entry in enumerate(publisher_rows(files[FILE], file=FILE, needed=needed, encoding="latin-1"), start=2):
        if entry["Year"] not in _YEARS or entry["Code"] == DISSOLVED or entry["Estimate"] == _NO_VALUE:
            continue
        if entry["Indicator"] not in _INDICATORS:
            raise InvalidReference(f"“{entry['Indicator']}” is not known.", where=Where(file=FILE, row=number))
        yield {
            "iso3": CODES.get(entry["Code"], entry["Code"]),
            "indicator": _INDICATORS[entry["Indicator"]],
            "year": entry["Year"],
            "estimate": rounded(entry["Estimate"]),
            "standard_error": rounded(entry["StdErr"]),
            "source_id": SOURCE,
        }


def rounded(number: str) -> str:
    """Return a number of the publisher's, given as text, with the digits that the pack keeps.

    Raises InvalidReference when it is not a finite number.
    """
    try:
        value = float(number)
    except ValueError as error:
        raise InvalidReference(f"“{number}” is not a number.") from error
    if not math.isfinite(value):
        raise InvalidReference(f"“{number}” is not a finite number.")
    return f"{value:.{DIGITS}f}"


BUILDERS: Final = (Builder("governance", COLUMNS, (FILE,), governance_rows),)
