"""Small answers made by hand in the publishers' formats, with invented values."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fairlead.reference import load_csv
from fairlead.reference.builders.governance_api import SERIES
from fairlead.reference.load import Row


def goods_xml(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return a list of goods as the Department of Labor writes it, of goods and countries, all with forced labour."""
    countries: dict[str, list[str]] = {}
    for good, country in pairs:
        countries.setdefault(good, []).append(country)
    goods = "".join(_good(good, named) for good, named in countries.items())
    return f"<Goods>{goods}</Goods>".encode()


def _good(good: str, countries: list[str]) -> str:
    entries = "".join(
        f"<Country><Country_Name>{country}</Country_Name><Country_Region>R</Country_Region>"
        "<Child_Labor>No</Child_Labor><Forced_Labor>Yes</Forced_Labor><Forced_Child_Labor>No</Forced_Child_Labor>"
        "<Derived_Labor_Exploitation>No</Derived_Labor_Exploitation><Derived_Country>No</Derived_Country></Country>"
        for country in countries
    )
    name = good.replace("&", "&amp;")
    return f"<Good><Good_Name>{name}</Good_Name><Good_Sector>S</Good_Sector><Countries>{entries}</Countries></Good>"


def pairs_in_use() -> list[tuple[str, str]]:
    """Return the pairs of good and country of the table in use, by the names that the builder reads."""
    names = {row["iso3"]: row["name"] for row in load_csv("countries")}
    return [(row["good_text"], names[row["iso3"]]) for row in load_csv("goods_listed")]


def governance_answers(latest: str = "2023", *, countries: int = 240) -> dict[str, bytes]:
    """Return an answer of the World Bank's interface for each series, for 2015 and a latest year."""
    chosen = [row for row in load_csv("countries") if row["iso2"] not in {"AQ", "BV"}][:countries]
    return {series: _answer(series, chosen, latest) for series in SERIES}


def _answer(series: str, countries: list[Row], latest: str) -> bytes:
    entries = [
        {
            "indicator": {"id": series, "value": series},
            "country": {"id": row["iso2"], "value": row["name"]},
            "countryiso3code": row["iso3"],
            "date": year,
            "value": None if (row["iso3"], year) == ("ABW", "2015") else 0.123456,
            "unit": "",
            "obs_status": "",
            "decimal": 1,
        }
        for row in countries
        for year in (latest, "2015", "2009")
    ]
    summary = {"page": 1, "pages": 1, "per_page": 20000, "total": len(entries), "sourceid": "3", "lastupdated": ""}
    return json.dumps([summary, entries]).encode()


def orders_csv(orders: Iterable[tuple[str, str, str, str]], delimiter: str = "|") -> bytes:
    """Return orders (entity, country, date, WRO or Finding) as Customs and Border Protection writes them."""
    lines = ["entity|country|industry|effective_date|type"]
    lines += [f'"{entity}"|{country}|Machinery|{day}|{kind}' for entity, country, day, kind in orders]
    return "\n".join(lines).replace("|", delimiter).encode()
