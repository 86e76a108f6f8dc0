"""GLEIF: who an LEI is (level 1), who consolidates whom (level 2), and why a parent is not named (exceptions).

Read is the golden copy in JSON, XML and CSV; all three are brought into the CSV's form, one flat record with dotted
names. Consolidation in accounts is control and no share; a percentage that is given stands beside it in words.
https://www.gleif.org/en/lei-data/gleif-golden-copy
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from fairlead.model.message import message
from fairlead.model.vocabulary import PartyKind, Reach
from fairlead.read.ownership_tables import Collected, Interest, Origin, country_of, interests

Flat = Mapping[str, str]

#: The names of lists and wrappers in the published JSON, whose contents are the records.
_LISTS: Final = ("records", "relations", "exceptions", "LEIRecords", "RelationshipRecords", "ReportingExceptions")
_WRAPPERS: Final = ("LEIRecord", "RelationshipRecord", "Exception")
_START: Final = "Relationship.StartNode.NodeID"
_END: Final = "Relationship.EndNode.NodeID"
_TYPE: Final = "Relationship.RelationshipType"
_NAME: Final = "Entity.LegalName"
_CATEGORY: Final = ("ExceptionCategory", "Exception.Category")
_REASON: Final = ("ExceptionReason", "Exception.Reason")
_UNUSABLE: Final = frozenset({"ANNULLED", "DUPLICATE", "CANCELLED", "TRANSFERRED", "PENDING_VALIDATION"})
_ENDED: Final = frozenset({"INACTIVE", "NULL"})
_MOST_PERIODS: Final = 5
_DEEPEST: Final = 12


def records_in(content: object) -> list[Any] | None:
    """Return the records of a JSON document of GLEIF's, or None where it is none."""
    if isinstance(content, dict):
        content = next((content[name] for name in _LISTS if isinstance(content.get(name), list)), None)
    if not isinstance(content, list):
        return None
    return content if any(is_gleif(one) for one in content[:100]) else None


def is_gleif(item: object) -> bool:
    """Say whether an item of a JSON file is a record of GLEIF's."""
    if not isinstance(item, dict):
        return False
    item = next((item[name] for name in _WRAPPERS if isinstance(item.get(name), dict)), item)
    return "Relationship" in item or ("LEI" in item and ("Entity" in item or _CATEGORY[0] in item))


def is_gleif_heading(headings: Iterable[str]) -> bool:
    """Say whether the headings are those of one of GLEIF's CSV files."""
    found = set(headings)
    return {_START, _END} <= found or ("LEI" in found and bool({_NAME, *_CATEGORY} & found))


def flatten(item: object) -> dict[str, str]:
    """Return a record of the JSON or XML as the CSV has it: dotted names, the items of lists numbered from 1."""
    flat: dict[str, str] = {}
    if isinstance(item, dict):
        item = next((item[name] for name in _WRAPPERS if isinstance(item.get(name), dict)), item)
        _flatten(item, "", flat, 0)
    return flat


def _flatten(value: object, name: str, flat: dict[str, str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if "$" in value:  # the published JSON wraps texts, with the language beside them
            _flatten(value["$"], name, flat, depth + 1)
            return
        for key, part in value.items():
            if not key.startswith("@"):
                _flatten(part, f"{name}.{key}" if name else key, flat, depth + 1)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            _flatten(part, f"{name}.{number}", flat, depth + 1)
    elif value is not None:
        flat[name] = str(value).strip()


def is_lei(text: str) -> bool:
    """Say whether a text is an LEI with the right check digits: ISO 17442, modulo 97 of ISO 7064 leaves 1.

    Written out here because the files hold millions of them.
    """
    if len(text) != _LENGTH_OF_LEI or not text.isascii() or not text.isalnum():
        return False
    return int(text.upper().translate(_AS_NUMBERS)) % 97 == 1


_LENGTH_OF_LEI: Final = 20
_AS_NUMBERS: Final = {ord(letter): str(number) for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 10)}


@dataclass
class GleifRecords:
    """Says what records of GLEIF's mean, one flat record after the other."""

    collected: Collected
    _not_used: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, records: Iterable[tuple[int, Flat]], origin: Origin) -> tuple[int, int]:
        """Take the records of one file with their numbers; return how many there were and how many were refused."""
        count = refused = 0
        self._not_used.clear()
        for number, flat in records:
            count += 1
            place = Origin(origin.file, origin.sha256, origin.edition, f"record {number}", number)
            if _START in flat or _TYPE in flat:
                refused += not self._relationship(flat, place)
            elif any(name in flat for name in _CATEGORY):
                refused += not self._exception(flat, place)
            else:
                refused += not self._entity(flat, place)
        whole = Origin(origin.file, origin.sha256, origin.edition, "the file")
        for (column, value), times in sorted(self._not_used.items()):
            reason = message(
                "{count:number} relationships with “{value}” say nothing of who owns or controls whom; not used.",
                count=str(times),
                value=value,
            )
            self.collected.remark(whole, column, reason)
        return count, refused

    def _lei(self, flat: Flat, column: str, origin: Origin) -> str | None:
        lei = flat.get(column, "").upper()
        if not lei:
            self.collected.remark(origin, column, message("The record does not have this field."))
            return None
        if not is_lei(lei):
            self.collected.remark(origin, column, message("“{value}” is not a right LEI.", value=lei[:40]))
            return None
        return f"LEI:{lei}"

    def _entity(self, flat: Flat, origin: Origin) -> bool:
        party = self._lei(flat, "LEI", origin)
        if party is None:
            return False
        country = country_of(flat.get("Entity.LegalJurisdiction") or flat.get("Entity.LegalAddress.Country"))
        names = [flat.get(_NAME, ""), *_other_names(flat)]
        public = flat.get("Entity.EntityCategory") == "RESIDENT_GOVERNMENT_ENTITY"
        number = flat.get("Entity.RegistrationAuthority.RegistrationAuthorityEntityID", "")
        authority = flat.get("Entity.RegistrationAuthority.RegistrationAuthorityID", "")
        numbers = [("LEI", party.removeprefix("LEI:")), *([(authority, number)] if number else [])]
        person = flat.get("Entity.EntityCategory") == "SOLE_PROPRIETOR"
        kind = PartyKind.PERSON if person else PartyKind.PUBLIC_BODY if public else PartyKind.COMPANY
        self.collected.owner(party, kind, names, country, numbers, origin)
        return True

    def _relationship(self, flat: Flat, origin: Origin) -> bool:
        held, holder = self._lei(flat, _START, origin), self._lei(flat, _END, origin)
        if held is None or holder is None:
            return False
        word = flat.get(_TYPE, "")
        interest = self._interests.get(word)
        if interest is None:
            self.collected.remark(origin, _TYPE, message("“{value}” is not a known kind of relationship.", value=word))
            return False
        status = flat.get("Registration.RegistrationStatus", "")
        if interest.kind is None or status in _UNUSABLE:
            key = (_TYPE, word) if interest.kind is None else ("Registration.RegistrationStatus", status)
            self._not_used[key] = self._not_used.get(key, 0) + 1
            return True
        if held == holder:
            self.collected.remark(origin, _END, message("The party is named as its own owner; not used."))
            return False
        reach = Reach.INDIRECT if interest.indirect else Reach.DIRECT
        words = " ".join([word, *_quantifiers(flat)])
        self.collected.holding(
            holder, held, interest.kind, words, None, reach, _period(flat), origin, certain=interest.certain
        )
        return True

    @cached_property
    def _interests(self) -> Mapping[str, Interest]:
        return interests("gleif")

    def _exception(self, flat: Flat, origin: Origin) -> bool:
        owned = self._lei(flat, "LEI", origin)
        if owned is None:
            return False
        reasons = [value for name, value in flat.items() if name.startswith(_REASON) and value]
        for reason in reasons or ["unknown"]:
            self.collected.not_known(owned, "gleif", reason, (None, None), origin)
        return True


def _other_names(flat: Flat) -> Iterator[str]:
    for name, value in flat.items():
        if name.startswith("Entity.") and "OtherEntityName" in name and not name.endswith((".type", ".xmllang")):
            yield value


def _quantifiers(flat: Flat) -> Iterator[str]:
    """Yield the percentages that a relationship gives, in words; they are of consolidation and not of ownership."""
    for name, value in sorted(flat.items()):
        if name.endswith("QuantifierAmount") and value:
            units = flat.get(name.replace("QuantifierAmount", "QuantifierUnits"), "")
            yield f"({value}{'%' if units == 'PERCENTAGE' else ' ' + units if units else ''})"


def _period(flat: Flat) -> tuple[str | None, str | None]:
    """Return since when and until when; the end of a year of accounts is not the end of a relationship."""
    start = end = None
    for number in range(1, _MOST_PERIODS + 1):
        known = False
        for prefix in (f"Relationship.RelationshipPeriods.{number}.", f"Relationship.Period.{number}."):
            type_ = flat.get(f"{prefix}PeriodType") or flat.get(f"{prefix}periodType")
            known |= type_ is not None
            if type_ == "RELATIONSHIP_PERIOD":
                start = flat.get(f"{prefix}StartDate") or flat.get(f"{prefix}startDate")
                end = flat.get(f"{prefix}EndDate") or flat.get(f"{prefix}endDate")
        if not known:
            break
    if flat.get("Relationship.RelationshipStatus") in _ENDED and not end:
        end = flat.get("Registration.LastUpdateDate") or "0001"
    return (start or "")[:10] or None, (end or "")[:10] or None
