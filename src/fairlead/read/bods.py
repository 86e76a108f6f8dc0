"""Beneficial Ownership Data Standard (BODS): statements about entities, persons and relationships.

Read is version 0.4, and 0.1 to 0.3 after `bods_earlier` has put them in its form. Several statements may be about one
record: the latest counts. https://standard.openownership.org/en/0.4.0/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import InvalidOperation
from functools import cached_property
from typing import Any, Final

from fairlead.model.message import message
from fairlead.model.vocabulary import LinkKind, PartyKind, Reach
from fairlead.read.bods_earlier import is_earlier, to_records
from fairlead.read.ownership_tables import Collected, Interest, Origin, camel, country_of, interests, percent
from fairlead.read.share import Share, share_between

_VERSIONS: Final = ("0.4",)
_TYPES: Final = frozenset({"entity", "person", "relationship"})
_CLOSED: Final = "closed"
_UNKNOWN_INTEREST: Final = "unknownInterest"
_PUBLIC: Final = frozenset({"state", "stateBody"})
_COMPANIES: Final = frozenset({"registeredEntity", "legalEntity"})
_WITHOUT_NAME: Final = frozenset({"unknownPerson", "anonymousPerson", "unknownEntity", "anonymousEntity"})
_HALF: Final = 0.5


def is_bods(item: object) -> bool:
    """Say whether an item of a JSON file is a statement of this standard."""
    return isinstance(item, dict) and any(key in item for key in ("recordType", "statementType", "statementId"))


@dataclass(frozen=True, slots=True)
class _Statement:
    content: Mapping[str, Any]
    origin: Origin

    @property
    def order(self) -> tuple[str, str, str]:
        """What decides which of several statements about one record is the latest."""
        published = _dict(self.content.get("publicationDetails")).get("publicationDate")
        return (_text(self.content.get("statementDate")), _text(published), _text(self.content.get("statementId")))

    @property
    def details(self) -> Mapping[str, Any]:
        return _dict(self.content["recordDetails"])


@dataclass
class BodsStatements:
    """The statements of all files; the latest about each record. `add` reads them, `collect` says what they mean."""

    collected: Collected
    records: dict[str, _Statement] = field(default_factory=dict)
    _seen: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _replaced: set[str] = field(default_factory=set)

    def add(self, items: Iterable[object], origin: Origin) -> tuple[int, int]:
        """Take the statements of one file; return how many there were and how many could not be used."""
        count = refused = 0
        for number, item in enumerate(items, 1):
            count += 1
            refused += not self._add(
                item, Origin(origin.file, origin.sha256, origin.edition, f"statement {number}", number)
            )
        return count, refused

    def _add(self, item: object, where: Origin) -> bool:
        if not isinstance(item, dict):
            self.collected.remark(where, "", message("This is not a statement."))
            return False
        if is_earlier(item):
            item, replaced = to_records(item)
            self._replaced |= replaced
        elif (version := _version(item)) and not version.startswith(_VERSIONS):
            self.collected.remark(
                where, "bodsVersion", message("Version {version} of the standard is not read.", version=version)
            )
            return False
        missing = [key for key in ("statementId", "recordId", "recordType") if not _text(item.get(key))]
        if missing or not isinstance(item.get("recordDetails"), dict):
            self.collected.remark(
                where, missing[0] if missing else "recordDetails", message("The statement does not have this field.")
            )
            return False
        if item["recordType"] not in _TYPES:
            self.collected.remark(
                where, "recordType", message("“{value}” is not a type of record.", value=_text(item["recordType"]))
            )
            return False
        named = Origin(where.file, where.sha256, where.edition, f"statement {item['statementId']}", where.row)
        self._keep(_Statement(item, named))
        return True

    def _keep(self, statement: _Statement) -> None:
        statement_id, record_id = str(statement.content["statementId"]), str(statement.content["recordId"])
        before = self._seen.get(statement_id)
        if before is not None:
            same = before == statement.content
            reason = (
                message("This statement stands there twice and was read once.")
                if same
                else message("Two different statements have this id; the later one of the record counts.")
            )
            self.collected.remark(statement.origin, "statementId", reason)
        self._seen.setdefault(statement_id, statement.content)
        known = self.records.get(record_id)
        if known is None or (*statement.order, _stable(statement)) > (*known.order, _stable(known)):
            self.records[record_id] = statement

    def collect(self) -> None:
        """Lay out what the latest statements say."""
        for record_id in sorted(self.records.keys() - self._replaced):
            statement = self.records[record_id]
            if statement.content["recordType"] == "relationship":
                self._relationship(statement)
            else:
                self._party(record_id, statement)

    # ---- parties ----------------------------------------------------------------------------------------------

    def _party(self, record_id: str, statement: _Statement) -> None:
        details = statement.details
        if statement.content["recordType"] == "person":
            country = next(_codes(details.get("nationalities")), None) or next(
                (country_of(code) for one in _dicts(details.get("addresses")) for code in _code(one.get("country"))),
                None,
            )
            names = [_text(one.get("fullName")) or _parts(one) for one in _dicts(details.get("names"))]
            self.collected.owner(f"bods:{record_id}", PartyKind.PERSON, names, country, (), statement.origin)
            return
        type_ = _text(_dict(details.get("entityType")).get("type"))
        kind = PartyKind.COMPANY if type_ in _COMPANIES else PartyKind.UNKNOWN
        kind = PartyKind.PUBLIC_BODY if type_ in _PUBLIC else kind
        others = details.get("alternateNames")
        names = [_text(details.get("name")), *(map(_text, others) if isinstance(others, list) else ())]
        place = details.get("jurisdiction") or details.get("incorporatedInJurisdiction")
        countries = [country for code in _code(place) if (country := country_of(code))]
        numbers = [
            (_text(one.get("scheme")) or _text(one.get("schemeName")), _text(one.get("id")))
            for one in _dicts(details.get("identifiers"))
        ]
        self.collected.owner(
            f"bods:{record_id}",
            kind,
            names,
            countries[0] if countries else None,
            [(scheme, value) for scheme, value in numbers if value],
            statement.origin,
        )

    # ---- relationships ----------------------------------------------------------------------------------------

    def _relationship(self, statement: _Statement) -> None:
        details, origin = statement.details, statement.origin
        held, holder = details.get("subject"), details.get("interestedParty")
        if not isinstance(held, str) or not held:
            reason = message("The relationship does not say who is owned, so nothing can be told from it.")
            self.collected.remark(origin, "subject", reason)
            return
        entries = _dicts(details.get("interests"))
        closed = _text(statement.content.get("statementDate")) if self._is_closed(statement) else None
        if isinstance(holder, dict):
            dates = _dates(entries[0] if entries else {}, closed)
            self.collected.not_known(f"bods:{held}", "bods", _text(holder.get("reason")) or "unknown", dates, origin)
            return
        if not isinstance(holder, str) or not holder:
            self.collected.remark(origin, "interestedParty", message("The relationship names no owner and no reason."))
            return
        if held == holder:
            self.collected.remark(origin, "interestedParty", message("The party is named as its own owner; not used."))
            return
        self._check_ends(held, holder, origin)
        for entry in entries or [{}]:
            self._interest(entry, held, holder, details, closed, origin)

    def _is_closed(self, statement: _Statement) -> bool:
        return statement.content.get("recordStatus") == _CLOSED

    def _check_ends(self, held: str, holder: str, origin: Origin) -> None:
        for record_id, column in ((held, "subject"), (holder, "interestedParty")):
            if record_id not in self.records:
                reason = message("The record {record}, which is named here, is in none of the files.", record=record_id)
                self.collected.remark(origin, column, reason)

    def _interest(
        self,
        entry: Mapping[str, Any],
        held: str,
        holder: str,
        details: Mapping[str, Any],
        closed: str | None,
        origin: Origin,
    ) -> None:
        word = camel(_text(entry.get("type"))) or _UNKNOWN_INTEREST
        interest = self._interests.get(word)
        if interest is None:
            self.collected.remark(
                origin, "interests", message("“{value}” is not a known kind of interest.", value=word)
            )
            return
        if interest.kind is None:
            self.collected.remark(
                origin, "interests", message("{value} is neither ownership nor control; not used.", value=word)
            )
            return
        dates = _dates(entry, closed)
        if (reason := self._without_name(holder)) is not None:
            self.collected.not_known(f"bods:{held}", "bods", reason, dates, origin)
        share = self._share(entry.get("share"), origin)
        self.collected.holding(
            f"bods:{holder}",
            f"bods:{held}",
            interest.kind,
            word,
            share if interest.kind is LinkKind.OWNS or interest.votes else None,
            self._reach(entry, details, origin),
            dates,
            origin,
            certain=interest.certain and not (interest.votes and not _majority(share)),
        )

    @cached_property
    def _interests(self) -> Mapping[str, Interest]:
        return interests("bods")

    def _without_name(self, record_id: str) -> str | None:
        """Return how the source calls a party that it does not name, None where it does."""
        statement = self.records.get(record_id)
        if statement is None:
            return None
        details = statement.details
        type_ = _text(details.get("personType")) or _text(_dict(details.get("entityType")).get("type"))
        return type_ if type_ in _WITHOUT_NAME else None

    def _reach(self, entry: Mapping[str, Any], details: Mapping[str, Any], origin: Origin) -> Reach:
        if entry.get("directOrIndirect") != "indirect":
            return Reach.DIRECT
        components = details.get("componentRecords")
        names = [one for one in components if isinstance(one, str)] if isinstance(components, list) else []
        missing = [one for one in names if one not in self.records]
        if missing:
            reason = message("The record {record}, which is named here, is in none of the files.", record=missing[0])
            self.collected.remark(origin, "componentRecords", reason)
        return Reach.SUMMARY if names and not missing else Reach.INDIRECT

    def _share(self, share: object, origin: Origin) -> Share | None:
        if share is None or share == {}:
            return None
        try:
            return _read_share(share)
        except (ValueError, InvalidOperation):
            reason = message("“{value}” is not a share from 0 to 100%.", value=str(share)[:80])
            self.collected.remark(origin, "share", reason)
            return None


def _read_share(share: object) -> Share:
    if not isinstance(share, dict):
        value = percent(share)
        return share_between(value, value)
    if share.get("exact") is not None:
        value = percent(share["exact"])
        return share_between(value, value)
    low, high = share.get("minimum"), share.get("maximum")
    above, below = share.get("exclusiveMinimum"), share.get("exclusiveMaximum")
    strictly = (above is not None and above is not False, below is not None and below is not False)
    low = above if strictly[0] and above is not True else low
    high = below if strictly[1] and below is not True else high
    return share_between(
        None if low is None else percent(low),
        None if high is None else percent(high),
        above=strictly[0] and low is not None,
        below=strictly[1] and high is not None,
    )


def _majority(share: Share | None) -> bool:
    return share is not None and share.low > _HALF


def _dates(entry: Mapping[str, Any], closed: str | None) -> tuple[str | None, str | None]:
    """Return since when and until when; a closed record ends with the statement that closes it, if not before."""
    start, end = _text(entry.get("startDate"))[:10] or None, _text(entry.get("endDate"))[:10] or None
    ends = [day for day in (end, closed[:10] if closed is not None else None) if day is not None]
    return start, min(ends) if ends else None


def _version(item: Mapping[str, Any]) -> str:
    return _text(_dict(item.get("publicationDetails")).get("bodsVersion"))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _code(value: object) -> list[str]:
    """Return the code, else the name, of a country given as an object or a text."""
    if isinstance(value, dict):
        return [text for text in (_text(value.get("code")), _text(value.get("name"))) if text][:1]
    return [_text(value)] if _text(value) else []


def _codes(value: object) -> Iterator[str]:
    return iter([country for one in _dicts(value) for code in _code(one) if (country := country_of(code))])


def _parts(name: Mapping[str, Any]) -> str:
    return " ".join(_text(name.get(key)) for key in ("givenName", "patronymicName", "familyName") if name.get(key))


def _stable(statement: _Statement) -> str:
    return str(sorted(statement.content.items(), key=str))
