"""The same governance indicators from the World Bank's interface, which carries newer editions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.builders.governance import CODES, COLUMNS, DISSOLVED, EARLIER_YEAR, SOURCE, rounded
from fairlead.reference.load import Row

#: The World Bank's series of estimates. The interface gives no standard errors for them.
SERIES: Final = {
    "GOV_WGI_CC.EST": "control_of_corruption",
    "GOV_WGI_GE.EST": "government_effectiveness",
    "GOV_WGI_PV.EST": "political_stability",
    "GOV_WGI_RQ.EST": "regulatory_quality",
    "GOV_WGI_RL.EST": "rule_of_law",
    "GOV_WGI_VA.EST": "voice_and_accountability",
}

#: Source 3 of the World Bank's interface holds these indicators; one page is enough for all years and countries.
ADDRESSES: Final = {
    series: f"https://api.worldbank.org/v2/country/all/indicator/{series}?source=3&format=json&per_page=20000"
    for series in SERIES
}


def governance_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every country and indicator in the latest year that the answers hold, and in 2015."""
    answers = {series: list(_entries(files[series], series)) for series in SERIES}
    years = {EARLIER_YEAR, latest_year(files)}
    for series, entries in answers.items():
        for entry in entries:
            code = entry["countryiso3code"]
            if entry["value"] is not None and entry["date"] in years and code not in {"", DISSOLVED}:
                yield {
                    "iso3": CODES.get(code, code),
                    "indicator": SERIES[series],
                    "year": entry["date"],
                    "estimate": rounded(str(entry["value"])),
                    "standard_error": "",
                    "source_id": SOURCE,
                }


def latest_year(files: Files) -> str:
    """Return the latest year for which there is an estimate.

    Raises InvalidReference when there is none.
    """
    years: set[str] = {
        entry["date"] for series in SERIES for entry in _entries(files[series], series) if entry["value"] is not None
    }
    if not years:
        raise InvalidReference("The World Bank's answers hold no estimates.")
    return max(years)


def _entries(content: bytes, series: str) -> Iterator[Mapping[str, Any]]:
    """Yield the entries of one answer, which is a list of a summary and the entries."""
    try:
        summary, entries = json.loads(content)
        if summary["pages"] != 1:
            raise InvalidReference("has more than one page.", where=Where(file=series))
        for entry in entries:
            yield {key: entry[key] for key in ("countryiso3code", "date", "value")}
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidReference("is not an answer of the World Bank's interface.", where=Where(file=series)) from error


BUILDER: Final = Builder("governance", COLUMNS, tuple(SERIES), governance_rows)
