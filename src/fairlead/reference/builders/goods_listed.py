"""The US Department of Labor's List of Goods Produced by Child Labor or Forced Labor, from its XML file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.builders.country_names import CountryFinder, country_finder
from fairlead.reference.keys import good_key
from fairlead.reference.load import Row

LATEST: Final = "ilab/ilab_goods_2022.xml"

#: Earlier editions by the year of publication; the edition of 2020 lies in a file named for 2019.
EARLIER: Final = {
    "2016": "ilab/ilab_goods_2016.xml",
    "2018": "ilab/ilab_goods_2018.xml",
    "2020": "ilab/ilab_goods_2019.xml",
}

#: Column and element; a file without the elements on derived goods is of an edition that did not name them.
_FLAGS: Final = {
    "child_labour": "Child_Labor",
    "forced_labour": "Forced_Labor",
    "forced_child_labour": "Forced_Child_Labor",
    "derived": "Derived_Labor_Exploitation",
}
_YES_NO: Final = {"Yes": "yes", "No": "no"}
_COLUMNS: Final = ("good", "good_text", "iso3", *_FLAGS, "derived_iso3")


def listed_rows(content: bytes, *, file: str, source_id: str) -> Iterator[Row]:
    """Yield one row for every pair of good and country in one edition of the list, given as the Department's XML.

    Raises InvalidReference when it is not that XML, or a flag is neither Yes nor No.
    """
    find_country = country_finder()
    for good in _goods(content, file):
        name = _text(good, "Good_Name", file)
        for country in good.iterfind("Countries/Country"):
            yield {
                "good": good_key(name),
                "good_text": name,
                "iso3": find_country(_text(country, "Country_Name", file)),
                **{column: _flag(country, element, file) for column, element in _FLAGS.items()},
                "derived_iso3": _derived_from(country, find_country),
                "source_id": source_id,
            }


def _goods(content: bytes, file: str) -> list[ElementTree.Element]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # the list has none, and entities can be made to explode
        raise InvalidReference("declares XML entities, which the list never does.", where=Where(file=file))
    try:
        goods = ElementTree.fromstring(content).findall("Good")  # noqa: S314  (entities are refused above)
    except ElementTree.ParseError as error:
        raise InvalidReference(f"is not XML: {error}.", where=Where(file=file)) from error
    if not goods:
        raise InvalidReference("names no goods: it has no elements Goods/Good.", where=Where(file=file))
    return goods


def _text(element: ElementTree.Element, name: str, file: str) -> str:
    text = (element.findtext(name) or "").strip()
    if not text:
        raise InvalidReference(f"has a {element.tag} without {name}.", where=Where(file=file))
    return text


def _flag(country: ElementTree.Element, name: str, file: str) -> str:
    text = (country.findtext(name, default="No") or "").strip()
    if text not in _YES_NO:
        raise InvalidReference(f"has “{text}” for {name}, where Yes or No is expected.", where=Where(file=file))
    return _YES_NO[text]


def _derived_from(country: ElementTree.Element, find_country: CountryFinder) -> str:
    """Return the country that the exploited input comes from; empty where the good is not a derived one."""
    name = (country.findtext("Derived_Country") or "No").strip()
    return "" if name == "No" else find_country(name)


def latest_rows(files: Files) -> Iterator[Row]:
    """Yield the rows of the edition in force."""
    return listed_rows(files[LATEST], file=LATEST, source_id="us_dol_goods")


def history_rows(files: Files) -> Iterator[Row]:
    """Yield the rows of the earlier editions, each with its year."""
    for year, file in EARLIER.items():
        for row in listed_rows(files[file], file=file, source_id="us_dol_goods_history"):
            yield {"year": year, **row, "edition": year}


BUILDERS: Final = (
    Builder("goods_listed", _COLUMNS, (LATEST,), latest_rows),
    Builder("goods_listed_history", ("year", *_COLUMNS), tuple(EARLIER.values()), history_rows),
)
