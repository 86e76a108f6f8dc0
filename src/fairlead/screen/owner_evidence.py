"""From what follows of owners to Evidence: findings about owned parties, and owners that a source does not name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from fairlead.model.ids import content_id
from fairlead.model.message import message
from fairlead.model.schemas import EVIDENCE
from fairlead.model.vocabulary import AssertedBy, Polarity, SubjectKind, Visibility
from fairlead.screen.owner_findings import OwnerFinding
from fairlead.screen.stakes import in_percent

_MOST_LOCATORS: Final = 8


def owner_evidence(findings: Iterable[OwnerFinding]) -> pa.Table:
    """Return the findings as EVIDENCE, sorted by id.

    The value is the share counted in percent, or its two ends; the source is the list that names the owner with the
    largest share, the locator its place there and where each share stands. The confidence is that of the hit that is
    least sure.
    """
    rows = sorted(map(_row, findings), key=lambda row: str(row["evidence_id"]))
    return pa.Table.from_pylist(rows, schema=EVIDENCE)


def _row(finding: OwnerFinding) -> dict[str, Any]:
    hit = finding.hits[0]
    entries = [(each.watch_list.list_id, each.entry.entry_id) for each in finding.hits]
    places = [each.entry.locator for each in finding.hits] + list(finding.locators)
    more = [f"… ({len(places) - _MOST_LOCATORS})"] if len(places) > _MOST_LOCATORS else []
    return {
        "evidence_id": content_id("evd", finding.party_id, finding.finding, *(part for one in entries for part in one)),
        "subject_kind": SubjectKind.PARTY.value,
        "subject_id": finding.party_id,
        "finding": finding.finding,
        "polarity": Polarity.SUPPORTS.value,
        "value": _share(finding.low, finding.high),
        "unit": None if finding.low is None else "percent",
        "source_id": hit.watch_list.list_id,
        "edition": hit.watch_list.edition,
        "source_sha256": hit.watch_list.sha256,
        "locator": "; ".join([*places[:_MOST_LOCATORS], *more]),
        "asserted_by": (AssertedBy.BUYER if finding.from_list else AssertedBy.PUBLIC_LIST).value,
        "event_date": hit.entry.from_date,
        "confidence": finding.score,
        "cluster_key": f"{hit.watch_list.list_id}:{hit.entry.entry_id}",
        "visibility": Visibility.ORGANISATION.value,
        "text": finding.text.to_arrow(),
    }


def _share(low: Decimal | None, high: Decimal | None) -> str | None:
    if low is None or high is None:
        return None
    least, most = in_percent(low), in_percent(high)
    return least if least == most else f"{least}-{most}"


def unknown_owner_evidence(unknown: pa.Table, *, as_of: date, subjects: Collection[str]) -> pa.Table:
    """Return EVIDENCE that an owner is not known, for the parties in `subjects`, from a table of UNKNOWN_OWNER."""
    day = as_of.isoformat()
    rows: dict[str, dict[str, Any]] = {}
    for row in unknown.to_pylist():
        ended = row["to_date"] is not None and row["to_date"] <= day[: len(row["to_date"])]
        if row["owned_id"] in subjects and not ended:
            evidence_id = content_id("evd", row["owned_id"], "owner_not_known", row["code"], row["source_id"])
            rows.setdefault(evidence_id, _unknown(evidence_id, row))
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=EVIDENCE)


def _unknown(evidence_id: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "evidence_id": evidence_id,
        "subject_kind": SubjectKind.PARTY.value,
        "subject_id": row["owned_id"],
        "finding": "owner_not_known",
        "polarity": Polarity.SUPPORTS.value,
        "value": row["code"],
        "source_id": row["source_id"],
        "edition": row["edition"],
        "locator": row["locator"],
        "asserted_by": AssertedBy.SELF.value,
        "event_date": row["from_date"],
        "confidence": 1.0,
        "cluster_key": f"{row['source_id']}:{row['code']}",
        "visibility": Visibility.ORGANISATION.value,
        "text": message(
            "No data on who owns or controls it. {reason:term} Source: {source}.",
            reason=row["reason"],
            source=row["locator"],
        ).to_arrow(),
    }
