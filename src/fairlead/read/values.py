"""The values of a sheet's usable rows, field by field, with a remark for each that had to be set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fairlead.model.message import Message, message
from fairlead.read.amount import Decimals, decide_decimals, read_amount
from fairlead.read.birth_date import read_birth_dates
from fairlead.read.country import (
    GEORGIA,
    country_in_address,
    find_country,
    is_ambiguous,
    is_american,
    registered_in,
)
from fairlead.read.currency import find_currency, is_currency_word
from fairlead.read.heading import BETWEEN_ROWS, read_heading
from fairlead.read.identifier import LABELS, read_identifier
from fairlead.read.labour_provider import read_labour_provider
from fairlead.read.mapping import ColumnUse, SheetMapping
from fairlead.read.number import read_coordinate, read_pair, read_tier, read_workers
from fairlead.read.remarks import Remarks
from fairlead.read.share import Owner, are_fractions, read_owners, with_shares
from fairlead.read.sheet import Number
from fairlead.read.words import cell_key, cell_words, clean, is_missing, kinds
from fairlead.read.workforce import read_workforce

_LATITUDES: Final = 90.0
_LONGITUDES: Final = 180.0
_NAME_BREAK: Final = re.compile(r"\s*[;\n]\s*")
_CODE: Final = re.compile(r"[0-9][0-9 .\-]*")
#: What stands before a code: the section of ISIC ("C 26.20") or the name of the classification ("ТН ВЭД 6109").
_BEFORE_CODE: Final = re.compile(r"(?:[A-ZА-ЯЁ]{1,6}[\s.:№-]*){1,3}(?=[0-9])")
_CODE_LENGTHS: Final = {"hs": (2, 4, 6, 8, 10), "cpv": (8, 9), "isic": (1, 2, 3, 4, 5)}
_PARTS_OF_IDENTIFIERS: Final = re.compile(rf"\s*[;\n|]\s*|\s*[,/]\s*(?={LABELS}\b)", re.I)
#: The code of a Russian tax office and reason, which many companies share.
_SHARED_CODE: Final = re.compile(r"КПП\W*[0-9]{9}", re.I)


@dataclass(frozen=True)
class UsableRow:
    """A row that is kept: its number in the spreadsheet and its cells as they stand."""

    number: int
    cells: Sequence[str]


class Values:
    """Reads the columns of one sheet; each method gives one value for each usable row, None where there is none."""

    def __init__(self, rows: Sequence[UsableRow], mapping: SheetMapping, remarks: Remarks) -> None:
        self._rows = rows
        self._mapping = mapping
        self._remarks = remarks

    def text(self, field: str) -> list[str | None]:
        """Return the text of the column that serves the field."""
        uses = self._mapping.uses(field)
        return [value or None for value in self._column(uses[0])] if uses else self._nothing()

    def joined(self, field: str, separator: str) -> list[str | None]:
        """Return the different texts of all columns that serve the field, put together in their order."""
        columns = [self._column(use) for use in self._mapping.uses(field)]
        if not columns:
            return self._nothing()
        return [
            separator.join(dict.fromkeys(part for part in parts if part)) or None
            for parts in zip(*columns, strict=True)
        ]

    def names(self) -> tuple[list[str], list[list[str]]]:
        """Return the name and the other names; where the name is missing the first of the others takes its place.

        A given name and a surname in columns of their own are a name: the first, or beside a full name another.
        """
        first = self.text("name")
        parts = zip(self.text("given_name"), self.text("surname"), strict=True)
        others = [[" ".join(filter(None, both))] if any(both) else [] for both in parts]
        for use in self._mapping.uses("other_names"):
            for names, text in zip(others, self._column(use, keep_lines=True), strict=True):
                names.extend(part for part in _NAME_BREAK.split(text) if part and not is_missing(part))
        names = []
        for place, name in enumerate(first):
            rest = list(dict.fromkeys(others[place]))
            chosen = name or rest[0]
            names.append(chosen)
            others[place] = [other for other in rest if other != chosen]
        return names, others

    def birth_dates(self) -> list[str | None]:
        """Return the dates of birth in ISO 8601, as far as they are dates."""
        return read_birth_dates(self.text("birth_date"))

    def kinds(self) -> list[str | None]:
        """Return the kind of party by the list's own word for it."""
        uses = self._mapping.uses("kind")
        return [kinds().get(cell_key(raw)) for raw in self._raw(uses[0])] if uses else self._nothing()

    def countries(self) -> list[str | None]:
        """Return the ISO3 code of each row's country; a word that is unknown or fits several stays unread."""
        uses = self._mapping.uses("country")
        if not uses:
            return self._nothing()
        use = uses[0]
        if use.field != "country":
            return [country_in_address(text) for text in self._column(use)]
        raw = self._raw(use)
        codes = sum(1 for cell in raw if len(clean(cell)) == 2) * 2 > sum(1 for cell in raw if clean(cell))  # noqa: PLR2004
        countries: list[str | None] = []
        for place, cell in enumerate(raw):
            text = clean(cell)
            if is_missing(text) and not (codes and text.upper() == "NA"):
                countries.append(None)
                continue
            country = find_country(text)
            if country is None or self._may_be_american(place, country):
                self._remark(place, use, _country_reason(text, country))
                country = None
            countries.append(country)
        return countries

    def with_registration(
        self, countries: Sequence[str | None], identifiers: Sequence[Sequence[dict[str, Any]]]
    ) -> list[str | None]:
        """Return the countries; where the list says nothing, that of a registration number whose check is right."""
        uses = self._mapping.uses("country")
        said = self.text("country") if uses and uses[0].field == "country" else self._nothing()
        return [
            country or (None if text else registered_in(numbers))
            for country, text, numbers in zip(countries, said, identifiers, strict=True)
        ]

    def identifiers(self, countries: Sequence[str | None]) -> list[list[dict[str, Any]]]:
        """Return the identifiers of each row, those with a wrong check digit too."""
        found: list[list[dict[str, Any]]] = [[] for _ in self._rows]
        for use in self._mapping.uses("identifiers"):
            for place, cell in enumerate(self._raw(use)):
                text = clean(cell)
                if is_missing(text):
                    continue
                stored = isinstance(cell, Number)
                for part in _PARTS_OF_IDENTIFIERS.split(cell.strip()):
                    if not part or is_missing(part) or _SHARED_CODE.fullmatch(part):
                        continue
                    reading = read_identifier(clean(part), use.scheme or "ID", countries[place], stored_number=stored)
                    if reading.remark is not None:
                        self._remark(place, use, reading.remark)
                    if reading.identifier is not None:
                        entry = {
                            "scheme": reading.identifier.scheme,
                            "value": reading.identifier.value,
                            "valid": reading.identifier.valid,
                        }
                        if entry not in found[place]:
                            found[place].append(entry)
        return found

    def codes(self, field: str) -> list[str | None]:
        """Return the digits of the HS, CPV or ISIC codes; what has another number of digits is set aside."""
        uses = self._mapping.uses(field)
        if not uses:
            return self._nothing()
        use = uses[0]
        codes: list[str | None] = []
        for place, text in enumerate(self._column(use)):
            code = _code(text, field) if text else None
            if text and code is None:
                self._remark(
                    place,
                    use,
                    message("“{value}” is not a code of the classification {name}.", value=text, name=field.upper()),
                )
            codes.append(code)
        return codes

    def spend(self, countries: Sequence[str | None]) -> tuple[list[Decimal | None], list[str | None]]:
        """Return the amounts and their currencies.

        A currency stands in the cell, in a column of its own, or in the heading, and counts in that order; where
        two of them differ the amount is kept without a currency.
        """
        uses = self._mapping.uses("spend")
        if not uses:
            return self._nothing(), self._nothing()
        use = uses[0]
        raw = self._raw(use)
        convention = frozenset({use.decimals}) if use.decimals else decide_decimals(_present(raw))
        of_column = self._currency_of_column(use, countries)
        beside = self._currencies_beside(countries)
        amounts: list[Decimal | None] = []
        currencies: list[str | None] = []
        unknown = 0
        for place, cell in enumerate(raw):
            amount, currency = None, None
            if not is_missing(clean(cell)):
                amount, word = self._amount(place, use, cell, convention, countries[place])
                if amount is not None:
                    currency = self._currency(place, use, (word, beside[place], of_column))
                    unknown += word is None and beside[place] is None and of_column is None
            amounts.append(amount)
            currencies.append(currency)
        if unknown:
            self._remarks.add(
                self._mapping.header_rows[-1] if self._mapping.header_rows else 0,
                use.heading,
                message(
                    "{count:number} amounts in this column have no currency; they are kept and not added to others.",
                    count=str(unknown),
                ),
                [use.heading],
            )
        return amounts, currencies

    def tiers(self) -> list[int | None]:
        """Return the tier of each row."""
        return self._parsed("tier", read_tier, lambda text: message("“{value}” is not a tier from 1 to 9.", value=text))

    def workers(self) -> list[int | None]:
        """Return the number of workers; a range or an estimate is set aside, since any one number would be made up."""
        return self._parsed(
            "workers", read_workers, lambda text: message("“{value}” is not one number of workers.", value=text)
        )

    def coordinates(self) -> tuple[list[float | None], list[float | None]]:
        """Return latitude and longitude; both are set aside where one cannot be, and where both are zero."""
        latitudes, longitudes = self._mapping.uses("latitude"), self._mapping.uses("longitude")
        if not latitudes or not longitudes:
            return self._nothing(), self._nothing()
        north, east = latitudes[0], longitudes[0]
        pairs = [read_pair(text) or ("", "") for text in self._column(north)] if north is east else None
        norths = [pair[0] for pair in pairs] if pairs else self._column(north)
        easts = [pair[1] for pair in pairs] if pairs else self._column(east)
        written = self._column(north)
        result: tuple[list[float | None], list[float | None]] = ([], [])
        for place, (one, other) in enumerate(zip(norths, easts, strict=True)):
            latitude, longitude = read_coordinate(one, _LATITUDES), read_coordinate(other, _LONGITUDES)
            if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
                if one or other or written[place]:
                    bad = north if latitude is None or longitude is not None else east
                    self._remark(
                        place,
                        bad,
                        message(
                            "“{latitude}”, “{longitude}” is no place on earth that can be used.",
                            latitude=one or written[place],
                            longitude=other,
                        ),
                    )
                latitude = longitude = None
            result[0].append(latitude)
            result[1].append(longitude)
        return result

    def workforce(self) -> list[list[str]]:
        """Return what is known of the workers: by words in the cell, or by yes or a number under a telling heading."""
        tags: list[set[str]] = [set() for _ in self._rows]
        for use in self._mapping.uses("workforce"):
            for place, cell in enumerate(self._raw(use)):
                found = read_workforce(clean(cell), use.workforce)
                if found is None:
                    self._remark(
                        place, use, message("“{value}” says nothing that is known of workers.", value=clean(cell))
                    )
                tags[place] |= found or frozenset()
        return [sorted(each) for each in tags]

    def labour_providers(self) -> tuple[list[str | None], list[bool | None]]:
        """Return the labour provider's name, and whether one is used; a bare yes or no gives no name."""
        uses = self._mapping.uses("labour_provider")
        names: list[str | None] = self._nothing()
        used: list[bool | None] = self._nothing()
        for use in uses[:1]:
            for place, cell in enumerate(self._raw(use)):
                names[place], used[place] = read_labour_provider(clean(cell))
        return names, used

    def owners(self) -> list[list[dict[str, Any]]]:
        """Return the owners of each row with their shares, out of the columns of owners and of their shares."""
        named, shared = self._mapping.uses("parent"), self._mapping.uses("parent_share")
        if not named:
            return [[] for _ in self._rows]
        owners = [read_owners(text) for text in self._column(named[0], keep_lines=True)]
        if shared:
            owners = self._with_shares(owners, shared[0])
        return [[owner.to_arrow() for owner in each] for each in owners]

    def _with_shares(self, owners: Sequence[Sequence[Owner]], use: ColumnUse) -> list[list[Owner]]:
        cells = self._column(use, keep_lines=True)
        fraction = are_fractions(cells)
        found: list[list[Owner]] = []
        for place, (each, cell) in enumerate(zip(owners, cells, strict=True)):
            if fraction is None and cell and "%" not in cell:
                shared, reason = list(each), message("“{value}” may be a percentage or a fraction.", value=cell)
            elif cell and not each:
                shared, reason = [], message("“{value}” is a share, and no owner is named.", value=cell)
            else:
                shared, reason = with_shares(each, cell, fraction=bool(fraction))  # type: ignore[assignment]
            if reason is not None:
                self._remark(place, use, reason)
            found.append(shared)
        return found

    def _may_be_american(self, place: int, country: str) -> bool:
        return country == GEORGIA and is_american(self._place_words(place))

    def _place_words(self, place: int) -> str:
        cells = self._rows[place].cells
        uses = [use for field in ("address", "city", "region") for use in self._mapping.uses(field)]
        return " ".join(cells[use.index] for use in uses if use.index < len(cells))

    def _amount(
        self, place: int, use: ColumnUse, cell: str, convention: frozenset[Decimals], country: str | None
    ) -> tuple[Decimal | None, str | None]:
        """Return the amount in a cell and the currency that stands beside it; words that are neither reject it."""
        text = cell if isinstance(cell, Number) else clean(cell)
        reading = read_amount(text, convention, multiplier=use.multiplier)
        if reading.remark is not None:
            self._remark(place, use, reading.remark)
            return None, None
        words = _without_tax_words(reading.words)
        if not words:
            return reading.amount, None
        currency = find_currency(words, country)
        if currency is None:
            self._remark(
                place, use, message("“{words}” beside the amount is no currency that is certain.", words=words)
            )
            return (reading.amount, "") if is_currency_word(words) else (None, None)
        return reading.amount, currency

    def _currency(self, place: int, use: ColumnUse, told: tuple[str | None, str | None, str | None]) -> str | None:
        """Return the one currency that is told; in the cell "" stands for a word that could be several."""
        word, beside, of_column = told
        known = [currency for currency in (word, beside) if currency]
        if len(set(known)) > 1:
            self._remark(
                place,
                use,
                message("The cell says {one} and the column of currencies {other}.", one=known[0], other=known[1]),
            )
            return None
        return known[0] if known else of_column

    def _currency_of_column(self, use: ColumnUse, countries: Sequence[str | None]) -> str | None:
        """Return the currency of the heading; a word such as "сом" is settled by the countries of the rows."""
        word = read_heading(use.heading.replace(BETWEEN_ROWS, " ")).currency_word
        if use.currency or not word:
            return use.currency
        meant = {
            currency for country in sorted(set(filter(None, countries))) if (currency := find_currency(word, country))
        }
        return meant.pop() if len(meant) == 1 else None

    def _currencies_beside(self, countries: Sequence[str | None]) -> list[str | None]:
        uses = self._mapping.uses("currency")
        if not uses:
            return self._nothing()
        found: list[str | None] = []
        for place, text in enumerate(self._column(uses[0])):
            currency = find_currency(text, countries[place]) if text else None
            if text and currency is None:
                self._remark(place, uses[0], message("“{value}” is no currency that is certain.", value=text))
            found.append(currency)
        return found

    def _parsed(
        self, field: str, parse: Callable[[str], int | None], reason: Callable[[str], Message]
    ) -> list[int | None]:
        uses = self._mapping.uses(field)
        if not uses:
            return self._nothing()
        values: list[int | None] = []
        for place, text in enumerate(self._column(uses[0])):
            value = parse(text) if text else None
            if text and value is None:
                self._remark(place, uses[0], reason(text))
            values.append(value)
        return values

    def _column(self, use: ColumnUse, *, keep_lines: bool = False) -> list[str]:
        """Return the column's cells, cleaned; what says that nothing is known is empty."""
        raw = self._raw(use)
        if keep_lines:
            return ["" if is_missing(clean(cell)) else cell.strip() for cell in raw]
        return ["" if is_missing(text := clean(cell)) else str(text) for cell in raw]

    def _raw(self, use: ColumnUse) -> list[str]:
        index = use.index
        return [row.cells[index] if index < len(row.cells) else "" for row in self._rows]

    def _remark(self, place: int, use: ColumnUse, reason: Message) -> None:
        row = self._rows[place]
        self._remarks.add(row.number, use.heading, reason, row.cells)

    def _nothing(self) -> list[Any]:
        return [None] * len(self._rows)


def _present(raw: Iterable[str]) -> Iterable[str]:
    return (cell if isinstance(cell, Number) else clean(cell) for cell in raw if not is_missing(clean(cell)))


def _country_reason(text: str, country: str | None) -> Message:
    if country is not None:
        return message("“{value}” may be the country or the American state; say which.", value=text)
    if is_ambiguous(text):
        return message("“{value}” fits more than one country; say which.", value=text)
    return message("“{value}” is not known as a country.", value=text)


def _code(text: str, field: str) -> str | None:
    """Return the digits of a code at the beginning of a text, padded where a spreadsheet dropped a zero."""
    match = _CODE.match(_BEFORE_CODE.sub("", text, count=1) if _BEFORE_CODE.match(text) else text)
    if match is None:
        return None
    digits = re.sub(r"[^0-9]", "", match[0])
    if field == "hs" and len(digits) in (3, 5, 7, 9):
        digits = digits.zfill(len(digits) + 1)
    if field == "cpv":
        digits = digits.zfill(8)[:8] if len(digits) in (7, 8, 9) else digits
    return digits if len(digits) in _CODE_LENGTHS[field] else None


def _without_tax_words(words: str) -> str:
    """Return the words beside an amount without those about tax, such as "с НДС"."""
    key = f" {' '.join(words.casefold().replace('.', ' ').replace('(', ' ').replace(')', ' ').split())} "
    for known in sorted(cell_words("beside_amounts"), key=len, reverse=True):
        key = key.replace(f" {known} ", " ")
    return words if " ".join(key.split()) == " ".join(words.casefold().split()) else key.strip().upper() or ""
