"""Small files of ownership data for the tests; every party is fictional."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: Numbers with the right check digits that belong to nobody in the tests' stories.
LEI_CHILD = "5493001KJTIIGC8Y1R12"
LEI_PARENT = "213800WAVVOPS85N2205"
BIN = "081140000436"


def statement(kind: str, record_id: str, details: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "statementId": f"statement-{record_id}",
        "recordId": record_id,
        "recordType": kind,
        "recordStatus": "new",
        "statementDate": "2025-01-01",
        "publicationDetails": {"bodsVersion": "0.4", "publicationDate": "2025-01-02"},
        "recordDetails": {"isComponent": False, **details},
        **said,
    }


def entity(record_id: str, name: str, country: str | None = "KZ", **details: Any) -> dict[str, Any]:
    place = {"jurisdiction": {"code": country}} if country else {}
    return statement(
        "entity", record_id, {"name": name, "entityType": {"type": "registeredEntity"}, **place, **details}
    )


def person(record_id: str, name: str) -> dict[str, Any]:
    details = {
        "personType": "knownPerson",
        "names": [{"fullName": name}],
        "birthDate": "1970-02-03",
        "nationalities": [{"code": "KZ"}],
        "addresses": [{"address": "1 Some Street", "country": {"code": "KG"}}],
        "identifiers": [{"scheme": "KZ-IIN", "id": "700203000000"}],
    }
    return statement("person", record_id, details)


def relationship(
    held: object, holder: object, *interests: dict[str, Any], record_id: str = "", **said: Any
) -> dict[str, Any]:
    details = {"subject": held, "interestedParty": holder, "interests": list(interests), **said.pop("details", {})}
    return statement("relationship", record_id or f"{holder} in {held}"[:60], details, **said)


def shares(share: object, type_: str = "shareholding", **said: Any) -> dict[str, Any]:
    exact = {"exact": share} if isinstance(share, int | float) else share
    return {"type": type_, "directOrIndirect": "direct", "share": exact, **said}


def bods(folder: Path, statements: Sequence[object], name: str = "owners.json", *, lines: bool = False) -> Path:
    path = folder / name
    text = "\n".join(map(json.dumps, statements)) if lines else json.dumps(list(statements))
    path.write_text(text, encoding="utf-8")
    return path


def consolidation(child: str, parent: str, type_: str = "IS_DIRECTLY_CONSOLIDATED_BY", **said: Any) -> dict[str, Any]:
    return {
        "Relationship": {
            "StartNode": {"NodeID": child, "NodeIDType": "LEI"},
            "EndNode": {"NodeID": parent, "NodeIDType": "LEI"},
            "RelationshipType": type_,
            "RelationshipStatus": "ACTIVE",
            "RelationshipPeriods": [
                {
                    "StartDate": "2024-01-01T00:00:00Z",
                    "EndDate": "2024-12-31T00:00:00Z",
                    "PeriodType": "ACCOUNTING_PERIOD",
                },
                {"StartDate": "2020-05-06T00:00:00Z", "PeriodType": "RELATIONSHIP_PERIOD"},
            ],
            **said,
        },
        "Registration": {"RegistrationStatus": "PUBLISHED", "LastUpdateDate": "2025-02-03T00:00:00Z"},
    }
