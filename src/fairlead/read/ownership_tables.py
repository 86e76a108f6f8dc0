"""Collects what ownership data say, row by row, and lays it out as the tables OWNER, HOLDING and UNKNOWN_OWNER."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from fairlead.model.message import Message
from fairlead.model.schemas import HOLDING, OWNER, REJECTED, UNKNOWN_OWNER
from fairlead.model.vocabulary import LinkKind, PartyKind, Reach
from fairlead.read.country import find_country
from fairlead.read.identifier import read_identifier
from fairlead.read.identifier_schemes import SCHEMES
from fairlead.read.share import Share
from fairlead.read.tables import read_table

#: Schemes of other lists of schemes that are one of Fairlead's.
_SAME_SCHEME: Final = {"XI-LEI": "LEI", "GB-COMPANY": "GB-COH"}
_COUNTRY_CODE: Final = 2  # letters; what follows is a part of the country, as in US-DE


@dataclass(frozen=True)
class Origin:
    """Where a statement stands: the file, its hash, which edition of what it is, and the place in it."""

    file: str
    sha256: str
    edition: str
    place: str  # such as "statement 1dc0e987" or "row 12"
    row: int | None = None

    @property
    def locator(self) -> str:
        """File and place in one."""
        return f"{self.file}: {self.place}"


@dataclass(frozen=True)
class Interest:
    """What a kind of interest is taken for, as interests.yaml says."""

    kind: LinkKind | None  # None: neither ownership nor control
    certain: bool
    votes: bool
    indirect: bool


def interests(format_: str) -> dict[str, Interest]:
    """Return the kinds of interest of a format (`bods`, `gleif`) by the word for them."""
    return {
        word: Interest(
            None if entry["kind"] == "none" else LinkKind(entry["kind"]),
            entry.get("certain", True),
            entry.get("votes", False),
            entry.get("reach") == "indirect",
        )
        for word, entry in read_table("interests")[format_].items()
    }


@dataclass
class Collected:
    """The rows of the tables so far, each a tuple in the order of its columns."""

    owners: list[tuple[Any, ...]] = field(default_factory=list)
    holdings: list[tuple[Any, ...]] = field(default_factory=list)
    unknown: list[tuple[Any, ...]] = field(default_factory=list)
    remarks: list[tuple[Any, ...]] = field(default_factory=list)

    def owner(
        self,
        owner_id: str,
        kind: PartyKind,
        names: Sequence[str],
        country: str | None,
        identifiers: Sequence[tuple[str, str]],
        origin: Origin,
    ) -> None:
        """Add a party; `identifiers` are (scheme, number) as written. Of a person no number is kept."""
        spelled = list(dict.fromkeys(name for each in names if (name := " ".join(each.split()))))
        numbers = [] if kind is PartyKind.PERSON else _identifiers(identifiers, country)
        self.owners.append(
            (owner_id, str(kind), spelled[0] if spelled else None, spelled, country, numbers, *_of(origin))
        )

    def holding(
        self,
        holder: str,
        held: str,
        kind: LinkKind,
        interest: str,
        share: Share | None,
        reach: Reach,
        dates: tuple[str | None, str | None],
        origin: Origin,
        *,
        certain: bool = True,
    ) -> None:
        """Add that one owns, controls or operates another."""
        ends = (share.low, share.high) if share else (None, None)
        self.holdings.append((holder, held, str(kind), interest, *ends, str(reach), certain, *dates, *_of(origin)))

    def not_known(
        self, owned: str, format_: str, code: str, dates: tuple[str | None, str | None], origin: Origin
    ) -> None:
        """Add that the source does not name an owner, and why."""
        table = read_table("unknown_owners")[format_]
        entry = table.get(code) or table.get(_camel(code)) or read_table("unknown_owners")["bods"]["unknown"]
        self.unknown.append((owned, entry["sentence"], code, *dates, *_of(origin)))

    def remark(self, origin: Origin, column: str, reason: Message) -> None:
        """Note what could not be used, and where it stands; the statement is left out, as it may name persons."""
        self.remarks.append((origin.file, "", origin.row, column, reason.to_arrow(), [origin.place]))

    def tables(self) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
        """Return OWNER, HOLDING, UNKNOWN_OWNER and the remarks (REJECTED), each in an order of its own content."""
        return (
            _table(self.owners, OWNER).sort_by([("owner_id", "ascending"), ("locator", "ascending")]),
            _table(self.holdings, HOLDING).sort_by([(name, "ascending") for name in _HOLDING_ORDER]),
            _table(self.unknown, UNKNOWN_OWNER).sort_by([(name, "ascending") for name in ("owned_id", "locator")]),
            _table(self.remarks, REJECTED).sort_by([(name, "ascending") for name in ("file", "row", "column")]),
        )


_HOLDING_ORDER: Final = ("to_id", "from_id", "kind", "interest", "reach", "share_low", "from_date", "locator")


def _of(origin: Origin) -> tuple[str, str, str]:
    return origin.sha256, origin.edition, origin.locator


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def country_of(code: str | None) -> str | None:
    """Return the ISO3 code of a country given by its code, that of a part of it (US-DE) or its name."""
    text = (code or "").strip()
    return find_country(text.partition("-")[0] if text[_COUNTRY_CODE : _COUNTRY_CODE + 1] == "-" else text)


def _identifiers(numbers: Sequence[tuple[str, str]], country: str | None) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], bool | None] = {}
    for scheme, value in numbers:
        known = _SAME_SCHEME.get(scheme, scheme)
        reading = read_identifier(value, known if known in SCHEMES else "REG", country).identifier
        if known in SCHEMES and reading is not None:
            found[reading.scheme, reading.value] = reading.valid
            continue
        found[known, value.strip()] = None
        if reading is not None and reading.valid:  # a number that passes the check of its country's register is one
            found[reading.scheme, reading.value] = True
    return [
        {"scheme": scheme, "value": value, "valid": valid} for (scheme, value), valid in sorted(found.items()) if value
    ]


def _camel(code: str) -> str:
    first, *rest = code.split("-")
    return first + "".join(part.capitalize() for part in rest)


def camel(code: str) -> str:
    """Return a code of the older standard (voting-rights) as the newer one spells it (votingRights)."""
    return _camel(code)


def percent(value: object) -> Decimal:
    """Return a percentage given as a number or text.

    Raises ValueError where it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("not a number")
    number = Decimal(str(value).strip().removesuffix("%"))
    if not number.is_finite():
        raise ValueError("not a number")
    return number
