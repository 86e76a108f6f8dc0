"""Which column of a sheet is what: by its heading and, where that fails or is belied, by its values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from fairlead.errors import NoHeaderFound, Where
from fairlead.model.message import message
from fairlead.model.vocabulary import Workforce
from fairlead.read.amount import Decimals, decide_decimals, take_apart
from fairlead.read.column import Column
from fairlead.read.country import country_in_address, find_country
from fairlead.read.currency import find_currency, is_currency_word
from fairlead.read.header import ADVICE, Header, find_header, has_legal_form
from fairlead.read.heading import is_coordinates
from fairlead.read.identifier import is_valid
from fairlead.read.identifier_schemes import SELF_NAMING
from fairlead.read.list_of_persons import of_persons
from fairlead.read.mapping import IGNORED, MANY, ColumnUse, SheetMapping
from fairlead.read.number import read_coordinate, read_pair, read_tier
from fairlead.read.sheet import Sheet, column_letter
from fairlead.read.words import NOT_USED, cell_key, clean, heading_key, heading_words, is_missing, kinds, roles

#: How many filled cells of a column are looked at.
_SAMPLE: Final = 300
_MOST: Final = 0.8
_HALF: Final = 0.5
_SOME: Final = 0.2
_FEW: Final = 0.05
_ENOUGH_VALUES: Final = 2


def recognise(sheet: Sheet) -> SheetMapping:
    """Return how the columns of a sheet are to be used.

    Raises NoHeaderFound where no row is a header or no column holds the suppliers' names.
    """
    header = find_header(sheet)
    columns = [_by_heading(column) for column in _columns(sheet, header)]
    columns = _by_content(columns)
    columns = of_persons(columns)
    columns = _choose_names(columns)
    columns = [_settle(columns, column) for column in columns]
    columns = _number_by_identifier(_share_postcode(_share_address(columns)))
    if not any(column.field in ("name", "given_name", "surname") for column in columns):
        raise NoHeaderFound(
            message("No column could be recognised as the suppliers' names."),
            where=Where(file=sheet.file, sheet=sheet.sheet or None, row=header.rows[-1]),
            do=ADVICE,
        )
    return SheetMapping(
        file=sheet.file,
        sheet=sheet.sheet,
        header_rows=header.rows,
        columns=tuple(_use(sheet, header, column) for column in columns),
    )


def _columns(sheet: Sheet, header: Header) -> list[Column]:
    samples: list[list[str]] = [[] for _ in header.headings]
    for row in sheet.rows[header.first - 1 :]:
        hungry = False
        for sample, cell in zip(samples, row, strict=False):
            if len(sample) < _SAMPLE:
                hungry = True
                if not is_missing(clean(cell)):
                    sample.append(cell if type(cell) is not str else clean(cell))
        if not hungry:
            break
    return [
        Column(index, heading, tuple(sample))
        for index, (heading, sample) in enumerate(zip(header.headings, samples, strict=True))
        if heading.text or sample
    ]


def _by_heading(column: Column) -> Column:
    """Take the field that the heading names, unless the values belie it."""
    heading = column.heading
    if is_coordinates(heading):
        return replace(column, field="latitude", also=("longitude",))
    if heading.field in (None, NOT_USED):
        return column
    belied = _BELIED.get(heading.field)
    if belied is not None and column.values and belied(column):
        return column
    field = heading.field
    if field == "list_id":
        return _self_naming(column) or replace(column, field=field)
    if field == "latitude" and column.share(_is_pair) > _HALF:
        return replace(column, field=field, also=("longitude",))
    return replace(column, field=field, scheme=heading.scheme)


def _is_numbers(column: Column) -> bool:
    """Whether a column under a heading for names holds numbers, as "Vendor" often does."""
    return bool(column.values) and column.share(lambda value: any(map(str.isalpha, value))) < _HALF


def _is_kind(value: str) -> bool:
    return cell_key(value) in kinds()


#: Fields whose headings are common words, and when their values show that they are something else.
_BELIED: Final[dict[str, Callable[[Column], bool]]] = {
    "kind": lambda column: column.share(_is_kind) < _HALF,
    "tier": lambda column: column.share(lambda value: read_tier(value) is not None) < _HALF,
    "country": lambda column: (
        len(column.values) >= _ENOUGH_VALUES
        and column.share(_is_country) == 0
        and heading_key(column.heading.text) not in ("country", "страна", "елі", "ел", "pays")
    ),
    "latitude": lambda column: (
        column.share(lambda value: read_coordinate(value, 90) is not None or read_pair(value) is not None) < _HALF
    ),
    "longitude": lambda column: column.share(lambda value: read_coordinate(value, 180) is not None) < _HALF,
    "currency": lambda column: column.share(is_currency_word) < _HALF,
    "spend": lambda column: column.share(lambda value: take_apart(value) is not None) == 0,
}


def _by_content(columns: list[Column]) -> list[Column]:
    """Recognise the columns whose headings say nothing by what stands in them."""
    taken = {field for column in columns for field in (column.field, *column.also)}
    result = []
    for column in columns:
        if column.field == IGNORED and len(column.values) >= _ENOUGH_VALUES:
            unknown = column.heading.field is None
            found = _content(column, taken) if unknown else _self_naming(column)
            if found is not None:
                column = found  # noqa: PLW2901 - the same column, recognised
                taken.update((column.field, *column.also))
        result.append(column)
    return _coordinates_by_content(result)


def _self_naming(column: Column) -> Column | None:
    for scheme in SELF_NAMING:
        if column.share(lambda value, scheme=scheme: is_valid(scheme, value) is True) >= _MOST:  # type: ignore[misc]
            return replace(column, field="identifiers", scheme=scheme)
    if column.share(lambda value: re.fullmatch(r"CID[0-9]{6}", value.strip()) is not None) >= _MOST:
        return replace(column, field="identifiers", scheme="CID")
    return None


def _content(column: Column, taken: set[str]) -> Column | None:
    if (found := _self_naming(column)) is not None:
        return found
    for field, least, test in _TELLING_VALUES:
        if field not in taken and column.share(test) >= least:
            return replace(column, field=field)
    if "latitude" not in taken and column.share(_is_pair) >= _MOST:
        return replace(column, field="latitude", also=("longitude",))
    if "name" not in taken and column.share(has_legal_form) >= _SOME and column.share(_has_digits) < _HALF:
        return replace(column, field="name")
    return None


def _is_country(value: str) -> bool:
    return find_country(value) is not None


def _is_pair(value: str) -> bool:
    return read_pair(value) is not None


def _has_digits(value: str) -> bool:
    return any(sign.isdigit() for sign in value)


def _is_money(value: str) -> bool:
    written = take_apart(value)
    return written is not None and bool(written.words) and is_currency_word(written.words)


#: Fields that values tell by themselves: the field, the least share of such values, and the test.
_TELLING_VALUES: Final[tuple[tuple[str, float, Callable[[str], bool]], ...]] = (
    ("country", _MOST, _is_country),
    ("currency", _MOST, is_currency_word),
    ("spend", _HALF, _is_money),
)


def _coordinates_by_content(columns: list[Column]) -> list[Column]:
    """Take two neighbouring columns of decimal degrees without a heading as latitude and longitude."""
    if any(column.field in ("latitude", "longitude") for column in columns):
        return columns
    result = list(columns)
    for place, (left, right) in enumerate(pairwise(columns)):
        if left.field == right.field == IGNORED and _degrees(left, 90) and _degrees(right, 180):
            result[place] = replace(left, field="latitude")
            result[place + 1] = replace(right, field="longitude")
            break
    return result


def _degrees(column: Column, limit: int) -> bool:
    return (
        column.heading.field is None
        and len(column.values) >= _ENOUGH_VALUES
        and column.share(
            lambda value: (
                re.fullmatch(r"-?[0-9]{1,3}[.,][0-9]{4,}", value) is not None
                and read_coordinate(value, limit) is not None
            )
        )
        >= _MOST
    )


def _choose_names(columns: list[Column]) -> list[Column]:
    """Of several columns of names keep the best; the others are further names, a site, a product or not used."""
    names = [column for column in columns if column.field == "name"]
    if len(names) == 0:
        other = next((column for column in columns if column.field == "other_names"), None)
        return [replace(column, field="name") if column is other else column for column in columns]
    best = min(names, key=lambda column: (*_standing(column), column.index))
    taken = {column.field for column in columns}
    return [
        replace(column, field=_lesser_name(column, best, taken)) if column in names and column is not best else column
        for column in columns
    ]


def _standing(column: Column) -> tuple[int, int, int, int]:
    """Rank a column of names: listed as best, its sort of party, how sure its heading is, whether it is filled."""
    key = heading_key(column.heading.text)
    best = heading_words("best_names")
    order = list(roles())
    role = _role(column)
    filled = 0 if column.values and not _is_numbers(column) else 1
    return (
        filled,
        best.index(key) if key in best else len(best),
        order.index(role) if role else 1,
        -column.heading.certainty,
    )


def _role(column: Column) -> str | None:
    key = f" {heading_key(column.heading.text)}"
    return next((role for role, stems in roles().items() if any(f" {stem}" in key for stem in stems)), None)


def _lesser_name(column: Column, best: Column, taken: set[str]) -> str:
    if _is_numbers(column):
        return IGNORED
    role, first = _role(column), _role(best)
    if role == "facility" and first not in (None, "facility") and "site" not in taken:
        return "site"
    if role is None and first is not None and column.share(has_legal_form) < _FEW < best.share(has_legal_form):
        return "product" if "product" not in taken else IGNORED
    return "other_names" if role == first or role is None or first is None else IGNORED


def _settle(columns: list[Column], column: Column) -> Column:
    """Where several columns claim a field that stands only once, keep the best of them."""
    if column.field in MANY or column.field == "name":
        return column
    rivals = [each for each in columns if each.field == column.field]
    best = max(rivals, key=lambda each: (_goodness(each), each.heading.certainty, -each.heading.rank, -each.index))
    if column is best:
        others = {field for each in columns if each is not column for field in (each.field,)}
        return replace(column, also=tuple(field for field in column.also if field not in others))
    return replace(column, field=IGNORED, also=(), scheme=None)


def _goodness(column: Column) -> float:
    """Return how well the values of a column fit its field, in tenths, so that a stray value does not decide."""
    if column.field == "country":
        return round(column.share(_is_country), 1) + (
            0.01 if column.share(lambda value: len(value) > 3) > _HALF else 0  # noqa: PLR2004 - a name says more than a code
        )
    if column.field == "spend":
        return round(column.share(lambda value: take_apart(value) is not None), 1)
    if column.field == "list_id":
        return round(len(set(column.values)) / max(1, len(column.values)), 1)
    return 1.0 if column.values else 0.0


def _share_address(columns: list[Column]) -> list[Column]:
    """Let an address that tells the country serve as country too, where no other column does.

    Without a column of addresses, a city or region that is written with its country ("Dhaka, Bangladesh") does so,
    and a site that is written in that way ("Location") is an address.
    """
    if any("country" in (column.field, *column.also) for column in columns):
        return columns
    for field in ("address", "site", "city", "region"):
        for place, column in enumerate(columns):
            if (
                column.field == field
                and column.share(_tells_country if field == "address" else _place_and_country) >= _SOME
            ):
                served = "address" if field == "site" else field
                return [
                    *columns[:place],
                    replace(column, field=served, also=(*column.also, "country")),
                    *columns[place + 1 :],
                ]
    return columns


def _share_postcode(columns: list[Column]) -> list[Column]:
    """Let the column of postcodes be part of the address."""
    return [
        replace(column, field="address", also=("postcode", *column.also)) if column.field == "postcode" else column
        for column in columns
    ]


def _number_by_identifier(columns: list[Column]) -> list[Column]:
    """Where no column is the list's own number, let one that other lists use too (OS ID, facility ID) name the rows."""
    if any("list_id" in (column.field, *column.also) for column in columns):
        return columns
    for place, column in enumerate(columns):
        if column.field == "identifiers" and column.scheme in ("OSID", "ID"):
            return [*columns[:place], replace(column, also=(*column.also, "list_id")), *columns[place + 1 :]]
    return columns


def _tells_country(value: str) -> bool:
    return country_in_address(value) is not None


def _place_and_country(value: str) -> bool:
    return "," in value and _tells_country(value)


def _use(sheet: Sheet, header: Header, column: Column) -> ColumnUse:
    heading = column.heading
    decimals: Decimals | None = None
    if column.field == "spend":
        shown = decide_decimals(row[column.index] for row in sheet.rows[header.first - 1 :] if column.index < len(row))
        decimals = next(iter(shown)) if len(shown) == 1 else None
    money = column.field == "spend"
    return ColumnUse.model_validate(
        {
            "column": column_letter(column.index),
            "heading": heading.text,
            "field": column.field,
            "also": column.also,
            "scheme": column.scheme or ("ID" if column.field == "identifiers" else None),
            "currency": (heading.currency or (find_currency(heading.currency_word) if heading.currency_word else None))
            if money
            else None,
            "decimals": decimals,
            "multiplier": heading.multiplier if money else 1,
            "workforce": Workforce(heading.workforce) if column.field == "workforce" and heading.workforce else None,
        }
    )
