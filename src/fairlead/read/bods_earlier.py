"""Versions 0.1 to 0.3 of the Beneficial Ownership Data Standard, put in the form of 0.4.

There a statement is about one record only, and a later statement names those that it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_TYPES: Final = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
    "beneficialOwnershipStatement": "relationship",
}


def is_earlier(item: Mapping[str, Any]) -> bool:
    """Say whether a statement is of a version before 0.4."""
    return "statementType" in item or "statementID" in item


def to_records(item: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return a statement in the form of 0.4, and the ids of the statements that it replaces."""
    kind = _TYPES.get(str(item.get("statementType")), str(item.get("statementType") or ""))
    statement_id = item.get("statementID") or item.get("statementId")
    details = dict(item)
    if kind == "entity":
        details["entityType"] = {"type": str(item.get("entityType") or "")}
    elif kind == "relationship":
        details["subject"] = _named(item.get("subject"))
        details["interestedParty"] = _named(item.get("interestedParty"))
        details["interests"] = [_interest(one) for one in item.get("interests") or () if isinstance(one, dict)]
        details["componentRecords"] = item.get("componentStatementIDs") or []
    replaced = item.get("replacesStatements")
    return (
        {
            "statementId": statement_id,
            "recordId": statement_id,
            "recordType": kind,
            "statementDate": item.get("statementDate"),
            "publicationDetails": item.get("publicationDetails"),
            "recordDetails": details,
        },
        {str(one) for one in replaced} if isinstance(replaced, list) else set(),
    )


def _named(party: object) -> object:
    """Return the id of the statement that describes a party, or why it is not specified."""
    if not isinstance(party, dict):
        return party
    for key in ("describedByEntityStatement", "describedByPersonStatement"):
        if party.get(key):
            return party[key]
    reason = party.get("unspecified")
    return reason if isinstance(reason, dict) else {"reason": "unknown"}


def _interest(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "directOrIndirect": entry.get("directOrIndirect") or entry.get("interestLevel")}
